package image_test

import (
	"fmt"
	"testing"

	"github.com/gojax/gojax"
	. "github.com/gojax/gojax/image"
	"github.com/gojax/gojax/jnp"
	"github.com/gojax/gojax/tests/fails"
	"github.com/gojax/gojax/tests/figures"
	"github.com/gojax/gojax/tests/grads"
)

func TestFigures(t *testing.T) {
	x, v := figures.Grid(5, 6, 2), figures.Grid(7)
	plain := Resampling{NoAntialias: true}
	all := map[string]figures.Case{}
	for m := Nearest; m <= Area; m++ {
		all[m.String()] = func() []jnp.Array {
			return []jnp.Array{Resize(x, []int{8, 4, 2}, m), Resize(x, []int{3, 9, 2}, m), Resize(v, []int{16}, m),
				Resize(v, []int{3}, m), Resize(v, []int{1}, m), Resize(v.Index(jnp.S(0, 1)), []int{3}, m)}
		}
		all[m.String()+" plain"] = func() []jnp.Array {
			return []jnp.Array{plain.Resize(x, []int{8, 4, 2}, m), plain.Resize(v, []int{3}, m)}
		}
		all[m.String()+" of integers"] = figures.One(func() jnp.Array {
			return Resize(jnp.Arange(uint8(10)), []int{4}, m)
		})
		if m == Nearest {
			continue
		}
		all[m.String()+" moved"] = func() (y []jnp.Array) {
			for _, p := range [][2][]float32{{{0.6, 0.5}, {0.25, -0.5}}, {{1.5, 2.25}, {-1, 1.5}}} {
				for _, o := range []Resampling{{}, plain} {
					y = append(y, o.ScaleAndTranslate(x, []int{4, 7, 2}, []int{0, 1}, p[0], p[1], m))
				}
			}
			return y
		}
	}
	figures.Check(t, "testdata/jax.jsonl", 4e-6, all)
}

func TestTypes(t *testing.T) {
	x := figures.Grid(4, 4)
	for _, d := range []jnp.DType{jnp.Float16, jnp.BFloat16, jnp.Complex64} {
		if y := Resize(x.AsType(d), []int{2, 3}, Cubic); y.DType() != d {
			t.Errorf("%v gives %v", d, y.DType())
		}
	}
	if y := Resize(x.Gt(0), []int{8, 8}, Nearest); y.DType() != jnp.Bool {
		t.Errorf("the nearest bools are %v", y.DType())
	}
	if y := Resize(x, []int{0, 3}, Linear); fmt.Sprint(y.Shape()) != "[0 3]" {
		t.Errorf("nothing has shape %v", y.Shape())
	}
	shrink := func(x jnp.Array) jnp.Array { return Resize(x, []int{3}, Lanczos3) }
	if got := gojax.Jit(gojax.Vmap(shrink))(x); fmt.Sprint(got.Index(2)) != fmt.Sprint(shrink(x.Index(2))) {
		t.Errorf("mapped it is %v", got)
	}
	gojax.WithX64(true, func() {
		y := Resize(jnp.Arange(4), []int{8}, Linear)
		if y.DType() != jnp.Float64 || y.Index(2).Item() != 0.75 {
			t.Errorf("in 64 bits it is %v", y)
		}
		a := []jnp.Array{x.AsType(jnp.Float64), jnp.FromSlice([]float64{1.3}), jnp.FromSlice([]float64{0.2})}
		if err := grads.Check(func(a []jnp.Array) jnp.Array {
			return ScaleAndTranslate(a[0], []int{5, 4}, []int{0}, a[1], a[2], Cubic)
		}, a, 1); err != nil {
			t.Error(err)
		}
	})()
}

func TestErrors(t *testing.T) {
	x := figures.Grid(4, 5)
	one := []float32{1}
	for want, f := range map[string]func(){
		"image.Resize(float32[4,5]): the shape [4] must have": func() { Resize(x, []int{4}, Linear) },
		"axis 0 has no elements": func() {
			Resize(jnp.Zeros(0, 2), []int{3, 2}, Nearest)
		},
		"ResizeMethod(9) is no": func() { Resize(x, []int{4, 4}, 9) },
		"the length of axis 1 changes": func() {
			ScaleAndTranslate(x, []int{4, 4}, []int{0}, one, one, Linear)
		},
		"takes no Nearest": func() {
			ScaleAndTranslate(x, []int{4, 5}, []int{0}, one, one, Nearest)
		},
		"must be vectors of 2, a number": func() {
			ScaleAndTranslate(x, []int{4, 5}, []int{0, 1}, one, one, Area)
		},
		"axis 3 is out of range": func() {
			ScaleAndTranslate(x, []int{4, 5}, []int{3}, one, one, Area)
		},
		"complex numbers are not taken": func() {
			ScaleAndTranslate(x, []int{4, 5}, []int{0}, []complex64{1}, one, Area)
		},
	} {
		fails.With(t, f, want)
	}
}
