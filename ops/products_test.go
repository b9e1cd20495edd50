package ops_test

import (
	"math"
	"math/bits"
	"math/cmplx"
	"regexp"
	"slices"
	"sort"
	"testing"

	"github.com/gojax/gojax/ir"
	"github.com/gojax/gojax/lower"
	"github.com/gojax/gojax/ops"
	"github.com/gojax/gojax/trace"
)

func refDot(x, y arr, d ops.DotDims, t ir.DType) arr {
	kx, ky := others(len(x.shape), d.LhsBatch, d.LhsContract), others(len(y.shape), d.RhsBatch, d.RhsContract)
	out := arr{d: t, shape: slices.Concat([]int{}, pick(x.shape, d.LhsBatch), pick(x.shape, kx), pick(y.shape, ky))}
	nb := len(d.LhsBatch)
	counter(out.shape, func(at []int) {
		var sum complex128
		ax, ay := make([]int, len(x.shape)), make([]int, len(y.shape))
		for i := range nb {
			ax[d.LhsBatch[i]], ay[d.RhsBatch[i]] = at[i], at[i]
		}
		for i, a := range kx {
			ax[a] = at[nb+i]
		}
		for i, a := range ky {
			ay[a] = at[nb+len(kx)+i]
		}
		counter(pick(x.shape, d.LhsContract), func(c []int) {
			for i := range c {
				ax[d.LhsContract[i]], ay[d.RhsContract[i]] = c[i], c[i]
			}
			sum += times(x.e[flat(x.shape, ax)].Complex(), y.e[flat(y.shape, ay)].Complex())
		})
		if t == ir.Bool && sum != 0 {
			sum = 1
		}
		out.e = append(out.e, asLit(sum, t))
	})
	return out
}

var dotRows = []struct {
	name string
	x, y []int
	d    ops.DotDims
}{
	{"matrices", []int{2, 3}, []int{3, 4}, ops.DotDims{LhsContract: []int{1}, RhsContract: []int{0}}},
	{"vectors", []int{3}, []int{3}, ops.DotDims{LhsContract: []int{0}, RhsContract: []int{0}}},
	{"batch", []int{2, 3, 4}, []int{4, 5, 2}, ops.DotDims{LhsContract: []int{2}, RhsContract: []int{0}, LhsBatch: []int{0}, RhsBatch: []int{2}}},
	{"two of each", []int{2, 3, 4, 2}, []int{4, 3, 2, 2}, ops.DotDims{LhsContract: []int{2, 1}, RhsContract: []int{0, 1}, LhsBatch: []int{3, 0}, RhsBatch: []int{2, 3}}},
	{"outer", []int{2}, []int{3}, ops.DotDims{}},
	{"scalars", []int{}, []int{2}, ops.DotDims{}},
	{"over nothing", []int{2, 0}, []int{0, 3}, ops.DotDims{LhsContract: []int{1}, RhsContract: []int{0}}},
	{"of nothing", []int{0, 2}, []int{2, 3}, ops.DotDims{LhsContract: []int{1}, RhsContract: []int{0}}},
}

func TestDotGeneral(t *testing.T) {
	for _, r := range dotRows {
		t.Run(r.name, func(t *testing.T) {
			t.Parallel()
			in := []arr{ramp(ir.Float64, -2, 0.5, r.x...), ramp(ir.Float64, 1, -0.25, r.y...)}
			f := f2(func(x, y *trace.Value) *trace.Value { return ops.DotGeneral(x, y, r.d, ops.DotOptions{}) })
			if s := runBoth(t, f, in)[0].closeTo(refDot(in[0], in[1], r.d, ir.Float64), 1e-12); s != "" {
				t.Error(s)
			}
			checkVmap(t, f, in)
			checkJVP(t, f, in)
			checkTranspose(t, f, in, 0)
			checkTranspose(t, f, in, 1)
		})
	}
}

