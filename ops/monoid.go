package ops

import (
	"math"

	"github.com/gojax/gojax/ir"
	"github.com/gojax/gojax/trace"
)

// monoid is an associative operation with an identity, over which reductions, scatters and cumulative operations run.
type monoid uint8

const (
	monoidAdd monoid = iota
	monoidMul
	monoidMax
	monoidMin
	monoidAnd
	monoidOr
	monoidXor
	monoidLogAddExp
	monoidMaxLoose // monoidMax, but a NaN may be passed over
)

// identity is the value that changes nothing: for minima and maxima the far end of the dtype's range.
func (m monoid) identity(d ir.DType) ir.Lit {
	switch m {
	case monoidMul:
		return ir.IntLit(1, d)
	case monoidMax, monoidMaxLoose, monoidLogAddExp:
		switch d.Kind() {
		case ir.KindBool, ir.KindUint:
			return ir.IntLit(0, d)
		case ir.KindInt:
			return ir.IntLit(math.MinInt64>>(64-d.Bits()), d)
		}
		return ir.FloatLit(math.Inf(-1), d)
	case monoidMin:
		switch d.Kind() {
		case ir.KindBool, ir.KindUint:
			return allOnes(d)
		case ir.KindInt:
			return ir.IntLit(math.MaxInt64>>(64-d.Bits()), d)
		}
		return ir.FloatLit(math.Inf(1), d)
	case monoidAnd:
		return allOnes(d)
	}
	return ir.IntLit(0, d)
}

// exactIdentity is the identity to the bit: of float addition that is -0, since +0 and -0 make +0.
func exactIdentity(m monoid, d ir.DType) ir.Lit {
	if m == monoidAdd && d.IsFloat() {
		return ir.FloatLit(math.Copysign(0, -1), d)
	}
	if m == monoidAdd && d.IsComplex() {
		z := math.Copysign(0, -1)
		return ir.ComplexLit(complex(z, z), d)
	}
	return m.identity(d)
}

// allOnes is true, or the integer of all bits set.
func allOnes(d ir.DType) ir.Lit {
	if d == ir.Bool {
		return ir.BoolLit(true)
	}
	return ir.IntLit(-1, d)
}

// kinds are the dtypes that windows are combined of.
func (m monoid) kinds() kinds {
	switch m {
	case monoidAdd, monoidMul:
		return kNum
	case monoidAnd, monoidOr, monoidXor:
		return kLogic
	}
	return kOrdered
}

// monoidOf finds out whether f, on scalars of dtype d, is one of the operations with rules of their own.
func monoidOf(f func(a, b *Value) *Value, d ir.DType) (monoid, bool) {
	p, captured := trace.Trace("the operation of a reduction", []ir.Aval{ir.Scalar(d), ir.Scalar(d)},
		func(x []*Value) []*Value { return []*Value{f(x[0], x[1])} })
	if len(captured) > 0 {
		return 0, false
	}
	return monoidIn(p)
}

// monoidIn finds out whether p, of scalars, is one of the operations with rules of their own.
func monoidIn(p *ir.Program) (monoid, bool) {
	if len(p.Eqns) != 1 || len(p.In) != 2 {
		return 0, false
	}
	e, d := &p.Eqns[0], p.In[0].Ty.DType
	a, b := ir.Value(p.In[0]), ir.Value(p.In[1])
	if len(e.In) != 2 || !(e.In[0] == a && e.In[1] == b || e.In[0] == b && e.In[1] == a) || len(p.Out) != 1 ||
		p.Out[0] != ir.Value(e.Out[0]) {
		return 0, false
	}
	switch e.Op.(type) {
	case add:
		return monoidAdd, true
	case mul:
		return monoidMul, true
	case maxOp:
		return monoidMax, !d.IsComplex()
	case minOp:
		return monoidMin, !d.IsComplex()
	case andOp:
		return monoidAnd, true
	case orOp:
		return monoidOr, true
	case xorOp:
		return monoidXor, true
	}
	return 0, false
}

func (m monoid) isExtreme() bool { return m == monoidMax || m == monoidMin }

// region writes it as the body of a reduction, with a barrier if XLA is not to call its library for it.
func (m monoid) region(e trace.Emitter, d ir.DType, barrier bool) trace.Region {
	return e.Region([]ir.Aval{ir.Scalar(d), ir.Scalar(d)}, func(a []trace.Operand) []trace.Operand {
		y := m.write(e, a[0], a[1])
		if barrier {
			y = writer{e}.un("stablehlo.optimization_barrier", y)
		}
		return []trace.Operand{y}
	})
}

// apply combines Values.
func (m monoid) apply(x, y *Value) *Value {
	switch m {
	case monoidMul:
		return Mul(x, y)
	case monoidMax, monoidMaxLoose:
		return Max(x, y)
	case monoidMin:
		return Min(x, y)
	case monoidAnd:
		return And(x, y)
	case monoidOr:
		return Or(x, y)
	case monoidXor:
		return Xor(x, y)
	case monoidLogAddExp:
		return logAddExp(x, y)
	}
	return Add(x, y)
}

// write writes the combination of two operands of one type.
func (m monoid) write(e trace.Emitter, x, y trace.Operand) trace.Operand {
	switch m {
	case monoidAdd:
		return writer{e}.bin("stablehlo.add", x, y)
	case monoidMul:
		return writer{e}.bin("stablehlo.multiply", x, y)
	case monoidAnd:
		return writer{e}.bin("stablehlo.and", x, y)
	case monoidOr:
		return writer{e}.bin("stablehlo.or", x, y)
	case monoidXor:
		return writer{e}.bin("stablehlo.xor", x, y)
	}
	return lowerFun(e, []trace.Operand{x, y}, func(v []*Value) []*Value { return []*Value{m.apply(v[0], v[1])} })[0]
}

// logAddExp is log(exp(x) + exp(y)) without overflow, of floats (numpy.logaddexp). Equal infinities give themselves.
func logAddExp(x, y *Value) *Value {
	delta := Sub(x, y)
	sum := Add(Max(x, y), Log1p(Exp(Neg(Abs(delta)))))
	return Select(Ne(delta, delta), Add(x, y), sum)
}
