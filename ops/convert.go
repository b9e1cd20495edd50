package ops

import (
	"fmt"

	"github.com/gojax/gojax/ir"
	"github.com/gojax/gojax/trace"
)

type convert struct {
	To   ir.DType
	Weak bool
}

func (convert) Name() string { return "convert_element_type" }

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

func (o convert) Infer(in []ir.Aval) ([]ir.Aval, error) {
	if err := wantOperands(in, 1); err != nil {
		return nil, err
	}
	if !o.To.Valid() {
		return nil, fmt.Errorf("there is no dtype number %d to convert to", uint8(o.To))
	}
	return []ir.Aval{{Shape: in[0].Shape, DType: o.To, Weak: o.Weak}}, nil
}

func (o convert) Lower(e trace.Emitter, x []trace.Operand) []trace.Operand {
	w, v := writer{e}, x[0]
	if v.Aval.DType == o.To {
		return x
	}
	if o.To == ir.Bool { // StableHLO's own conversion cuts 0.5 to false
		return lowerFun(e, x, func(v []*Value) []*Value { return []*Value{NeExact(v[0], ZerosLike(v[0]))} })
	}
	if v.Aval.DType.IsComplex() && !o.To.IsComplex() {
		v = w.to("stablehlo.real", v, v.Aval.DType.Real())
		if v.Aval.DType == o.To {
			return []trace.Operand{v}
		}
	}
	if d := v.Aval.DType; o.To == ir.Float64 && flushes(e, d) {
		return lowerWide(e, v)
	}
	return hlo(e, "stablehlo.convert", []trace.Operand{v}, "")
}

func (convert) Batch(c trace.BatchCtx, x []*Value, d []int) ([]*Value, []int) {
	return c.Self(x...), d
}

func (o convert) JVP(c trace.JVPCtx, x, t []*Value) ([]*Value, []*Value) {
	if !o.To.IsInexact() {
		return jvpZero(c, x)
	}
	return jvpLinear(c, x, t)
}

func (convert) Transpose(_ trace.TransposeCtx, ct []*Value, x []trace.Linear) []*Value {
	return transpose1(ct, func(ct *Value) *Value { return ConvertWeak(ct, x[0].Aval.DType, x[0].Aval.Weak) })
}
