package tree_test

import (
	"encoding/json"
	"fmt"
	"math"
	"strings"
	"testing"

	"github.com/gojax/gojax"
	"github.com/gojax/gojax/jnp"
	"github.com/gojax/gojax/random"
	"github.com/gojax/gojax/tests/fails"
	"github.com/gojax/gojax/tests/jsonl"
	"github.com/gojax/gojax/tree"
)

// The trees of testdata/figures.py.
type (
	numbers struct {
		W A
		B []A
		M map[string]A
		N string
	}
	complexes struct{ C, R A }
)

type figureTrees struct {
	P, Q numbers
	Z, W complexes
}

func figureInputs() figureTrees {
	bf := func(x ...float32) A { return vec(x...).AsType(jnp.BFloat16) }
	return figureTrees{
		P: numbers{vec(1, -2, 3, 0.5).Reshape(2, 2), []A{vec(0.5, 1.5, -4), bf(3, -0.25)},
			map[string]A{"a": jnp.FromSlice([]int32{1, 2, 7})}, "n"},
		Q: numbers{vec(0.25, 4, -1, 8).Reshape(2, 2), []A{vec(2, -3, 0.125), bf(1, 5)},
			map[string]A{"a": jnp.FromSlice([]int32{3, -2, 4})}, "n"},
		Z: complexes{jnp.FromSlice([]complex64{1 + 2i, -3i}), vec(0.5, -1)},
		W: complexes{jnp.FromSlice([]complex64{2 - 1i, 1i}), vec(3, 2)},
	}
}

// figures are the calls of testdata/figures.py.
func figures(in figureTrees) map[string]any {
	p, q, z, w := in.P, in.Q, in.Z, in.W
	flat, unravel := tree.Ravel(p)
	key := random.Key(7)
	return map[string]any{
		"Add":                            tree.Add(p, q),
		"Add of three":                   tree.Add(p, q, p),
		"Sub":                            tree.Sub(p, q),
		"Mul":                            tree.Mul(p, q),
		"Div":                            tree.Div(p, q),
		"Scale":                          tree.Scale(0.5, p),
		"Scale by an int":                tree.Scale(3, p),
		"Scale by an array":              tree.Scale(jnp.AsArray(float32(-1.5)), p),
		"AddScale":                       tree.AddScale(p, -0.25, q),
		"Clip":                           tree.Clip(p, -1, 2),
		"Clip from above":                tree.Clip(p, nil, 1.5),
		"Conj":                           tree.Conj(z),
		"Real":                           tree.Real(z),
		"Cast":                           tree.Cast(p, jnp.Float16),
		"CastLike":                       tree.CastLike(p, tree.Cast(p, jnp.BFloat16)),
		"ZerosLike":                      tree.ZerosLike(p),
		"OnesLike":                       tree.OnesLike(p, jnp.Int32),
		"FullLike":                       tree.FullLike(p, 2.5),
		"Sum":                            tree.Sum(p),
		"VDot":                           tree.VDot(p, q),
		"VDot of complex numbers":        tree.VDot(z, w),
		"Norm":                           tree.Norm(p),
		"Norm of complex numbers":        tree.Norm(z),
		"Norm of order 1":                tree.Norm(z, 1),
		"Norm of order infinity":         tree.Norm(z, math.Inf(1)),
		"SquaredNorm":                    tree.SquaredNorm(p),
		"SquaredNorm of complex numbers": tree.SquaredNorm(z),
		"Max":                            tree.Max(p),
		"Min":                            tree.Min(p),
		"AllClose":                       tree.AllClose(p, tree.Add(p, tree.Scale(1e-7, p))),
		"AllClose, not":                  tree.AllClose(p, tree.Scale(1.01, p)),
		"Where":                          tree.Where(false, p, q),
		"RandomLike":                     tree.RandomLike(key, numbers{W: p.W, B: p.B}),
		"RandomLike of a sampler":        tree.RandomLike(key, numbers{W: p.W, B: p.B[:1]}, random.Dist.Uniform),
		"Ravel":                          flat,
		"Ravel and back":                 unravel(flat.Mul(2)),
	}
}

