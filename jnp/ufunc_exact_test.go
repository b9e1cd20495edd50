package jnp_test

import (
	"fmt"
	"math"
	"math/big"
	"testing"

	"github.com/gojax/gojax"
	"github.com/gojax/gojax/ir"
	. "github.com/gojax/gojax/jnp"
	"github.com/gojax/gojax/trace"
)

// wholeNumbers is an array of integers, and the numbers themselves.
type wholeNumbers struct {
	x Array
	n []*big.Int
}

func wholeOf[T Element](v ...T) wholeNumbers {
	w := wholeNumbers{x: FromSlice(v, len(v))}
	for _, e := range v {
		n, _ := new(big.Int).SetString(fmt.Sprint(e), 10)
		w.n = append(w.n, n)
	}
	return w
}

// Integers of all types are compared as the numbers they are, whatever dtype they are promoted to.
func TestIntegersOfMixedSigns(t *testing.T) {
	for _, x64 := range []bool{false, true} {
		trace.WithX64(x64, func() {
			all := []wholeNumbers{
				wholeOf[int8](-128, -1, 0, 127), wholeOf[int32](-1<<31, -1, 0, 1<<31-1),
				wholeOf[uint32](0, 1, 1<<31, 1<<32-1), wholeOf[uint16](0, 1, 1<<15, 1<<16-1),
			}
			if x64 {
				all = append(all, wholeOf[int64](-1<<63, -1, 1<<53, 1<<63-1),
					wholeOf[uint64](0, 1<<53+1, 1<<63, 1<<64-1))
			}
			for _, a := range all {
				for _, b := range all {
					checkIntegers(t, a, b)
				}
			}
		})
	}
}

// checkIntegers compares every number of a with every one of b.
func checkIntegers(t *testing.T, a, b wholeNumbers) {
	t.Helper()
	x, y := a.x.Reshape(4, 1), b.x.Reshape(1, 4)
	names := []string{"Equal", "NotEqual", "Less", "LessEqual", "Greater", "GreaterEqual", "IsIn", "Digitize",
		"SearchSorted", "Maximum", "Minimum", "Fmax", "Fmin"}
	// All in one program, and all in eager ones.
	f := func(x, y Array) []Array {
		bins := y.Reshape(4)
		spread := func(z Array) Array { return BroadcastTo(z, 4, 4) }
		return []Array{Equal(x, y), NotEqual(x, y), Less(x, y), LessEqual(x, y), Greater(x, y), GreaterEqual(x, y),
			spread(IsIn(x, bins)), spread(Digitize(x, bins)), spread(SearchSorted(bins, x)),
			Maximum(x, y), Minimum(x, y), Fmax(x, y), Fmin(x, y)}
	}
	for mode, got := range map[string][]Array{"eager": f(x, y), "jitted": gojax.Jit(f)(x, y)} {
		for i, n := range a.n {
			below, in := 0, false
			for _, m := range b.n {
				if m.Cmp(n) < 0 {
					below++
				}
				in = in || m.Cmp(n) == 0
			}
			for j, m := range b.n {
				c := n.Cmp(m)
				upTo := below
				if in {
					upTo++
				}
				want := []int{truth(c == 0), truth(c != 0), truth(c < 0), truth(c <= 0), truth(c > 0), truth(c >= 0),
					truth(in), upTo, below}
				for k, w := range want {
					if g := got[k].Index(i, j).Item(); g != float64(w) {
						t.Errorf("%s %s of %v %v and %v %v: %v, want %v", mode, names[k], x.DType(), n, y.DType(), m,
							g, w)
					}
				}
				for k := len(want); k < len(names); k++ {
					pick := x.Index(i, 0)
					if (c < 0) != (k%2 == 0) { // Maximum and Fmax are odd
						pick = y.Index(0, j)
					}
					if g, w := got[k].Index(i, j), pick.AsType(got[k].DType()); Equal(g, w).Item() != 1 {
						t.Errorf("%s %s of %v %v and %v %v: %v", mode, names[k], x.DType(), n, y.DType(), m, g)
					}
				}
			}
		}
	}
	if ArrayEqual(a.x, b.x).Item() != float64(truth(a.x.DType() == b.x.DType())) {
		t.Errorf("ArrayEqual of %v and %v", a.x, b.x)
	}
}

func truth(b bool) int {
	if b {
		return 1
	}
	return 0
}

