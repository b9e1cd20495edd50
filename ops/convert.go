package ops

import (
	"fmt"
	"slices"

	"github.com/gojax/gojax/ir"
	"github.com/gojax/gojax/trace"
)

// Changes of element type.
type (
	convert struct {
		To   ir.DType
		Weak bool
	}
	bitcast         struct{ To ir.DType }
	reducePrecision struct {
		unaryFloat
		ExponentBits, MantissaBits int
	}
)

func (convert) Name() string         { return "convert_element_type" }
func (bitcast) Name() string         { return "bitcast_convert_type" }
func (reducePrecision) Name() string { return "reduce_precision" }

// Convert is x with elements of dtype d, strongly typed: floats are rounded to nearest, cut to integers towards zero; a
// complex number loses its imaginary part; bool is x != 0. x itself is returned where nothing changes.
func Convert(x *Value, d ir.DType) *Value { return ConvertWeak(x, d, false) }

// ConvertWeak is Convert with the weak flag as given.
func ConvertWeak(x *Value, d ir.DType, weak bool) *Value {
	switch a := x.Aval(); {
	case a.DType == d && a.Weak == weak:
		return x
	case a.DType == d && !x.Traced():
		if _, ok := x.Lit(); ok || !trace.AnyTraced(x) {
			return x.WithWeak(weak)
		}
	case exactLit(a.DType, d):
		if l, ok := x.Lit(); ok {
			l = l.Convert(d)
			l.Weak = weak
			return trace.FromLit(l)
		}
	}
	return one(convert{To: d, Weak: weak}, x)
}

// exactLit reports whether a literal may be converted here, rather than by XLA: only where both agree for every value.
func exactLit(from, to ir.DType) bool {
	switch {
	case !to.Valid():
		return false
	case from.IsFloat():
		return to == ir.Float32 || to == ir.Float64 || to.IsComplex()
	case from.IsComplex():
		return to.IsComplex()
	}
	return true
}

// Bitcast reads x's bits as dtype d. A wider d takes them from the last axis, which must hold exactly one element's worth and
// disappears; a narrower d adds such an axis. bool and complex types are refused.
func Bitcast(x *Value, d ir.DType) *Value {
	if x.DType() == d && !x.Aval().Weak {
		return x
	}
	return one(bitcast{To: d}, x)
}

// ReducePrecision rounds floats to what a format with these bits can hold, without changing their dtype.
func ReducePrecision(x *Value, exponentBits, mantissaBits int) *Value {
	return one(reducePrecision{ExponentBits: exponentBits, MantissaBits: mantissaBits}, x)
}

func (o convert) Infer(in []ir.Aval) ([]ir.Aval, error) {
	if err := wantOperands(in, 1); err != nil {
		return nil, err
	}
	if !o.To.Valid() {
		return nil, fmt.Errorf("there is no dtype number %d to convert to", uint8(o.To))
	}
	return []ir.Aval{{Shape: in[0].Shape, DType: o.To, Weak: o.Weak}}, nil
}

func (o bitcast) Infer(in []ir.Aval) ([]ir.Aval, error) {
	if err := wantOperands(in, 1); err != nil {
		return nil, err
	}
	a := in[0]
	from, to := a.DType, o.To
	out := ir.Aval{Shape: a.Shape, DType: to}
	if from == to {
		return []ir.Aval{out}, nil
	}
	if kindOf(from)&kReal == 0 || kindOf(to)&kReal == 0 {
		return nil, fmt.Errorf("cannot read %v as %v: bool and complex types have no bits to share; take lax.Real and lax.Imag, or convert bool, first", from, to)
	}
	switch f, t := from.Bits(), to.Bits(); {
	case f > t:
		out.Shape = append(slices.Clone(a.Shape), f/t)
	case f < t:
		r := len(a.Shape)
		if r == 0 || a.Shape[r-1]*f != t {
			return nil, fmt.Errorf("%v of %d bits needs a last axis of size %d of %v of %d bits each, which shape %s does not have",
				to, t, t/f, from, f, ir.ShapeString(a.Shape))
		}
		out.Shape = a.Shape[: r-1 : r-1]
	}
	return []ir.Aval{out}, nil
}

func (o reducePrecision) Infer(in []ir.Aval) ([]ir.Aval, error) {
	if o.ExponentBits < 1 {
		return nil, fmt.Errorf("the number of exponent bits must be positive, not %d", o.ExponentBits)
	}
	if o.MantissaBits < 0 {
		return nil, fmt.Errorf("the number of mantissa bits must not be negative, as %d is", o.MantissaBits)
	}
	return inferSame(in, 1, kFloat)
}

func (o convert) Lower(e trace.Emitter, x []trace.Operand) []trace.Operand {
	w, v := writer{e}, x[0]
	if v.Aval.DType == o.To {
		return x
	}
	if o.To == ir.Bool { // StableHLO's own conversion cuts 0.5 to false
		return []trace.Operand{w.cmp("NE", v, w.like(v, 0))}
	}
	if v.Aval.DType.IsComplex() && !o.To.IsComplex() {
		v = w.to("stablehlo.real", v, v.Aval.DType.Real())
		if v.Aval.DType == o.To {
			return []trace.Operand{v}
		}
	}
	return hlo(e, "stablehlo.convert", []trace.Operand{v}, "")
}

func (bitcast) Lower(e trace.Emitter, x []trace.Operand) []trace.Operand {
	return hlo(e, "stablehlo.bitcast_convert", x, "")
}

func (o reducePrecision) Lower(e trace.Emitter, x []trace.Operand) []trace.Operand {
	return hlo(e, "stablehlo.reduce_precision", x, fmt.Sprintf("exponent_bits = %d : i32, mantissa_bits = %d : i32", o.ExponentBits, o.MantissaBits))
}

func (convert) Batch(c trace.BatchCtx, x []*Value, d []int) ([]*Value, []int) {
	return c.Self(x...), d
}

// Batch moves the mapped axis to the front only where it would be the last one, which a change of width takes or makes.
func (o bitcast) Batch(c trace.BatchCtx, x []*Value, d []int) ([]*Value, []int) {
	v, dim := x[0], d[0]
	if v.DType().Bits() < o.To.Bits() && dim == v.Rank()-1 {
		v, dim = moveTo(v, dim, 0), 0
	}
	return c.Self(v), []int{dim}
}

func (o convert) JVP(c trace.JVPCtx, x, t []*Value) ([]*Value, []*Value) {
	if !o.To.IsInexact() {
		return jvpZero(c, x)
	}
	return jvpLinear(c, x, t)
}

func (bitcast) JVP(c trace.JVPCtx, x, t []*Value) (y, yt []*Value) { return jvpZero(c, x) }

func (reducePrecision) JVP(c trace.JVPCtx, x, t []*Value) (y, yt []*Value) {
	return jvpLinear(c, x, t)
}

func (convert) Transpose(_ trace.TransposeCtx, ct []*Value, x []trace.Linear) []*Value {
	return transpose1(ct, func(ct *Value) *Value { return ConvertWeak(ct, x[0].Aval.DType, x[0].Aval.Weak) })
}

func (o reducePrecision) Transpose(_ trace.TransposeCtx, ct []*Value, _ []trace.Linear) []*Value {
	return transpose1(ct, func(ct *Value) *Value { return one(o, ct) })
}
