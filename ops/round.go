package ops

import (
	"fmt"

	"github.com/gojax/gojax/ir"
	"github.com/gojax/gojax/trace"
)

type floor struct{ unaryFloat }

func (floor) Name() string { return "floor" }

// Floor rounds floats towards minus infinity.
func Floor(x *Value) *Value { return one(floor{}, x) }

func (floor) Lower(e trace.Emitter, x []trace.Operand) []trace.Operand {
	return lowerRound(e, "stablehlo.floor", x, -1)
}

func (floor) JVP(c trace.JVPCtx, x, t []*Value) (y, yt []*Value) { return jvpZero(c, x) }

type ceil struct{ unaryFloat }

func (ceil) Name() string { return "ceil" }

// Ceil rounds floats towards infinity.
func Ceil(x *Value) *Value { return one(ceil{}, x) }

func (ceil) Lower(e trace.Emitter, x []trace.Operand) []trace.Operand {
	return lowerRound(e, "stablehlo.ceil", x, 1)
}

func (ceil) JVP(c trace.JVPCtx, x, t []*Value) (y, yt []*Value) { return jvpZero(c, x) }

type round struct {
	unaryFloat
	Method RoundingMethod
}

func (round) Name() string { return "round" }

// RoundingMethod says how Round breaks ties.
type RoundingMethod uint8

// Ties go away from zero (C's round), or to the even neighbour (IEEE's and NumPy's).
const (
	AwayFromZero RoundingMethod = iota
	ToNearestEven
)

// String is JAX's name of the method.
func (m RoundingMethod) String() string {
	if m == AwayFromZero {
		return "AWAY_FROM_ZERO"
	}
	return "TO_NEAREST_EVEN"
}

func (o round) Infer(in []ir.Aval) ([]ir.Aval, error) {
	if o.Method > ToNearestEven {
		return nil, fmt.Errorf("%d is no RoundingMethod: want AwayFromZero or ToNearestEven", o.Method)
	}
	return o.unaryFloat.Infer(in)
}

// Round rounds floats to the nearest integer, ties as method says.
func Round(x *Value, method RoundingMethod) *Value { return one(round{Method: method}, x) }

func (o round) Lower(e trace.Emitter, x []trace.Operand) []trace.Operand {
	if o.Method == AwayFromZero {
		return hlo(e, "stablehlo.round_nearest_afz", x, "")
	}
	return hlo(e, "stablehlo.round_nearest_even", x, "")
}

func (round) JVP(c trace.JVPCtx, x, t []*Value) (y, yt []*Value) { return jvpZero(c, x) }
