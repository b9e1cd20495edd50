package ops_test

import (
	"fmt"
	"math"
	"math/cmplx"
	"testing"

	"github.com/gojax/gojax/ir"
	"github.com/gojax/gojax/ops"
	"github.com/gojax/gojax/tests/fails"
	"github.com/gojax/gojax/trace"
)

func eigOf(o ops.EigOptions) fn {
	return func(x []*trace.Value) []*trace.Value { return ops.Eig(x[0], o) }
}

func schurOf(x []*trace.Value) []*trace.Value { return ops.Schur(x[0], true) }

// asComplex is x in the dtype of its eigenvalues, and its largest element.
func asComplex(x arr) (z arr, size float64) {
	d := ir.Complex64
	if x.d.Real() == ir.Float64 {
		d = ir.Complex128
	}
	for _, l := range x.e {
		size = max(size, cmplx.Abs(l.Complex()))
	}
	return x.map1(d, func(v complex128) complex128 { return v }), size
}

// timesColumns is matrices v with their columns multiplied by w.
func timesColumns(v, w arr, conj bool) arr {
	n := v.shape[len(v.shape)-1]
	y := arr{d: v.d, shape: v.shape}
	for i, l := range v.e {
		z := w.e[i/(n*n)*n+i%n].Complex()
		if conj {
			z = cmplx.Conj(z)
		}
		y.e = append(y.e, ir.ComplexLit(l.Complex()*z, v.d))
	}
	return y
}

// spectral are matrices with eigenvalues of every kind: a companion matrix and a rotation, one of multiple eigenvalues
// without as many vectors, a nilpotent, a zero, an identity, a diagonal, one of rank one, large and small ones.
func spectral(d ir.DType) map[string]arr {
	of := func(n int, f func(i, j int) complex128) arr {
		return mapMatrix(ramp(d, 0, 0, n, n), false, func(i, j int, _ complex128) complex128 { return f(i, j) })
	}
	some := func(i, j int) complex128 { return complex(math.Sin(float64(7*i+3*j*j+1)), math.Cos(float64(i*j+i))) }
	return map[string]arr{
		"companion": of(5, func(i, j int) complex128 {
			return complex(float64(btoi(i == j+1)-btoi(j == 4)), 0)
		}),
		"rotation": of(4, func(i, j int) complex128 { return complex(float64(btoi(j == (i+1)%4)), 0) }),
		"jordan": of(4, func(i, j int) complex128 {
			return complex(float64(2*btoi(i == j)+btoi(j == i+1)), 0)
		}),
		"nilpotent": of(3, func(i, j int) complex128 { return complex(float64(btoi(j > i)), 0) }),
		"zeros":     of(3, func(i, j int) complex128 { return 0 }),
		"identity":  of(3, func(i, j int) complex128 { return complex(float64(btoi(i == j)), 0) }),
		"diagonal":  of(3, func(i, j int) complex128 { return complex(float64(btoi(i == j)*(i-1)), 0) }),
		"rank one":  of(5, func(i, j int) complex128 { return complex(float64((i+1)*(j-2)), 0) }),
		"some":      of(13, some),
		"large":     of(6, func(i, j int) complex128 { return some(i, j) * 1e30 }),
		"small":     of(6, func(i, j int) complex128 { return some(i, j) * 1e-20 }),
		"one":       of(1, func(i, j int) complex128 { return some(1, 1) }),
	}
}

var spectralTypes = []ir.DType{ir.Float32, ir.Float64, ir.Complex64, ir.Complex128}

// eig has x decomposed and checks x·vr = vr·w, vlᴴ·x = w·vlᴴ, the norms, and that the largest elements are real.
func (b *bench) eig(what string, x arr) {
	b.t.Helper()
	t := b.t
	z, size := asComplex(x)
	size = max(size, 1e-300)
	z = z.map1(z.d, func(v complex128) complex128 { return v / complex(size, 0) })
	tol := 30 * tolOf(z.d.Real())
	values := b.queue(program(t, eigOf(ops.EigOptions{}), []ir.Aval{x.aval()}), []arr{x})
	b.values(eigOf(ops.EigOptions{Left: true, Right: true}), []arr{x}, func(y []arr) {
		w := y[0].map1(y[0].d, func(v complex128) complex128 { return v / complex(size, 0) })
		if s := mmul(z, y[2]).closeTo(timesColumns(y[2], w, false), tol); s != "" {
			t.Errorf("%s: x·vr is not vr·w: %s", what, s)
		}
		if s := mmul(adjoint(z), y[1]).closeTo(timesColumns(y[1], w, true), tol); s != "" {
			t.Errorf("%s: xᴴ·vl is not vl·conj(w): %s", what, s)
		}
		n := x.shape[len(x.shape)-1]
		for _, v := range y[1:] {
			for at := range ir.SizeOf(w.shape) {
				norm, largest, real := 0.0, 0.0, 0.0 // the largest element of all, and of those that are real
				for i := range n {
					e := v.e[(at/n*n+i)*n+at%n].Complex()
					norm, largest = math.Hypot(norm, cmplx.Abs(e)), max(largest, cmplx.Abs(e))
					if imag(e) == 0 {
						real = max(real, cmplx.Abs(e))
					}
				}
				if math.Abs(norm-1) > tol || real < largest*(1-tol) {
					t.Errorf("%s: an eigenvector has norm %v, and elements of %v, but real ones of %v only", what,
						norm, largest, real)
				}
			}
		}
		sum, trace := complex128(0), complex128(0)
		for i := range w.e {
			sum += w.e[i].Complex()
			trace += z.e[i*n+i%n].Complex()
		}
		if cmplx.Abs(sum-trace) > tol*float64(n) {
			t.Errorf("%s: the eigenvalues' sum is %v, the diagonals' %v", what, sum, trace)
		}
		if s := values.out[0].closeTo(y[0], 1e3*tolOf(z.d.Real())); s != "" && what == "some" {
			t.Errorf("%s: the eigenvalues alone differ: %s", what, s)
		}
	})
}

