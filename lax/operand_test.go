package lax_test

import (
	"testing"

	"github.com/gojax/gojax"
	"github.com/gojax/gojax/jnp"
	"github.com/gojax/gojax/lax"
	"github.com/gojax/gojax/ops"
)

// like is v everywhere in the type of x.
func like(x V, v float64) V { return ops.FullLike(x, v) }

// TestNumbers gives Go numbers beside arrays of several dtypes, on either side.
func TestNumbers(t *testing.T) {
	f32, i8, c64 := numbers(-2, 1.5, 2, 2), jnp.FromSlice([]int8{-3, 5, 120}, 3),
		jnp.FromSlice([]complex64{1 + 2i, -3}, 2)
	mask := jnp.FromSlice([]bool{true, false}, 2)
	weak := jnp.AsArray(2.5)
	checkForms(t, of1("an int beside float32", func(x A) A { return lax.Add(x, 3) },
		func(x V) V { return ops.Add(x, like(x, 3)) }, f32),
		of1("an int before float32", func(x A) A { return lax.Sub(3, x) },
			func(x V) V { return ops.Sub(like(x, 3), x) }, f32),
		of1("a float64 beside float32", func(x A) A { return lax.Mul(x, 0.1) },
			func(x V) V { return ops.Mul(x, like(x, 0.1)) }, f32),
		of1("a float32 beside float32", func(x A) A { return lax.Div(x, float32(0.5)) },
			func(x V) V { return ops.Div(x, like(x, 0.5)) }, f32),
		of1("an int beside int8", func(x A) A { return lax.Add(x, 100) },
			func(x V) V { return ops.Add(x, like(x, 100)) }, i8),
		of1("a uint beside int8", func(x A) A { return lax.Max(x, uint(4)) },
			func(x V) V { return ops.Max(x, like(x, 4)) }, i8),
		of1("an int8 beside int8", func(x A) A { return lax.Rem(x, int8(4)) },
			func(x V) V { return ops.Rem(x, like(x, 4)) }, i8),
		of1("a float64 beside complex64", func(x A) A { return lax.Mul(x, 0.5) },
			func(x V) V { return ops.Mul(x, like(x, 0.5)) }, c64),
		of1("a bool beside bools", func(x A) A { return lax.BitwiseAnd(x, true) },
			func(x V) V { return ops.And(x, like(x, 1)) }, mask),
		of1("a comparison", func(x A) A { return lax.Lt(x, 0) }, func(x V) V { return ops.Lt(x, like(x, 0)) }, f32),
		of1("beside a weak scalar", func(x A) A { return lax.Add(x, 1) }, func(x V) V { return ops.Add(x, like(x, 1)) },
			weak),
		of1("a power", func(x A) A { return lax.Pow(x, 2) }, func(x V) V { return ops.Pow(x, like(x, 2)) }, f32))
	for _, c := range []struct {
		got  A
		want string
		d    jnp.DType
		weak bool
	}{
		{lax.Add(1, 2), "3", jnp.Int32, true},
		{lax.Mul(1.5, 2.0), "3.0", jnp.Float32, true},
		{lax.Add(float32(1), float32(2)), "3.0", jnp.Float32, false},
		{lax.Add(weak, 1), "3.5", jnp.Float32, true},
		{lax.Add(weak, float32(1)), "3.5", jnp.Float32, false},
	} {
		if got := c.got.String(); got != c.want || c.got.DType() != c.d || c.got.Weak() != c.weak {
			t.Errorf("%s of %v, weak %v; want %s of %v, weak %v", got, c.got.DType(), c.got.Weak(), c.want, c.d, c.weak)
		}
	}
	// With the types of the operands the same, another number is not another program.
	lax.Add(f32, 3).Delete()
	allow := gojax.ForbidCompiles()
	defer allow()
	lax.Add(f32, 4).Delete()
}

func TestNumbersRefused(t *testing.T) {
	f32, i32, u8, mask := numbers(0, 1, 3), ints(1, 2, 3), jnp.FromSlice([]uint8{1, 2}, 2),
		jnp.FromSlice([]bool{true}, 1)
	var unset A
	checkMistakes(t,
		mistake{"lax.Add", func() { lax.Add(i32, 2.5) },
			[]string{"float64 2.5", "int32", "jnp", "lax.ConvertElementType"}},
		mistake{"lax.Mul", func() { lax.Mul(1i, f32) }, []string{"complex128", "float32"}},
		mistake{"lax.Sub", func() { lax.Sub(f32, true) }, []string{"bool true", "float32"}},
		mistake{"lax.Max", func() { lax.Max(f32, complex(2, 1)) }, []string{"complex128", "float32"}},
		mistake{"lax.Add", func() { lax.Add(i32, int8(1)) }, []string{"int8 1", "int32"}},
		mistake{"lax.BitwiseAnd", func() { lax.BitwiseAnd(mask, 1) }, []string{"int 1", "bool"}},
		mistake{"lax.Add", func() { lax.Add(u8, -1) }, []string{"-1", "uint8"}},
		mistake{"lax.Add", func() { lax.Add(u8, 256) }, []string{"256", "uint8"}},
		mistake{"lax.Add", func() { lax.Add(1, 2.5) }, []string{"dtypes", "int32", "float32"}},
		mistake{"lax.Add", func() { lax.Add(f32, i32) }, []string{"float32[3], int32[3]", "jnp"}},
		mistake{"lax.Add", func() { lax.Add(f32, numbers(0, 1, 2)) }, []string{"[3]", "[2]", "jnp"}},
		mistake{"lax.Add", func() { lax.Add(f32, f32.Sum()) }, []string{"[3]", "[]", "jnp"}},
		mistake{"lax.Add", func() { lax.Add(f32, unset) }, []string{"never set"}},
		mistake{"lax.Add", func() { lax.Add(unset, 1) }, []string{"never set"}},
		mistake{"lax.Neg", func() { lax.Neg(unset) }, []string{"never set"}},
		mistake{"lax.Sqrt", func() { lax.Sqrt(i32) }, []string{"float", "int32"}},
		mistake{"lax.Abs", func() { lax.Abs(u8) }, []string{"uint8"}},
		mistake{"lax.IntegerPow", func() { lax.IntegerPow(i32, -1) }, []string{"negative"}},
		mistake{"lax.Pow", func() { lax.Pow(i32, f32) }, []string{"int32"}},
	)
}

// Functions of one array, and functions of two by name, are values that other functions take.
func TestFunctionsAsValues(t *testing.T) {
	x := numbers(1, 1, 2, 2)
	for _, c := range []struct{ got, want A }{
		{gojax.Vmap(lax.Square)(x), lax.Square(x)},
		{gojax.Jit(gojax.Vmap(lax.Neg))(x), lax.Neg(x)},
		{gojax.Grad(lax.Square)(jnp.AsArray(3.0)), jnp.AsArray(6.0)},
		{lax.AssociativeScan(lax.Mul, x), lax.CumProd(x, 0)},
		{lax.Reduce(x, 0, lax.Add), jnp.Sum(x)},
	} {
		same(t, "a function as a value", []A{c.got}, []A{c.want}, 1e-6)
	}
}
