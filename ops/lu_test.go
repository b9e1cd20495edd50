package ops_test

import (
	"fmt"
	"testing"

	"github.com/gojax/gojax/ir"
	"github.com/gojax/gojax/ops"
	"github.com/gojax/gojax/tests/fails"
	"github.com/gojax/gojax/trace"
)

func luOf(x []*trace.Value) []*trace.Value {
	a, p, o := ops.LU(x[0])
	return []*trace.Value{a, p, o}
}

// factors are l and u of a packed matrix.
func factors(packed arr) (l, u arr) {
	r := len(packed.shape)
	m, n := packed.shape[r-2], packed.shape[r-1]
	k := min(m, n)
	at := func(b, i, j int) complex128 { return packed.e[(b*m+i)*n+j].Complex() }
	l, u = arr{d: packed.d}, arr{d: packed.d}
	l.shape = append(append([]int{}, packed.shape[:r-2]...), m, k)
	u.shape = append(append([]int{}, packed.shape[:r-2]...), k, n)
	for b := range ir.SizeOf(packed.shape[:r-2]) {
		for i := range m {
			for j := range k {
				v := complex128(0)
				if j < i {
					v = at(b, i, j)
				} else if j == i {
					v = 1
				}
				l.e = append(l.e, ir.ComplexLit(v, packed.d))
			}
		}
		for i := range k {
			for j := range n {
				v := complex128(0)
				if j >= i {
					v = at(b, i, j)
				}
				u.e = append(u.e, ir.ComplexLit(v, packed.d))
			}
		}
	}
	return l, u
}

// lu has x decomposed.
func (b *bench) lu(what string, x arr) {
	b.t.Helper()
	t := b.t
	b.values(luOf, []arr{x}, func(y []arr) {
		r := len(x.shape)
		m, n := x.shape[r-2], x.shape[r-1]
		l, u := factors(y[0])
		moved := arr{d: x.d, shape: x.shape}
		for i, row := range y[2].e {
			start := (i/m*m + int(row.Int())) * n
			moved.e = append(moved.e, x.e[start:start+n]...)
		}
		if s := mmul(l, u).closeTo(moved, 10*tolOf(x.d)); s != "" {
			t.Errorf("%sl·u is not p·x: %s", what, s)
		}
		for i, e := range l.e {
			if v := e.Complex(); real(v)*real(v)+imag(v)*imag(v) > 2.001 {
				t.Errorf("%sthe pivot was not the largest: l has %v at %d", what, v, i)
			}
		}
		order := make([]int, m)
		for i := range ir.SizeOf(x.shape[:r-2]) {
			for j := range order {
				order[j] = j
			}
			k := min(m, n)
			for j, p := range y[1].e[i*k : (i+1)*k] {
				order[j], order[p.Int()] = order[p.Int()], order[j]
			}
			for j, o := range order {
				if int64(o) != y[2].e[i*m+j].Int() {
					t.Fatalf("%sthe exchanges %v do not give the order %v", what, y[1], y[2])
				}
			}
		}
	})
}

func TestLU(t *testing.T) {
	b := newBench(t)
	decompositions(func(d ir.DType, shape []int, full bool) {
		if !full {
			b.lu(fmt.Sprintf("%v%v: ", d, shape), ramp(d, 0, 0, shape...).direction())
		}
	})
	// More columns than a block of the way without LAPACK has.
	b.lu("70 by 50: ", ramp(ir.Float64, 0, 0, 70, 50).direction())
	b.lu("2 of 40 by 66: ", ramp(ir.Complex128, 0, 0, 2, 40, 66).direction())
	b.lu("zeros: ", nums(ir.Float32, []int{3, 3}, 0, 0, 0, 0, 0, 0, 0, 0, 0))
	b.lu("singular: ", nums(ir.Float64, []int{3, 3}, 1, 2, 3, 2, 4, 6, 1, 1, 1))
	for _, shape := range [][]int{{0, 0}, {0, 3}, {3, 0}, {2, 3, 0}, {0, 2, 2}} {
		b.values(luOf, []arr{nums(ir.Float32, shape)}, func([]arr) {})
	}
	b.run()
	fails.With(t, func() { ops.LU(ramp(ir.Float32, 0, 1, 3).put()) }, "lu_test.go", "ops.LU(float32[3])",
		"last two axes")
	fails.With(t, func() { ops.LU(ramp(ir.Int32, 0, 1, 2, 2).put()) }, "int32")
}

func TestLURules(t *testing.T) {
	packed := func(x []*trace.Value) []*trace.Value { return luOf(x)[:1] }
	b := newBench(t)
	for _, x := range []arr{someMatrices(ir.Float64, 4, 2), someMatrices(ir.Complex128, 2, 4),
		someMatrices(ir.Float64, 3, 3)} {
		b.first(packed, []arr{x})
	}
	b.second(packed, []arr{someMatrices(ir.Float64, 2, 2)}, forward|reverse)
	b.vmap(luOf, []arr{someMatrices(ir.Float64, 3, 2)})
	b.run()
}

func ExampleLU() {
	x := ops.Reshape(ops.Iota(ir.Float32, []int{4}, 0), []int{2, 2})
	packed, pivots, permutation := ops.LU(x)
	show(packed)
	show(pivots)
	show(permutation)
	// Output:
	// [[2. 3.]
	//  [0. 1.]]
	// [1 1]
	// [1 0]
}

func TestSolveLU(t *testing.T) {
	b := newBench(t)
	for _, d := range []ir.DType{ir.Float64, ir.Complex128} {
		for _, o := range [][2]bool{{}, {true}, {true, true}} {
			a, rhs := someMatrices(d, 2, 3, 3), ramp(d, 1, 0, 2, 3, 2).direction()
			b.values(func(x []*trace.Value) []*trace.Value {
				packed, _, order := ops.LU(x[0])
				return []*trace.Value{ops.SolveLU(packed, order, x[1], o[0], o[1])}
			}, []arr{a, rhs}, func(y []arr) {
				m := a
				if o[0] {
					m = swapped(a)
					if !o[1] && d.IsComplex() {
						m = mapMatrix(m, false, func(_, _ int, e complex128) complex128 {
							return complex(real(e), -imag(e))
						})
					}
				}
				if s := mmul(m, y[0]).closeTo(rhs, 1e-12); s != "" {
					t.Errorf("%v %v: %s", d, o, s)
				}
			})
		}
	}
	b.run()
}

func TestLUPivotsToPermutation(t *testing.T) {
	b := newBench(t)
	order := func(x []*trace.Value) []*trace.Value {
		return []*trace.Value{ops.LUPivotsToPermutation(x[0], 4)}
	}
	pivots := nums(ir.Int32, []int{2, 3}, 2, 3, 3, 0, 1, 2)
	b.values(order, []arr{pivots}, func(y []arr) {
		if s := y[0].closeTo(nums(ir.Int32, []int{2, 4}, 2, 3, 1, 0, 0, 1, 2, 3), 0); s != "" {
			t.Error(s)
		}
	})
	b.vmap(order, []arr{pivots})
	b.values(order, []arr{nums(ir.Int32, []int{2, 0})}, func(y []arr) {})
	b.run()
	fails.With(t, func() { ops.LUPivotsToPermutation(pivots.put(), 2) }, "ops.LUPivotsToPermutation(int32[2,3])",
		"2 rows")
}
