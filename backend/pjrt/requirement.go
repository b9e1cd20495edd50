package pjrt

import (
	"regexp"
	"runtime"
	"slices"
	"strconv"
	"strings"
)

// The wheel that a requirement asks for, such as nvidia-cublas>=13.0.0.19,<14: the newest in the range that is made for
// this machine. Of what a requirement may say, this reads what those of wheels.go do.

// maxExtra is more than any of NVIDIA's wheels has.
const maxExtra = 4 << 30

// wantedOf are the files of requirements.
func wantedOf(requirements []string) []wanted {
	out := make([]wanted, len(requirements))
	for i, r := range requirements {
		name, bounds, _ := strings.Cut(r, ">=")
		least, below, _ := strings.Cut(bounds, ",<")
		out[i] = wanted{name, r, func(links []link) (link, bool) {
			return newest(links, name, version(least), version(below))
		}, "", maxExtra}
	}
	return out
}

var numbers = regexp.MustCompile(`^\d+(\.\d+)*$`)

// version is a version made of numbers alone; nil for others, as of preliminary ones.
func version(s string) (v []int) {
	if !numbers.MatchString(s) {
		return nil
	}
	for part := range strings.SplitSeq(s, ".") {
		n, err := strconv.Atoi(part)
		if err != nil {
			return nil
		}
		v = append(v, n)
	}
	for len(v) > 1 && v[len(v)-1] == 0 { // 13.0 is 13
		v = v[:len(v)-1]
	}
	return v
}

// newest is the wheel of the greatest version from least on and below another that is for this machine, has a hash, and
// was not withdrawn.
func newest(links []link, project string, least, below []int) (best link, found bool) {
	var most []int
	for _, l := range links {
		// name, version, (build,) Python, ABI, platform
		part := strings.Split(strings.TrimSuffix(l.name(), ".whl"), "-")
		if !strings.HasSuffix(l.name(), ".whl") || len(part) < 5 || l.hash == "" || l.yanked {
			continue
		}
		v := version(part[1])
		tags := part[len(part)-3:]
		fits := separators.ReplaceAllString(strings.ToLower(part[0]), "-") == project && v != nil &&
			slices.Contains(strings.Split(tags[0], "."), "py3") && tags[1] == "none" && forThisMachine(tags[2])
		if fits && slices.Compare(v, least) >= 0 && slices.Compare(v, below) < 0 &&
			(!found || slices.Compare(v, most) > 0) {
			best, most, found = l, v, true
		}
	}
	return best, found
}

// forThisMachine reads the last tag of a wheel's name: "any", or platforms separated by dots.
func forThisMachine(tag string) bool {
	arch := map[string]string{"amd64": "x86_64", "arm64": "aarch64"}[runtime.GOARCH]
	return slices.ContainsFunc(strings.Split(tag, "."), func(s string) bool {
		linux := strings.HasPrefix(s, "manylinux") && strings.HasSuffix(s, "_"+arch)
		return s == "any" || linux && runtime.GOOS == "linux"
	})
}