// TestFigures holds functions to those of optax 0.2.8 and JAX 0.10.2, eagerly and within Jit.
func TestFigures(t *testing.T) {
	eager := figures(figureInputs())
	jitted := gojax.Jit(figures)(figureInputs())
	err := jsonl.File("testdata/figures.jsonl", func(line []byte) error {
		var f struct {
			Name   string
			Leaves []struct {
				Type string
				Data []float64
			}
		}
		if err := json.Unmarshal(line, &f); err != nil {
			return err
		}
		for mode, all := range map[string]map[string]any{"": eager, "Jit of ": jitted} {
			got := tree.Leaves(all[f.Name])
			if len(got) != len(f.Leaves) {
				t.Errorf("%s%s: %d arrays, want %d", mode, f.Name, len(got), len(f.Leaves))
				continue
			}
			for i, want := range f.Leaves {
				if typ := strings.TrimPrefix(got[i].TraceValue().Aval().String(), "~"); typ != want.Type {
					t.Errorf("%s%s: array %d is %s, want %s", mode, f.Name, i, typ, want.Type)
				} else if x := host(got[i]); !near(x, want.Data, tolerance[got[i].DType()]) {
					t.Errorf("%s%s: array %d is %v, want %v", mode, f.Name, i, x, want.Data)
				}
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
}

var tolerance = map[jnp.DType]float64{
	jnp.BFloat16: 1.0 / 128, jnp.Float16: 1.0 / 1024, jnp.Float32: 4e-7, jnp.Complex64: 4e-7,
}

// host are the elements of x, complex ones as two.
func host(x A) (y []float64) {
	if x.DType().IsComplex() {
		for _, z := range jnp.ToSlice[complex128](x) {
			y = append(y, real(z), imag(z))
		}
		return y
	}
	return jnp.ToSlice[float64](x.AsType(jnp.Float32))
}

func near(x, y []float64, tol float64) bool {
	if len(x) != len(y) {
		return false
	}
	for i := range x {
		if math.Abs(x[i]-y[i]) > tol*max(1, math.Abs(y[i])) {
			return false
		}
	}
	return true
}

func TestTotals(t *testing.T) {
	z := complexes{jnp.FromSlice([]complex64{1 + 2i, -3i}), vec(0.5, -1)}
	if y := tree.Dot(z, z); jnp.ToSlice[complex128](y)[0] != -12+4i+1.25 {
		t.Errorf("Dot: %v", y)
	}
	if n := tree.Size(z); n != 4 {
		t.Errorf("Size: %d", n)
	}
	ints := []A{jnp.FromSlice([]int32{3, -7}), jnp.FromSlice([]int32{5}), jnp.Zeros(0, 3).AsType(jnp.Int32)}
	for _, c := range []struct {
		name string
		got  A
		want string
	}{
		{"Max", tree.Max(ints), "int32[] 5"},
		{"Min", tree.Min(ints), "int32[] -7"},
		{"Norm of order infinity", tree.Norm(ints, math.Inf(1)), "int32[] 7"},
		{"Norm", tree.Norm([]A{vec(3), vec(4)}), "float32[] 5.0"},
		{"Norm of empty arrays", tree.Norm([]A{jnp.Zeros(0), jnp.Zeros(2, 0)}), "float32[] 0.0"},
		{"Norm of order infinity of empty arrays", tree.Norm([]A{jnp.Zeros(0)}, math.Inf(1)), "float32[] 0.0"},
		{"VDot of empty arrays", tree.VDot([]A{jnp.Zeros(0)}, []A{jnp.Zeros(0)}), "float32[] 0.0"},
		{"Max of NaN", tree.Max([]A{vec(1, float32(math.NaN())), vec(2)}), "float32[] nan"},
		{"All", tree.All([]A{vec(1, 2), jnp.AsArray(true)}), "bool[] True"},
		{"All, not", tree.All([]A{vec(1, 2), jnp.FromSlice([]bool{true, false})}), "bool[] False"},
		{"Max of nothing", tree.Max([]A{}), "~float32[] -inf"},
		{"Min of nothing", tree.Min([]A{jnp.Zeros(0)}), "~float32[] inf"},
		{"Norm of nothing", tree.Norm([]A{}), "~float32[] 0.0"},
		{"Sum of nothing", tree.Sum([]A{}), "~int32[] 0"},
		{"VDot of nothing", tree.VDot([]A{}, []A{}), "~int32[] 0"},
		{"All of nothing", tree.All(layer{}), "bool[] True"},
		{"AllClose of nothing", tree.AllClose(layer{}, layer{}), "bool[] True"},
		{"AllClose with NaN", tree.AllClose(vec(float32(math.NaN())), vec(float32(math.NaN())),
			jnp.Tolerance{EqualNaN: true}), "bool[] True"},
		{"AllClose, farther", tree.AllClose(vec(1), vec(2), jnp.Tolerance{RTol: jnp.AsArray(1.0)}), "bool[] True"},
	} {
		if got := fmt.Sprint(c.got.TraceValue().Aval(), " ", c.got); got != c.want {
			t.Errorf("%s: %s, want %s", c.name, got, c.want)
		}
	}
	if y := tree.Scale(2, layer{Act: "x"}); y.Act != "x" {
		t.Errorf("Scale of no arrays: %v", y)
	}
}

// Called eagerly a function of a tree is one program, and numbers that change compile nothing.
func TestOneProgram(t *testing.T) {
	p := numbers{W: vec(1, 2), B: []A{vec(3), jnp.Ones(2, 3)}}
	step := func(s float64) A { return tree.Norm(tree.AddScale(p, s, p)) }
	step(0.5)
	before := gojax.Compilations()
	step(0.25)
	if n := gojax.Compilations() - before; n != 0 {
		t.Errorf("another number compiled %d programs", n)
	}
	// As many arrays in all, of other trees: another program.
	x, y := vec(1), vec(10)
	two, three := tree.Add([]A{x, x, x}, []A{y, y, y}), tree.Add([]A{x, x}, []A{y, y}, []A{x, y})
	if got := fmt.Sprint(items(two), items(three)); got != "[11 11 11] [12 21]" {
		t.Errorf("sums: %s", got)
	}
}

func TestFloat64(t *testing.T) {
	gojax.WithX64(true, func() {
		p := []A{jnp.FromSlice([]float64{1, 1e-12}), jnp.FromSlice([]float64{3})}
		y := tree.Add(tree.Scale(0.1, p), tree.RandomLike(random.Key(1), p))
		n := tree.Norm(tree.Sub(y, tree.RandomLike(random.Key(1), p)))
		if got := n.Item(); n.DType() != jnp.Float64 || math.Abs(got-0.1*math.Sqrt(10)) > 1e-15 {
			t.Errorf("%v is %v", n.DType(), got)
		}
	})()
}

func TestGradients(t *testing.T) {
	f := func(p numbers) A {
		flat, unravel := tree.Ravel(p)
		q := unravel(flat.Mul(2))
		return tree.SquaredNorm(q).Add(tree.VDot(p, q)).Add(tree.Norm(p, 1)).Add(tree.Max(p))
	}
	p := numbers{W: vec(1, -2), B: []A{vec(3)}}
	if err := gojax.CheckGrads(f, p, 2); err != nil {
		t.Error(err)
	}
	all := tree.Stack([]numbers{p, tree.Scale(-1, p)})
	each := gojax.Vmap(gojax.Grad(f))(all)
	for i, q := range tree.Unstack(each) {
		want := gojax.Grad(f)(tree.Index(all, i))
		if tree.AllClose(q, want).Item() != 1 {
			t.Errorf("gradient %d under Vmap is %v, want %v", i, q, want)
		}
	}
}

func TestMathRefused(t *testing.T) {
	p := numbers{W: vec(1, 2), B: []A{vec(1, 2, 3)}}
	q := numbers{W: vec(1, 2), B: []A{vec(1, 2)}}
	fails.With(t, func() { tree.Add(p, q) }, "tree.Add", "at .B[0]: ", "cannot be broadcast")
	fails.With(t, func() { tree.VDot(p, q) }, "tree.VDot", "at .B[0]: ", "must have one shape")
	fails.With(t, func() { tree.Norm(p, 3) }, "tree.Norm: there is no norm of order 3")
	fails.With(t, func() { tree.Clip(complexes{C: jnp.AsArray(1i), R: vec(1)}, 0, 1) }, "at .C: ", "complex")
	fails.With(t, func() { tree.ZerosLike(p, jnp.Float32, jnp.Int32) }, "takes one dtype, not 2")
	fails.With(t, func() { tree.Scale(A{}, p) }, "never set")
}