// A Go integer that the array's dtype cannot hold is larger than all that it can, or smaller.
func TestGoIntegersOutOfRange(t *testing.T) {
	x := FromSlice([]uint8{0, 200, 255}, 3)
	y := FromSlice([]int32{-1 << 31, 1<<31 - 1}, 2)
	f := func() []Array {
		return []Array{x.Lt(300), x.Ge(300), x.Eq(-1), x.Ne(-56), x.Gt(-1), Less(300, x), GreaterEqual(300, x),
			y.Lt(1 << 40), y.Gt(-1 << 40), y.Eq(1 << 32), Less(uint32(1<<31), y),
			SearchSorted(x, 300).Eq(3), IsIn(300, x), Digitize(-5, x).Eq(0)}
	}
	want := []bool{true, false, false, true, true, false, true, true, true, false, false, true, false, true}
	got := f()
	traced := gojax.Jit(func(a, b Array) []Array { x, y = a, b; return f() })(x, y)
	for i, w := range want {
		for _, g := range []Array{got[i], traced[i]} {
			if All(g.Eq(w)).Item() != 1 {
				t.Errorf("comparison %d: %v, want %v", i, g, w)
			}
		}
	}
}

// Frexp, Ldexp and Spacing read and make the bits of subnormal numbers, which CPUs take for 0.
func TestPartsOfSubnormals(t *testing.T) {
	trace.WithX64(true, func() {
		for _, d := range []DType{Float64, Float32, BFloat16, Float16} {
			l := FInfo(d)
			least := l.SmallestSubnormal
			for _, v := range []float64{least, -3 * least, l.Tiny, -l.Tiny / 2, 1.5, 0, l.Max} {
				x := AsArray(v).AsType(d)
				if d != Float64 {
					x = narrow(v, d)
				}
				m, e := gojax.Jit(func(x Array) (Array, Array) { return Frexp(x) })(x)
				wantM, wantE := math.Frexp(v)
				if m.Item() != wantM || int(e.Item()) != wantE {
					t.Errorf("Frexp of %v(%v): %v, %v, want %v, %v", d, v, m, e, wantM, wantE)
				}
				if back := Ldexp(m, e); Equal(back, x).Item() != 1 {
					t.Errorf("Ldexp of %v, %v: %v, want %v", m, e, back, x)
				}
				if y := Ldexp(x, 300).AsType(Float64).Item(); y != math.Ldexp(v, 300) && !math.IsInf(y, 0) {
					t.Errorf("Ldexp of %v(%v) and 300: %v", d, v, y)
				}
				want := math.Ldexp(1, max(wantE-1, l.MinExp)-l.NMant)
				if y := Spacing(x).AsType(Float64).Item(); v != 0 && v != l.Max && math.Abs(y) != want {
					t.Errorf("Spacing of %v(%v): %v, want %v", d, v, y, want)
				}
			}
		}
		slope := gojax.Grad(func(x Array) Array { return Ldexp(x, -5).Mul(Ldexp(x, 3)) })(AsArray(3.0))
		if slope.Item() != 1.5 {
			t.Errorf("the derivative of x/32 * 8x at 3 is %v", slope)
		}
		if m, e := Frexp(AsArray(1e-310)); math.Abs(m.Item()-0.57526) > 1e-5 || e.Item() != -1029 {
			t.Errorf("Frexp of 1e-310: %v, %v", m, e)
		}
	})
}

// The sign of a subnormal number counts where a comparison with 0 does not see it. A remainder of 0 has the divisor's.
func TestSignsOfSubnormals(t *testing.T) {
	trace.WithX64(true, func() {
		for _, d := range []DType{Float64, Float32} {
			l := FInfo(d)
			small := narrow(-3*l.SmallestSubnormal, d)
			if g := gojax.Grad(Abs)(small).Item(); g != -1 {
				t.Errorf("%v: the slope of Abs left of 0 is %v", d, g)
			}
			x, y := narrow(-1.5*l.Tiny, d), narrow(l.Tiny, d)
			if r := Mod(x, y).Item(); r < 0 || r > l.Tiny { // the sum with y flushes what is subnormal
				t.Errorf("%v: %v modulo %v is %v", d, x, y, r)
			}
			for _, k := range [][2]float64{{-4, 2}, {4, -2}, {0, -1}} {
				r := Mod(AsArray(k[0]).AsType(d), AsArray(k[1]).AsType(d)).Item()
				if r != 0 || math.Signbit(r) != (k[1] < 0) {
					t.Errorf("%v: %v modulo %v is %v", d, k[0], k[1], r)
				}
			}
		}
	})
}

// narrow is the number v of a short float dtype, of its bits.
func narrow(v float64, d DType) Array {
	l := ir.FloatLit(v, d)
	return AsArray(l.Lo).AsType(map[int]DType{16: Uint16, 32: Uint32, 64: Uint64}[d.Bits()]).View(d)
}

