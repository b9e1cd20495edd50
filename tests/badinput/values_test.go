package badinput_test

import (
	"math"
	"testing"

	"github.com/gojax/gojax"
	"github.com/gojax/gojax/jnp"
	"github.com/gojax/gojax/jnp/linalg"
	"github.com/gojax/gojax/lax"
	"github.com/gojax/gojax/random"
)

// Dtypes that an operation does not take.
func TestDTypes(t *testing.T) {
	x, i := jnp.Ones(3), jnp.Creation{DType: jnp.Int32}.Ones(3)
	c, k := x.Mul(1i), random.Key(0)
	check(t, []mistake{
		{"bits of floats", func() { x.And(x) }, says("jnp.Array.And(float32[3], float32[3])", "AsType")},
		{"shift of floats", func() { jnp.LeftShift(x, 1) }, says("jnp.LeftShift(float32[3]")},
		{"order of complex", func() { jnp.Floor(c) }, says("jnp.Floor(complex64[3])")},
		{"Cbrt of complex", func() { jnp.Cbrt(c) }, says("jnp.Cbrt(complex64[3])")},
		{"bool minus bool", func() { x.Gt(0).Sub(x.Gt(0)) }, says("jnp.Sub(bool[3], bool[3])")},
		{"Neg of bool", func() { x.Gt(0).Neg() }, says("bool[3]")},
		{"negative power", func() { i.Pow(-1) }, says("jnp.Pow(int32[3])")},
		{"unknown", func() { x.AsType(99) }, says("jnp.AsType(float32[3])", "99")},
		{"none", func() { x.AsType(0) }, says("jnp.AsType(float32[3])")},
		{"Zeros of an unknown dtype", func() { jnp.Creation{DType: 200}.Zeros(2) }, says("jnp.Creation.Zeros", "200")},
		{"Sum to unknown", func() { jnp.Reduction{DType: 200}.Sum(x) }, says("jnp.Reduction.Sum(float32[3])", "200")},
		{"too large for uint8", func() { x.AsType(jnp.Uint8).Add(256) }, says("256", "uint8")},
		{"too large for int32", func() { i.Add(math.MaxInt) }, says("9223372036854775807", "int32", "EnableX64")},
		{"index past int32", func() { i.Mul(jnp.FromSlice([]int64{1 << 40})) },
			saysAbove("jnp.FromSlice", "1099511627776", "int32")},
		{"Uniform of integers", func() { random.Dist{DType: jnp.Int32}.Uniform(k, 2) },
			saysAbove("random.Dist.Uniform", "int32")},
		{"Bits of floats", func() { random.Dist{DType: jnp.Float32}.Bits(k, 2) }, says("random.Dist.Bits", "float32")},
		{"RandInt of floats", func() { random.Dist{DType: jnp.Float32}.RandInt(k, 0, 2, 2) },
			saysAbove("random.Dist.RandInt", "float32")},
		{"key of floats", func() { random.WrapKeyData(jnp.Ones(2)) }, says("float32[2]", "uint32")},
		{"Split of the zero key", func() { random.Split(random.KeyArray{}) }, says("random.Split", "never set")},
		{"Normal of the zero key", func() { random.Normal(random.KeyArray{}, 3) }, says("random.Normal", "never set")},
		{"Cholesky of integers", func() { linalg.Cholesky(jnp.Creation{DType: jnp.Int8}.Eye(2).Gt(0)).Item() },
			saysAbove("float32[2,2]")},
		{"Switch by a float", func() { lax.Switch(jnp.Ones(), func() arr { return x }, func() arr { return x }) },
			saysAbove("lax.Switch(float32[])")},
		{"ForiLoop to a float", func() { lax.ForiLoop(jnp.Ones(), jnp.Ones(), func(i, c arr) arr { return c }, x) },
			saysAbove("lax.ForiLoop(float32[]")},
		{"WhileLoop on a vector",
			func() { lax.WhileLoop(func(a arr) arr { return a.Lt(9) }, func(a arr) arr { return a.Add(1) }, x) },
			saysAbove("lax.WhileLoop", "bool[3]")},
		{"WhileLoop that changes dtype", func() {
			lax.WhileLoop(func(a arr) arr { return a.Sum().Lt(9) }, func(a arr) arr { return a.AsType(jnp.Int32) }, x)
		}, saysAbove("float32[3]", "int32[3]")},
		{"Cond of two dtypes", func() { lax.Cond(x.Sum().Gt(0), func() arr { return x }, func() arr { return i }) },
			saysAbove("float32[3]", "int32[3]")},
		{"lax.Add, which does not promote", func() { lax.Add(x, i) },
			saysAbove("float32[3], int32[3]", "lax.ConvertElementType", "jnp")},
		{"lax.Add of a float64 beside int32", func() { lax.Add(i, 2.5) },
			saysAbove("lax.Add", "float64 2.5", "int32", "jnp")},
		{"lax.Clamp of bools", func() { lax.Clamp(false, x, true) }, says("lax.Clamp", "bool false", "float32")},
		{"lax.DynamicSlice at a float", func() { lax.DynamicSlice(x, []any{1.5}, []int{1}) },
			saysAbove("lax.DynamicSlice", "float64")},
		{"lax.RNGUniform of int8", func() { lax.RNGUniform(int8(0), int8(9), 3) },
			saysAbove("lax.RNGUniform(int8[], int8[])", "32 or 64 bits")},
		{"options twice", func() { lax.CumSum(x, 0, make([]lax.CumulativeOptions, 2)...) },
			saysAbove("lax.CumSum", "one lax.CumulativeOptions, not 2")},
		{"ToSlice of fewer bits", func() { jnp.ToSlice[int8](i) }, says("jnp.ToSlice(int32[3])", "int8")},
		{"ItemOf another kind", func() { jnp.ItemOf[bool](x.Sum()) }, says("jnp.ItemOf(float32[])", "bool")},
		{"Item of many", func() { x.Item() }, says("Item(float32[3])", "3 elements")},
		{"Item of none", func() { jnp.Ones(0).Item() }, says("Item(float32[0])", "0 elements")},
		{"Item of complex", func() { c.Sum().Item() }, says("complex64[]", "ItemOf")},
		{"SearchSorted of a matrix", func() { jnp.SearchSorted(jnp.Ones(2, 2), 1) },
			saysAbove("jnp.SearchSorted(float32[2,2]")},
	})
}

