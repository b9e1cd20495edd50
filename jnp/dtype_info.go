package jnp

import (
	"fmt"
	"math"
	"strconv"

	"github.com/gojax/gojax/ir"
	"github.com/gojax/gojax/trace"
)

// FloatInfo is the limits of a floating-point type, NumPy's finfo. Make it with FInfo.
type FloatInfo struct {
	DType DType // the real type that the numbers are of
	Bits  int   // of storage
	// Of the Bits, NExp (NumPy's iexp too) hold the exponent and NMant the mantissa, its leading 1 left out.
	NExp, NMant int
	// MinExp is the exponent of the smallest normal number, MaxExp the smallest one that overflows.
	MinExp, MaxExp int
	// MachEp and NegEp are the exponents of Eps and EpsNeg.
	MachEp, NegEp int
	// Precision is the number of decimal digits that always survive, and Resolution is ten to the power of minus it.
	Precision  int
	Resolution float64
	// Eps is the distance from 1 to the next larger number, EpsNeg that to the next smaller one.
	Eps, EpsNeg float64
	// Min and Max are the largest numbers of either sign that are finite.
	Min, Max float64
	// Tiny, also called SmallestNormal, is the smallest positive number of full precision, SmallestSubnormal the
	// smallest of all.
	Tiny, SmallestNormal, SmallestSubnormal float64
}

// FInfo is the limits of the floating-point type d, of a complex d those of its parts (NumPy finfo). Its numbers are
// exact, but for Resolution. It panics with *trace.Error for types that are not inexact; IInfo is for integers.
func FInfo(d DType) FloatInfo {
	f := FloatInfo{DType: d.Real(), Bits: d.Real().Bits()}
	switch f.DType {
	case ir.Float16:
		f.NExp, f.NMant = 5, 10
	case ir.BFloat16:
		f.NExp, f.NMant = 8, 7
	case ir.Float32:
		f.NExp, f.NMant = 8, 23
	case ir.Float64:
		f.NExp, f.NMant = 11, 52
	default:
		trace.Fail("jnp.FInfo", nil, "%v is not a floating-point type; jnp.IInfo describes integers", d)
	}
	f.MaxExp = 1 << (f.NExp - 1)
	f.MinExp = 2 - f.MaxExp
	f.MachEp, f.NegEp = -f.NMant, -f.NMant-1
	f.Eps, f.EpsNeg = math.Ldexp(1, f.MachEp), math.Ldexp(1, f.NegEp)
	f.Max = math.Ldexp(1-f.EpsNeg, f.MaxExp)
	f.Min = -f.Max
	f.Tiny = math.Ldexp(1, f.MinExp)
	f.SmallestNormal, f.SmallestSubnormal = f.Tiny, math.Ldexp(1, f.MinExp-f.NMant)
	f.Precision = int(float64(f.NMant) * math.Log10(2))
	f.Resolution = math.Pow10(-f.Precision)
	return f
}

// String is the limits as NumPy prints them.
func (f FloatInfo) String() string {
	number := func(x float64) string {
		if f.DType == ir.Float64 {
			return strconv.FormatFloat(x, 'g', -1, 64)
		}
		return strconv.FormatFloat(x, 'g', -1, 32)
	}
	if f.Bits == 16 {
		number = func(x float64) string { return strconv.FormatFloat(x, 'e', 5, 64) }
	}
	return fmt.Sprintf("finfo(resolution=%v, min=%s, max=%s, dtype=%v)", f.Resolution, number(f.Min), number(f.Max),
		f.DType)
}

// IntInfo is the limits of an integer type, NumPy's iinfo. Make it with IInfo.
type IntInfo struct {
	DType DType
	Bits  int
	Min   int64
	Max   uint64
}

// IInfo is the limits of the integer type d (NumPy iinfo). It panics with *trace.Error for bool, floating-point and
// complex types; FInfo is for the latter.
func IInfo(d DType) IntInfo {
	switch {
	case d.IsSigned():
		return IntInfo{DType: d, Bits: d.Bits(), Min: -1 << (d.Bits() - 1), Max: 1<<(d.Bits()-1) - 1}
	case d.IsUnsigned():
		return IntInfo{DType: d, Bits: d.Bits(), Max: math.MaxUint64 >> (64 - d.Bits())}
	}
	trace.Fail("jnp.IInfo", nil, "%v is not an integer type; jnp.FInfo describes floating-point ones", d)
	return IntInfo{}
}

// String is the limits as NumPy prints them.
func (i IntInfo) String() string {
	return fmt.Sprintf("iinfo(min=%d, max=%d, dtype=%v)", i.Min, i.Max, i.DType)
}