// Integers to which a float dtype rounds keep their parity as exponents, and the power its digits.
func TestPowersOfLargeIntegers(t *testing.T) {
	trace.WithX64(true, func() {
		for _, d := range []DType{Float64, Float32, BFloat16, Float16} {
			odd := int64(1)<<(FInfo(d).NMant+1) + 1
			ns := []int64{odd, odd - 2, odd - 1, 2*odd + 1, math.MaxInt64, math.MinInt64 + 1, -odd, 0}
			n := FromSlice(ns)
			x := AsArray(-1.0).AsType(d)
			for what, y := range map[string]Array{"Power": Power(x, n), "FloatPower": FloatPower(x, n),
				"jitted": gojax.Jit(FloatPower[Array, Array])(x, n),
				"mapped": gojax.Vmap(func(n Array) Array { return Power(x, n) })(n)} {
				for i, n := range ns {
					if want := float64(1 - 2*(n&1)); y.Index(i).Item() != want {
						t.Errorf("%s of %v(-1) and %d: %v, want %v", what, d, n, y.Index(i), want)
					}
				}
			}
		}
		top := FromSlice([]uint64{1<<64 - 1, 1 << 63})
		if y := Power(-1.0, top); y.Index(0).Item() != -1 || y.Index(1).Item() != 1 {
			t.Errorf("-1 to the power of %v: %v", top, y)
		}
		if y := FloatPower(AsArray(-1.0), 1<<53+1); y.Item() != -1 {
			t.Errorf("-1 to the power of 1<<53 + 1: %v", y)
		}
		// (1 + 2**-52) to the power of 2**53 - 1 and 2**53 + 1, by mpmath.
		y := Power(-1-0x1p-52, FromSlice([]int64{1<<53 - 1, 1<<53 + 1}))
		for i, want := range []float64{-7.3890560989306469, -7.3890560989306502} {
			if got := y.Index(i).Item(); math.Abs(got-want) > 2e-15 {
				t.Errorf("power %d of nearly -1: %v, want %v", i, got, want)
			}
		}
		g := gojax.Grad(func(x Array) Array { return Power(x, FromSlice([]int64{1<<53 + 1, 3})).Sum() })(AsArray(-1.0))
		if g.Item() != 0x1p53+4 {
			t.Errorf("the derivative of such powers: %v", g)
		}
	})
}

// Complex numbers have a direction, however large or small they are; infinities along an axis have that of NumPy.
func TestSignOfComplexNumbers(t *testing.T) {
	inf, nan, half := math.Inf(1), math.NaN(), math.Sqrt2/2
	trace.WithX64(true, func() {
		for z, want := range map[complex128]complex128{
			complex(inf, 1): 1, complex(-inf, -2): -1, complex(3, -inf): -1i, complex(nan, inf): 1i,
			complex(-inf, nan):        -1,
			complex(1.7e308, 1.7e308): complex(half, half), complex(-1e-310, 1e-310): complex(-half, half),
			complex(3e-200, -4e-200): complex(.6, -.8),
			complex(1e-307, 1e-310):  complex(.999999500000375, 9.99999500000375e-4),
			0:                        0, 3 - 4i: .6 - .8i,
			complex(0, 5e-324): 1i, complex(1e300, 1): complex(1, 1e-300),
		} {
			for mode, y := range map[string]Array{"eager": Sign(FromSlice([]complex128{z})),
				"jitted": gojax.Jit(Sign)(FromSlice([]complex128{z}))} {
				got := ToSlice[complex128](y)[0]
				off := math.Max(math.Abs(real(got)-real(want)), math.Abs(imag(got)-imag(want)))
				if !(off <= 1e-13) { // 1e-310 has 44 bits
					t.Errorf("%s sign of %v: %v, want %v", mode, z, got, want)
				}
			}
		}
		if y := ToSlice[complex128](Sign(FromSlice([]complex128{complex(inf, -inf)})))[0]; real(y) == real(y) {
			t.Errorf("two infinite parts have the sign %v", y)
		}
	})
}

// The parts of a number have its sign, also where they are 0, and an infinity has no fraction.
func TestModfOfEnds(t *testing.T) {
	zero, inf := math.Copysign(0, -1), math.Inf(1)
	x := []float64{-2, 2, zero, 0, inf, -inf, 2.5, -2.5, -0.5}
	want := []float64{zero, 0, zero, 0, 0, zero, 0.5, -0.5, -0.5}
	gojax.EnableX64(true)
	defer gojax.EnableX64(false)
	fraction := func(x Array) Array {
		f, _ := Modf(x)
		return f
	}
	for _, d := range []DType{Float16, BFloat16, Float32, Float64} {
		for how, f := range map[string]func(x Array) Array{"eager": fraction, "jitted": gojax.Jit(fraction)} {
			for i, y := range ToSlice[float64](f(FromSlice(x).AsType(d)).AsType(Float64)) {
				if y != want[i] || math.Signbit(y) != math.Signbit(want[i]) {
					t.Errorf("the fraction of %v, %v, %s, is %v, want %v", x[i], d, how, y, want[i])
				}
			}
		}
		if dx := gojax.Vmap(gojax.Grad(fraction))(FromSlice(x).AsType(d)); All(dx.Eq(1)).Item() != 1 {
			t.Errorf("the slopes of the fraction of %v are %v, want 1", d, dx)
		}
	}
}
