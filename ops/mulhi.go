package ops

import (
	"math"

	"github.com/gojax/gojax/ir"
	"github.com/gojax/gojax/trace"
)

type mulHi struct{ binaryInt }

func (mulHi) Name() string { return "mulhi" }

// MulHi is the high half of the product of integers, which has twice their bits: x·y >> bits, as lax.mulhi. Both of one
// integer dtype.
func MulHi(x, y *Value) *Value { return one(mulHi{}, x, y) }

// Lower multiplies in a dtype twice as wide, or, of 64 bits, by halves.
func (mulHi) Lower(e trace.Emitter, x []trace.Operand) []trace.Operand {
	return lowerFun(e, x, func(v []*Value) []*Value {
		d, n := v[0].DType(), v[0].DType().Bits()
		lit := func(v *Value, n int64) *Value { return Full(v.Shape(), ir.IntLit(n, v.DType())) }
		if n < 64 {
			wide := map[bool]map[int]ir.DType{
				true:  {8: ir.Int16, 16: ir.Int32, 32: ir.Int64},
				false: {8: ir.Uint16, 16: ir.Uint32, 32: ir.Uint64},
			}[d.IsSigned()][n]
			p := Mul(Convert(v[0], wide), Convert(v[1], wide))
			if d.IsSigned() {
				return []*Value{Convert(ShiftRightArithmetic(p, lit(p, int64(n))), d)}
			}
			return []*Value{Convert(ShiftRightLogical(p, lit(p, int64(n))), d)}
		}
		x, y := Convert(v[0], ir.Uint64), Convert(v[1], ir.Uint64)
		low := func(v *Value) *Value { return And(v, lit(v, math.MaxUint32)) }
		high := func(v *Value) *Value { return ShiftRightLogical(v, lit(v, 32)) }
		xl, xh, yl, yh := low(x), high(x), low(y), high(y)
		lh, hl := Mul(xl, yh), Mul(xh, yl)
		carry := high(Add(Add(low(lh), low(hl)), high(Mul(xl, yl))))
		p := Convert(Add(Add(Mul(xh, yh), carry), Add(high(lh), high(hl))), d)
		if d.IsSigned() { // as unsigned numbers, negative ones are 2^64 too large
			sign := func(v *Value) *Value { return ShiftRightArithmetic(v, lit(v, 63)) }
			p = Add(p, Add(Mul(sign(v[0]), v[1]), Mul(sign(v[1]), v[0])))
		}
		return []*Value{p}
	})
}
