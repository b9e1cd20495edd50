package ndimage_test

import (
	"fmt"
	"testing"

	"github.com/gojax/gojax"
	"github.com/gojax/gojax/jnp"
	. "github.com/gojax/gojax/scipy/ndimage"
	"github.com/gojax/gojax/tests/fails"
	"github.com/gojax/gojax/tests/grads"
)

// Outside an array goes on as SciPy's modes grid-constant, nearest, grid-wrap, mirror and reflect have it.
func TestModes(t *testing.T) {
	x := jnp.FromSlice([]float32{10, 20, 40})
	at := jnp.Arange(-4.0, 7.0)
	half := at.Add(0.5)
	for mode, want := range map[Mode][2]string{
		Constant: {"[-1. -1. -1. -1. 10. 20. 40. -1. -1. -1. -1.]",
			"[-1.  -1.  -1.   4.5 15.  30.  19.5 -1.  -1.  -1.  -1. ]"},
		Nearest: {"[10. 10. 10. 10. 10. 20. 40. 40. 40. 40. 40.]", "[10. 10. 10. 10. 15. 30. 40. 40. 40. 40. 40.]"},
		Wrap:    {"[40. 10. 20. 40. 10. 20. 40. 10. 20. 40. 10.]", "[25. 15. 30. 25. 15. 30. 25. 15. 30. 25. 15.]"},
		Mirror:  {"[10. 20. 40. 20. 10. 20. 40. 20. 10. 20. 40.]", "[15. 30. 30. 15. 15. 30. 30. 15. 15. 30. 30.]"},
		Reflect: {"[40. 40. 20. 10. 10. 20. 40. 40. 20. 10. 10.]", "[40. 30. 15. 10. 15. 30. 40. 30. 15. 10. 15.]"},
	} {
		o := Interpolation{Mode: mode}
		if mode == Constant {
			o.FillValue = -1
		}
		for order, at := range []jnp.Array{at, half} {
			if got := fmt.Sprint(o.MapCoordinates(x, []jnp.Array{at}, order)); got != want[order] {
				t.Errorf("mode %d, order %d: %s, want %s", mode, order, got, want[order])
			}
		}
		one := fmt.Sprint(o.MapCoordinates(jnp.Ones(1), []jnp.Array{jnp.Arange(3)}, 1))
		if one != map[bool]string{true: "[ 1. -1. -1.]", false: "[1. 1. 1.]"}[mode == Constant] {
			t.Errorf("mode %d of one element: %v", mode, one)
		}
	}
}

func TestTypes(t *testing.T) {
	x, at := jnp.FromSlice([]int32{1, 4, -5}), jnp.FromSlice([]float32{0.5, 1.5, 2})
	for d, want := range map[jnp.DType]string{jnp.Int32: "[ 3 -1 -5]", jnp.Float16: "[ 2.5 -0.5 -5. ]",
		jnp.Complex64: "[ 2.5+0.j -0.5+0.j -5. +0.j]"} {
		if y := MapCoordinates(x.AsType(d), []jnp.Array{at}, 1); y.DType() != d || fmt.Sprint(y) != want {
			t.Errorf("%v: %v %v, want %s", d, y.DType(), y, want)
		}
	}
	y := MapCoordinates(jnp.Arange(6).Reshape(2, 3), []jnp.Array{jnp.Arange(2).Reshape(2, 1), jnp.Arange(3)}, 0)
	if fmt.Sprint(y) != "[[0 1 2]\n [3 4 5]]" {
		t.Errorf("coordinates that broadcast give %v", y)
	}
	z := Interpolation{FillValue: 1i}.MapCoordinates(jnp.Ones(2).AsType(jnp.Complex64), []jnp.Array{at}, 0)
	if fmt.Sprint(z) != "[1.+0.j 0.+1.j 0.+1.j]" {
		t.Errorf("complex numbers end in %v", z)
	}
	slope := gojax.Grad(func(fill jnp.Array) jnp.Array {
		return Interpolation{FillValue: fill}.MapCoordinates(jnp.Ones(2), []jnp.Array{at}, 1).Sum()
	})(jnp.AsArray(2.0))
	if slope.Item() != 1.5 {
		t.Errorf("the derivative by the value outside is %v", slope)
	}
	both := gojax.Vmap(func(x jnp.Array) jnp.Array { return MapCoordinates(x, []jnp.Array{at}, 1) })(
		jnp.Stack([]jnp.Array{x, x.Mul(2)}))
	if fmt.Sprint(both) != "[[  3  -1  -5]\n [  5  -1 -10]]" {
		t.Errorf("mapped: %v", both)
	}
}

func TestGradients(t *testing.T) {
	gojax.WithX64(true, func() {
		x := jnp.FromSlice([]float64{1, 2, -3, 5, 0.5, 4}, 2, 3)
		at := []jnp.Array{jnp.FromSlice([]float64{0.3, 0.7, -0.4}), jnp.FromSlice([]float64{1.2, 0.1, 1.9})}
		if err := grads.Check(func(a []jnp.Array) jnp.Array {
			return Interpolation{Mode: Reflect}.MapCoordinates(a[0], a[1:], 1)
		}, append([]jnp.Array{x}, at...), 2); err != nil {
			t.Error(err)
		}
	})()
}

func TestErrors(t *testing.T) {
	x := jnp.Ones(2, 3)
	at := []jnp.Array{jnp.Ones(2), jnp.Ones(2)}
	for want, f := range map[string]func(){
		"there are 1 arrays of coordinates for 2 axes": func() { MapCoordinates(x, at[:1], 1) },
		"the order is 0 or 1, not 3":                   func() { MapCoordinates(x, at, 3) },
		"the array is empty":                           func() { MapCoordinates(jnp.Ones(0, 3), at, 1) },
		"FillValue is for the Mode Constant": func() {
			Interpolation{Mode: Wrap, FillValue: 1}.MapCoordinates(x, at, 1)
		},
		"FillValue must be a scalar, and real": func() { Interpolation{FillValue: 1i}.MapCoordinates(x, at, 1) },
		"Mode is none that is known here":      func() { Interpolation{Mode: 9}.MapCoordinates(x, at, 1) },
	} {
		fails.With(t, f, want)
	}
}
