package main

import (
	"bytes"
	"fmt"
	"maps"
	"slices"
	"strings"
)

// indexPath is where the names go that the command "gojax find" searches.
const indexPath = "cmd/gojax/names.tsv"

// engine are the folders that hold no names for users: what the packages are built of.
var engine = []string{"ir", "trace", "ops", "lower", "backend", "transforms", "internal"}

// states are how the index calls what became of a name.
var states = [...]string{covered: "here", later: "later", leftOut: "out", unmatched: "missing"}

// index lists the names, for a program to search. Fields are separated by tabs:
//
//	jax   jax.numpy.sum   essential   here, later or out   jnp.Sum, or the reason              keyword arguments
//	go    jnp.Sum         jnp         func Sum(x jnp.Array, axes ...int) jnp.Array   Sum is ...   names in the comment
//
// The third field of a Go name is its package's folder; of the comment there is the first sentence, and the paragraph
// "Options: ..." where it has one. Of engine packages there are the names alone that stand for one of JAX's.
func (t *table) index() []byte {
	var b bytes.Buffer
	wanted := map[string]bool{}
	keywords := loadKeywords()
	for _, r := range t.rows {
		line(&b, "jax", r.path(), r.class, states[r.state], r.text, keywords[r.path()])
		if r.state == covered {
			refs, _, _ := strings.Cut(r.text, " (")
			for ref := range strings.SplitSeq(refs, ", ") {
				wanted[plain(ref)] = true
			}
		}
	}
	for _, dir := range slices.Sorted(maps.Keys(t.source)) {
		top, _, _ := strings.Cut(dir, "/")
		for _, name := range slices.Sorted(maps.Keys(t.source[dir])) {
			ref := packageName(dir) + "." + name
			if s := t.source[dir][name]; wanted[ref] || !slices.Contains(engine, top) {
				line(&b, "go", ref, dir, s.signature, s.synopsis, s.also)
			}
		}
	}
	return b.Bytes()
}

// line writes fields that have no tabs and newlines of their own.
func line(b *bytes.Buffer, fields ...string) {
	fmt.Fprintln(b, strings.TrimRight(strings.Join(fields, "\t"), "\t"))
}
