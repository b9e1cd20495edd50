package ops_test

import (
	"fmt"
	"math/big"
	"testing"

	"github.com/gojax/gojax/ir"
	"github.com/gojax/gojax/jnp"
	"github.com/gojax/gojax/ops"
	"github.com/gojax/gojax/tests/fails"
	"github.com/gojax/gojax/trace"
)

func TestMulHi(t *testing.T) {
	for _, d := range []ir.DType{ir.Int8, ir.Uint8, ir.Int16, ir.Uint16, ir.Int32, ir.Uint32, ir.Int64, ir.Uint64} {
		n := d.Bits()
		var v []*big.Int
		lo, hi := new(big.Int), new(big.Int).Lsh(big.NewInt(1), uint(n))
		if d.IsSigned() {
			hi.Rsh(hi, 1)
			lo.Neg(hi)
		}
		hi.Sub(hi, big.NewInt(1))
		v = append(v, lo, hi, new(big.Int).Div(hi, big.NewInt(3)), big.NewInt(77), big.NewInt(0), big.NewInt(1),
			new(big.Int).Sub(hi, big.NewInt(12)))
		if d.IsSigned() {
			v = append(v, big.NewInt(-1), big.NewInt(-100), new(big.Int).Div(lo, big.NewInt(7)))
		}
		lit := func(x *big.Int) ir.Lit {
			if d.IsSigned() {
				return ir.IntLit(x.Int64(), d)
			}
			return ir.UintLit(x.Uint64(), d)
		}
		x, y, want := arr{d: d}, arr{d: d}, arr{d: d}
		for _, a := range v {
			for _, b := range v {
				x.e, y.e = append(x.e, lit(a)), append(y.e, lit(b))
				p := new(big.Int).Mul(a, b)
				want.e = append(want.e, lit(p.Rsh(p, uint(n))))
			}
		}
		x.shape, y.shape, want.shape = []int{len(x.e)}, []int{len(x.e)}, []int{len(x.e)}
		f := func(x []*trace.Value) []*trace.Value { return []*trace.Value{ops.MulHi(x[0], x[1])} }
		if s := runBoth(t, f, []arr{x, y})[0].closeTo(want, 0); s != "" {
			t.Errorf("%v: %s", d, s)
		}
		if d == ir.Int64 {
			checkVmap(t, f, []arr{vec(d, 1, 2), vec(d, 3, 4)})
		}
	}
	fails.With(t, func() { ops.MulHi(vec(ir.Float32, 1).put(), vec(ir.Float32, 1).put()) }, "mulhi", "integer",
		"float32")
}

func ExampleMulHi() {
	x := jnp.FromSlice([]int8{100, -100, 3}, 3).TraceValue()
	fmt.Println(jnp.Wrap(ops.MulHi(x, x))) // 10000 is 39*256 + 16
	// Output: [39 39  0]
}
