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

// The classes of names: how commonly programs use them, by JAX's tutorials; primitives are JAX's operations.
var classes = []string{"essential", "expected", "rare", "submodules", "primitives"}

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

// packFeatures makes the compressed list of a listing in Markdown whose sections are "### jax.numpy — ..." with a line "-
// **essential** (222): abs add ..." for each class, and the lines "### jax.Array methods/properties (80): ..." and "###
// Array.at[...] methods: ...".
func packFeatures(from, to string) error {
	text, err := os.ReadFile(from)
	if err != nil {
		return err
	}
	var b bytes.Buffer
	module := ""
	for line := range strings.Lines(string(text)) {
		line = strings.TrimSpace(line)
		switch head, names, found := strings.Cut(line, ": "); {
		case strings.HasPrefix(line, "## "):
			module = ""
		case found && strings.HasPrefix(line, "### jax.Array methods"):
			fmt.Fprintf(&b, "jax.Array|expected|%s\n", names)
		case found && strings.HasPrefix(line, "### Array.at"):
			fmt.Fprintf(&b, "jax.Array.at|essential|%s\n", names)
		case strings.HasPrefix(line, "### "):
			module = strings.Fields(line)[1]
		case module != "" && found && strings.HasPrefix(line, "- **"):
			class, _, _ := strings.Cut(strings.TrimPrefix(head, "- **"), "**")
			fmt.Fprintf(&b, "%s|%s|%s\n", module, class, names)
		}
	}
	if b.Len() == 0 {
		return fmt.Errorf("%s: no sections found", from)
	}
	var out bytes.Buffer
	z, err := gzip.NewWriterLevel(&out, gzip.BestCompression)
	if err != nil {
		return err
	}
	if _, err := z.Write(b.Bytes()); err != nil {
		return err
	}
	if err := z.Close(); err != nil {
		return err
	}
	return os.WriteFile(to, out.Bytes(), 0o644)
}
