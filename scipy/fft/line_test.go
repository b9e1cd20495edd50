package fft_test

import (
	"fmt"
	"math"
	"testing"

	"github.com/gojax/gojax"
	"github.com/gojax/gojax/jnp"
	. "github.com/gojax/gojax/scipy/fft"
	"github.com/gojax/gojax/tests/fails"
	"github.com/gojax/gojax/tests/grads"
)

// coefficient is that of element i in the k-th of n elements of a transform without its norm: the definition.
func coefficient(sine bool, kind, n, i, k int) float64 {
	N, x, y := float64(n), float64(i), float64(k)
	if !sine {
		switch kind {
		case 1:
			if i == 0 || i == n-1 {
				return math.Cos(math.Pi * x * y / (N - 1))
			}
			return 2 * math.Cos(math.Pi*x*y/(N-1))
		case 2:
			return 2 * math.Cos(math.Pi*(2*x+1)*y/(2*N))
		case 3:
			if i == 0 {
				return 1
			}
			return 2 * math.Cos(math.Pi*x*(2*y+1)/(2*N))
		}
		return 2 * math.Cos(math.Pi*(2*x+1)*(2*y+1)/(4*N))
	}
	switch kind {
	case 1:
		return 2 * math.Sin(math.Pi*(x+1)*(y+1)/(N+1))
	case 2:
		return 2 * math.Sin(math.Pi*(2*x+1)*(y+1)/(2*N))
	case 3:
		if i == n-1 {
			return math.Cos(math.Pi * y)
		}
		return 2 * math.Sin(math.Pi*(x+1)*(2*y+1)/(2*N))
	}
	return 2 * math.Sin(math.Pi*(2*x+1)*(2*y+1)/(4*N))
}

// matrix is the transform of n elements by its definition.
func matrix(sine bool, kind, n int) [][]float64 {
	rows := make([][]float64, n)
	for k := range rows {
		for i := range n {
			rows[k] = append(rows[k], coefficient(sine, kind, n, i, k))
		}
	}
	return rows
}

// transforms are those of a type that are inverses of each other.
type transforms struct {
	name             string
	forward, inverse func(x jnp.Array, axis ...int) jnp.Array
}

func transformsOf(sine bool, o Options) transforms {
	name := fmt.Sprintf("sine=%v %+v", sine, o)
	if sine {
		return transforms{name, o.DST, o.IDST}
	}
	return transforms{name, o.DCT, o.IDCT}
}

// The rows of the identity are transformed to the columns of the matrix that the definition says, and back. All cases
// are one program.
func TestDefinition(t *testing.T) {
	var names []string
	errors := gojax.Jit(func(zero jnp.Array) jnp.Array {
		var all []jnp.Array
		claim := func(name string, y, want jnp.Array) {
			names = append(names, name)
			all = append(all, y.Sub(want).Abs().Max())
		}
		for _, c := range cases() {
			eye := jnp.Eye(c.n).Add(zero)
			want := jnp.AsArray(matrix(c.sine, c.kind, c.n)).T()
			for norm, factor := range map[Norm]float64{Backward: 1, Forward: 1 / float64(c.period)} {
				f := transformsOf(c.sine, Options{Type: c.kind, Norm: norm})
				y := f.forward(eye)
				claim(fmt.Sprint(f.name, " of ", c.n), y, want.Mul(factor))
				claim(fmt.Sprint("inverse of ", f.name, " of ", c.n), f.inverse(y), eye)
			}
			f := transformsOf(c.sine, Options{Type: c.kind, Norm: Ortho})
			y := f.forward(eye)
			claim(fmt.Sprint(f.name, " of ", c.n), y.MatMul(y.T()), eye)
			claim(fmt.Sprint("inverse of ", f.name, " of ", c.n), f.inverse(eye), y.T())
		}
		return jnp.Stack(all)
	})
	gojax.WithX64(true, func() {
		for i, e := range jnp.ToSlice[float64](errors(jnp.Zeros())) {
			if !(e < 1e-13) {
				t.Errorf("%s is wrong by %g", names[i], e)
			}
		}
	})
}

// a case is a type of transform of n elements, and what it and its inverse divide by.
type transformCase struct {
	sine            bool
	kind, n, period int
}

