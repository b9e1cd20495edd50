package jnp_test

import (
	"fmt"
	"testing"

	"github.com/gojax/gojax"
	"github.com/gojax/gojax/jnp"
)

// Elementwise functions are the same eagerly, jitted, and mapped over any axis.
func TestElementwiseTransforms(t *testing.T) {
	type arrays = func(x, y jnp.Array) jnp.Array
	one := func(f func(jnp.Array) jnp.Array) arrays { return func(x, _ jnp.Array) jnp.Array { return f(x) } }
	isInt := func(f arrays) arrays {
		return func(x, y jnp.Array) jnp.Array {
			return f(x.Mul(10).AsType(jnp.Int32), y.Mul(10).AsType(jnp.Int32))
		}
	}
	x := jnp.FromSlice([]float32{-1.5, 0.25, 0.5, 2, -0.75, 3}, 2, 3)
	y := jnp.FromSlice([]float32{0.5, 2, -3, 0.25, 1, -0.125}, 2, 3)
	for name, f := range map[string]arrays{
		"Exp": one(jnp.Exp), "Log2": one(jnp.Log2), "Log10": one(jnp.Log10), "Sinc": one(jnp.Sinc), "Trunc": one(jnp.Trunc), "Rint": one(jnp.Rint),
		"Angle": one(jnp.Angle), "NanToNum": one(jnp.NanToNum), "SignBit": one(jnp.SignBit), "Spacing": one(jnp.Spacing), "IsInf": one(jnp.IsInf),
		"LogicalNot": one(jnp.LogicalNot), "Cbrt": one(jnp.Cbrt), "Deg2Rad": one(jnp.Deg2Rad), "Reciprocal": one(jnp.Reciprocal),
		"Frexp": one(func(x jnp.Array) jnp.Array { m, e := jnp.Frexp(x); return m.Add(e) }),
		"Modf":  one(func(x jnp.Array) jnp.Array { m, w := jnp.Modf(x); return m.Sub(w) }),
		"Round": one(func(x jnp.Array) jnp.Array { return x.Round(1) }), "Clip": one(func(x jnp.Array) jnp.Array { return x.Clip(-1, nil) }),
		"Pow3": one(func(x jnp.Array) jnp.Array { return x.Pow(3) }), "AddScalar": one(func(x jnp.Array) jnp.Array { return jnp.Sub(2.5, x) }),
		"OnesLike": one(jnp.OnesLike), "Complex": one(func(x jnp.Array) jnp.Array { return jnp.Abs(jnp.Exp(x.Mul(1i))) }),
		"Add": jnp.Add[jnp.Array, jnp.Array], "Div": jnp.Div[jnp.Array, jnp.Array], "Power": jnp.Power[jnp.Array, jnp.Array], "Arctan2": jnp.Arctan2[jnp.Array, jnp.Array],
		"FloorDivide": jnp.FloorDivide[jnp.Array, jnp.Array], "Mod": jnp.Mod[jnp.Array, jnp.Array], "Hypot": jnp.Hypot[jnp.Array, jnp.Array],
		"LogAddExp": jnp.LogAddExp[jnp.Array, jnp.Array], "CopySign": jnp.CopySign[jnp.Array, jnp.Array], "Heaviside": jnp.Heaviside[jnp.Array, jnp.Array],
		"NextAfter": jnp.NextAfter[jnp.Array, jnp.Array], "Fmax": jnp.Fmax[jnp.Array, jnp.Array], "Less": jnp.Less[jnp.Array, jnp.Array],
		"IsClose": jnp.IsClose[jnp.Array, jnp.Array], "Where": func(x, y jnp.Array) jnp.Array { return jnp.Where(x.Gt(0), x, y) },
		"Ldexp": func(x, y jnp.Array) jnp.Array { return jnp.Ldexp(x, y.AsType(jnp.Int32)) },
		"Gcd":   isInt(jnp.Gcd[jnp.Array, jnp.Array]), "Lcm": isInt(jnp.Lcm[jnp.Array, jnp.Array]), "IntPower": isInt(func(x, y jnp.Array) jnp.Array { return jnp.Power(x, jnp.Abs(y)) }),
		"BitwiseXor": isInt(jnp.BitwiseXor[jnp.Array, jnp.Array]), "IntFloorDivide": isInt(jnp.FloorDivide[jnp.Array, jnp.Array]),
	} {
		want := f(x, y)
		for how, g := range map[string]arrays{
			"jit":          gojax.Jit(f),
			"vmap of 1":    gojax.Vmap(f, gojax.InAxes(1, 1), gojax.OutAxes(1)),
			"vmap of vmap": gojax.Jit(gojax.Vmap(gojax.Vmap(f))),
		} {
			got := g(x, y)
			same := got.DType() == want.DType() && fmt.Sprint(got.Shape()) == fmt.Sprint(want.Shape())
			if !same || jnp.ItemOf[bool](jnp.Tolerance{RTol: 1e-5, EqualNaN: true}.AllClose(got, want)) == false {
				t.Errorf("%s, %s:\n%v\nwant\n%v", name, how, got, want)
			}
		}
		// An axis of length 0, and a scalar for one operand of a broadcast.
		if none := gojax.Vmap(f)(jnp.Zeros(0, 3), jnp.Zeros(0, 3)); fmt.Sprint(none.Shape()) != "[0 3]" || none.DType() != want.DType() {
			t.Errorf("%s over no rows is %v of %v", name, none.DType(), none.Shape())
		}
		rows := gojax.Vmap(f, gojax.InAxes(0, nil))(x, y.Index(0))
		if each := f(x, y.Index(0)); !jnp.ItemOf[bool](jnp.Tolerance{RTol: 1e-5, EqualNaN: true}.AllClose(rows, each)) {
			t.Errorf("%s with one operand not mapped:\n%v\nwant\n%v", name, rows, each)
		}
	}
}
