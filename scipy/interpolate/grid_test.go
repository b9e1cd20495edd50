package interpolate_test

import (
	"math"
	"testing"

	"github.com/gojax/gojax"
	"github.com/gojax/gojax/jnp"
	. "github.com/gojax/gojax/scipy/interpolate"
	"github.com/gojax/gojax/tests/fails"
	"github.com/gojax/gojax/tests/figures"
	"github.com/gojax/gojax/tests/grads"
)

func vector(x ...float32) jnp.Array { return jnp.FromSlice(x) }

func points() []jnp.Array {
	return []jnp.Array{vector(0, 1, 2.5, 4), vector(-1, 0.5, 1), vector(0, 2)}
}

func TestFigures(t *testing.T) {
	g := points()
	at1 := vector(-1, 0, 0.25, 1, 2, 2.5, 3.25, 4, 4.5, float32(math.NaN()))
	at2 := jnp.FromSlice([]float32{0.5, 0, 0, -1, 4, 1, 2.5, 0.5, 3, 0.75, 5, 0, 1, -2, 1.75, -0.25}, 8, 2)
	at3 := jnp.Concatenate([]jnp.Array{at2, jnp.Flip(at2, 0).Index(jnp.All, jnp.S(0, 1))}, 1)
	all := map[string]figures.Case{}
	for m, name := range map[Method]string{Linear: "linear", Nearest: "nearest"} {
		of := func(o Interpolation, axes int, x any, shape ...int) jnp.Array {
			o.Method = m
			return o.NewRegularGridInterpolator(g[:axes], figures.Grid(shape...)).Evaluate(x)
		}
		zero := Interpolation{}
		all[name] = func() []jnp.Array {
			return []jnp.Array{of(zero, 1, at1, 4), of(zero, 2, at2, 4, 3), of(zero, 3, at3, 4, 3, 2),
				of(zero, 2, at2.Reshape(2, 4, 2), 4, 3)}
		}
		all[name+" filled"] = func() []jnp.Array {
			seven, zero := Interpolation{FillValue: -7}, Interpolation{FillValue: 0.0}
			return []jnp.Array{of(seven, 1, at1, 4), of(zero, 2, at2, 4, 3)}
		}
		all[name+" on"] = func() []jnp.Array {
			o := Interpolation{Extrapolate: true}
			return []jnp.Array{of(o, 1, at1, 4), of(o, 2, at2, 4, 3)}
		}
		all[name+" of arrays"] = func() []jnp.Array {
			return []jnp.Array{of(zero, 2, at2, 4, 3, 2, 2), of(zero, 1, at1.Index(jnp.S(0, 3)), 4, 3)}
		}
		all[name+" of integers"] = figures.One(func() jnp.Array {
			o, x, y := Interpolation{Method: m}, jnp.Arange(4), jnp.FromSlice([]int32{1, 5, 2, 8})
			return o.NewRegularGridInterpolator([]jnp.Array{x}, y).Evaluate(at1)
		})
		all[name+" one place"] = figures.One(func() jnp.Array { return of(zero, 2, vector(0.5, 0.25), 4, 3) })
		all[name+" apart"] = figures.One(func() jnp.Array {
			return of(zero, 2, []jnp.Array{jnp.FromSlice([]float32{0.5, 2}, 2, 1), vector(0, 0.5, 0.75)}, 4, 3)
		})
		all[name+" downwards"] = figures.One(func() jnp.Array {
			down, values := []jnp.Array{jnp.Flip(g[0]), g[1]}, jnp.Flip(figures.Grid(4, 3), 0)
			return Interpolation{Method: m}.NewRegularGridInterpolator(down, values).Evaluate(at2)
		})
	}
	figures.Check(t, "testdata/jax.jsonl", 2e-6, all)
}

