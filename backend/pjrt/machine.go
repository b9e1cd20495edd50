package pjrt

import (
	"bytes"
	"fmt"
	"math"
	"os"
	"path/filepath"
	"runtime"
	"strconv"
	"strings"
	"sync"
	"syscall"
)

// availableMemory is how many bytes this process can still allocate: what the kernel says is available, or what is
// left to its control group or under its own limits (ulimit -v, -d) where that is less. Where nothing can be known it
// is no limit.
func availableMemory() int64 {
	n := int64(math.MaxInt64)
	if v, ok := meminfo("MemAvailable:"); ok {
		n = v
	} else if v, ok := hardwareMemory(); ok {
		n = v
	}
	if limit, used, ok := cgroupMemory(); ok {
		n = min(n, max(0, limit-used))
	}
	for _, l := range processLimits() {
		n = min(n, max(0, l.most-l.used))
	}
	return n
}

// CheckHost refuses, with ErrMemory, an array of so many bytes that this process cannot have in Go's memory and on a
// device: Go ends one that asks for too much. what names it in the message.
func CheckHost(bytes int64, what string) error {
	if bytes < checkBytes {
		return nil
	}
	if avail := availableMemory(); bytes > avail/2 {
		return fail(ErrMemory, "not enough memory: %s takes %s on the host and again on the device, and %s are "+
			"available in all (work in smaller pieces)", what, bytesText(bytes), bytesText(avail))
	}
	return nil
}

// machineMemory is how many bytes this process could have in all, 0 where that cannot be known.
func machineMemory() int64 {
	n, ok := meminfo("MemTotal:")
	if !ok {
		n, ok = hardwareMemory()
	}
	if limit, _, ok2 := cgroupMemory(); ok2 && (!ok || limit < n) {
		n = limit
	}
	for _, l := range processLimits() {
		if n == 0 || l.most < n {
			n = l.most
		}
	}
	return n
}

// processLimit is how many bytes of one kind of memory this process may have, and has.
type processLimit struct{ most, used int64 }

// processLimits are those that are set, of its address space and of its data.
func processLimits() (set []processLimit) {
	for _, l := range []struct{ resource, field int }{{syscall.RLIMIT_AS, 0}, {syscall.RLIMIT_DATA, 5}} {
		var r syscall.Rlimit
		if syscall.Getrlimit(l.resource, &r) != nil || r.Cur >= 1<<60 {
			continue
		}
		b, err := os.ReadFile("/proc/self/statm")
		f := strings.Fields(string(b))
		if err != nil || l.field >= len(f) {
			continue
		}
		pages, _ := strconv.ParseInt(f[l.field], 10, 64)
		set = append(set, processLimit{int64(r.Cur), pages * int64(os.Getpagesize())})
	}
	return set
}

func meminfo(key string) (int64, bool) {
	b, err := os.ReadFile("/proc/meminfo")
	if err != nil {
		return 0, false
	}
	return fieldOf(b, key, 1024)
}

// fieldOf finds the line that starts with key and returns its number times unit.
func fieldOf(b []byte, key string, unit int64) (int64, bool) {
	for line := range bytes.Lines(b) {
		if f := strings.Fields(string(line)); len(f) >= 2 && f[0] == key {
			n, err := strconv.ParseInt(f[1], 10, 64)
			return n * unit, err == nil
		}
	}
	return 0, false
}

// cgroupMemory is the tightest limit among the control groups of this process, and what that group uses, file pages
// that the kernel would give back not counted.
func cgroupMemory() (limit, used int64, ok bool) {
	b, err := os.ReadFile("/proc/self/cgroup")
	if err != nil {
		return 0, 0, false
	}
	left := int64(math.MaxInt64)
	look := func(dir, limitFile, usedFile, inactive string) {
		l, ok1 := number(filepath.Join(dir, limitFile))
		u, ok2 := number(filepath.Join(dir, usedFile))
		if !ok1 || !ok2 || l <= 0 || l >= 1<<60 {
			return
		}
		if st, err := os.ReadFile(filepath.Join(dir, "memory.stat")); err == nil {
			if v, ok := fieldOf(st, inactive, 1); ok {
				u = max(0, u-v)
			}
		}
		if l-u < left {
			left, limit, used, ok = l-u, l, u, true
		}
	}
	for line := range bytes.Lines(b) {
		part := strings.SplitN(strings.TrimSpace(string(line)), ":", 3)
		if len(part) != 3 {
			continue
		}
		switch {
		case part[0] == "0" && part[1] == "": // version 2: every group up to the root may set a limit
			for p := part[2]; ; p = filepath.Dir(p) {
				look(filepath.Join("/sys/fs/cgroup", p), "memory.max", "memory.current", "inactive_file")
				if p == "/" || p == "." {
					break
				}
			}
		case strings.Contains(","+part[1]+",", ",memory,"):
			for _, p := range []string{part[2], "/"} {
				look(filepath.Join("/sys/fs/cgroup/memory", p), "memory.limit_in_bytes", "memory.usage_in_bytes",
					"total_inactive_file")
			}
		}
	}
	return limit, used, ok
}

func number(path string) (int64, bool) {
	b, err := os.ReadFile(path)
	if err != nil {
		return 0, false
	}
	n, err := strconv.ParseInt(strings.TrimSpace(string(b)), 10, 64)
	return n, err == nil
}

// bytesText is "1.5 GB".
func bytesText(n int64) string {
	f := float64(n)
	for _, u := range []string{"bytes", "kB", "MB", "GB", "TB"} {
		if f < 1000 {
			if u == "bytes" {
				return fmt.Sprintf("%d bytes", n)
			}
			return fmt.Sprintf("%.1f %s", f, u)
		}
		f /= 1000
	}
	return fmt.Sprintf("%.0f PB", f)
}

// processor describes the processor as far as compiled code depends on it.
var processor = sync.OnceValue(func() string {
	out := runtime.GOARCH
	f, err := os.Open("/proc/cpuinfo")
	if err != nil {
		return out + " " + sysctl("machdep.cpu.brand_string")
	}
	defer f.Close()
	b := make([]byte, 16<<10) // the first processor's part
	n, _ := f.Read(b)
	seen := map[string]bool{}
	for line := range bytes.Lines(b[:n]) {
		k, v, _ := strings.Cut(string(line), ":")
		k = strings.TrimSpace(k)
		switch k {
		case "model name", "flags", "Features", "CPU implementer", "CPU part", "CPU variant":
			if !seen[k] {
				seen[k] = true
				out += "\n" + k + ":" + strings.TrimSpace(v)
			}
		}
	}
	return out
})
