package ir

import (
	"math"
	"testing"
)

// Every half-precision number is itself, and what lies between two of them goes to the nearer, or to the even one.
func TestHalfRounding(t *testing.T) {
	for _, f := range []struct {
		name string
		e, m int
		to   func(v float64) uint16
	}{
		{"float16", 5, 10, func(v float64) uint16 { return ToF16(v).Bits() }},
		{"bfloat16", 8, 7, func(v float64) uint16 { return ToBF16(v).Bits() }},
	} {
		inf := uint16(1<<f.e-1) << f.m
		value := func(h uint16) float64 {
			exp, frac := int(h>>f.m), float64(h&(1<<f.m-1))
			bias := 1<<(f.e-1) - 1
			if exp == 0 {
				return math.Ldexp(frac, 1-bias-f.m)
			}
			return math.Ldexp(frac+math.Ldexp(1, f.m), exp-bias-f.m) // of inf: what would come next
		}
		for h := range inf {
			v, next := value(h), value(h+1)
			mid := (v + next) / 2
			even := h + h&1
			for _, c := range []struct {
				v    float64
				want uint16
			}{{v, h}, {mid, even}, {math.Nextafter(mid, 0), h}, {math.Nextafter(mid, math.Inf(1)), h + 1}} {
				if got := f.to(c.v); got != c.want {
					t.Fatalf("%s: %g is %#x, want %#x", f.name, c.v, got, c.want)
				}
				if got := f.to(-c.v); got != c.want|0x8000 {
					t.Fatalf("%s: %g is %#x, want %#x", f.name, -c.v, got, c.want|0x8000)
				}
			}
		}
		for _, v := range []float64{math.Inf(1), math.MaxFloat64} {
			if got := f.to(v); got != inf {
				t.Errorf("%s: %g is %#x, want infinity", f.name, v, got)
			}
		}
		if got := f.to(math.NaN()); got&inf != inf || got&(1<<f.m-1) == 0 {
			t.Errorf("%s: NaN is %#x", f.name, got)
		}
		if got := f.to(math.SmallestNonzeroFloat64); got != 0 {
			t.Errorf("%s: the smallest float64 is %#x, want 0", f.name, got)
		}
	}
}
