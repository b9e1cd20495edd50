package main

import (
	"bufio"
	"bytes"
	"compress/gzip"
	_ "embed"
	"fmt"
	"os"
	"strings"
)

// JAX's public names, a line each class of each module: "jax.numpy|essential|abs add ...".
//
//go:embed testdata/features.gz
var packedFeatures []byte

// The keyword arguments of JAX's functions, a line each: "jax.numpy.sum axis dtype ...". They are those parameters of
// Python's inspect.signature that have a default or come after a star.
//
//go:embed testdata/keywords.txt
var keywordList string

// loadKeywords gives the keyword arguments of each function, by its name.
func loadKeywords() map[string]string {
	all := map[string]string{}
	for line := range strings.Lines(keywordList) {
		name, keywords, _ := strings.Cut(strings.TrimSpace(line), " ")
		all[name] = keywords
	}
	return all
}

// The classes of names: how commonly programs use them, by JAX's tutorials; primitives are JAX's operations; other
// names are of modules around the core and not judged.
var classes = []string{"essential", "expected", "rare", "submodules", "primitives", "other"}

// feature is a name of JAX's.
type feature struct {
	module, class, name string
}

func (f feature) path() string { return f.module + "." + f.name }

// loadFeatures unpacks the names, in the order of the listing.
func loadFeatures() ([]feature, error) { return unpackFeatures(packedFeatures) }

func unpackFeatures(packed []byte) ([]feature, error) {
	z, err := gzip.NewReader(bytes.NewReader(packed))
	if err != nil {
		return nil, err
	}
	var all []feature
	s := bufio.NewScanner(z)
	s.Buffer(nil, 1<<20)
	for s.Scan() {
		part := strings.Split(s.Text(), "|")
		if len(part) != 3 {
			return nil, fmt.Errorf("features: bad line %q", s.Text())
		}
		for name := range strings.FieldsSeq(part[2]) {
			all = append(all, feature{part[0], part[1], name})
		}
	}
	return all, s.Err()
}

// packFeatures makes the compressed list of listings in Markdown, of which there are two kinds. One has sections
// "### jax.numpy — ..." with a line "- **essential** (222): abs add ..." for each class, and the lines "###
// jax.Array methods/properties (80): ..." and "### Array.at[...] methods: ...". The other has a line "-
// `jax.image`: `resize`, ..." for each module; its names are of the class "other", as nobody has judged them.
func packFeatures(to string, from ...string) error {
	var all list
	for _, name := range from {
		before := len(all.features)
		text, err := os.ReadFile(name)
		if err != nil {
			return err
		}
		module := ""
		for line := range strings.Lines(string(text)) {
			module = all.addLine(module, strings.TrimSpace(line))
		}
		if len(all.features) == before {
			return fmt.Errorf("%s: no names found that are new", name)
		}
	}
	return os.WriteFile(to, all.pack(), 0o644)
}

// list is names in the order of the listings, each once.
type list struct {
	features []feature
	seen     map[string]bool
}

func (l *list) add(module, class string, names []string) {
	for _, name := range names {
		f := feature{module, class, name}
		if l.seen == nil {
			l.seen = map[string]bool{}
		}
		if !l.seen[f.path()] {
			l.seen[f.path()] = true
			l.features = append(l.features, f)
		}
	}
}

// addLine takes in a line of the section of module, and returns the module of the section that the next line is in.
func (l *list) addLine(module, line string) string {
	head, names, found := strings.Cut(line, ": ")
	switch {
	case strings.HasPrefix(line, "## "):
		return ""
	case found && strings.HasPrefix(line, "### jax.Array methods"):
		l.add("jax.Array", "expected", strings.Fields(names))
	case found && strings.HasPrefix(line, "### Array.at"):
		l.add("jax.Array.at", "essential", strings.Fields(names))
	case strings.HasPrefix(line, "### "):
		return strings.Fields(line)[1]
	case module != "" && found && strings.HasPrefix(line, "- **"):
		class, _, _ := strings.Cut(strings.TrimPrefix(head, "- **"), "**")
		l.add(module, class, strings.Fields(names))
	case found && strings.HasPrefix(line, "- `"):
		between := func(r rune) bool { return strings.ContainsRune("`, ", r) }
		l.add(strings.Trim(head, "- `"), "other", strings.FieldsFunc(names, between))
	}
	return module
}

// pack writes the names a line each class of each module, compressed.
func (l *list) pack() []byte {
	var out bytes.Buffer
	z, _ := gzip.NewWriterLevel(&out, gzip.BestCompression) // a level that exists; writing to memory does not fail
	for i, f := range l.features {
		switch {
		case i > 0 && l.features[i-1].module == f.module && l.features[i-1].class == f.class:
			fmt.Fprintf(z, " %s", f.name)
		case i > 0:
			fmt.Fprintf(z, "\n%s|%s|%s", f.module, f.class, f.name)
		default:
			fmt.Fprintf(z, "%s|%s|%s", f.module, f.class, f.name)
		}
	}
	z.Close()
	return out.Bytes()
}