// An interpolator is a tree: it may be made, taken and mapped in transformed functions.
func TestTransformed(t *testing.T) {
	g, x := points()[:2], jnp.FromSlice([]float32{0.5, 0, 3, 0.75}, 2, 2)
	values := figures.Grid(5, 4, 3)
	of := func(values jnp.Array) jnp.Array { return NewRegularGridInterpolator(g, values).Evaluate(x) }
	want := jnp.Stack([]jnp.Array{of(values.Index(0)), of(values.Index(4))})
	if got := gojax.Jit(gojax.Vmap(of))(values).Index([]int{0, 4}); got.Sub(want).Abs().Max().Item() > 1e-6 {
		t.Errorf("mapped it is %v, want %v", got, want)
	}
	f := NewRegularGridInterpolator(g, values.Index(0))
	read := gojax.Jit(func(f RegularGridInterpolator, x jnp.Array) jnp.Array { return f.Evaluate(x) })
	if got := read(f, x); got.Sub(want.Index(0)).Abs().Max().Item() > 1e-6 {
		t.Errorf("as an argument it gives %v", got)
	}
	for d, want := range map[jnp.DType]jnp.DType{jnp.Complex64: jnp.Complex64, jnp.Float16: jnp.Float32,
		jnp.Int8: jnp.Float32} {
		if y := of(values.Index(0).AsType(d)); y.DType() != want {
			t.Errorf("values of %v give %v", d, y.DType())
		}
	}
	if y := of(values.Index(0)); y.Size() != 2 || f.Evaluate(jnp.Zeros(0, 2)).Size() != 0 {
		t.Error("of no places there are values")
	}
}

func TestGradients(t *testing.T) {
	gojax.WithX64(true, func() {
		values := figures.Grid(4, 3).AsType(jnp.Float64)
		x := jnp.FromSlice([]float64{0.5, 0, 3, 0.75, 1.2, -0.3}, 3, 2)
		if err := grads.Check(func(a []jnp.Array) jnp.Array {
			return NewRegularGridInterpolator(points()[:2], a[0]).Evaluate(a[1])
		}, []jnp.Array{values, x}, 2); err != nil {
			t.Error(err)
		}
	})()
}

func TestErrors(t *testing.T) {
	g, v := points()[:2], figures.Grid(4, 3)
	bounded := Interpolation{BoundsError: true}.NewRegularGridInterpolator(g, v)
	if y := bounded.Evaluate(vector(0.5, 0)); y.Size() != 1 {
		t.Errorf("inside it is %v", y)
	}
	for want, f := range map[string]func(){
		"there are 2 axes of points for values of shape [4]": func() {
			NewRegularGridInterpolator(g, vector(1, 2, 3, 4))
		},
		"points 1 must be a vector": func() { NewRegularGridInterpolator(g, figures.Grid(4, 4)) },
		"of two at least":           func() { NewRegularGridInterpolator([]jnp.Array{vector(1)}, vector(1)) },
		"in increasing or in decreasing order": func() {
			NewRegularGridInterpolator([]jnp.Array{vector(1, 3, 2)}, vector(1, 2, 3))
		},
		"FillValue must be a scalar": func() {
			Interpolation{FillValue: 1i}.NewRegularGridInterpolator(g, v)
		},
		"it takes no FillValue": func() {
			Interpolation{FillValue: 1, Extrapolate: true}.NewRegularGridInterpolator(g, v)
		},
		"the Method is": func() { Interpolation{Method: 7}.NewRegularGridInterpolator(g, v) },
		"the last axis must hold the 2 coordinates": func() { bounded.Evaluate(figures.Grid(2, 3)) },
		"there are 1 arrays of coordinates":         func() { bounded.Evaluate([]jnp.Array{vector(1)}) },
		"there are places outside":                  func() { bounded.Evaluate(vector(5, 0)) },
		"BoundsError is for places that are known": func() {
			gojax.Jit(func(x jnp.Array) jnp.Array { return bounded.Evaluate(x) })(vector(1, 0))
		},
	} {
		fails.With(t, f, want)
	}
}