// Go values that are no arrays, given where any is taken.
func TestGoValues(t *testing.T) {
	x := jnp.Ones(3)
	loop := []any{nil}
	loop[0] = loop
	type celsius struct{ T float64 }
	var none *int
	check(t, []mistake{
		{"string", func() { x.Add("2") }, says("jnp.Add: ", "string")},
		{"nil", func() { x.Mul(nil) }, says("jnp.Mul: ", "nil")},
		{"nil pointer", func() { x.Mul(none) }, says("jnp.Mul: ", "*int")},
		{"pointer to an Array", func() { x.Sub(&x) }, says("jnp.Sub: ", "*jnp.Array")},
		{"struct", func() { x.Div(celsius{3}) }, says("jnp.Div: ", "celsius")},
		{"map", func() { x.Pow(map[string]int{}) }, says("jnp.Pow: ", "map[string]int")},
		{"channel", func() { x.Gt(make(chan int)) }, says("jnp.Array.Gt: ", "chan int")},
		{"func", func() { x.Eq(func() arr { return x }) }, says("jnp.Array.Eq: ", "func()")},
		{"strings", func() { x.Add([]string{"a", "b", "c"}) }, says("jnp.Add: ", "string")},
		{"DType", func() { x.Lt(struct{}{}) }, says("jnp.Array.Lt: ", "struct {}")},
		{"ragged", func() { x.Add([][]float32{{1}, {2, 3}}) }, says("jnp.Add: ", "ragged")},
		{"nils", func() { x.Add([]any{1, nil}) }, says("jnp.Add: ", "nil")},
		{"a slice that contains itself", func() { x.Add(loop) }, says("jnp.Add: ", "itself")},
		{"AsArray of itself", func() { jnp.AsArray(loop) }, says("jnp.AsArray", "itself")},
		{"Set", func() { x.At(0).Set("a") }, says("jnp.Ref.Set: ", "string")},
		{"Set nil", func() { x.At(0).Set(nil) }, says("jnp.Ref.Set: ", "nil")},
		{"Clip", func() { x.Clip("a", 2) }, says("jnp.Clip: ", "string")},
		{"Take", func() { x.Take("a") }, says("jnp.Take: ", "string")},
		{"Full", func() { jnp.Creation{}.Full([]int{2}, "a") }, says("jnp.Creation.Full", "string")},
		{"Block", func() { jnp.Block("a") }, says("jnp.Block", "string")},
		{"FoldIn", func() { random.FoldIn(random.Key(0), jnp.AsArray(1.5)) }, says("random.FoldIn", "one integer")},
		{"Bernoulli", func() { random.Dist{}.Bernoulli(random.Key(0), "a") }, says("random.Dist.Bernoulli", "string")},
		{"Choice", func() { random.Choosing{}.Choice(random.Key(0), "a") }, says("random.Choosing.Choice", "string")},
		{"mapped axis", func() { gojax.Vmap(func(a arr) arr { return a }, gojax.InAxes("a"))(x) },
			saysAbove("Vmap", "InAxes", "string")},
		{"mapped axis, float", func() { gojax.Vmap(func(a arr) arr { return a }, gojax.InAxes(1.5))(x) },
			saysAbove("Vmap", "InAxes", "float64")},
		{"Lower's argument", func() { gojax.Lower(func(a arr) arr { return a })("a") }, says("Lower", "string")},
		{"Lower's arguments", func() { gojax.Lower(func(a arr) arr { return a })(x, x) }, says("Lower", "2 arguments")},
		{"Lower of nil", func() { gojax.Lower(func(a arr) arr { return a })(nil) }, says("Lower", "nil")},
	})
}

