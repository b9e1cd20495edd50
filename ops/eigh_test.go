package ops_test

import (
	"encoding/binary"
	"fmt"
	"math"
	"testing"

	"github.com/gojax/gojax/ir"
	"github.com/gojax/gojax/ops"
	"github.com/gojax/gojax/tests/fails"
	"github.com/gojax/gojax/trace"
)

func eighOf(x []*trace.Value) []*trace.Value {
	w, v := ops.Eigh(x[0])
	return []*trace.Value{w, v}
}

// hermitian is x + xᴴ, of square matrices.
func hermitian(x arr) arr {
	r := len(x.shape)
	n := x.shape[r-1]
	y := arr{d: x.d, shape: x.shape}
	for i := range x.e {
		b, row, col := i/(n*n)*n*n, i/n%n, i%n
		u, v := x.e[i].Complex(), x.e[b+col*n+row].Complex()
		y.e = append(y.e, ir.ComplexLit(complex(real(u)+real(v), imag(u)-imag(v)), x.d))
	}
	return y
}

// Off the CPU the decomposition is composed of others, to all digits.
func TestEighElsewhere(t *testing.T) {
	const n = 6
	errors := func(x []*trace.Value) []*trace.Value {
		w, v := ops.Eigh(x[0])
		largest := func(x *trace.Value) *trace.Value { return ops.ReduceMax(ops.Abs(x), []int{0, 1}) }
		dot := func(a, b *trace.Value, from, to int) *trace.Value {
			return ops.DotGeneral(a, ops.Conj(b), ops.DotDims{LHSContract: []int{from}, RHSContract: []int{to}},
				ops.DotOptions{})
		}
		scaled := ops.Mul(v, ops.BroadcastInDim(ops.Convert(w, v.DType()), []int{n, n}, []int{1}))
		gram := dot(v, v, 0, 0)
		return []*trace.Value{largest(ops.Sub(dot(scaled, v, 1, 1), x[0])),
			ops.Sub(largest(gram), ops.FullLike(largest(gram), 1))}
	}
	x := hermitian(ramp(ir.Complex128, -3, 0.7, n, n))
	for i := range x.e {
		x.e[i] = ir.ComplexLit(x.e[i].Complex()*complex(float64(i%5)-2, 0), x.d)
	}
	for name, x := range map[string]arr{"mixed": hermitian(x), "zero": ramp(ir.Complex128, 0, 0, n, n)} {
		for _, b := range withoutKernels(t, errors, []arr{x}) {
			if e := math.Float64frombits(binary.LittleEndian.Uint64(b)); !(math.Abs(e) < 1e-12) {
				t.Errorf("%s: off by %g", name, e)
			}
		}
	}
}

