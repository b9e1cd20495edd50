package jnp_test

import (
	"math"
	"math/big"
	"slices"
	"testing"

	"github.com/gojax/gojax"
	"github.com/gojax/gojax/ir"
	. "github.com/gojax/gojax/jnp"
	"github.com/gojax/gojax/trace"
)

// Integers rounded to negative decimals are NumPy's, but exact where those of 64 bits go by float64.
func TestRoundIntegers(t *testing.T) {
	trace.WithX64(true, func() {
		for _, d := range []DType{Int8, Uint8, Int16, Uint16, Int32, Uint32, Int64, Uint64} {
			var in []int64 // by their bits
			for _, n := range []int64{0, 1, 4, 5, 6, 14, 15, 16, 25, 35, 50, 51, 127, 128, 150, 250, 255, 32767, 49999,
				50000, 65535, 1<<31 - 1, 1<<32 - 1, 5e9, 1<<53 + 1, 5e18, 5e18 + 1, math.MaxInt64, -1 << 63} {
				in = append(in, n, -n, n*10+5)
			}
			x := FromSlice(in).AsType(d)
			ints := ToSlice[int64](x.AsType(Int64))
			for _, zeros := range []int{1, 2, 3, 5, 10, 18, 19, 20, 400} {
				got := ToSlice[int64](Round(x, -zeros).AsType(Int64))
				unit := new(big.Int).Exp(big.NewInt(10), big.NewInt(int64(zeros)), nil)
				for i, n := range ints {
					v := big.NewInt(n)
					if d == Uint64 {
						v.SetUint64(uint64(n))
					}
					want := roundBig(v, unit)
					// Only the low bits are left of what does not fit.
					off := new(big.Int).Sub(want, big.NewInt(got[i]))
					if off.Mod(off, new(big.Int).Lsh(big.NewInt(1), uint(d.Bits()))).Sign() != 0 {
						t.Errorf("%v %v rounded to %d zeros: %d, want %v", d, v, zeros, got[i], want)
					}
				}
			}
		}
	})
}

// roundBig is the multiple of unit nearest to v, of two the even one.
func roundBig(v, unit *big.Int) *big.Int {
	whole, rest := new(big.Int).DivMod(v, unit, new(big.Int))
	if c := rest.Lsh(rest, 1).Cmp(unit); c > 0 || c == 0 && whole.Bit(0) == 1 {
		whole.Add(whole, big.NewInt(1))
	}
	return whole.Mul(whole, unit)
}

func TestUFuncRoundErrors(t *testing.T) {
	c := Ones(3).Mul(1i)
	runErrors(t, []errorRow{
		{func() { Floor(c) }, []string{"jnp.Floor(complex64[3])", "jnp.Real"}},
	})
}

// Rounding to many decimals, or of numbers that have none, is that of the number itself; to many places before the
// point, 0.
func TestRoundFar(t *testing.T) {
	trace.WithX64(true, func() {
		small := []int{-60, -45, -40, -39, -38, -37, -1, 2, 10, 30, 37, 38, 39, 40, 41, 45, 46, 60, 1 << 40}
		for d, decimals := range map[DType][]int{
			Float64: {-400, -324, -310, -309, -308, -307, -300, -1, 2, 17, 300, 307, 308, 309, 310, 315, 323, 324,
				325, 1 << 40},
			Float32: small, BFloat16: small, Float16: {-45, -6, -5, -4, -2, 1, 4, 5, 6, 7, 8, 9, 10, 45},
		} {
			l := FInfo(d)
			numbers := []float64{0, math.Copysign(0, -1), 1.5, 2.5, -1e4 / 3, l.Max, -l.Max, l.Max / 1e4, l.Tiny,
				1.7 * l.Tiny, 2.6 * l.Tiny, -4.3 * l.Tiny, 1e6 * l.Tiny, l.SmallestSubnormal, -7 * l.SmallestSubnormal,
				l.Tiny / 3, math.Inf(-1), math.NaN()}
			for i, v := range numbers {
				numbers[i] = ir.FloatLit(v, d).Float()
			}
			x := Stack(roundingOperands(d, numbers))
			all := func(x Array) (y []Array) {
				for _, n := range decimals {
					y = append(y, x.Round(n))
				}
				return y
			}
			for mode, y := range map[string][]Array{"eager": all(x), "jitted": gojax.Jit(all)(x)} {
				for j, n := range decimals {
					checkRounded(t, mode, d, n, numbers, y[j])
				}
			}
		}
		x := FromSlice([]float64{1.5, 1e300, -2e-5}, 3)
		for _, n := range []int{300, 320, -320, 2} {
			g := gojax.Grad(func(x Array) Array { return Round(x, n).Sum() })(x)
			if Any(g).Item() != 0 {
				t.Errorf("the derivative of Round to %d decimals is %v", n, g)
			}
		}
		z := Round(FromSlice([]complex128{complex(1.5, 1e300)}, 1), 300)
		if !slices.Equal(ToSlice[complex128](z), []complex128{complex(1.5, 1e300)}) {
			t.Errorf("complex: %v", z)
		}
	})
}

// checkRounded compares y with numbers of dtype d rounded to n decimals.
func checkRounded(t *testing.T, mode string, d DType, n int, numbers []float64, y Array) {
	t.Helper()
	l := FInfo(d)
	ulps := 1.0
	if math.Pow10(-n) < l.Tiny {
		ulps = 4
	}
	for i, v := range numbers {
		got := y.Index(i).Item()
		want := ir.FloatLit(roundedExactly(v, n), d).Float()
		// What is rounded is v times the power, so that a tie may be missed, and the result be an ulp off, or some
		// where that goes in steps.
		most := ulps * max(math.Abs(want)*l.Eps, l.SmallestSubnormal)
		ok := got == want || got != got && want != want || math.Abs(got-want) <= most
		if unit := math.Pow10(-n); math.Abs(math.Abs(v-got)-unit/2) <= unit*l.Eps {
			ok = true
		}
		if !ok || got == 0 && math.Signbit(got) != math.Signbit(v) {
			t.Errorf("%s Round(%v(%v), %d): %v, want %v", mode, d, v, n, got, want)
		}
	}
}

// roundingOperands is numbers in dtype d, subnormal ones too.
func roundingOperands(d DType, numbers []float64) []Array {
	x := make([]Array, len(numbers))
	for i, v := range numbers {
		x[i] = AsArray(v)
		if d != Float64 {
			x[i] = narrow(v, d)
		}
	}
	return x
}

// roundedExactly is the decimal number nearest to x that has n decimals.
func roundedExactly(x float64, n int) float64 {
	if x == 0 || math.IsInf(x, 0) || x != x {
		return x
	}
	n = min(max(n, -400), 400)
	scale := new(big.Rat).SetInt(new(big.Int).Exp(big.NewInt(10), big.NewInt(int64(max(n, -n))), nil))
	if n < 0 {
		scale.Inv(scale)
	}
	r := new(big.Rat).SetFloat64(x)
	r.Mul(r, scale)
	twice := new(big.Int).Add(new(big.Int).Lsh(r.Num(), 1), r.Denom())
	den := new(big.Int).Lsh(r.Denom(), 1)
	q, m := new(big.Int).DivMod(twice, den, new(big.Int)) // floor(r + 1/2)
	if m.Sign() == 0 && q.Bit(0) == 1 {
		q.Sub(q, big.NewInt(1))
	}
	y, _ := new(big.Rat).Quo(new(big.Rat).SetInt(q), scale).Float64()
	return math.Copysign(y, x)
}
