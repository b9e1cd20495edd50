package ops

import (
	"github.com/gojax/gojax/ir"
	"github.com/gojax/gojax/trace"
)

type isFinite struct{ elementwise }

func (isFinite) Name() string { return "is_finite" }

// IsFinite reports, as bool, which floats are neither infinite nor NaN.
func IsFinite(x *Value) *Value { return one(isFinite{}, x) }

func (isFinite) Infer(in []ir.Aval) ([]ir.Aval, error) {
	out, err := inferSame(in, 1, kFloat)
	if err != nil {
		return nil, err
	}
	return []ir.Aval{boolOf(out[0])}, nil
}

func (isFinite) Lower(e trace.Emitter, x []trace.Operand) []trace.Operand {
	return hlo(e, "stablehlo.is_finite", x, "")
}

func (isFinite) JVP(c trace.JVPCtx, x, t []*Value) (y, yt []*Value) { return jvpZero(c, x) }
