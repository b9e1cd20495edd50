package ops

import (
	"math"

	"github.com/gojax/gojax/ir"
	"github.com/gojax/gojax/trace"
)

// Subnormal numbers. XLA has CPUs take them for 0, in arithmetic and comparisons, and give 0 for them. Their bits tell
// them.

// flushes reports whether a program's arithmetic takes subnormal numbers of dtype d for 0. CPUs do, as XLA sets them
// up, but for float16, which is computed in float32.
func flushes(e trace.Emitter, d ir.DType) bool {
	return e.Platform() == "cpu" && d.IsFloat() && d != ir.Float16
}

// IsZero is where floats x are +0 or -0, and not subnormal.
func IsZero(x *Value) *Value {
	d := signedOf(x.DType())
	return noBit(And(Bitcast(x, d), Full(x.Shape(), monoidMin.identity(d))))
}

// isZero is IsZero of floats or complex numbers, whose parts' subnormal numbers count as 0.
func isZero(x *Value) *Value {
	if x.DType().IsComplex() {
		return Eq(x, ZerosLike(x))
	}
	return IsZero(x)
}

// noBit is where integers b are 0. A plain comparison of a float's bits with 0 is one of the float with 0.0 to LLVM,
// which does not know that the processor takes subnormal numbers for 0.
func noBit(b *Value) *Value {
	one := Full(b.Shape(), ir.IntLit(1, b.DType()))
	return Eq(Or(b, ShiftRightLogical(b, one)), ZerosLike(b))
}

// leastPower is the power of two that the least float of dtype d above 0 is.
func leastPower(d ir.DType) int {
	return map[ir.DType]int{ir.Float16: -24, ir.BFloat16: -133, ir.Float32: -149, ir.Float64: -1074}[d]
}

// leastNormal is the least float of dtype d above 0 that is not subnormal.
func leastNormal(d ir.DType) float64 {
	return math.Ldexp(1, map[ir.DType]int{ir.Float16: -14, ir.BFloat16: -126, ir.Float32: -126, ir.Float64: -1022}[d])
}

// normalBits is the bits of the least float of dtype d that is not subnormal.
func normalBits(d ir.DType) int64 { return 1 << (mantissa(d) - 1) }

// WholeSubnormals is floats x with the subnormal ones in units of the least of them, which makes whole numbers of them,
// and where those are.
func WholeSubnormals(x *Value) (y, subnormal *Value) {
	k := signedKey(x)
	c := func(v int64) *Value { return Full(k.Shape(), ir.IntLit(v, k.DType())) }
	size := And(Bitcast(x, k.DType()), Full(k.Shape(), monoidMin.identity(k.DType())))
	// Less 1, as unsigned, 0 is the greatest.
	u := ir.UintOf(k.DType().Bits())
	subnormal = Lt(Bitcast(Sub(size, c(1)), u), Full(k.Shape(), ir.IntLit(normalBits(x.DType())-1, u)))
	return Select(subnormal, Convert(k, x.DType()), x), subnormal
}

// factors is floats x as products y·unit without subnormal numbers: unit is a power of two, and 1 for other x.
func factors(x *Value) (y, unit *Value) {
	y, subnormal := WholeSubnormals(x)
	least := leastPower(x.DType())
	one, half := FullLike(x, 1), FullLike(x, math.Ldexp(1, least/2))
	return Mul(y, Select(subnormal, FullLike(x, math.Ldexp(1, least-least/2)), one)), Select(subnormal, half, one)
}

// product is x·y, and quotient x/y, of floats that may be subnormal.
func product(x, y *Value) *Value {
	if x.DType().IsComplex() {
		return Mul(x, y)
	}
	x, ux := factors(x)
	y, uy := factors(y)
	return Mul(Mul(x, y), Mul(ux, uy))
}

func quotient(x, y *Value) *Value {
	if x.DType().IsComplex() {
		return Div(x, y)
	}
	x, ux := factors(x)
	y, uy := factors(y)
	return Mul(Div(x, y), Div(ux, uy))
}