func cases() (all []transformCase) {
	for _, n := range []int{1, 2, 3, 4, 7, 12} {
		for kind := 1; kind <= 4; kind++ {
			period := 2 * n
			if kind == 1 {
				period = 2 * (n + 1)
				if n > 1 {
					all = append(all, transformCase{false, 1, n, 2 * (n - 1)})
				}
			} else {
				all = append(all, transformCase{false, kind, n, period})
			}
			all = append(all, transformCase{true, kind, n, period})
		}
	}
	return all
}

func near(x, y jnp.Array) bool { return jnp.AllClose(x, y).Item() != 0 }

// Integers are transformed in floats, narrow floats in float32, and complex numbers part by part.
func TestTypes(t *testing.T) {
	x := jnp.FromSlice([]int32{1, -2, 3, 5}, 2, 2)
	want := jnp.FromSlice([]float32{-2, 4.2426405, 16, -2.828427}, 2, 2)
	for _, d := range []jnp.DType{jnp.Int32, jnp.Int8, jnp.Float16, jnp.BFloat16, jnp.Float32} {
		if y := DCT(x.AsType(d)); y.DType() != jnp.Float32 || !near(y, want) {
			t.Errorf("%v: %v", d, y)
		}
	}
	if y := DCT(x.Mul(complex64(1 + 2i))); y.DType() != jnp.Complex64 || !near(y, want.Mul(complex64(1+2i))) {
		t.Errorf("complex: %v", y)
	}
	if y := gojax.Vmap(func(x jnp.Array) jnp.Array { return DST(x) })(x.T()); !near(y, DST(x, 0).T()) {
		t.Errorf("mapped: %v", y)
	}
}

// Several axes are transformed one after the other, at the lengths asked for.
func TestAxes(t *testing.T) {
	x := jnp.Arange(24.0).Add(1).Reshape(2, 3, 4)
	if y := DCTN(x, 0, 2); !near(y, DCT(DCT(x, 0), 2)) {
		t.Errorf("axes 0 and 2: %v", y)
	}
	if y := (Options{Shape: []int{5, 2}, Type: 3}).DSTN(x); !near(y,
		Options{N: 5, Type: 3}.DST(Options{N: 2, Type: 3}.DST(x), 1)) {
		t.Errorf("lengths: %v", y)
	}
	if y := IDSTN(DSTN(IDCTN(DCTN(x)))); !near(y, x) {
		t.Errorf("there and back: %v", y)
	}
}

func TestGradients(t *testing.T) {
	gojax.WithX64(true, func() {
		for kind := 1; kind <= 4; kind++ {
			f := func(a []jnp.Array) jnp.Array {
				o := Options{Type: kind, Norm: Ortho}
				return jnp.Concatenate([]jnp.Array{jnp.Exp(o.DCT(a[0])), jnp.Sin(o.IDST(a[0]))})
			}
			if err := grads.Check(f, []jnp.Array{jnp.FromSlice([]float64{1, -2, 3, 0.5, 4})}, 2); err != nil {
				t.Errorf("type %d: %v", kind, err)
			}
		}
	})()
}

func TestErrors(t *testing.T) {
	x := jnp.Arange(6.0).Reshape(2, 3)
	for want, f := range map[string]func(){
		"DCT(float32[2,3]): Type is 1, 2, 3 or 4, not 5":    func() { Options{Type: 5}.DCT(x) },
		"the transform of type 1 takes at least 2":          func() { Options{Type: 1, N: 1}.IDCT(x) },
		"Norm is Backward, Ortho or Forward, not 7":         func() { Options{Norm: 7}.DCT(x) },
		"N is -1; a length is at least 1":                   func() { Options{N: -1}.DST(x) },
		"Shape is for several axes; give N":                 func() { Options{Shape: []int{2}}.DST(x) },
		"N is for one axis; give Shape":                     func() { Options{N: 2}.DSTN(x) },
		"takes one axis, not [0 1]; fft.DCTN takes several": func() { DCT(x, 0, 1) },
		"there are 1 lengths ([3]) for 2 axes":              func() { Options{Shape: []int{3}}.DCTN(x, 0, 1) },
		"axis 1 would be transformed at length 0":           func() { DCT(jnp.Zeros(2, 0)) },
		"axis 2 is out of range":                            func() { DCT(x, 2) },
	} {
		fails.With(t, f, want)
	}
}
