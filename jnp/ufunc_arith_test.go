package jnp_test

import (
	"fmt"
	"math"
	"math/big"
	"math/bits"
	"slices"
	"testing"

	"github.com/gojax/gojax"
	"github.com/gojax/gojax/ir"
	. "github.com/gojax/gojax/jnp"
	"github.com/gojax/gojax/trace"
)

func TestUFuncArithErrors(t *testing.T) {
	x, i, u8 := Ones(3), Creation{DType: Int32}.Ones(3), Creation{DType: Uint8}.Ones(3)
	runErrors(t, []errorRow{
		{func() { x.Add(Ones(4)) },
			[]string{"jnp.Add(float32[3], float32[4])", "[3] and [4] cannot be broadcast", "Reshape"}},
		{func() { Div(Ones(2, 3), Ones(2)) }, []string{"jnp.Div(float32[2,3], float32[2])", "cannot be broadcast"}},
		{func() { x.Add("2") }, []string{"jnp.Add", "string"}},
		{func() { x.Mul(nil) }, []string{"jnp.Mul", "nil"}},
		{func() { x.Add(Array{}) }, []string{"jnp.Add", "never set"}},
		{func() { Array{}.Add(x) }, []string{"jnp.Add", "never set"}},
		{func() { u8.Add(300) }, []string{"jnp.Add", "300", "uint8"}},
		{func() { u8.Add(-1) }, []string{"jnp.Add", "-1", "uint8"}},
		{func() { i.Add(1 << 40) }, []string{"1099511627776", "int32", "EnableX64"}},
		{func() { i.Pow(-1) }, []string{"jnp.Pow(int32[3])", "negative power"}},
		{func() { x.Gt(0).Sub(x.Gt(0)) }, []string{"jnp.Sub", "LogicalXor"}},
		{func() { Sign(x.Gt(0)) }, []string{"jnp.Sign(bool[3])"}},
		{func() { y := x.Add(1); y.Delete(); y.Add(1) }, []string{"delete"}},
	})
}

// Every real function of two arguments is what Go says, on all pairs of special values.
func TestBinaryAgainstMath(t *testing.T) {
	floorDiv := func(x, y float64) float64 { // Python's float floor division
		m := math.Mod(x, y)
		d := (x - m) / y
		if m != 0 && (m < 0) != (y < 0) {
			d--
		}
		return math.Round(d)
	}
	tests := map[string]struct {
		f    func(x, y Array) Array
		want func(x, y float64) float64
		skip func(x, y float64) bool
	}{
		"Add":     {Add[Array, Array], func(x, y float64) float64 { return x + y }, nil},
		"Sub":     {Sub[Array, Array], func(x, y float64) float64 { return x - y }, nil},
		"Mul":     {Mul[Array, Array], func(x, y float64) float64 { return x * y }, nil},
		"Div":     {Div[Array, Array], func(x, y float64) float64 { return x / y }, nil},
		"Arctan2": {Arctan2[Array, Array], math.Atan2, nil},
		"Maximum": {Maximum[Array, Array], func(x, y float64) float64 {
			if math.IsNaN(x) || math.IsNaN(y) {
				return nan
			}
			return math.Max(x, y)
		}, nil},
		"Fmod": {Fmod[Array, Array], math.Mod, nil},
		"Fmax": {Fmax[Array, Array], func(x, y float64) float64 {
			if math.IsNaN(x) || y > x {
				return y
			}
			return x
		}, nil},
		"Hypot": {Hypot[Array, Array], math.Hypot, nil}, "CopySign": {CopySign[Array, Array], math.Copysign, nil},
		"NextAfter": {NextAfter[Array, Array], math.Nextafter, func(x, y float64) bool { return x == y }},
		"Power":     {Power[Array, Array], math.Pow, nil},
		"FloorDivide": {FloorDivide[Array, Array], floorDiv, func(x, y float64) bool {
			// JAX differs from Python, or the quotient is not exact
			return y == 0 || math.IsInf(y, 0) || math.Abs(x/y) > 1e15
		}},
		"Equal":        {Equal[Array, Array], func(x, y float64) float64 { return zeroOne(x == y) }, nil},
		"Less":         {Less[Array, Array], func(x, y float64) float64 { return zeroOne(x < y) }, nil},
		"GreaterEqual": {GreaterEqual[Array, Array], func(x, y float64) float64 { return zeroOne(x >= y) }, nil},
		"LogicalXor": {LogicalXor[Array, Array], func(x, y float64) float64 { return zeroOne((x != 0) != (y != 0)) },
			nil},
	}
	trace.WithX64(true, func() {
		n := len(specials)
		x, y := FromSlice(specials, n, 1), FromSlice(specials, 1, n)
		for name, c := range tests {
			for how, z := range map[string]Array{"eager": c.f(x, y),
				"traced": traced(func(x ...Array) []Array { return []Array{c.f(x[0], x[1])} }, x, y)[0]} {
				for i, got := range ToSlice[float64](z.AsType(Float64)) {
					a, b := specials[i/n], specials[i%n]
					if want := c.want(a, b); !(c.skip != nil && c.skip(a, b)) && !sameFloat(got, want, 1e-13) {
						t.Errorf("%s(%v, %v), %s, is %v, want %v", name, a, b, how, got, want)
					}
				}
			}
		}
	})
}

