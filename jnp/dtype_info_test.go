package jnp_test

import (
	"math"
	"testing"

	"github.com/gojax/gojax/ir"
	"github.com/gojax/gojax/jnp"
	"github.com/gojax/gojax/trace"
)

func TestFInfo(t *testing.T) {
	for _, c := range []struct {
		d    jnp.DType
		want jnp.FloatInfo
		text string
	}{
		{jnp.Float32,
			jnp.FloatInfo{DType: jnp.Float32, Bits: 32, NExp: 8, NMant: 23, MinExp: -126, MaxExp: 128, MachEp: -23,
				NegEp: -24, Precision: 6,
				Resolution: 1e-6, Eps: 1.1920928955078125e-07, EpsNeg: 5.960464477539063e-08, Min: -math.MaxFloat32,
				Max:  math.MaxFloat32,
				Tiny: 1.1754943508222875e-38, SmallestNormal: 1.1754943508222875e-38,
				SmallestSubnormal: math.SmallestNonzeroFloat32},
			"finfo(resolution=1e-06, min=-3.4028235e+38, max=3.4028235e+38, dtype=float32)"},
		{jnp.Float64,
			jnp.FloatInfo{DType: jnp.Float64, Bits: 64, NExp: 11, NMant: 52, MinExp: -1022, MaxExp: 1024, MachEp: -52,
				NegEp: -53, Precision: 15,
				Resolution: 1e-15, Eps: 2.220446049250313e-16, EpsNeg: 1.1102230246251565e-16, Min: -math.MaxFloat64,
				Max:  math.MaxFloat64,
				Tiny: 2.2250738585072014e-308, SmallestNormal: 2.2250738585072014e-308,
				SmallestSubnormal: math.SmallestNonzeroFloat64},
			"finfo(resolution=1e-15, min=-1.7976931348623157e+308, max=1.7976931348623157e+308, dtype=float64)"},
		{jnp.Float16,
			jnp.FloatInfo{DType: jnp.Float16, Bits: 16, NExp: 5, NMant: 10, MinExp: -14, MaxExp: 16, MachEp: -10,
				NegEp: -11, Precision: 3,
				Resolution: 1e-3, Eps: 0.0009765625, EpsNeg: 0.00048828125, Min: -65504, Max: 65504,
				Tiny: 6.103515625e-05, SmallestNormal: 6.103515625e-05, SmallestSubnormal: 5.960464477539063e-08},
			"finfo(resolution=0.001, min=-6.55040e+04, max=6.55040e+04, dtype=float16)"},
		{jnp.BFloat16,
			jnp.FloatInfo{DType: jnp.BFloat16, Bits: 16, NExp: 8, NMant: 7, MinExp: -126, MaxExp: 128, MachEp: -7,
				NegEp: -8, Precision: 2,
				Resolution: 1e-2, Eps: 0.0078125, EpsNeg: 0.00390625, Min: -3.3895313892515355e+38,
				Max:  3.3895313892515355e+38,
				Tiny: 1.1754943508222875e-38, SmallestNormal: 1.1754943508222875e-38,
				SmallestSubnormal: 9.183549615799121e-41},
			"finfo(resolution=0.01, min=-3.38953e+38, max=3.38953e+38, dtype=bfloat16)"},
	} {
		if got := jnp.FInfo(c.d); got != c.want {
			t.Errorf("FInfo(%v) = %+v\nwant %+v", c.d, got, c.want)
		}
		if got := jnp.FInfo(c.d).String(); got != c.text {
			t.Errorf("FInfo(%v) prints %s, want %s", c.d, got, c.text)
		}
	}
	if jnp.FInfo(jnp.Complex128) != jnp.FInfo(jnp.Float64) {
		t.Error("the limits of complex128 are not those of float64")
	}
	if i := jnp.IInfo(jnp.Int64); i.Min != math.MinInt64 || i.Max != math.MaxInt64 || i.Bits != 64 {
		t.Error(i)
	}
	if i := jnp.IInfo(jnp.Uint64); i.Min != 0 || i.Max != math.MaxUint64 {
		t.Error(i)
	}
	for _, d := range []jnp.DType{jnp.Bool, jnp.Float32, ir.Invalid, 200} {
		if trace.Try(func() { jnp.IInfo(d) }) == nil {
			t.Errorf("IInfo(%v): no error", d)
		}
	}
	for _, d := range []jnp.DType{jnp.Bool, jnp.Int8, ir.Invalid} {
		if trace.Try(func() { jnp.FInfo(d) }) == nil {
			t.Errorf("FInfo(%v): no error", d)
		}
	}
}
