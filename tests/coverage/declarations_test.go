package main

import (
	"go/ast"
	"go/parser"
	"go/token"
	"maps"
	"slices"
	"testing"
)

// TestReadPackage holds what is told of exported names to their declarations: types with their package, names of type
// parameters as they are.
func TestReadPackage(t *testing.T) {
	const source = `package p

import "q"

// T is a type, NumPy's sort of thing. More of it.
type T struct {
	A, B []T // two of them
	c int
}

// F is numpy.fix of x, with return_index.
//
// It does more.
//
// Options: Opts (Reverse).
func F[A T | Op](x A, f func(T) T,
	more ...q.T) (y T) { return }

// M is shadowed by its type parameter.
func (l *L[T]) M(t T) Op { return nil }

func (h hidden) N() {}

type L[X any] []X

type (
	// Op is an interface.
	Op interface{ Do(T) }
	hidden int
	U = q.U // another's
)

const (
	First, second T = iota, 0 // the first
)
`
	f, err := parser.ParseFile(token.NewFileSet(), "p.go", source, parser.ParseComments|parser.SkipObjectResolution)
	if err != nil {
		t.Fatal(err)
	}
	got := readPackage("p", []*ast.File{f})
	want := map[string]symbol{
		"T":     {signature: "type T struct", synopsis: "T is a type, NumPy's sort of thing.", also: "sort"},
		"T.A":   {signature: "A []p.T", synopsis: "two of them"},
		"T.B":   {signature: "B []p.T", synopsis: "two of them"},
		"L":     {signature: "type L[X any] []X"},
		"L.M":   {signature: "func (l *p.L[T]) M(t T) p.Op", synopsis: "M is shadowed by its type parameter."},
		"Op":    {signature: "type Op interface", synopsis: "Op is an interface."},
		"Op.Do": {signature: "Do func(p.T)"},
		"U":     {signature: "type U = q.U", synopsis: "another's", alias: "q.U"},
		"First": {signature: "const First p.T", synopsis: "the first"},
		"F": {
			signature: "func F[A p.T | p.Op](x A, f func(p.T) p.T, more ...q.T) (y p.T)",
			synopsis:  "F is numpy.fix of x, with return_index. Options: Opts (Reverse).",
			also:      "numpy.fix return_index",
		},
	}
	for _, name := range slices.Sorted(maps.Keys(want)) {
		if got[name] != want[name] {
			t.Errorf("%s:\n%+v, want\n%+v", name, got[name], want[name])
		}
		delete(got, name)
	}
	if len(got) > 0 {
		t.Errorf("and %v", got)
	}
	all := symbols{
		"a/p": {"V": {alias: "q.V"}},
		"q":   {"V": {alias: "r.V"}},
		"r":   {"V": {}, "V.F": {signature: "func (v r.V) F()"}},
	}
	all.followAliases()
	if s := all["a/p"]["V.F"]; s.signature != "func (v p.V) F()" {
		t.Errorf("the method of an alias of an alias is %q", s.signature)
	}
}