func TestEigh(t *testing.T) {
	b := newBench(t)
	check := func(what string, x arr) {
		b.values(eighOf, []arr{x}, func(y []arr) {
			w, v := y[0], y[1]
			unitary(t, what, v)
			n := x.shape[len(x.shape)-1]
			scaled := arr{d: v.d, shape: v.shape, e: append([]ir.Lit{}, v.e...)}
			largest := 1.0
			for i, l := range w.e {
				if i%n > 0 && l.Float() < w.e[i-1].Float() {
					t.Errorf("%s: the eigenvalues are %v", what, w)
				}
				largest = max(largest, l.Float(), -l.Float())
			}
			for i := range scaled.e {
				at := i/(n*n)*n + i%n
				scaled.e[i] = ir.ComplexLit(scaled.e[i].Complex()*w.e[at].Complex()/complex(largest, 0), v.d)
			}
			want := mapMatrix(x, false, func(_, _ int, e complex128) complex128 { return e / complex(largest, 0) })
			if s := mmul(scaled, swapped(v)).closeTo(want, 30*tolOf(x.d)); s != "" {
				t.Errorf("%s: v·w·vᴴ is not x: %s", what, s)
			}
		})
		y := b.queue(program(t, eighOf, []ir.Aval{x.aval()}), []arr{x})
		b.values(f1(ops.EigValsH), []arr{x}, func(w []arr) {
			if s := w[0].closeTo(y.out[0], 100*tolOf(x.d)); s != "" {
				t.Errorf("%s: the values alone: %s", what, s)
			}
		})
	}
	decompositions(func(d ir.DType, shape []int, full bool) {
		if r := len(shape); shape[r-1] == shape[r-2] {
			check(fmt.Sprintf("%v%v", d, shape), hermitian(ramp(d, 0, 0, shape...).direction()))
		}
	})
	check("equal", nums(ir.Float64, []int{3, 3}, 2, 0, 0, 0, 2, 0, 0, 0, 2))
	check("zeros", nums(ir.Float32, []int{2, 2}, 0, 0, 0, 0))
	for _, v := range []float64{nan, inf} {
		x := nums(ir.Float32, []int{2, 2, 2}, 1, v, v, 3, 3, 0, 0, 2)
		b.values(eighOf, []arr{x}, func(y []arr) {
			if s := y[0].closeTo(nums(ir.Float32, []int{2, 2}, nan, nan, 2, 3), 1e-6); s != "" {
				t.Errorf("of %v: %s", v, s)
			}
		})
	}
	// Only the lower triangle is read.
	b.values(f1(ops.EigValsH), []arr{nums(ir.Float64, []int{2, 2}, 2, 99, 1, 2)}, func(y []arr) {
		if s := y[0].closeTo(vec(ir.Float64, 1, 3), 1e-14); s != "" {
			t.Error(s)
		}
	})
	for _, shape := range [][]int{{0, 0}, {2, 0, 0}, {0, 2, 2}} {
		b.values(eighOf, []arr{nums(ir.Float32, shape)}, func([]arr) {})
	}
	b.run()
	fails.With(t, func() { ops.Eigh(ramp(ir.Float32, 0, 1, 2, 3).put()) }, "eigh_test.go", "ops.Eigh(float32[2,3])",
		"square")
	fails.With(t, func() { ops.EigValsH(ramp(ir.Int32, 0, 1, 2, 2).put()) }, "int32")
}

func TestEighRules(t *testing.T) {
	// What does not depend on the phases of the vectors, of a matrix that is made symmetric.
	whole := func(x []*trace.Value) []*trace.Value {
		swapped := ops.Transpose(x[0], []int{1, 0})
		if swapped.DType().IsComplex() {
			swapped = ops.Conj(swapped)
		}
		w, v := ops.Eigh(ops.Add(x[0], swapped))
		vh := ops.Transpose(v, []int{1, 0})
		if vh.DType().IsComplex() {
			vh = ops.Conj(vh)
		}
		vs := ops.Mul(v, ops.BroadcastInDim(ops.Convert(ops.Sin(w), v.DType()), v.Shape(), []int{1}))
		return []*trace.Value{w, ops.Dot(vs, vh)}
	}
	b := newBench(t)
	b.first(whole, []arr{someMatrices(ir.Float64, 3, 3)})
	b.first(whole, []arr{someMatrices(ir.Complex128, 2, 2)})
	b.second(whole, []arr{someMatrices(ir.Float64, 2, 2)}, forward|reverse)
	b.first(f1(func(x *trace.Value) *trace.Value {
		return ops.EigValsH(ops.Add(x, ops.Transpose(x, []int{1, 0})))
	}), []arr{someMatrices(ir.Float64, 2, 2)})
	b.vmap(whole, []arr{someMatrices(ir.Float64, 2, 2)})
	b.run()
}

func ExampleEigh() {
	x := ops.Reshape(ops.Iota(ir.Float32, []int{4}, 0), []int{2, 2}) // only 0, 2 and 3 are read
	w, _ := ops.Eigh(x)
	show(w)
	show(ops.EigValsH(x))
	// Output:
	// [-1.  4.]
	// [-1.  4.]
}
