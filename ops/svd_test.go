package ops_test

import (
	"fmt"
	"math"
	"testing"

	"github.com/gojax/gojax/ir"
	"github.com/gojax/gojax/ops"
	"github.com/gojax/gojax/tests/fails"
	"github.com/gojax/gojax/tests/sample"
	"github.com/gojax/gojax/trace"
)

func svdOf(full bool) fn {
	return func(x []*trace.Value) []*trace.Value {
		u, s, vh := ops.SVD(x[0], full)
		return []*trace.Value{u, s, vh}
	}
}

// composed is u·diag(s)·vh.
func composed(u, s, vh arr) arr {
	k := s.shape[len(s.shape)-1]
	cut := arr{d: u.d, shape: append(append([]int{}, u.shape[:len(u.shape)-1]...), k)}
	n := u.shape[len(u.shape)-1]
	for i, l := range u.e {
		if i%n < k {
			b := i / (n * u.shape[len(u.shape)-2]) * k
			cut.e = append(cut.e, ir.ComplexLit(l.Complex()*s.e[b+i%n].Complex(), u.d))
		}
	}
	rows := arr{d: vh.d, shape: append([]int{}, vh.shape...)}
	r := len(rows.shape)
	m, w := vh.shape[r-2], vh.shape[r-1]
	rows.shape[r-2] = k
	for i, l := range vh.e {
		if i/w%m < k {
			rows.e = append(rows.e, l)
		}
	}
	return mmul(cut, rows)
}

func TestSVD(t *testing.T) {
	b := newBench(t)
	decompositions(func(d ir.DType, shape []int, full bool) {
		b.svd(fmt.Sprintf("%v%v, full %t: ", d, shape, full), full, ramp(d, 0, 0, shape...).direction())
	})
	// Of low rank, extreme, graded, all zero, with equal singular values.
	for _, d := range []ir.DType{ir.Float32, ir.Complex128} {
		for name, f := range map[string]func(i, j int) complex128{
			"ones":     func(i, j int) complex128 { return 1 },
			"zeros":    func(i, j int) complex128 { return 0 },
			"rank two": func(i, j int) complex128 { return complex(float64(i*j+3*i-1), 0) },
			"huge":     func(i, j int) complex128 { return complex(float64(i*i-j+1)*1e36, 0) },
			"tiny":     func(i, j int) complex128 { return complex(float64(i*i-j+1)*1e-36, 0) },
			"graded": func(i, j int) complex128 {
				return complex(math.Sin(float64(3*i+j))*math.Pow(1e-5, float64(j)), 0)
			},
			"rotation":  func(i, j int) complex128 { return complex(float64((i+1)%5*(j+1)%5%2), 0) },
			"dyadic":    func(i, j int) complex128 { return complex(float64(i&j&1), 0) },
			"anti-eye":  func(i, j int) complex128 { return complex(float64(btoi(i+j == 4)), 0) },
			"imaginary": func(i, j int) complex128 { return complex(0, float64(i-2*j)) },
		} {
			b.svd(fmt.Sprintf("%v %s: ", d, name), false,
				mapMatrix(ramp(d, 0, 0, 5, 5), false, func(i, j int, _ complex128) complex128 { return f(i, j) }))
		}
	}
	// To many digits: the smallest of these needs more than the square of the matrix has.
	hilbert := mapMatrix(ramp(ir.Float64, 0, 0, 5, 5), false,
		func(i, j int, _ complex128) complex128 { return complex(1/float64(i+j+1), 0) })
	want := vec(ir.Float64, 1.5670506910982307, 0.20853421861101326, 0.011407491623419786, 0.00030589804015119,
		3.287928772171e-06)
	b.values(f1(ops.SingularValues), []arr{hilbert}, func(got []arr) {
		if s := got[0].closeTo(want, 1e-15); s != "" {
			t.Error(s)
		}
	})
	for _, v := range []float64{nan, inf} {
		x := nums(ir.Float32, []int{2, 2, 2}, 1, 2, v, 3, 3, 0, 0, 2)
		b.values(svdOf(false), []arr{x}, func(y []arr) {
			if s := y[1].closeTo(nums(ir.Float32, []int{2, 2}, nan, nan, 3, 2), 1e-6); s != "" {
				t.Errorf("of %v: %s", v, s)
			}
		})
	}
	for _, shape := range [][]int{{0, 0}, {0, 3}, {3, 0}, {2, 3, 0}, {0, 2, 2}} {
		for _, full := range []bool{false, true} {
			b.values(svdOf(full), []arr{nums(ir.Float32, shape)}, func(y []arr) {
				unitary(t, "u of nothing", y[0])
				unitary(t, "vh of nothing", swapped(y[2]))
			})
		}
	}
	b.run()
	fails.With(t, func() { ops.SVD(ramp(ir.Float32, 0, 1, 3).put(), false) }, "svd_test.go", "ops.SVD(float32[3])",
		"last two axes")
	fails.With(t, func() { ops.SVD(ramp(ir.Int32, 0, 1, 2, 2).put(), false) }, "int32")
}

func btoi(b bool) int {
	if b {
		return 1
	}
	return 0
}

