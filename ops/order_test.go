package ops_test

import (
	"fmt"
	"math"
	"testing"

	"github.com/gojax/gojax/ir"
	"github.com/gojax/gojax/jnp"
	"github.com/gojax/gojax/ops"
	"github.com/gojax/gojax/trace"
)

// hardToOrder is n floats of dtype d: among ordinary ones NaNs of both signs, both zeros, infinities and subnormals.
func hardToOrder(d ir.DType, n int) arr {
	a := ramp(d, 0, 0, n)
	least := jnp.FInfo(d).SmallestSubnormal
	for i := range a.e {
		v := math.Tan(float64(i))
		switch i % 16 {
		case 1, 9:
			v = []float64{nan, -nan}[i/8%2]
		case 2, 11:
			v = []float64{math.Copysign(0, -1), 0}[i/8%2]
		case 3, 4, 13:
			v = least * float64((i*7919)%23-11)
		case 5:
			v = []float64{inf, -inf}[i/16%2]
		}
		a.e[i] = ir.FloatLit(v, d)
	}
	return a
}

// Zeros of both signs are equal, NaNs of both signs are greatest, and subnormals are no zeros.
func TestOrderOfFloats(t *testing.T) {
	for _, d := range sampleOf(floats) {
		for _, n := range []int{16, 5000} {
			a := hardToOrder(d, n)
			where := ramp(ir.Int32, 0, 1, n)
			checkSorted(t, fmt.Sprint(n, " hard ", d), 1, []arr{a})
			checkSorted(t, fmt.Sprint(n, " hard pairs ", d), 1, []arr{a, where})
			up := refSort([]arr{a, where}, 1)[1]

			// Down from the greatest, but of equal ones the first first.
			down := ramp(ir.Int32, 0, 0, n)
			for i := n; i > 0; {
				j := i - 1
				for j > 0 && !below(a.e[up.e[j-1].Int()], a.e[up.e[i-1].Int()]) {
					j--
				}
				copy(down.e[n-i:], up.e[j:i])
				i = j
			}
			top := func(x []*trace.Value) []*trace.Value { v, i := ops.TopK(x[0], n); return []*trace.Value{v, i} }
			got := runBoth(t, top, []arr{a})
			if s := got[1].closeTo(down, 0); s != "" {
				t.Errorf("TopK of %d %v: %.200s", n, d, s)
			}
			for i, at := range down.e {
				if w := a.e[at.Int()]; got[0].e[i].Lo != w.Lo {
					t.Errorf("TopK of %d %v: element %d is %v, want %v", n, d, i, got[0].e[i], w)
				}
			}
			for least, want := range map[bool]arr{false: down, true: up} {
				got := runBoth(t, func(x []*trace.Value) []*trace.Value {
					f := ops.ApproxMaxK
					if least {
						f = ops.ApproxMinK
					}
					v, _ := f(x[0], n, 0)
					return []*trace.Value{v}
				}, []arr{a})[0]
				for i, at := range want.e {
					if w := a.e[at.Int()]; below(got.e[i], w) || below(w, got.e[i]) {
						t.Errorf("ApproxK of %d %v, least %v: element %d is %v, want %v", n, d, least, i, got.e[i], w)
					}
				}
			}
		}
	}
}

// below reports whether float x comes before y in the order of Sort.
func below(x, y ir.Lit) bool {
	a, b := x.Float(), y.Float()
	return a < b || a == a && b != b
}