// The zero Array is an error wherever it is used, never a nil dereference.
func TestZeroArray(t *testing.T) {
	var z arr
	x := jnp.Ones(3)
	check(t, []mistake{
		{"Add", func() { z.Add(x) }, says("jnp.Add", "never set")},
		{"added", func() { x.Add(z) }, says("jnp.Add", "never set")},
		{"Exp", func() { jnp.Exp(z) }, says("jnp.Exp", "never set")},
		{"Sum", func() { z.Sum() }, says("jnp.Sum", "never set")},
		{"Reshape", func() { z.Reshape(1) }, says("jnp.Reshape", "never set")},
		{"T", func() { z.T() }, says("jnp.Array.T", "never set")},
		{"Shape", func() { z.Shape() }, says("Shape", "never set")},
		{"DType", func() { z.DType() }, says("DType", "never set")},
		{"Device", func() { z.Device() }, says("Device", "never set")},
		{"ToDevice", func() { z.ToDevice(nil) }, says("ToDevice", "never set")},
		{"Item", func() { z.Item() }, says("Item", "never set")},
		{"ToSlice", func() { jnp.ToSlice[float32](z) }, says("jnp.ToSlice", "never set")},
		{"BlockUntilReady", func() { z.BlockUntilReady() }, says("BlockUntilReady", "never set")},
		{"IsReady", func() { z.IsReady() }, says("IsReady", "never set")},
		{"Delete", func() { z.Delete() }, says("Delete", "never set")},
		{"IsDeleted", func() { z.IsDeleted() }, says("IsDeleted", "never set")},
		{"Copy", func() { z.Copy() }, says("Copy", "never set")},
		{"Index", func() { z.Index(0) }, says("Index", "never set")},
		{"Set", func() { z.At(0).Set(1) }, says("never set")},
		{"Set to it", func() { x.At(0).Set(z) }, says("jnp.Ref.Set", "never set")},
		{"Concatenate", func() { jnp.Concatenate([]arr{x, z}) }, says("jnp.Concatenate", "never set")},
		{"Where", func() { jnp.Where(z, x, x) }, says("jnp.Where", "never set")},
		{"AsArray", func() { jnp.AsArray([]arr{x, z}) }, says("jnp.AsArray", "never set")},
		{"Einsum", func() { jnp.Einsum("i->i", z) }, says("jnp.Einsum", "never set")},
		{"Jit's argument", func() { gojax.Jit(func(a, b arr) arr { return a })(x, z) }, says("args[1]", "never set")},
		{"Jit's result", func() { gojax.Jit(func(a arr) arr { return z })(x) }, says("results[0]", "never set")},
		{"Vmap's argument", func() { gojax.Vmap(func(a arr) arr { return a })(z) }, says("Vmap", "never set")},
		{"Vmap's result", func() { gojax.Vmap(func(a arr) arr { return z })(x) }, says("Vmap", "never set")},
		{"in a jitted tree", func() { gojax.Jit(func(a []arr) arr { return a[0].Add(a[1]) })([]arr{x, z}) },
			saysAbove("jnp.Add", "never set")},
		{"lax.Add", func() { lax.Add(2, z) }, says("lax.Add", "never set")},
		{"lax.Sort", func() { lax.Sort(z, 0) }, says("lax.Sort")},
		{"Cond's predicate", func() { lax.Cond(z, func() arr { return x }, func() arr { return x }) },
			saysAbove("lax.Cond", "never set")},
		{"Cond's branch", func() { lax.Cond(x.Sum().Gt(0), func() arr { return x }, func() arr { return z }) },
			saysAbove("lax.Cond")},
		{"WhileLoop's start",
			func() { lax.WhileLoop(func(a arr) arr { return a.Lt(3) }, func(a arr) arr { return a.Add(1) }, z) },
			saysAbove("lax.WhileLoop", "no arrays")},
		{"ForiLoop's bound", func() { lax.ForiLoop(z, jnp.AsArray(3), func(i, c arr) arr { return c }, x) },
			saysAbove("lax.ForiLoop", "never set")},
	})
	if s := z.String(); s == "" {
		t.Error("the zero Array prints as nothing")
	}
}