func TestDotTypes(t *testing.T) {
	d := dotRows[0].d
	run := func(dx, dy, want ir.DType, o ops.DotOptions) {
		t.Helper()
		x, y := ramp(dx, -1, 1, 2, 3), ramp(dy, 0, 1, 3, 4)
		if dx.IsUnsigned() || dx == ir.Bool {
			x = nums(dx, []int{2, 3}, 1, 0, 1, 0, 0, 0)
		}
		f := f2(func(x, y *trace.Value) *trace.Value { return ops.DotGeneral(x, y, d, o) })
		if s := runBoth(t, f, []arr{x, y})[0].closeTo(refDot(x, y, d, want), tolOf(want)); s != "" {
			t.Errorf("%v by %v, %v asked for: %s", dx, dy, o.PreferredType, s)
		}
	}
	for _, dt := range every {
		run(dt, dt, dt, ops.DotOptions{Precision: ops.PrecisionHighest})
	}
	for _, r := range [][3]ir.DType{
		{ir.Int8, ir.Int8, ir.Int32}, {ir.BFloat16, ir.BFloat16, ir.Float32}, {ir.Float16, ir.Float16, ir.Float32}, {ir.Float32, ir.Float32, ir.Float64},
		{ir.Float32, ir.Float32, ir.BFloat16}, {ir.Int32, ir.Int32, ir.Float32}, {ir.Float32, ir.Float32, ir.Complex64}, {ir.BFloat16, ir.BFloat16, ir.Float16},
	} {
		run(r[0], r[1], r[2], ops.DotOptions{PreferredType: r[2]})
	}
	for _, r := range [][3]ir.DType{{ir.Int32, ir.Uint32, ir.Int32}, {ir.Float16, ir.Float32, ir.Float32}, {ir.BFloat16, ir.Float16, ir.BFloat16}, {ir.Int8, ir.Float32, ir.Float32}, {ir.Float32, ir.Complex64, ir.Complex64}, {ir.Bool, ir.Int32, ir.Int32}} {
		run(r[0], r[1], r[2], ops.DotOptions{})
	}
	x, y := ramp(ir.Float32, 0, 1, 2, 3).put(), ramp(ir.Float32, 0, 1, 2, 3).put()
	wantFail(t, func() { ops.DotGeneral(x, y, d, ops.DotOptions{}) }, "products_test.go", "dot_general(float32[2,3], float32[2,3])", "axis 1 of the first operand", "3", "axis 0 of the second", "2")
	wantFail(t, func() { ops.DotGeneral(x, y, ops.DotDims{LhsContract: []int{1}}, ops.DotOptions{}) }, "1 contracted axes", "0")
	wantFail(t, func() {
		ops.DotGeneral(x, y, ops.DotDims{LhsContract: []int{0}, RhsContract: []int{0}, LhsBatch: []int{0}, RhsBatch: []int{1}}, ops.DotOptions{})
	}, "axis 0 is named twice")
	wantFail(t, func() { ops.DotGeneral(x, y, dotRows[4].d, ops.DotOptions{PreferredType: ir.Int32}) }, "float32", "int32")
	wantFail(t, func() { ops.Dot(x, y) }, "dot(float32[2,3], float32[2,3])", "DotGeneral")
}

// refSort sorts along the only axis, by the total order of the first keys arrays.
func refSort(xs []arr, keys int) []arr {
	n := len(xs[0].e)
	order := make([]int, n)
	for i := range order {
		order[i] = i
	}
	cmp := func(x, y float64) int {
		switch {
		case x != x && y != y, x == y:
			return 0
		case y != y, x < y:
			return -1
		}
		return 1
	}
	sort.SliceStable(order, func(i, j int) bool {
		for _, x := range xs[:keys] {
			a, b := x.e[order[i]].Complex(), x.e[order[j]].Complex()
			if c := cmp(real(a), real(b)); c != 0 {
				return c < 0
			}
			if c := cmp(imag(a), imag(b)); c != 0 {
				return c < 0
			}
		}
		return false
	})
	out := make([]arr, len(xs))
	for k, x := range xs {
		out[k] = arr{d: x.d, shape: x.shape}
		for _, i := range order {
			out[k].e = append(out[k].e, x.e[i])
		}
	}
	return out
}

