package transform_test

import (
	"math"
	"testing"

	"github.com/gojax/gojax"
	"github.com/gojax/gojax/jnp"
	"github.com/gojax/gojax/random"
	. "github.com/gojax/gojax/scipy/spatial/transform"
	"github.com/gojax/gojax/tests/fails"
	"github.com/gojax/gojax/tests/figures"
	"github.com/gojax/gojax/tests/grads"
)

func vector(x ...float32) jnp.Array { return jnp.FromSlice(x) }

var degrees = Angles{Degrees: true}

func TestFigures(t *testing.T) {
	q, v := figures.Grid(6, 4), figures.Grid(6, 3)
	r, p := FromQuat(q), FromQuat(figures.Grid(7, 4).Index(jnp.S(1, nil)))
	small := jnp.FromSlice([]float32{0, 0, 0, 1e-4, 0, 0, 0, 1e-3, 1e-3, 0.1, -0.2, 0.3, 3, 1, -2}, 5, 3)
	canonical := Quaternions{Canonical: true}
	all := map[string]figures.Case{
		"quat": func() []jnp.Array {
			return []jnp.Array{r.AsQuat(), canonical.AsQuat(r), Quaternions{ScalarFirst: true}.AsQuat(r)}
		},
		"scalar first": figures.One(func() jnp.Array { return Quaternions{ScalarFirst: true}.FromQuat(q).AsQuat() }),
		"matrix": func() []jnp.Array {
			return []jnp.Array{r.AsMatrix(), canonical.AsQuat(FromMatrix(r.AsMatrix()))}
		},
		"four formulas": figures.One(func() jnp.Array {
			pi := float32(math.Pi)
			turns := FromEuler("xyz", jnp.FromSlice([]float32{pi, 0, 0, 0, pi, 0, 0, 0, pi, 0.1, 0.2, 0.3}, 4, 3))
			return FromMatrix(turns.AsMatrix()).AsMatrix()
		}),
		"mrp":    func() []jnp.Array { return []jnp.Array{r.AsMRP(), FromMRP(v).AsQuat()} },
		"rotvec": func() []jnp.Array { return []jnp.Array{r.AsRotVec(), degrees.AsRotVec(r)} },
		"of rotvec": func() []jnp.Array {
			return []jnp.Array{FromRotVec(small).Quat, degrees.FromRotVec(small.Mul(100)).Quat}
		},
		"back": figures.One(func() jnp.Array { return FromRotVec(small.Index(jnp.S(0, 4))).AsRotVec() }),
		"few axes": func() []jnp.Array {
			return []jnp.Array{degrees.FromEuler("z", 90).Quat, FromEuler("y", v.Index(jnp.All, jnp.S(0, 1))).Quat,
				FromEuler("XZ", v.Index(jnp.All, jnp.S(0, 2))).Quat}
		},
		"mul": func() []jnp.Array { return []jnp.Array{r.Mul(p).Quat, r.Inv().Quat, r.Magnitude()} },
		"apply": func() []jnp.Array {
			return []jnp.Array{r.Apply(v), r.Apply(v.Index(0)), r.Index(2).Apply(v), r.Inv().Apply(v)}
		},
		"mean": func() []jnp.Array {
			return []jnp.Array{r.Mean().AsMatrix(), r.Mean([]float32{1, 2, 3, 4, 5, 6}).AsMatrix()}
		},
		"pow": figures.One(func() jnp.Array { return r.Index(jnp.S(0, 3)).Pow(0.5).AsMatrix() }),
		"slerp": func() []jnp.Array {
			s := NewSlerp(jnp.FromSlice([]int32{0, 1, 3, 4}), r.Index(jnp.S(0, 4)))
			return []jnp.Array{s.Evaluate(vector(0, 0.25, 1, 2.5, 3, 4)).AsMatrix(), s.Evaluate(1.5).AsMatrix()}
		},
	}
	for _, seq := range []string{"xyz", "zyx", "yzx", "XYZ", "ZXY", "zxz", "XYX", "YZY"} {
		all["euler "+seq] = func() []jnp.Array {
			return []jnp.Array{FromEuler(seq, v.Div(2)).Quat, degrees.FromEuler(seq, v.Mul(60)).Quat, r.AsEuler(seq),
				degrees.AsEuler(r, seq)}
		}
	}
	figures.Check(t, "testdata/jax.jsonl", 1e-5, all)
}

// near reports whether the arrays are equal within rounding of float32.
func near(x, y jnp.Array) bool { return x.Sub(y).Abs().Max().Item() < 2e-6 }

