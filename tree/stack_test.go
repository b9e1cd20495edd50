package tree_test

import (
	"fmt"
	"testing"

	"github.com/gojax/gojax"
	"github.com/gojax/gojax/jnp"
	"github.com/gojax/gojax/lax"
	"github.com/gojax/gojax/random"
	"github.com/gojax/gojax/tests/fails"
	"github.com/gojax/gojax/tree"
)

type keyed struct {
	Key random.KeyArray
	X   A
	N   int
}

func TestStack(t *testing.T) {
	ts := []keyed{{random.Key(1), vec(1, 2), 7}, {random.Key(2), vec(3, 4), 7}, {random.Key(3), vec(5, 6), 7}}
	for _, axis := range []int{0, -1} {
		s := tree.Stack(ts, axis)
		want := map[int]string{0: "[3] [3 2] 7", -1: "[3] [2 3] 7"}[axis]
		if got := fmt.Sprint(s.Key.Shape(), s.X.Shape(), s.N); got != want {
			t.Errorf("Stack along %d: %s", axis, got)
		}
		for i, u := range tree.Unstack(s, axis) {
			if got, want := fmt.Sprint(u), fmt.Sprint(ts[i]); got != want {
				t.Errorf("Unstack along %d: %s, want %s", axis, got, want)
			}
		}
	}
	s := tree.Stack(ts)
	if got, want := fmt.Sprint(tree.Index(s, 1)), fmt.Sprint(ts[1]); got != want {
		t.Errorf("Index: %s, want %s", got, want)
	}
	if got, want := fmt.Sprint(tree.Index(s, jnp.S(1, 3)).Key), fmt.Sprint(s.Key.Index(jnp.S(1, 3))); got != want {
		t.Errorf("Index of a slice: %s, want %s", got, want)
	}
	// What is stacked can be scanned and mapped.
	draw := func(k keyed) A { return random.Normal(k.Key).Add(k.X.Sum()) }
	_, scanned := lax.Scan(func(c struct{}, k keyed) (struct{}, A) { return c, draw(k) }, struct{}{}, s)
	if mapped := gojax.Vmap(draw)(s); !near(host(mapped), host(scanned), 1e-6) {
		t.Errorf("mapped and scanned: %v, %v", mapped, scanned)
	}
	jitted := gojax.Jit(func(a, b keyed) ([]keyed, keyed) {
		s := tree.Stack([]keyed{a, b})
		return tree.Unstack(s), tree.Index(s, -1)
	})
	if u, last := jitted(ts[0], ts[1]); fmt.Sprint(u, last) != fmt.Sprint(ts[:2], ts[1]) {
		t.Errorf("within Jit: %v, %v", u, last)
	}
	fails.With(t, func() { tree.Stack([]keyed{}) }, "tree.Stack: there are no trees")
	fails.With(t, func() { tree.Stack([]A{vec(1), vec(1, 2)}) }, "tree.Stack", "shape")
	fails.With(t, func() { tree.Stack([]layer{{W: vec(1)}, {W: vec(1, 2)}}) }, "at .W: ", "must have one shape")
	fails.With(t, func() { tree.Stack([]keyed{{N: 1}, {N: 2}}) }, ".N has 2 in tree 2 and 1 in the first")
	fails.With(t, func() { tree.Stack(ts, 2) }, "at .Key: ", "axis 2")
	fails.With(t, func() { tree.Stack([]keyed{{Key: random.Key(1)}, {Key: random.ThreefryOriginal.Key(1)}}) },
		"at .Key: ", "different generators")
	fails.With(t, func() { tree.Unstack(ts[0]) }, "at .Key: ", "a scalar has no axis")
	fails.With(t, func() { tree.Unstack(layer{W: vec(1, 2), B: vec(1)}) }, "at .B: ", "has length 1", "before it 2")
	fails.With(t, func() { tree.Unstack(layer{}) }, "holds no arrays")
}

func TestWhere(t *testing.T) {
	a := keyed{random.Split(random.Key(1), 2), jnp.Ones(2, 3), 1}
	b := keyed{random.Split(random.Key(2), 2), jnp.Zeros(2, 3), 1}
	cond := jnp.FromSlice([]bool{true, false})
	y := tree.Where(cond, keyed{Key: a.Key}, keyed{Key: b.Key})
	want := tree.Stack([]keyed{{Key: a.Key.Index(0)}, {Key: b.Key.Index(1)}}).Key
	if got := fmt.Sprint(y.Key); got != fmt.Sprint(want) {
		t.Errorf("of keys: %s, want %v", got, want)
	}
	if y := tree.Where(cond.Reshape(2, 1), a.X, b.X); fmt.Sprint(y) != "[[1. 1. 1.]\n [0. 0. 0.]]" {
		t.Errorf("of rows: %v", y)
	}
	for ok, want := range map[bool]keyed{true: a, false: b} {
		if got := fmt.Sprint(tree.Where(ok, a, b)); got != fmt.Sprint(want) {
			t.Errorf("Where %v: %s", ok, got)
		}
	}
}

func TestBroadcast(t *testing.T) {
	p := sample()
	type M = map[string]any
	rates := M{"Layers": []any{0.5, layer{W: vec(1), B: vec(2)}}, "Scale": M{"a": 3, "b": vec(4)}, "Pair": 5,
		"Last": nil, "Any": jnp.AsArray(6.0)}
	if got := fmt.Sprint(items(tree.Broadcast(rates, p))); got != "[0.5 0.5 1 2 3 4 5 5 6 6]" {
		t.Errorf("Broadcast: %s", got)
	}
	scaled := tree.Map2(func(x, r A) A { return x.Mul(r) }, p.Pair, tree.Broadcast(2, p.Pair))
	if got := fmt.Sprint(items(scaled)); got != "[14 16]" {
		t.Errorf("of one number: %s", got)
	}
	k := keyed{Key: random.Key(1), X: vec(1)}
	if y := tree.Broadcast(M{"Key": random.Key(2), "X": 1.0}, k); fmt.Sprint(y.Key) != fmt.Sprint(random.Key(2)) {
		t.Errorf("of a key: %v", y)
	}
	fails.With(t, func() { tree.Broadcast(M{"X": 1}, p) }, "tree.Broadcast: the tree (tree_test.params) has no field X")
	fails.With(t, func() { tree.Broadcast([]any{1}, p.Pair) }, "the tree has 2 elements but is given 1")
	fails.With(t, func() { tree.Broadcast("x", p.Pair) }, "is given as a string")
	fails.With(t, func() { tree.Broadcast(1.5, k) }, ".Key: an array cannot stand for random keys")
}