func TestSort(t *testing.T) {
	minus := math.Copysign(0, -1)
	for _, d := range every {
		a := vec(d, 1, 0, 1, 0, 1, 1, 0)
		switch {
		case d.IsFloat():
			a = vec(d, 0, nan, minus, 2, -inf, -nan, minus, inf, -1, 0)
		case d.IsComplex():
			a = cplx(d, 1+2i, complex(nan, 1), 1-1i, complex(0, nan), complex(minus, 3), 2i, complex(0, -1), complex(-1, inf))
		case d.IsInteger():
			a = vec(d, 3, 1, 2, 100, 1, 0)
		}
		in := []arr{a, ramp(ir.Int32, 0, 1, len(a.e))}
		got := runBoth(t, func(x []*trace.Value) []*trace.Value { return ops.Sort(x, 0, true, 1) }, in)
		for i, w := range refSort(in, 1) {
			if s := got[i].closeTo(w, 0); s != "" {
				t.Errorf("%v, output %d: %s", d, i, s)
			}
		}
		if d.IsFloat() { // the order of zeros is kept, sign and all
			for i, l := range got[0].e {
				if w := refSort(in, 1)[0].e[i]; w.Float() == 0 && l != w {
					t.Errorf("%v: zero %d is %v, want %v", d, i, l, w)
				}
			}
		}
	}
	keys := []arr{vec(ir.Int32, 1, 0, 1, 0, 1, 0), vec(ir.Float32, 2, nan, 1, 3, 1, -1), ramp(ir.Float64, 0, 1, 6)}
	for n := 1; n <= 3; n++ {
		got := runBoth(t, func(x []*trace.Value) []*trace.Value { return ops.Sort(x, 0, true, n) }, keys)
		for i, w := range refSort(keys, n) {
			if s := got[i].closeTo(w, 0); s != "" {
				t.Errorf("%d keys, output %d: %s", n, i, s)
			}
		}
	}
	// Long arrays of floats are sorted another way, and that with a -0 in a third one.
	for _, d := range floats {
		for _, zero := range []float64{1, minus} {
			a := ramp(d, 0, 0, 5000)
			for i := range a.e {
				a.e[i] = ir.FloatLit(math.Tan(float64(i)), d)
			}
			for i, v := range []float64{0, zero, nan, -nan, inf, -inf, 0, zero, 0} {
				a.e[500*i+7] = ir.FloatLit(v, d)
			}
			got := runBoth(t, func(x []*trace.Value) []*trace.Value { return ops.Sort(x, 0, true, 1) }, []arr{a})[0]
			want := refSort([]arr{a}, 1)[0]
			pair := []arr{a, ramp(ir.Int32, 0, 1, 5000)}
			for i, g := range runBoth(t, func(x []*trace.Value) []*trace.Value { return ops.Sort(x, 0, true, 1) }, pair) {
				if s := g.closeTo(refSort(pair, 1)[i], 0); s != "" {
					t.Errorf("long %v, output %d: %.300s", d, i, s)
				}
			}
			if s := got.closeTo(want, 0); s != "" {
				t.Errorf("long %v: %.300s", d, s)
			}
			for i, l := range got.e {
				if w := want.e[i]; w.Float() == 0 && l != w {
					t.Errorf("long %v: zero %d is %v, want %v", d, i, l, w)
				}
			}
		}
	}
	for _, d := range logic {
		a := ramp(d, 0, 0, 2, 2500)
		for i := range a.e {
			v := int64(i * 40503)
			a.e[i] = ir.IntLit(v<<40>>24, d)
			if d == ir.Bool {
				a.e[i] = ir.BoolLit(v%3 == 0)
			}
		}
		pair := []arr{a, ramp(ir.Float32, 0, 1, 2, 2500)}
		got := runBoth(t, func(x []*trace.Value) []*trace.Value { return ops.Sort(x, 1, true, 1) }, pair)
		for row := range 2 {
			part := []arr{{d, []int{2500}, a.e[row*2500:][:2500]}, {ir.Float32, []int{2500}, pair[1].e[row*2500:][:2500]}}
			for i, w := range refSort(part, 1) {
				if g := (arr{w.d, w.shape, got[i].e[row*2500:][:2500]}); g.closeTo(w, 0) != "" {
					t.Errorf("long %v, row %d, output %d: %.300s", d, row, i, g.closeTo(w, 0))
				}
			}
		}
	}
	f := func(x []*trace.Value) []*trace.Value { return ops.Sort(x, 1, true, 1) }
	in := []arr{nums(ir.Float64, []int{2, 3}, 3, 1, 2, -1, 0, -2), ramp(ir.Float64, 0, 1, 2, 3)}
	checkVmap(t, f, in)
	checkJVP(t, f, in)
	runBoth(t, f, []arr{nums(ir.Float64, []int{2, 0}), nums(ir.Float64, []int{2, 0})})
	x := putAll(in)
	wantFail(t, func() { ops.Sort(x, 2, true, 1) }, "products_test.go", "sort(float64[2,3], float64[2,3])", "axis 2 is out of range")
	wantFail(t, func() { ops.Sort(x, 0, true, 3) }, "1 to 2", "not 3")
	wantFail(t, func() { ops.Sort([]*trace.Value{x[0], vec(ir.Float64, 1).put()}, 0, true, 1) }, "[2,3]", "[1]")
	wantFail(t, func() { ops.Sort(x[:1], -1, true, 1) }, "axis -1")
}

