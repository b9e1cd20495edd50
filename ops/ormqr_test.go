package ops_test

import (
	"testing"

	"github.com/gojax/gojax/ir"
	"github.com/gojax/gojax/ops"
	"github.com/gojax/gojax/tests/fails"
	"github.com/gojax/gojax/trace"
)

func TestOrmqr(t *testing.T) {
	b := newBench(t)
	for _, d := range []ir.DType{ir.Float16, ir.Float32, ir.Complex128} {
		for _, shape := range [][]int{{4, 4}, {5, 3}, {2, 3, 5}} {
			x := ramp(d, 0, 0, shape...).direction()
			m := shape[len(shape)-2]
			for i := range 4 {
				left, transpose := i < 2, i%2 == 1
				at := append(append([]int{}, shape[:len(shape)-2]...), 2, m)
				if left {
					at[len(at)-2], at[len(at)-1] = m, 2
				}
				c := ramp(d, 1, 0.5, at...).direction()
				f := func(x []*trace.Value) []*trace.Value {
					packed, taus := ops.Geqrf(x[0])
					q, _ := ops.QR(x[0], true)
					return []*trace.Value{ops.Ormqr(packed, taus, x[1], left, transpose), q}
				}
				b.values(f, []arr{x, c}, func(y []arr) {
					q := y[1]
					if transpose {
						q = adjoint(q)
					}
					want := mmul(c, q)
					if left {
						want = mmul(q, c)
					}
					if s := y[0].closeTo(want, 30*tolOf(d)); s != "" {
						t.Errorf("%v%v, %d: %s", d, shape, i, s)
					}
				})
			}
		}
	}
	of := func(left, transpose bool) fn {
		return f3(func(a, taus, c *trace.Value) *trace.Value { return ops.Ormqr(a, taus, c, left, transpose) })
	}
	for _, d := range []ir.DType{ir.Float64, ir.Complex128} {
		in := []arr{someMatrices(d, 3, 2), vec(d, 0.3, 0.7), someMatrices(d, 3, 3)}
		b.transpose(of(true, true), in, 2)
		b.vmap(of(false, true), in)
	}
	c := someMatrices(ir.Float64, 3, 3)
	b.second(func(x []*trace.Value) []*trace.Value {
		row, column := ops.Iota(ir.Float64, []int{3, 2}, 0), ops.Iota(ir.Float64, []int{3, 2}, 1)
		packed, taus := ops.Geqrf(ops.Cos(ops.Mul(row, ops.Add(column, row))))
		y := ops.Ormqr(packed, taus, x[0], true, false)
		return []*trace.Value{ops.Mul(y, y)}
	}, []arr{c}, forward|reverse)
	empty := nums(ir.Float32, []int{3, 0})
	b.values(of(true, false), []arr{empty, nums(ir.Float32, []int{0}), someMatrices(ir.Float32, 3, 2)}, func(y []arr) {
		if s := y[0].closeTo(someMatrices(ir.Float32, 3, 2), 0); s != "" {
			t.Error(s)
		}
	})
	b.run()
	bad := func(a, taus, c []int, d ir.DType) func() {
		put := func(d ir.DType, shape []int) *trace.Value { return ramp(d, 0, 1, shape...).put() }
		return func() { ops.Ormqr(put(ir.Float32, a), put(d, taus), put(ir.Float32, c), true, false) }
	}
	for text, f := range map[string]func(){
		"from that side": bad([]int{3, 2}, []int{2}, []int{2, 3}, ir.Float32),
		"factors":        bad([]int{3, 2}, []int{3}, []int{3, 3}, ir.Float32),
		"differ":         bad([]int{2, 3, 2}, []int{2, 2}, []int{3, 3}, ir.Float32),
		"one dtype":      bad([]int{3, 2}, []int{2}, []int{3, 3}, ir.Float16),
	} {
		fails.With(t, f, "ormqr_test.go", "ops.Ormqr(", text)
	}
}
