package ops_test

import (
	"fmt"
	"math/cmplx"
	"testing"

	"github.com/gojax/gojax/ir"
	"github.com/gojax/gojax/ops"
	"github.com/gojax/gojax/tests/fails"
	"github.com/gojax/gojax/trace"
)

// reflected is [b, n, n] matrices with q, the product of the reflectors below the first subdiagonal of packed, before
// them and qᴴ behind: what Hessenberg and Tridiagonal took apart.
func reflected(packed, taus, h *trace.Value) *trace.Value {
	n := h.Shape()[h.Rank()-1]
	cut := func(x *trace.Value, axis, from, to int) *trace.Value { return ops.SliceInDim(x, from, to, 1, axis) }
	reflectors := cut(cut(packed, 1, 1, n), 2, 0, n-1)
	around := func(x *trace.Value, left, transpose bool, axis int) *trace.Value {
		first, rest := cut(x, axis, 0, 1), cut(x, axis, 1, n)
		return ops.Concatenate([]*trace.Value{first, ops.Ormqr(reflectors, taus, rest, left, transpose)}, axis)
	}
	return around(around(h, true, false, 1), false, true, 2)
}

// band keeps what is from the low-th to the high-th diagonal of matrices.
func band(x *trace.Value, low, high int) *trace.Value {
	r := x.Rank()
	offset := ops.Sub(ops.Iota(ir.Int32, x.Shape(), r-1), ops.Iota(ir.Int32, x.Shape(), r-2))
	at := func(k int) *trace.Value { return ops.Full(x.Shape(), ir.IntLit(int64(k), ir.Int32)) }
	return ops.Select(ops.And(ops.Ge(offset, at(low)), ops.Le(offset, at(high))), x, ops.ZerosLike(x))
}

func TestHessenberg(t *testing.T) {
	b := newBench(t)
	rebuilt := f1(func(x *trace.Value) *trace.Value {
		packed, taus := ops.Hessenberg(x)
		return reflected(packed, taus, band(packed, -1, x.Shape()[2]))
	})
	for _, d := range []ir.DType{ir.Float16, ir.Float32, ir.Complex128} {
		for _, x := range []arr{ramp(d, 0, 0, 2, 5, 5).direction(), someMatrices(d, 1, 2, 2),
			someMatrices(d, 1, 1, 1)} {
			b.values(rebuilt, []arr{x}, func(y []arr) {
				if s := y[0].closeTo(x, 30*tolOf(d)); s != "" {
					t.Errorf("%v: %s", d, s)
				}
			})
		}
	}
	both := func(x []*trace.Value) []*trace.Value {
		packed, taus := ops.Hessenberg(x[0])
		return []*trace.Value{packed, taus}
	}
	// LAPACK's figures, from SciPy.
	b.values(both, []arr{nums(ir.Float64, []int{3, 3}, 1, 2, 3, 4, 5, 6, 7, 8, 10)}, func(y []arr) {
		want := nums(ir.Float64, []int{3, 3}, 1, -3.597007303087045, -0.24806946917841666, -8.06225774829855, 14.8, 2.4,
			0.5803225354712214, 0.4, 0.2)
		if s := y[0].closeTo(want, 1e-14); s != "" {
			t.Error(s)
		}
		if s := y[1].closeTo(vec(ir.Float64, 1.4961389383568338, 0), 1e-14); s != "" {
			t.Error(s)
		}
	})
	for _, shape := range [][]int{{0, 0}, {2, 0, 0}, {0, 2, 2}} {
		b.values(both, []arr{nums(ir.Float32, shape)}, func([]arr) {})
	}
	b.vmap(both, []arr{someMatrices(ir.Float64, 3, 3)})
	b.run()
	fails.With(t, func() { ops.Hessenberg(ramp(ir.Float32, 0, 1, 2, 3).put()) }, "hessenberg_test.go", "square")
}

func TestTridiagonal(t *testing.T) {
	b := newBench(t)
	of := func(upper bool) fn {
		return func(x []*trace.Value) []*trace.Value {
			packed, d, e, taus := ops.Tridiagonal(x[0], upper)
			return []*trace.Value{packed, d, e, taus}
		}
	}
	for _, d := range []ir.DType{ir.BFloat16, ir.Float32, ir.Complex128} {
		for _, n := range []int{1, 4} {
			for _, upper := range []bool{false, true} {
				x := hermitian(someMatrices(d, 2, n, n))
				// What is rebuilt from the other triangle, whose rows and columns are in reverse order for the upper
				// one.
				rebuilt := func(x []*trace.Value) []*trace.Value {
					y := of(upper)(x)
					packed, taus := y[0], y[3]
					if upper {
						packed, taus = ops.Rev(packed, []int{1, 2}), ops.Rev(taus, []int{1})
					}
					below := band(packed, -1, -1)
					above := ops.Transpose(below, []int{0, 2, 1})
					h := ops.Add(ops.Add(below, above), band(packed, 0, 0))
					a := reflected(packed, taus, h)
					if upper {
						a = ops.Rev(a, []int{1, 2})
					}
					return append(y, a)
				}
				b.values(rebuilt, []arr{x}, func(y []arr) {
					what := fmt.Sprintf("%v, %d rows, upper %t: ", d, n, upper)
					if s := y[4].closeTo(x, 50*tolOf(d)); s != "" {
						t.Errorf("%sthe matrix is not what it was: %s", what, s)
					}
					for i := range 2 * n {
						if v := y[0].e[i*n+i%n].Complex() - y[1].e[i].Complex(); cmplx.Abs(v) != 0 {
							t.Errorf("%sd is not the diagonal", what)
						}
						at := i*n + i%n - 1 // below the diagonal, or above
						if upper {
							at = (i-1)*n + i%n
						}
						if i%n > 0 && y[0].e[at].Complex() != y[2].e[i/n*(n-1)+i%n-1].Complex() {
							t.Errorf("%se is not beside the diagonal: %v of %v", what, y[2], y[0])
						}
					}
				})
			}
		}
	}
	b.values(of(false), []arr{nums(ir.Float32, []int{0, 0})}, func([]arr) {})
	b.vmap(of(true), []arr{hermitian(someMatrices(ir.Float64, 3, 3))})
	b.run()
	fails.With(t, func() { ops.Tridiagonal(ramp(ir.Float32, 0, 1, 2, 3).put(), false) }, "hessenberg_test.go", "square")
}