// The test vectors of Salmon et al.'s Random123 for threefry2x32 with 20 rounds.
func TestThreefry(t *testing.T) {
	u := func(v ...uint64) arr {
		a := arr{d: ir.Uint32, shape: []int{len(v)}}
		for _, x := range v {
			a.e = append(a.e, ir.UintLit(x, ir.Uint32))
		}
		return a
	}
	f := func(x []*trace.Value) []*trace.Value {
		a, b := ops.Threefry2x32(x[0], x[1], x[2], x[3])
		return []*trace.Value{a, b}
	}
	in := []arr{u(0, 0xffffffff, 0x13198a2e), u(0, 0xffffffff, 0x03707344), u(0, 0xffffffff, 0x243f6a88), u(0, 0xffffffff, 0x85a308d3)}
	want := []arr{u(0x6b200159, 0x1cb996fc, 0xc4923a9c), u(0x99ba4efe, 0xbb002be7, 0x483df7a0)}
	for i, got := range runBoth(t, f, in) {
		if s := got.closeTo(want[i], 0); s != "" {
			t.Error(s)
		}
	}
	checkVmap(t, f, in[:4])
	scalars := []arr{nums(ir.Uint32, []int{}, 1), u(3, 4), u(5, 6), nums(ir.Uint32, []int{}, 2)}
	checkVmap(t, f, scalars)
	a, b := runBoth(t, f, scalars), runBoth(t, f, []arr{u(1, 1), u(3, 4), u(5, 6), u(2, 2)})
	if s := a[0].closeTo(b[0], 0) + a[1].closeTo(b[1], 0); s != "" {
		t.Errorf("scalars are not as full arrays: %s", s)
	}
	x := putAll(scalars)
	wantFail(t, func() { f([]*trace.Value{x[0], x[0], x[0], vec(ir.Int32, 1).put()}) }, "threefry2x32", "uint32", "int32")
	wantFail(t, func() { f([]*trace.Value{x[0], x[1], x[1], u(1, 2, 3).put()}) }, "[2]", "[3]")
}

// matrix products for references.
func mmul(x, y arr) arr {
	r := len(x.shape)
	b := others(r, []int{r - 2, r - 1})
	return refDot(x, y, ops.DotDims{LhsContract: []int{r - 1}, RhsContract: []int{r - 2}, LhsBatch: b, RhsBatch: b}, x.d)
}