// schur has x decomposed and checks q·t·qᴴ, that q is unitary and what t looks like.
func (b *bench) schur(what string, x arr) {
	b.t.Helper()
	t := b.t
	b.values(schurOf, []arr{x}, func(y []arr) {
		unitary(t, what, y[1])
		_, size := asComplex(x)
		unit := func(a arr) arr {
			return a.map1(a.d, func(v complex128) complex128 { return v / complex(max(size, 1e-300), 0) })
		}
		form, q := unit(y[0]), y[1]
		if s := mmul(mmul(q, form), adjoint(q)).closeTo(unit(x), 50*tolOf(x.d)); s != "" {
			t.Errorf("%s: q·t·qᴴ is not x: %s", what, s)
		}
		n := x.shape[len(x.shape)-1]
		at := func(b, i, j int) complex128 { return form.e[(b*n+i)*n+j].Complex() }
		for b := range len(form.e) / max(n*n, 1) {
			for i := range n {
				for j := range i {
					if at(b, i, j) != 0 && (j < i-1 || x.d.IsComplex()) {
						t.Errorf("%s: t has %v below its diagonal, at %d, %d", what, at(b, i, j), i, j)
					}
				}
				if i == 0 || at(b, i, i-1) == 0 {
					continue
				}
				if at(b, i, i) != at(b, i-1, i-1) || real(at(b, i, i-1))*real(at(b, i-1, i)) >= 0 ||
					i > 1 && at(b, i-1, i-2) != 0 {
					t.Errorf("%s: the block of t at %d is not that of a pair of eigenvalues: %v", what, i, form)
				}
			}
		}
	})
}

func TestEig(t *testing.T) {
	b := newBench(t)
	for _, d := range spectralTypes {
		for name, x := range spectral(d) { // of one size they are one program
			b.eig(name, x)
			b.schur(name, x)
		}
		b.eig(fmt.Sprint(d, " batch"), someMatrices(d, 2, 3, 4, 4))
		b.schur(fmt.Sprint(d, " batch"), someMatrices(d, 2, 3, 4, 4))
	}
	b.eig("bfloat16", someMatrices(ir.BFloat16, 2, 2))
	b.schur("float16", someMatrices(ir.Float16, 3, 3))
	for _, shape := range [][]int{{0, 0}, {2, 0, 0}, {0, 2, 2}} {
		b.values(eigOf(ops.EigOptions{Right: true}), []arr{nums(ir.Float32, shape)}, func([]arr) {})
		b.values(schurOf, []arr{nums(ir.Complex64, shape)}, func([]arr) {})
	}
	bad := nums(ir.Float64, []int{2, 2, 2}, 1, math.NaN(), 3, 4, 2, 1, 1, math.Inf(1))
	for _, f := range []fn{eigOf(ops.EigOptions{Left: true, Right: true}), schurOf} {
		b.values(f, []arr{bad}, func(y []arr) {
			for _, a := range y {
				for _, l := range a.e {
					if !cmplx.IsNaN(l.Complex()) {
						t.Errorf("of NaN and infinity: %v", a)
					}
				}
			}
		})
	}
	b.run()
	fails.With(t, func() { ops.Schur(ramp(ir.Float32, 0, 1, 2, 3).put(), false) }, "eig_test.go",
		"ops.Schur(float32[2,3])", "square")
	fails.With(t, func() { ops.Eig(ramp(ir.Int32, 0, 1, 2, 2).put(), ops.EigOptions{}) }, "int32")
}

func TestEigRules(t *testing.T) {
	b := newBench(t)
	values := eigOf(ops.EigOptions{})
	all := eigOf(ops.EigOptions{Left: true, Right: true, Derivatives: true})
	for _, x := range []arr{someMatrices(ir.Float64, 3, 3), someMatrices(ir.Complex128, 2, 2, 2)} {
		b.first(values, []arr{x})
		b.first(all, []arr{x})
	}
	for _, f := range []fn{values, all} {
		parts := func(x []*trace.Value) (y []*trace.Value) {
			for _, v := range f(x) {
				y = append(y, ops.Real(v), ops.Imag(v))
			}
			return y
		}
		b.second(parts, []arr{nums(ir.Float64, []int{2, 2}, 1, 0.5, -0.25, 3)}, forward|reverse)
	}
	b.vmap(all, []arr{someMatrices(ir.Float64, 2, 2)})
	b.vmap(schurOf, []arr{someMatrices(ir.Complex64, 2, 2)})
	b.run()
}