// Arrays of rotations have any number of axes, are taken by transformations, and agree with single ones.
func TestArrays(t *testing.T) {
	r, v := FromQuat(figures.Grid(2, 3, 4)), figures.Grid(2, 3, 3)
	turn := func(r Rotation, v jnp.Array) jnp.Array { return r.Mul(r).Inv().Apply(v) }
	want := turn(r, v)
	if got := gojax.Jit(gojax.Vmap(gojax.Vmap(turn)))(r, v); !near(got, want) {
		t.Errorf("mapped it is %v, want %v", got, want)
	}
	if s := r.Index(1); s.Len() != 3 || s.Single() || !s.Index(2).Single() ||
		!near(s.Index(2).Quat, r.Index(1, 2).Quat) {
		t.Errorf("part of it is %v", s)
	}
	if all := Concatenate(r.Index(0), Identity(), r.Index(1)); all.Len() != 7 ||
		!near(all.Index(3).Apply(v), v) || len(Identity(2, 3).Shape()) != 2 {
		t.Errorf("joined they are %v", all)
	}
	euler := gojax.Vmap(func(r Rotation) jnp.Array { return r.AsEuler("ZYX") })(r)
	if !near(FromEuler("ZYX", euler).AsMatrix(), r.AsMatrix()) {
		t.Errorf("angles %v are not those of %v", euler, r)
	}
	up := FromEuler("ZYX", vector(0.3, math.Pi/2, 0.2))
	if a := up.AsEuler("ZYX"); a.Index(2).Item() != 0 || !near(FromEuler("ZYX", a).AsMatrix(), up.AsMatrix()) {
		t.Errorf("upwards the angles are %v", a)
	}
}

// Of many drawn uniformly, the mean of the matrices is 0, and angles θ have the density (1 - cos θ)/π.
func TestRandom(t *testing.T) {
	r := Random(random.Key(1), 20000)
	if m := r.AsMatrix().Mean(0).Abs().Max().Item(); m > 0.02 {
		t.Errorf("the mean of the matrices has an element %v", m)
	}
	if m := r.Magnitude().Mean().Item(); math.Abs(m-(math.Pi/2+2/math.Pi)) > 0.02 {
		t.Errorf("the mean angle is %v", m)
	}
}

// Derivatives are right at the identity too, where angles are 0.
func TestGradients(t *testing.T) {
	gojax.WithX64(true, func() {
		x := jnp.FromSlice([]float64{0.3, -0.2, 0.5, 0, 0, 0, 1e-4, 0, 2e-4, 2, 1, -1}, 4, 3)
		q := FromRotVec(x)
		fs := map[string]func(a []jnp.Array) jnp.Array{
			"rotvec": func(a []jnp.Array) jnp.Array { return FromRotVec(a[0]).AsRotVec() },
			"apply":  func(a []jnp.Array) jnp.Array { return FromRotVec(a[0]).Mul(q).Inv().Apply(a[0]) },
			"matrix": func(a []jnp.Array) jnp.Array { return FromMatrix(FromRotVec(a[0]).AsMatrix()).AsMRP() },
			"euler":  func(a []jnp.Array) jnp.Array { return FromEuler("xzy", a[0]).AsEuler("ZYZ") },
		}
		for name, f := range fs {
			x := x
			if name == "euler" { // whose angles have no derivative where two axes are one
				x = x.Index(jnp.S(0, 1))
			}
			if err := grads.Check(f, []jnp.Array{x}, 1); err != nil {
				t.Errorf("%s: %v", name, err)
			}
		}
		if y := FromQuat(jnp.FromSlice([]float64{0, 0, 0, 2})); y.Magnitude().DType() != jnp.Float64 {
			t.Errorf("the angle is %v", y.Magnitude().DType())
		}
	})()
}

func TestErrors(t *testing.T) {
	r := FromQuat(figures.Grid(3, 4))
	for want, f := range map[string]func(){
		"transform.FromQuat(float32[3,3]): takes an array of shape [..., 4]": func() { FromQuat(figures.Grid(3, 3)) },
		"[..., 3, 3], not [4,3]":                      func() { FromMatrix(figures.Grid(4, 3)) },
		"transform.Rotation.Apply":                    func() { r.Apply(figures.Grid(3, 2)) },
		"never set":                                   func() { Rotation{}.AsMatrix() },
		`the axes "xyy" must be one to three letters`: func() { FromEuler("xyy", 0) },
		`the axes "xY" must be`:                       func() { FromEuler("xY", vector(0, 1)) },
		`the axes "xy" must be three letters`:         func() { r.AsEuler("xy") },
		"is an array of shape (n, 1)":                 func() { FromEuler("x", vector(0, 1)) },
		"this is a single rotation":                   func() { r.Index(0).Len() },
		"which has no elements":                       func() { r.Index(0).Index(0) },
		"there are no rotations":                      func() { Concatenate() },
		"takes a vector of rotations":                 func() { r.Index(0).Mean() },
		"the weights must be a vector of 3":           func() { r.Mean(vector(1, 2)) },
		"complex numbers are not taken":               func() { FromRotVec(figures.Grid(3).AsType(jnp.Complex64)) },
		"in increasing order":                         func() { NewSlerp(vector(0, 2, 1), r) },
		"a vector of 3, one for each rotation":        func() { NewSlerp(vector(0, 2), r) },
		"of two at least":                             func() { NewSlerp(vector(0), r.Index(jnp.S(0, 1))) },
		"a number or a vector": func() {
			NewSlerp(vector(0, 1, 2), r).Evaluate(figures.Grid(2, 2))
		},
	} {
		fails.With(t, f, want)
	}
}