// mapMatrix makes a new array from the elements of matrices, by row and column; swap exchanges the two.
func mapMatrix(x arr, swap bool, f func(i, j int, v complex128) complex128) arr {
	out := arr{d: x.d, shape: x.shape}
	r := len(x.shape)
	counter(x.shape, func(at []int) {
		from := slices.Clone(at)
		if swap {
			from[r-1], from[r-2] = at[r-2], at[r-1]
		}
		out.e = append(out.e, ir.ComplexLit(f(at[r-2], at[r-1], x.e[flat(x.shape, from)].Complex()), x.d))
	})
	return out
}

func adjoint(x arr) arr {
	return mapMatrix(x, true, func(_, _ int, v complex128) complex128 { return cmplx.Conj(v) })
}

// someMatrices have a large diagonal.
func someMatrices(d ir.DType, shape ...int) arr {
	a := ramp(d, 0, 0, shape...).direction()
	return mapMatrix(a, false, func(i, j int, v complex128) complex128 {
		if i == j {
			return v + 3
		}
		return v
	})
}

// diagonal is a 3 by 3 matrix with v on its diagonal.
func diagonal(v float64, d ir.DType) *trace.Value {
	n := []int{3, 3}
	on := ops.Eq(ops.Iota(ir.Int32, n, 0), ops.Iota(ir.Int32, n, 1))
	return ops.Select(on, ops.Full(n, ir.FloatLit(v, d)), ops.Full(n, ir.FloatLit(0, d)))
}

func TestCholesky(t *testing.T) {
	for _, d := range inexact {
		l := someMatrices(d, 2, 4, 4)
		x := mmul(l, adjoint(l))
		f := f1(ops.Cholesky)
		got := runBoth(t, f, []arr{x})[0]
		if s := mmul(got, adjoint(got)).closeTo(x, 30*tolOf(d)); s != "" {
			t.Errorf("%v: L·Lᴴ is not x: %s", d, s)
		}
		mapMatrix(got, false, func(i, j int, v complex128) complex128 {
			if j > i && v != 0 || j == i && (imag(v) != 0 || real(v) <= 0) {
				t.Errorf("%v: element %d,%d of L is %v", d, i, j, v)
			}
			return v
		})
		// The upper triangle does not matter.
		lower := mapMatrix(x, false, func(i, j int, v complex128) complex128 {
			if j > i {
				return 77
			}
			return v
		})
		if s := runBoth(t, f, []arr{lower})[0].closeTo(got, 0); s != "" {
			t.Errorf("%v: the upper triangle matters: %s", d, s)
		}
	}
	// One matrix that is not positive definite beside one that is.
	bad := nums(ir.Float64, []int{2, 2, 2}, 1, 2, 2, 1, 4, 2, 2, 2)
	want := nums(ir.Float64, []int{2, 2, 2}, nan, 0, nan, nan, 2, 0, 1, 1)
	if s := runBoth(t, f1(ops.Cholesky), []arr{bad})[0].closeTo(want, 1e-12); s != "" {
		t.Error(s)
	}
	l := someMatrices(ir.Float64, 3, 3)
	checkVmap(t, f1(func(x *trace.Value) *trace.Value { return ops.Cholesky(ops.Add(x, diagonal(60, ir.Float64))) }), []arr{mmul(l, adjoint(l))})
	runBoth(t, f1(ops.Cholesky), []arr{nums(ir.Float32, []int{2, 0, 0})})
	// The derivative is along symmetric directions.
	for _, d := range []ir.DType{ir.Float64, ir.Complex128} {
		checkJVP(t, f1(func(a *trace.Value) *trace.Value {
			b := ops.Transpose(a, []int{1, 0})
			if d.IsComplex() {
				b = ops.Conj(b)
			}
			return ops.Cholesky(ops.Add(ops.Add(a, b), diagonal(9, d)))
		}), []arr{someMatrices(d, 3, 3)})
	}
	wantFail(t, func() { ops.Cholesky(ramp(ir.Float32, 0, 1, 2, 3).put()) }, "products_test.go", "cholesky(float32[2,3])", "square")
	wantFail(t, func() { ops.Cholesky(ramp(ir.Int32, 0, 1, 2, 2).put()) }, "int32")
}

