package jnp_test

import (
	"math"
	"math/big"
	"testing"

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
