package ops

import (
	"math"

	"github.com/gojax/gojax/trace"
)

type erf struct{ unaryFloat }

func (erf) Name() string { return "erf" }

// Erf is the error function of floats.
func Erf(x *Value) *Value { return one(erf{}, x) }

func (erf) Lower(e trace.Emitter, x []trace.Operand) []trace.Operand {
	return hlo(e, "chlo.erf", x, "")
}

func (erf) JVP(c trace.JVPCtx, x, t []*Value) ([]*Value, []*Value) {
	return jvp1(c, x, t, func(g, _ *Value) *Value {
		return Mul(FullLike(x[0], 2/math.Sqrt(math.Pi)), Mul(g, Exp(Neg(Square(x[0])))))
	})
}

type erfc struct{ unaryFloat }

func (erfc) Name() string { return "erfc" }

// Erfc is 1 - erf(x), exact for large x, of floats.
func Erfc(x *Value) *Value { return one(erfc{}, x) }

func (erfc) Lower(e trace.Emitter, x []trace.Operand) []trace.Operand {
	return hlo(e, "chlo.erfc", x, "")
}

func (erfc) JVP(c trace.JVPCtx, x, t []*Value) ([]*Value, []*Value) {
	return jvp1(c, x, t, func(g, _ *Value) *Value {
		return Mul(FullLike(x[0], -2/math.Sqrt(math.Pi)), Mul(g, Exp(Neg(Square(x[0])))))
	})
}

type erfInv struct{ unaryFloat }

func (erfInv) Name() string { return "erf_inv" }

// ErfInv is the inverse of the error function, for floats in [-1, 1]; NaN outside.
func ErfInv(x *Value) *Value { return one(erfInv{}, x) }

func (erfInv) Lower(e trace.Emitter, x []trace.Operand) []trace.Operand {
	return hlo(e, "chlo.erf_inv", x, "")
}

func (erfInv) JVP(c trace.JVPCtx, x, t []*Value) ([]*Value, []*Value) {
	return jvp1(c, x, t, func(g, y *Value) *Value {
		return Mul(FullLike(x[0], math.Sqrt(math.Pi)/2), Mul(g, Exp(Square(y))))
	})
}
