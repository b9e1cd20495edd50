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

func tridiagonal(x []*trace.Value) []*trace.Value {
	return []*trace.Value{ops.TridiagonalSolve(x[0], x[1], x[2], x[3])}
}

// threeDiagonals are matrices and right-hand sides; the elements that are not read are NaN.
func threeDiagonals(d ir.DType, shape ...int) []arr {
	r := len(shape) - 1
	n := shape[r-1]
	uneven := func(phase float64) arr {
		return ramp(d, phase, 1.3, shape[:r]...).map1(d, func(z complex128) complex128 { return cmplx.Sin(z * z) })
	}
	in := []arr{uneven(0), uneven(2), uneven(5), ramp(d, 0, 0, shape...).direction()}
	for i := range in[0].e {
		if i%n == 0 {
			in[0].e[i] = ir.FloatLit(nan, d)
		}
		if i%n == n-1 {
			in[2].e[i] = ir.FloatLit(nan, d)
		}
	}
	return in
}

func TestTridiagonalSolve(t *testing.T) {
	b := newBench(t)
	check := func(what string, in []arr, tol float64) {
		b.values(tridiagonal, in, func(y []arr) {
			n, k := in[3].shape[len(in[3].shape)-2], in[3].shape[len(in[3].shape)-1]
			got := arr{d: in[3].d, shape: in[3].shape}
			for i := range in[3].e {
				row := i / k
				v := in[1].e[row].Complex() * y[0].e[i].Complex()
				if row%n > 0 {
					v += in[0].e[row].Complex() * y[0].e[i-k].Complex()
				}
				if row%n < n-1 {
					v += in[2].e[row].Complex() * y[0].e[i+k].Complex()
				}
				got.e = append(got.e, ir.ComplexLit(v, in[3].d))
			}
			if s := got.closeTo(in[3], tol); s != "" {
				t.Errorf("%s: %s", what, s)
			}
		})
	}
	for _, d := range []ir.DType{ir.Float32, ir.Float64, ir.Complex64, ir.Complex128} {
		for _, shape := range [][]int{{5, 2}, {1, 3}, {2, 1}, {2, 3, 4, 1}} {
			check(fmt.Sprint(d, shape), threeDiagonals(d, shape...), 100*tolOf(d))
		}
	}
	// Without exchanges of rows this divides by 0.
	check("zeros on the diagonal", []arr{vec(ir.Float64, 0, 1, 2, 3), vec(ir.Float64, 0, 0, 0, 0),
		vec(ir.Float64, 4, 5, 6, 0), nums(ir.Float64, []int{4, 1}, 1, 2, 3, 4)}, 1e-12)
	for _, d := range [][]float64{{1, 0, 1}, {0, 1, 1}, {1, 1, 0}} {
		zero := vec(ir.Float32, 0, 0, 0)
		b.values(tridiagonal, []arr{zero, vec(ir.Float32, d...), zero, nums(ir.Float32, []int{3, 1}, 1, 1, 1)},
			func(y []arr) {
				if s := y[0].closeTo(nums(ir.Float32, []int{3, 1}, nan, nan, nan), 0); s != "" {
					t.Errorf("of a singular matrix: %s", s)
				}
			})
	}
	for _, shape := range [][]int{{0, 2}, {3, 0}, {0, 3, 2}} {
		diagonal := nums(ir.Float32, shape[:len(shape)-1], make([]float64, ir.SizeOf(shape[:len(shape)-1]))...)
		b.values(tridiagonal, []arr{diagonal, diagonal, diagonal, nums(ir.Float32, shape)}, func([]arr) {})
	}
	b.run()
	v, m := ramp(ir.Float32, 0, 1, 3).put(), ramp(ir.Float32, 0, 1, 3, 1).put()
	fails.With(t, func() { ops.TridiagonalSolve(v, v, ramp(ir.Float32, 0, 1, 2).put(), m) },
		"tridiagonal_solve_test.go", "ops.TridiagonalSolve(float32[3], float32[3], float32[2], float32[3,1])",
		"without its last axis, [3], not [2]")
	fails.With(t, func() { ops.TridiagonalSolve(v, v, v, v) }, "last two axes, not [3]")
	fails.With(t, func() { ops.TridiagonalSolve(v, v, ramp(ir.Float64, 0, 1, 3).put(), m) }, "of one dtype")
}

func TestTridiagonalSolveRules(t *testing.T) {
	b := newBench(t)
	for _, d := range []ir.DType{ir.Float64, ir.Complex128} {
		in := threeDiagonals(d, 2, 3, 2)
		for i := range in[0].e {
			for _, a := range []arr{in[0], in[2]} {
				if cmplx.IsNaN(a.e[i].Complex()) {
					a.e[i] = ir.FloatLit(0.5, d)
				}
			}
			in[1].e[i] = ir.ComplexLit(in[1].e[i].Complex()+4, d)
		}
		b.first(tridiagonal, in)
		b.transpose(tridiagonal, in, 3)
		b.vmap(tridiagonal, in)
		b.vmapAt(tridiagonal, in, []int{-1, -1, -1, 1}, 3)
	}
	b.second(tridiagonal, threeDiagonalsOf(4, 2), forward|reverse)
	b.run()
}

// threeDiagonalsOf is a well-conditioned float64 matrix of n rows, with k right-hand sides.
func threeDiagonalsOf(n, k int) []arr {
	return []arr{ramp(ir.Float64, 0.5, 0.1, n), ramp(ir.Float64, 4, 0.5, n), ramp(ir.Float64, -0.5, 0.2, n),
		ramp(ir.Float64, 1, 1, n, k)}
}

func ExampleTridiagonalSolve() {
	all := func(v float64) *trace.Value { return ops.Full([]int{3}, ir.FloatLit(v, ir.Float32)) }
	b := ops.Reshape(ops.Iota(ir.Float32, []int{3}, 0), []int{3, 1})
	show(ops.TridiagonalSolve(all(0), all(2), all(4), b)) // with zeros below the diagonal
	// Output:
	// [[ 3. ]
	//  [-1.5]
	//  [ 1. ]]
}
