package pjrt

import (
	"net/url"
	"os"
	"path/filepath"
	"regexp"
	"runtime"
	"slices"
	"strings"
)

// sources are where Python packages come from on this machine, as pip and uv are told. No index is known that they are
// not told of.
type sources struct {
	indexes []string // addresses that a project's name is appended to
	links   []string // folders and pages that have files of any project
	whole   bool     // there is nothing else: the index is named, or there is to be none
	proxy   string
	cert    string // a file of certificates
}

// configured reads pip's settings (environment, then files), then uv's environment.
func configured() sources {
	files := pipFiles()
	option := func(name string) string {
		if v := os.Getenv("PIP_" + strings.ToUpper(strings.ReplaceAll(name, "-", "_"))); v != "" {
			return v
		}
		return files[name]
	}
	none := isYes(option("no-index")) || isYes(os.Getenv("UV_NO_INDEX"))
	s := sources{proxy: option("proxy"), cert: option("cert")}
	main := slices.Concat(strings.Fields(option("index-url")), strings.Fields(os.Getenv("UV_DEFAULT_INDEX")),
		strings.Fields(os.Getenv("UV_INDEX_URL")))
	s.whole = len(main) > 0 || none
	if !none {
		s.indexes = slices.Concat(main, strings.Fields(option("extra-index-url")),
			strings.Fields(os.Getenv("UV_INDEX")), strings.Fields(os.Getenv("UV_EXTRA_INDEX_URL")))
	}
	s.links = slices.Concat(strings.Fields(option("find-links")),
		strings.FieldsFunc(os.Getenv("UV_FIND_LINKS"), func(r rune) bool { return r == ',' || r == ' ' }))
	return s
}

// PackageIndex names the package index that Install downloads from, without passwords; it is empty where none is
// configured, and pip does it.
func PackageIndex() string {
	if s := configured(); s.whole {
		return s.String()
	}
	return ""
}

var separators = regexp.MustCompile(`[-_.]+`)

// pages are the pages that may have files of a project, those of folders first. What is no address is left out.
func (s sources) pages(project string) []*url.URL {
	var out []*url.URL
	add := func(u *url.URL) {
		if !slices.ContainsFunc(out, func(o *url.URL) bool { return *o == *u }) {
			out = append(out, u)
		}
	}
	for _, l := range s.links {
		if path, err := filepath.Abs(l); err == nil && !strings.Contains(l, "://") {
			l = (&url.URL{Scheme: "file", Path: path}).String()
		}
		if u, err := address(l, ""); err == nil {
			if st, err := os.Stat(u.Path); u.Scheme == "file" && err == nil && st.IsDir() {
				u.Path = strings.TrimSuffix(u.Path, "/") + "/"
			}
			add(u)
		}
	}
	for _, x := range s.indexes {
		u, err := address(x, "")
		if err != nil { // uv has name=address as well
			_, x, _ = strings.Cut(x, "=")
			if u, err = address(x, ""); err != nil {
				continue
			}
		}
		project = separators.ReplaceAllString(strings.ToLower(project), "-")
		u.Path = strings.TrimSuffix(u.Path, "/") + "/" + project + "/"
		add(u)
	}
	return out
}

// String names the sources, without their passwords.
func (s sources) String() string {
	var names []string
	for _, u := range s.pages("") {
		names = append(names, strings.TrimSuffix(shown(u), "//"))
	}
	return strings.Join(names, ", ")
}

// pipFiles reads pip's files of settings, as pip does: the later one decides, and within one what is for the command
// and not for all.
func pipFiles() map[string]string {
	home, _ := os.UserHomeDir()
	config, _ := os.UserConfigDir()
	own := os.Getenv("PIP_CONFIG_FILE")
	paths := []string{"/etc/xdg/pip/pip.conf", "/etc/pip.conf", filepath.Join(home, ".pip/pip.conf"),
		filepath.Join(config, "pip/pip.conf"), filepath.Join(os.Getenv("VIRTUAL_ENV"), "pip.conf"), own}
	if runtime.GOOS == "darwin" {
		paths = slices.Insert(paths, 3, "/Library/Application Support/pip/pip.conf",
			filepath.Join(home, ".config/pip/pip.conf"))
	}
	all := map[string]string{}
	if own == os.DevNull {
		return all
	}
	for _, p := range paths {
		if !filepath.IsAbs(p) && p != own { // an unset variable: the current folder has no say
			continue
		}
		text, err := readSmall(p, 1<<20)
		if err != nil {
			continue
		}
		sections := parseINI(string(text))
		for _, section := range []string{"global", "install", "download"} {
			for k, v := range sections[section] {
				all[k] = v
			}
		}
	}
	return all
}

// parseINI reads a file of settings: the values by section and name. Lines that are indented go on with the value
// before them.
func parseINI(text string) map[string]map[string]string {
	all := map[string]map[string]string{}
	section, last := "", ""
	for line := range strings.Lines(text) {
		trimmed := strings.TrimSpace(line)
		indented := line[0] == ' ' || line[0] == '\t'
		switch {
		case trimmed == "" || trimmed[0] == '#' || trimmed[0] == ';':
		case trimmed[0] == '[' && strings.HasSuffix(trimmed, "]"):
			section, last = trimmed[1:len(trimmed)-1], ""
		case indented && last != "":
			all[section][last] += "\n" + trimmed
		default:
			i := strings.IndexAny(trimmed, "=:")
			if i < 0 {
				continue
			}
			last = strings.TrimLeft(strings.ReplaceAll(strings.ToLower(strings.TrimSpace(trimmed[:i])), "_", "-"), "-")
			if all[section] == nil {
				all[section] = map[string]string{}
			}
			all[section][last] = strings.TrimSpace(trimmed[i+1:])
		}
	}
	return all
}