// Lengths that are negative, not finite, past all memory or past int64; more axes than anyone has.
func TestSizes(t *testing.T) {
	x, k := jnp.Ones(3), random.Key(0)
	nan, inf := math.NaN(), math.Inf(1)
	check(t, []mistake{
		{"Zeros", func() { jnp.Zeros(-1) }, says("jnp.Zeros", "[-1]", "negative")},
		{"Zeros, smallest", func() { jnp.Zeros(math.MinInt) }, says("jnp.Zeros", "negative")},
		{"Full", func() { jnp.Full([]int{2, -3}, 1) }, says("jnp.Full", "[2 -3]", "negative")},
		{"FromSlice", func() { jnp.FromSlice([]float32{1, 2}, -2) }, says("jnp.FromSlice", "[-2]")},
		{"FromSlice past int64", func() { jnp.FromSlice([]float32{}, 1<<32, 1<<32) },
			saysAbove("jnp.FromSlice", "0 elements")},
		{"FromSlice past int64, with a hole", func() { jnp.FromSlice([]float32{1, 2}, 1<<32, 1<<32, -1) },
			saysAbove("jnp.FromSlice", "2 elements")},
		{"FromFunc", func() { jnp.FromFunc([]int{-1}, func([]int) float32 { return 0 }) },
			saysAbove("jnp.FromFunc", "negative")},
		{"BroadcastTo", func() { jnp.BroadcastTo(x, -1) }, says("jnp.BroadcastTo", "negative")},
		{"Eye", func() { jnp.Eye(-1) }, says("jnp.Eye", "negative")},
		{"Arange NaN", func() { jnp.Arange(nan) }, says("jnp.Arange", "NaN")},
		{"Arange to infinity", func() { jnp.Arange(0, inf) }, says("jnp.Arange", "Inf")},
		{"Arange, step 0", func() { jnp.Arange(0, 1, 0) }, says("jnp.Arange", "step")},
		{"Arange, step NaN", func() { jnp.Arange(0, 1, nan) }, says("jnp.Arange", "NaN")},
		{"Arange, no bounds", func() { jnp.Arange[int]() }, says("jnp.Arange")},
		{"Arange, too many", func() { jnp.Arange(1, 2, 3, 4) }, says("jnp.Arange")},
		{"LinSpace", func() { jnp.LinSpace(0, 1, -1) }, says("jnp.LinSpace", "negative")},
		{"Uniform", func() { random.Uniform(k, -1) }, says("random.Uniform", "negative")},
		{"Permutation", func() { random.Permutation(k, -3) }, says("random.Permutation", "-3")},
		{"Bernoulli of NaN axes", func() { random.Bernoulli(k, nan, -2) }, says("random.Bernoulli", "negative")},
		{"AxisSize", func() { gojax.AxisSize(-1) }, says("AxisSize", "-1")},
		{"quantile NaN", func() { jnp.Quantile(x, 2.5, 3) }, says("jnp.Quantile(float32[3]", "axis 3")},
		{"Repeat past int64", func() { jnp.Repeat(x, math.MaxInt) }, says("float32[3]", "more elements")},
		{"Tile past int64", func() { jnp.Tile(x, math.MaxInt) }, says("float32[3]", "more elements")},
		{"Pad past int64", func() { jnp.Pad(x, [2]int{math.MaxInt, math.MaxInt}) },
			saysAbove("jnp.Pad(float32[3])", "more elements")},
		{"MatrixPower", func() { linalg.MatrixPower(jnp.Ones(2, 3), -1) }, says("float32[2,3]", "square")},
	})
}
