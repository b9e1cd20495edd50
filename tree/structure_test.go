package tree_test

import (
	"fmt"
	"runtime"
	"testing"

	"github.com/gojax/gojax/random"
	"github.com/gojax/gojax/tests/fails"
	"github.com/gojax/gojax/tree"
)

func TestStructure(t *testing.T) {
	p := sample()
	d := tree.Structure(p)
	if d != tree.Structure(tree.Scale(2, p)) || d.NumLeaves() != 12 || fmt.Sprint(d.Paths()) != fmt.Sprint(paths) {
		t.Errorf("the structure is %v of %d leaves", d, d.NumLeaves())
	}
	const text = `tree_test.params{Layers: [tree_test.layer{W: *, B: *, Act: "tanh"}, ` +
		`tree_test.layer{W: *, B: *, Act: "relu"}], Scale: {"a": *, "b": *}, Pair: [*, *], ` +
		`Last: &tree_test.layer{W: *, B: *, Act: ""}, Any: {-7: *, 7: *}, N: 3, Unset: nil, None: nil}`
	if d.String() != text {
		t.Errorf("the structure is shown as %v", d)
	}
	p.N = 4
	if other := tree.Structure(p); other == d || map[tree.Def[params]]int{d: 1}[other] != 0 {
		t.Error("structures of other plain values are equal")
	}
	if x := d.Unflatten(tree.Leaves(p)); x.N != 3 || tree.AllClose(x.Layers, p.Layers).Item() != 1 {
		t.Errorf("Unflatten: %v", x)
	}
	fails.With(t, func() { tree.Unflatten(d, []A{vec(1)}) }, "tree.Unflatten: 1 arrays for a tree of 12")
	var zero tree.Def[params]
	if zero.String() == "" {
		t.Error("the zero Def is not shown")
	}
	fails.With(t, func() { zero.NumLeaves() }, "never made")
	if got := tree.Structure(tree.PairOf(vec(1), 2)).String(); got != "tree.Pair[jnp.Array,int]{A: *, B: 2}" {
		t.Errorf("a pair is shown as %s", got)
	}
}

// Structures that nobody uses any more are forgotten, and found equal after that too.
func TestStructuresAreForgotten(t *testing.T) {
	make100 := func() {
		for n := range 100 {
			tree.Structure(struct{ N int }{n})
		}
	}
	kept := tree.Structure(struct{ N int }{5})
	make100()
	for range 10 {
		runtime.GC()
	}
	make100()
	if kept != tree.Structure(struct{ N int }{5}) {
		t.Error("equal structures differ")
	}
}

func TestTranspose(t *testing.T) {
	type layers struct {
		W, B []A
		Act  string
	}
	list := []layer{{vec(1), vec(2), "tanh"}, {vec(3), vec(4), "tanh"}, {vec(5), vec(6), "tanh"}}
	outer := tree.Structure(make([]A, 3))
	one := tree.Transpose[layers](outer, list)
	if got := fmt.Sprint(items(one)); got != "[1 3 5 2 4 6]" || one.Act != "tanh" {
		t.Errorf("a struct of lists: %s", got)
	}
	back := tree.Transpose[[3]*layer](tree.Structure(layer{Act: "tanh"}), one)
	if got := fmt.Sprint(items(back)); got != "[1 2 3 4 5 6]" {
		t.Errorf("a list of structs: %s", got)
	}
	type keyed struct {
		K random.KeyArray
		M map[string]A
	}
	type swapped struct {
		M map[string]*[2]A
		K []random.KeyArray
	}
	two := []keyed{{random.Key(1), map[string]A{"x": vec(1)}}, {random.Key(2), map[string]A{"x": vec(2)}}}
	s := tree.Transpose[swapped](tree.Structure(make([]A, 2)), two)
	if got := fmt.Sprint(items(s.M), s.K[1]); got != "[1 2] "+random.Key(2).String() {
		t.Errorf("with keys: %s", got)
	}
	for want, f := range map[string]func(){
		"not like the outer structure": func() { tree.Transpose[layers](outer, list[:2]) },
		"has no leaves":                func() { tree.Transpose[layers](tree.Structure([]A{}), []layer{}) },
		`".Act" has "relu" in part 2 and "tanh" in the first`: func() {
			tree.Transpose[layers](tree.Structure(make([]A, 2)), []layer{{Act: "tanh"}, {Act: "relu"}})
		},
		"no field for .B": func() { tree.Transpose[struct{ W []A }](outer, list) },
		".W of the result is jnp.Array, which cannot be made like": func() { tree.Transpose[layer](outer, list) },
		"is random.KeyArray, and the leaf that comes there": func() {
			tree.Transpose[struct {
				W   []random.KeyArray
				B   []A
				Act string
			}](outer, list)
		},
	} {
		fails.With(t, f, "tree.Transpose", want)
	}
}