// Integers: the quotient is floored, the remainder has the divisor's sign, and powers are exact.
func TestIntegers(t *testing.T) {
	a, b := []int32{7, -7, 7, -7, 6, -6, 0, math.MinInt32}, []int32{3, 3, -3, -3, 3, -3, 5, 7}
	x, y := FromSlice(a), FromSlice(b)
	q, r := DivMod(x, y)
	quo, rem, fm := ToSlice[int32](q), ToSlice[int32](r), ToSlice[int32](Fmod(x, y))
	if got := ToSlice[int32](x.FloorDiv(y)); !slices.Equal(got, quo) {
		t.Errorf("FloorDiv is %v, DivMod %v", got, quo)
	}
	if got := ToSlice[int32](x.Mod(y)); !slices.Equal(got, rem) {
		t.Errorf("Mod is %v, DivMod %v", got, rem)
	}
	for i := range a {
		want := int32(math.Floor(float64(a[i]) / float64(b[i])))
		if quo[i] != want || rem[i] != a[i]-want*b[i] || fm[i] != a[i]%b[i] {
			t.Errorf("%d and %d: quotient %d, remainder %d, fmod %d", a[i], b[i], quo[i], rem[i], fm[i])
		}
	}
	if got := ToSlice[int32](x.Mod(0)); !slices.Equal(got, make([]int32, len(a))) {
		t.Errorf("x mod 0 is %v", got)
	}
	base := FromSlice([]int32{0, 1, -1, 2, -3, 10})
	for _, e := range []int{0, 1, 2, 3, 9, 31} {
		want := ToSlice[int32](base)
		for i, v := range want {
			p := int32(1)
			for range e {
				p *= v
			}
			want[i] = p
		}
		if got := ToSlice[int32](base.Pow(e)); !slices.Equal(got, want) {
			t.Errorf("power %d is %v, want %v", e, got, want)
		}
		exps := Creation{DType: Int32}.Full([]int{6}, e)
		if got := ToSlice[int32](Power(base, exps)); !slices.Equal(got, want) {
			t.Errorf("power by an array of %d is %v, want %v", e, got, want)
		}
	}
	v := []uint32{0, 1, 0xff, math.MaxUint32}
	for i, n := range ToSlice[uint8](BitwiseCount(FromSlice(v))) {
		if int(n) != bits.OnesCount32(v[i]) {
			t.Errorf("BitwiseCount(%d) is %d", v[i], n)
		}
	}
	if got := ToSlice[int32](RightShift(FromSlice([]int32{-8, 8}), 1)); !slices.Equal(got, []int32{-4, 4}) {
		t.Errorf("RightShift is %v", got)
	}
}

// Powers of integers are those of the numbers, modulo 2 to the bits of their type, whatever the exponent.
func TestIntegerPowers(t *testing.T) {
	trace.WithX64(true, func() {
		for _, d := range []ir.DType{Int8, Int16, Int32, Int64, Uint8, Uint16, Uint32, Uint64} {
			bases := []int64{0, 1, -1, 2, -2, 3, 7, -5, 11, 100, 127}
			exponents := []int64{0, 1, 2, 5, 31, 32, 63, 64, 100, 127}
			if !d.IsUnsigned() {
				exponents = append(exponents, -1, -2, -63)
			} else {
				bases = []int64{0, 1, 2, 3, 7, 100, 251}
				exponents = append(exponents, 200, 255)
			}
			if d.Bits() >= 32 {
				exponents = append(exponents, 1<<16+1, 1<<31-1)
			}
			x, y := FromSlice(bases).AsType(d), FromSlice(exponents).AsType(d)
			pow := func(x, y Array) Array { return Power(x.Reshape(-1, 1), y) }
			row := gojax.Vmap(Power[Array, Array], gojax.InAxes(nil, 0))
			ways := map[string]Array{"eager": pow(x, y)}
			if d == Int32 {
				ways["jitted"], ways["mapped"] = gojax.Jit(pow)(x, y), gojax.Vmap(row, gojax.InAxes(0, nil))(x, y)
			}
			for how, z := range ways {
				got := z.AsType(Int64).Ravel()
				for i, v := range ToSlice[int64](got) {
					b, e := bases[i/len(exponents)], exponents[i%len(exponents)]
					if want := integerPower(b, e, d); v != want {
						t.Errorf("%d to the %d in %v, %s, is %d, want %d", b, e, d, how, v, want)
					}
				}
			}
			for _, n := range []int{0, 1, 64, 100, 1<<40 + 1} { // constants of the program
				for i, v := range ToSlice[int64](Power(x, n).AsType(Int64)) {
					if want := integerPower(bases[i], int64(n), d); v != want {
						t.Errorf("%d to the %d in %v is %d, want %d", bases[i], n, d, v, want)
					}
				}
			}
		}
	})
	// The common type is int32, which does not hold the exponent.
	x, y := FromSlice([]int32{3, -1, 2}), FromSlice([]uint32{1<<31 + 1, 1<<31 + 1, 1<<31 + 1})
	if got := fmt.Sprint(Power(x, y)); got != "[ 3 -1  0]" {
		t.Errorf("exponents of 32 bits: %v", got)
	}
	if got := Power(Empty(0).AsType(Int32), Empty(0).AsType(Int32)); got.Size() != 0 {
		t.Errorf("powers of nothing: %v", got)
	}
}

func integerPower(b, e int64, d ir.DType) int64 {
	m := new(big.Int).Lsh(big.NewInt(1), uint(d.Bits()))
	base := new(big.Int).Mod(big.NewInt(b), m)
	r := new(big.Int).Exp(base, big.NewInt(e), m)
	if r == nil { // an even number has no inverse
		return 0
	}
	if d.IsSigned() && r.Bit(d.Bits()-1) == 1 {
		r.Sub(r, m)
	}
	return int64(r.Uint64()) * int64(r.Sign())
}
