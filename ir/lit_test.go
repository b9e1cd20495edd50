package ir

import (
	"math"
	"testing"
)

func TestLitRoundTrip(t *testing.T) {
	for _, d := range AllDTypes() {
		for _, v := range []float64{0, 1, 3} {
			l := FloatLit(v, d)
			want := v
			if d == Bool && v != 0 {
				want = 1
			}
			if l.Float() != want || l.Int() != int64(want) || l.Complex() != complex(want, 0) {
				t.Errorf("%v literal of %v reads %v, %v, %v", d, v, l.Float(), l.Int(), l.Complex())
			}
			if got := len(l.AppendBytes(nil)); got != d.Size() {
				t.Errorf("%v literal has %d bytes, want %d", d, got, d.Size())
			}
		}
	}
	if l := IntLit(-1, Int8); l.Int() != -1 || l.Lo != 0xff {
		t.Errorf("int8(-1) is %v, bits %x", l.Int(), l.Lo)
	}
	if l := IntLit(-1, Uint16); l.Float() != 65535 {
		t.Errorf("uint16(-1) is %v", l.Float())
	}
	if l := UintLit(math.MaxUint64, Uint64); l.String() != "18446744073709551615" ||
		l.Convert(Float64).Float() != math.MaxUint64 {
		t.Errorf("max uint64 is %v, as float64 %v", l, l.Convert(Float64))
	}
	if l := ComplexLit(1-2i, Complex64); l.Complex() != 1-2i {
		t.Errorf("complex64(1-2i) is %v", l)
	}
	negZero := FloatLit(math.Copysign(0, -1), Float32)
	if negZero == FloatLit(0, Float32) || !math.Signbit(negZero.Float()) {
		t.Error("-0 and 0 are one literal")
	}
	if nan := FloatLit(math.NaN(), Float64); nan != FloatLit(math.NaN(), Float64) {
		t.Error("a NaN literal differs from itself")
	}
}