// Quotient is x/y, also of floats that are subnormal, which Div takes for 0 on CPUs.
func Quotient(x, y *Value) *Value { return one(formula{F: "quotient"}, x, y) }

// lowerRoot writes an operation that is homogeneous, f(2^n x) = 2^power f(x) for any multiple of n, of numbers which
// may be subnormal.
func lowerRoot(e trace.Emitter, name string, x []trace.Operand, n, power int) []trace.Operand {
	d := x[0].Aval.DType
	if !flushes(e, d) {
		return hlo(e, name, x, "")
	}
	least := leastPower(d)
	rest := ((least % n) + n) % n
	in := lowerFun(e, x, func(v []*Value) []*Value {
		y, small := WholeSubnormals(v[0])
		one := FullLike(y, 1)
		return []*Value{Mul(y, Select(small, FullLike(y, math.Ldexp(1, rest)), one)),
			Select(small, FullLike(y, math.Ldexp(1, (least-rest)/n*power)), one)}
	})
	return []trace.Operand{writer{e}.bin("stablehlo.multiply", hlo(e, name, in[:1], "")[0], in[1])}
}

// lowerLog writes the natural logarithm of numbers that may be subnormal.
func lowerLog(e trace.Emitter, x []trace.Operand) []trace.Operand {
	const name = "stablehlo.log"
	d := x[0].Aval.DType
	if d.IsComplex() {
		return withEnds(e, x, hlo(e, name, x, ""), logEnds)
	}
	switch {
	case !flushes(e, d):
		return hlo(e, name, x, "")
	case d == ir.Float64:
		return lowerFun(e, x, func(v []*Value) []*Value { return []*Value{logOf(v[0], FullLike(v[0], 0))} })
	}
	in := lowerFun(e, x, func(v []*Value) []*Value {
		y, small := WholeSubnormals(v[0])
		return []*Value{y, Select(small, FullLike(y, float64(leastPower(d))*math.Ln2), FullLike(y, 0))}
	})
	return []trace.Operand{writer{e}.bin("stablehlo.add", hlo(e, name, in[:1], "")[0], in[1])}
}

// lowerWide writes floats x, which may be subnormal, as float64, in which they are not.
func lowerWide(e trace.Emitter, x trace.Operand) []trace.Operand {
	in := lowerFun(e, []trace.Operand{x}, func(v []*Value) []*Value {
		y, small := WholeSubnormals(v[0])
		unit := math.Ldexp(1, leastPower(y.DType()))
		one := Full(y.Shape(), ir.FloatLit(1, ir.Float64))
		return []*Value{y, Select(small, Full(y.Shape(), ir.FloatLit(unit, ir.Float64)), one)}
	})
	w := writer{e}
	return []trace.Operand{w.bin("stablehlo.multiply", w.to("stablehlo.convert", in[0], ir.Float64), in[1])}
}

// lowerRound writes a rounding of floats, of which the subnormal ones of one sign round to toward, 1 or -1.
func lowerRound(e trace.Emitter, name string, x []trace.Operand, toward float64) []trace.Operand {
	y := hlo(e, name, x, "")
	if !flushes(e, x[0].Aval.DType) {
		return y
	}
	return lowerFun(e, []trace.Operand{x[0], y[0]}, func(v []*Value) []*Value {
		whole, small := WholeSubnormals(v[0])
		ends := FullLike(whole, toward)
		return []*Value{Select(And(small, Gt(Mul(whole, ends), ZerosLike(whole))), ends, v[1])}
	})
}

// keepSubnormal writes y, the result of an operation that leaves small numbers as they are, with the subnormal ones of
// x.
func keepSubnormal(e trace.Emitter, x, y []trace.Operand) []trace.Operand {
	if !flushes(e, x[0].Aval.DType) {
		return y
	}
	return lowerFun(e, []trace.Operand{x[0], y[0]}, func(v []*Value) []*Value {
		_, small := WholeSubnormals(v[0])
		return []*Value{Select(small, v[0], v[1])}
	})
}
