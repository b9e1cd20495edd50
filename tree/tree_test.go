package tree_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/gojax/gojax"
	"github.com/gojax/gojax/jnp"
	"github.com/gojax/gojax/random"
	"github.com/gojax/gojax/tests/fails"
	"github.com/gojax/gojax/tree"
)

func items[T any](t T) (x []any) {
	for _, a := range tree.Leaves(t) {
		x = append(x, a.Item())
	}
	return x
}

func TestMaps(t *testing.T) {
	p := sample()
	want := fmt.Sprint([]int{2, 4, 6, 8, 10, 12, 14, 16, 18, 20, 22, 24})
	twice := tree.Map(func(x A) A { return x.Add(x) }, p)
	if got := fmt.Sprint(items(twice)); got != want {
		t.Errorf("Map: %s", got)
	}
	if got := fmt.Sprint(items(tree.Map2(func(a, b A) A { return a.Add(b) }, p, p))); got != want {
		t.Errorf("Map2: %s", got)
	}
	if got := fmt.Sprint(items(tree.Map3(func(a, b, c A) A { return a.Add(b).Sub(c) }, twice, p, p))); got != want {
		t.Errorf("Map3: %s", got)
	}
	if twice.N != 3 || twice.Layers[1].Act != "relu" || twice.None != nil || twice.Last == p.Last {
		t.Errorf("Map keeps %v", twice)
	}
	var seen []string
	shapes := tree.MapWithPath(func(path string, x A) A {
		seen = append(seen, path)
		return x.AsType(jnp.Int32).Reshape(1, 1)
	}, p)
	if !slices.Equal(seen, paths) {
		t.Errorf("the paths are %q", seen)
	}
	if x := shapes.Layers[0].W; x.DType() != jnp.Int32 || x.NDim() != 2 {
		t.Errorf("Map of another type: %v", x)
	}
	fails.With(t, func() {
		tree.MapWithPath(func(path string, x A) (y A) {
			if path != paths[1] {
				y = x
			}
			return y
		}, p)
	}, "tree.MapWithPath", "at "+paths[1], "never set")
	if y := tree.Map(jnp.Exp, vec(0)); y.Item() != 1 {
		t.Errorf("Map of an array: %v", y)
	}
	var empty []A
	if y := tree.Map(jnp.Exp, empty); y != nil {
		t.Errorf("Map of nothing: %v", y)
	}
	// Under the transformations, of arrays that stand for others.
	loss := func(p []A) A { return tree.Norm(tree.Map(jnp.Square, p)) }
	g := gojax.Jit(gojax.Vmap(gojax.Grad(loss)))([]A{jnp.Ones(2, 1), jnp.Ones(2, 1).Mul(2)})
	if got := fmt.Sprintf("%.4f", items(tree.Index(g, 1, 0))); got != "[0.4851 3.8806]" {
		t.Errorf("the gradient is %s", got)
	}
}

func TestLeaves(t *testing.T) {
	p := sample()
	if got := fmt.Sprint(items(p)); got != "[1 2 3 4 5 6 7 8 9 10 11 12]" {
		t.Errorf("the leaves are %s", got)
	}
	var seen []string
	for path, x := range tree.LeavesWithPath(p) {
		if seen = append(seen, path); x.Item() != float64(len(seen)) {
			t.Errorf("%s is %v", path, x)
		}
		if len(seen) == 10 {
			break
		}
	}
	if !slices.Equal(seen, paths[:10]) {
		t.Errorf("the paths are %q", seen)
	}
	if got := tree.Reduce(func(n int, x A) int { return 2*n + int(x.Item()) }, p.Layers, 1); got != 42 {
		t.Errorf("Reduce: %d", got)
	}
	word := func(a, b A) A { return jnp.Concatenate([]A{a, b}) }
	for n := range 8 {
		x := make([]A, n)
		for i := range x {
			x[i] = vec(float32(i))
		}
		want := jnp.Arange(float32(n))
		if y := tree.ReduceAssociative(word, x, jnp.Zeros(0)); jnp.ArrayEqual(y, want).Item() != 1 {
			t.Errorf("ReduceAssociative of %d: %v", n, y)
		}
	}
}

func TestRefused(t *testing.T) {
	type keyed struct {
		Key random.KeyArray
		X   A
	}
	k := keyed{random.Key(1), vec(1)}
	square := func(x A) A { return x.Mul(x) }
	for name, f := range map[string]func(){
		"Map": func() { tree.Map(square, k) }, "Leaves": func() { tree.Leaves(k) },
		"Add": func() { tree.Add(k, k) }, "Norm": func() { tree.Norm(k) }, "Ravel": func() { tree.Ravel(k) },
		"ZerosLike": func() { tree.ZerosLike(k) }, "Size": func() { tree.Size(k) },
		"MapWithPath": func() { tree.MapWithPath(func(_ string, x A) A { return x }, k) },
		"Unflatten":   func() { tree.Unflatten(tree.Structure(k), []A{vec(1), vec(2)}) },
	} {
		fails.With(t, f, "tree."+name+": .Key holds random keys (random.KeyArray)", "tree_test.go")
	}
	if y := tree.Map(square, keyed{X: vec(3)}); y.X.Item() != 9 {
		t.Errorf("with an unset key: %v", y)
	}
	p := sample()
	for _, c := range []struct {
		change func(q *params)
		part   string
	}{
		{func(q *params) { q.N = 4 }, ".N has 4 in tree 2 and 3 in the first"},
		{func(q *params) { q.Layers = q.Layers[:1] }, ".Layers has length 1 in tree 2 and 2 in the first"},
		{func(q *params) { q.Layers[1].B = A{} }, ".Layers[1].B has nil in tree 2 and set in the first"},
		{func(q *params) { delete(q.Scale, "a") }, `.Scale has keys ["b"] in tree 2 and ["a", "b"] in the first`},
		{func(q *params) { q.Any = vec(1) }, ".Any has jnp.Array in tree 2 and map[int]jnp.Array in the first"},
		{func(q *params) { q.Last = nil }, ".Last has nil in tree 2 and set in the first"},
	} {
		q := sample()
		c.change(&q)
		fails.With(t, func() { tree.Map2(func(a, b A) A { return a }, p, q) },
			"tree.Map2: the trees differ in structure", c.part)
	}
	fails.With(t, func() { tree.Map[params](nil, p) }, "tree.Map: a function is nil")
	// What goes wrong in a function has the path of the leaf, and the line in the function.
	fails.With(t, func() { tree.Map2(func(a, b A) A { return a.MatMul(b.Reshape(1, 1, 1, 1).Sum()) }, p, p) },
		"at .Layers[0].W: ", "tree_test.go")
	type loose struct{ x A }
	fails.With(t, func() { tree.Leaves([]loose{{x: vec(1)}}) }, "tree.Leaves: x[0]: field x of", "unexported")
	err := gojax.Try(func() { tree.Add(vec(1, 2), vec(1, 2, 3)) })
	if err == nil || strings.Contains(err.Error(), " at ") || !strings.Contains(err.Error(), "tree.Add") {
		t.Errorf("the error for an array is %v", err)
	}
}