func TestTriangularSolve(t *testing.T) {
	for word := range 32 {
		if bits.OnesCount(uint(word))%2 != 0 {
			continue // half of the words have every four of the five options in all combinations
		}
		o := ops.TriangularOptions{LeftSide: word&1 != 0, Lower: word&2 != 0, Transpose: word&4 != 0, Conjugate: word&8 != 0, UnitDiagonal: word&16 != 0}
		a, b := someMatrices(ir.Complex128, 2, 3, 3), someMatrices(ir.Complex128, 2, 2, 3)
		if o.LeftSide {
			b = someMatrices(ir.Complex128, 2, 3, 2)
		}
		f := f2(func(a, b *trace.Value) *trace.Value { return ops.TriangularSolve(a, b, o) })
		got := runBoth(t, f, []arr{a, b})[0]
		used := mapMatrix(a, false, func(i, j int, v complex128) complex128 {
			switch {
			case i == j && o.UnitDiagonal:
				return 1
			case o.Lower && j > i, !o.Lower && j < i:
				return 0
			}
			return v
		})
		used = mapMatrix(used, o.Transpose, func(_, _ int, v complex128) complex128 {
			if o.Conjugate {
				return cmplx.Conj(v)
			}
			return v
		})
		back := mmul(got, used)
		if o.LeftSide {
			back = mmul(used, got)
		}
		if s := back.closeTo(b, 1e-10); s != "" {
			t.Errorf("%+v: the product is not b: %s", o, s)
		}
		if word%5 == 0 {
			checkJVP(t, f, []arr{a, b})
			checkTranspose(t, f, []arr{a, b}, 1)
		}
	}
	for _, left := range []bool{false, true} {
		f := f2(func(a, b *trace.Value) *trace.Value {
			return ops.TriangularSolve(a, b, ops.TriangularOptions{LeftSide: left, Lower: true, UnitDiagonal: true})
		})
		checkVmap(t, f, []arr{someMatrices(ir.Float64, 2, 2), someMatrices(ir.Float64, 2, 2)})
		checkVmap(t, f, []arr{someMatrices(ir.Float32, 2, 2, 2), someMatrices(ir.Float32, 2, 2, 2)})
		for _, d := range floats {
			a := someMatrices(d, 2, 2)
			runBoth(t, f, []arr{a, a})
		}
		runBoth(t, f, []arr{nums(ir.Float32, []int{0, 2, 2}), nums(ir.Float32, []int{0, 2, 2})})
	}
	a, b := someMatrices(ir.Float32, 3, 3).put(), someMatrices(ir.Float32, 2, 3).put()
	wantFail(t, func() { ops.TriangularSolve(a, b, ops.TriangularOptions{LeftSide: true}) }, "triangular_solve(float32[3,3], float32[2,3])", "left", "axis 0", "size 3")
	wantFail(t, func() { ops.TriangularSolve(b, b, ops.TriangularOptions{}) }, "square")
	wantFail(t, func() { ops.TriangularSolve(a, someMatrices(ir.Float64, 2, 3).put(), ops.TriangularOptions{}) }, "float32", "float64")
}

// What an operation is lowered to reports the line of the operation, wherever it is compiled.
func TestLoweringKeepsTheLine(t *testing.T) {
	in := []ir.Aval{{Shape: []int{100}, DType: ir.Float32}}
	p, _ := trace.Trace("f", in, func(x []*trace.Value) []*trace.Value { return []*trace.Value{ops.CumSum(x[0], 0, false)} })
	text := string(lower.Text(p, lower.Options{Platform: "cpu", Locations: true}).Text)
	want := p.Eqns[0].Src.String()
	found := regexp.MustCompile(`"([^"]*_test\.go)":(\d+)`).FindAllStringSubmatch(text, -1)
	if len(found) == 0 {
		t.Fatalf("no locations in %.500s", text)
	}
	for _, m := range found {
		if got := m[1] + ":" + m[2]; got != want {
			t.Fatalf("an operation reports %s, want %s", got, want)
		}
	}
}