// svd has x decomposed, and its singular values computed alone unless all columns are asked for.
func (b *bench) svd(what string, full bool, x arr) {
	b.t.Helper()
	t := b.t
	b.values(svdOf(full), []arr{x}, func(y []arr) {
		for i, l := range y[1].e {
			v := l.Float()
			if n := y[1].shape[len(y[1].shape)-1]; v < 0 || i%n > 0 && v > y[1].e[i-1].Float() {
				t.Errorf("%sthe singular values are %v", what, y[1])
			}
		}
		unitary(t, what+"u", y[0])
		unitary(t, what+"v", swapped(y[2]))
		largest := largestOf(y[1])
		scaled := func(a arr) arr {
			return mapMatrix(a, false, func(_, _ int, v complex128) complex128 { return v / complex(largest, 0) })
		}
		if s := scaled(composed(y[0], y[1], y[2])).closeTo(scaled(x), 30*tolOf(x.d)); s != "" {
			t.Errorf("%su·s·vh is not x: %s", what, s)
		}
	})
	if n := len(x.shape); full || !sample.All() && (x.shape[n-2] != x.shape[n-1] || n > 2) {
		return // by default for square matrices, which are of all dtypes
	}
	y := b.queue(program(t, svdOf(false), []ir.Aval{x.aval()}), []arr{x})
	b.values(f1(ops.SingularValues), []arr{x}, func(s []arr) {
		for i, l := range s[0].e {
			if math.Abs(l.Float()-y.out[1].e[i].Float()) > 30*tolOf(x.d)*largestOf(y.out[1]) {
				t.Errorf("%sthe values alone are %v, with vectors %v", what, s[0], y.out[1])
			}
		}
	})
}

// largestOf is the largest of a's elements, or nearly 0.
func largestOf(a arr) float64 {
	largest := 1e-300
	for _, l := range a.e {
		largest = max(largest, l.Float())
	}
	return largest
}

func TestSVDRules(t *testing.T) {
	// Of u and v what does not depend on the phases of their columns.
	whole := func(x []*trace.Value) []*trace.Value {
		u, s, vh := ops.SVD(x[0], false)
		us := ops.Mul(u, ops.BroadcastInDim(ops.Convert(ops.Sin(s), u.DType()), u.Shape(), []int{1}))
		return []*trace.Value{s, ops.Dot(us, vh)}
	}
	b := newBench(t)
	b.first(whole, []arr{someMatrices(ir.Float64, 4, 2)})
	b.first(whole, []arr{someMatrices(ir.Complex128, 2, 4)})
	square := someMatrices(ir.Float64, 2, 2)
	b.first(svdOf(true), []arr{square})
	b.second(whole, []arr{square}, forward|reverse)
	b.first(f1(ops.SingularValues), []arr{square})
	b.vmap(whole, []arr{someMatrices(ir.Float64, 3, 2)})
	b.run()
	fails.With(t, func() {
		x := someMatrices(ir.Float64, 3, 2)
		jvpOf(t, program(t, svdOf(true), avals([]arr{x})), putAll([]arr{x}), putAll([]arr{x}))
	}, "svd(float64[3,2])", "no derivative")
}

func TestLeastSquares(t *testing.T) {
	f := func(x []*trace.Value) []*trace.Value {
		a, b, c, d := ops.LeastSquares(x[0], x[1], x[2])
		return []*trace.Value{a, b, c, d}
	}
	a := nums(ir.Float64, []int{4, 2}, 0, 1, 1, 1, 2, 1, 3, 1)
	b := nums(ir.Float64, []int{4, 1}, -1, 0.2, 0.9, 2.1)
	bench := newBench(t)
	bench.values(f, []arr{a, b, scalar(ir.Float64, 1e-14)}, func(y []arr) {
		for i, want := range []arr{nums(ir.Float64, []int{2, 1}, 1, -0.95), vec(ir.Float64, 0.05), scalar(ir.Int32, 2),
			vec(ir.Float64, 4.10003045, 1.09075677)} {
			if s := y[i].closeTo(want, 1e-8); s != "" {
				t.Errorf("output %d: %s", i, s)
			}
		}
	})
	// Of rank one: the least solution.
	bench.values(f, []arr{nums(ir.Float64, []int{4, 2}, 1, 1, 1, 1, 0, 0, 0, 0),
		nums(ir.Float64, []int{4, 1}, 1, 3, 0, 0), scalar(ir.Float64, 1e-14)}, func(y []arr) {
		if s := y[0].closeTo(nums(ir.Float64, []int{2, 1}, 1, 1), 1e-14); s != "" {
			t.Error(s)
		}
		if s := y[2].closeTo(scalar(ir.Int32, 1), 0); s != "" {
			t.Error(s)
		}
	})
	bench.values(f, []arr{nums(ir.Float64, []int{0, 2}), nums(ir.Float64, []int{0, 1}), scalar(ir.Float64, 0)},
		func([]arr) {})
	bench.run()
	fails.With(t, func() {
		ops.LeastSquares(a.put(), nums(ir.Float64, []int{2, 1}, 1, 2).put(), scalar(ir.Float64, 0).put())
	}, "LeastSquares", "rows")
}
