package ops

import (
	"fmt"
	"slices"

	"github.com/gojax/gojax/ir"
	"github.com/gojax/gojax/trace"
)

type bitcast struct{ To ir.DType }

func (bitcast) Name() string { return "bitcast_convert_type" }

// Bitcast reads x's bits as dtype d. A wider d takes them from the last axis, which must hold exactly one element's
// worth and disappears; a narrower d adds such an axis. bool and complex types are refused.
func Bitcast(x *Value, d ir.DType) *Value {
	if x.DType() == d && !x.Aval().Weak {
		return x
	}
	return one(bitcast{To: d}, x)
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
		return nil, fmt.Errorf("cannot read %v as %v: bool and complex types have no bits to share; take lax.Real "+
			"and lax.Imag, or convert bool, first", from, to)
	}
	switch f, t := from.Bits(), to.Bits(); {
	case f > t:
		out.Shape = append(slices.Clone(a.Shape), f/t)
	case f < t:
		r := len(a.Shape)
		if r == 0 || a.Shape[r-1]*f != t {
			return nil, fmt.Errorf("%v of %d bits needs a last axis of size %d of %v of %d bits each, which shape %s "+
				"does not have",
				to, t, t/f, from, f, ir.ShapeString(a.Shape))
		}
		out.Shape = a.Shape[: r-1 : r-1]
	}
	return []ir.Aval{out}, nil
}

func (bitcast) Lower(e trace.Emitter, x []trace.Operand) []trace.Operand {
	return hlo(e, "stablehlo.bitcast_convert", x, "")
}

// Batch moves the mapped axis to the front only where it would be the last one, which a change of width takes or makes.
func (o bitcast) Batch(c trace.BatchCtx, x []*Value, d []int) ([]*Value, []int) {
	v, dim := x[0], d[0]
	if v.DType().Bits() < o.To.Bits() && dim == v.Rank()-1 {
		v, dim = moveTo(v, dim, 0), 0
	}
	return c.Self(v), []int{dim}
}

func (bitcast) JVP(c trace.JVPCtx, x, t []*Value) (y, yt []*Value) { return jvpZero(c, x) }
