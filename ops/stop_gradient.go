package ops

import (
	"github.com/gojax/gojax/ir"
	"github.com/gojax/gojax/trace"
)

// stopGradient passes its operand through and has no derivative.
type stopGradient struct{ elementwise }

func (stopGradient) Name() string { return "stop_gradient" }

// StopGradient is x, taken for a constant by differentiation.
func StopGradient(x *Value) *Value { return one(stopGradient{}, x) }

func (stopGradient) Infer(in []ir.Aval) ([]ir.Aval, error)                    { return in[:1:1], wantOperands(in, 1) }
func (stopGradient) Lower(_ trace.Emitter, x []trace.Operand) []trace.Operand { return x }
func (stopGradient) JVP(c trace.JVPCtx, x, t []*Value) (y, yt []*Value)       { return jvpZero(c, x) }
