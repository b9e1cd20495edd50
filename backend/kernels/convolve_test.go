package kernels

import (
	"cmp"
	"fmt"
	"math"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"github.com/gojax/gojax/ir"
)

// planes is a plan of a convolution, by its numbers: see convolve.c.
type planes struct{ batch, features, outFeatures, rows, columns, high, wide, above, below, left, right int }

func (p planes) outRows() int    { return p.rows + p.above + p.below - p.high + 1 }
func (p planes) outColumns() int { return p.columns + p.left + p.right - p.wide + 1 }

func (p planes) String() string {
	return strings.ReplaceAll(strings.Trim(fmt.Sprintf("%d", [...]int{p.batch, p.features, p.outFeatures, p.rows,
		p.columns, p.high, p.wide, p.above, p.below, p.left, p.right}), "[]"), " ", ", ")
}

// convolved is the result, computed one by one.
func (p planes) convolved(x, w []float64) (y []float64) {
	for plane := range p.batch * p.outFeatures {
		f := plane % p.outFeatures
		in := plane/p.outFeatures*p.features + f/(p.outFeatures/p.features)
		for i := range p.outRows() {
			for j := range p.outColumns() {
				var sum float64
				for a := range p.high {
					for b := range p.wide {
						r, c := i+a-p.above, j+b-p.left
						if r >= 0 && r < p.rows && c >= 0 && c < p.columns {
							sum += x[(in*p.rows+r)*p.columns+c] * w[(f*p.high+a)*p.wide+b]
						}
					}
				}
				y = append(y, sum)
			}
		}
	}
	return y
}

func TestConvolve(t *testing.T) {
	r := rand.New(rand.NewPCG(13, 14))
	for _, p := range []planes{
		{1, 1, 1, 1, 1, 1, 1, 0, 0, 0, 0},
		{1, 1, 1, 1, 30, 1, 5, 0, 0, 4, 4},
		{2, 3, 6, 1, 129, 1, 7, 0, 0, 0, 0},
		{1, 1, 1, 1, 3, 1, 700, 0, 0, 699, 699},
		{1, 1, 2, 1, 5000, 1, 64, 0, 0, 63, 63},
		{1, 1, 1, 1, 70000, 1, 69990, 0, 0, 3, 0},
		{3, 2, 2, 9, 40, 3, 3, 1, 1, 1, 1},
		{1, 1, 1, 20, 300, 15, 17, 14, 14, 16, 16},
		{1, 2, 4, 9, 150, 2, 3, -1, 3, -2, -3},
		{1, 1, 1, 4, 600, 3, 2, 7, 0, 900, -200},
	} {
		x, x32 := wholes(r, p.batch*p.features*p.rows*p.columns)
		w, w32 := wholes(r, p.outFeatures*p.high*p.wide)
		want := p.convolved(x, w)
		attributes := fmt.Sprintf("plan = array<i64: %v>", p)
		got, err := run(t, "gojax_convolve", attributes, []ir.HostArray{hostOf(ir.Float64, x, len(x)),
			hostOf(ir.Float64, w, len(w))}, []ir.Aval{{Shape: []int{len(want)}, DType: ir.Float64}})
		if err != nil {
			t.Fatal(p, err)
		}
		got32, err := run(t, "gojax_convolve", attributes, []ir.HostArray{hostOf(ir.Float32, x32, len(x)),
			hostOf(ir.Float32, w32, len(w))}, []ir.Aval{{Shape: []int{len(want)}, DType: ir.Float32}})
		if err != nil {
			t.Fatal(p, err)
		}
		y, y32 := numbersOf[float64](got[0], len(want)), numbersOf[float32](got32[0], len(want))
		for i, v := range want {
			if y[i] != v || y32[i] != float32(v) {
				t.Errorf("%v: element %d is %v and %v, want %v", p, i, y[i], y32[i], v)
				break
			}
		}
	}
}

// Sums of many numbers that are rounded are as exact as sums of sums.
func TestConvolveLongSums(t *testing.T) {
	const n = 1 << 16
	x, w := make([]float32, n), make([]float32, n)
	for i := range x {
		x[i], w[i] = 1, 0.1
	}
	got, err := run(t, "gojax_convolve", "plan = array<i64: "+planes{1, 1, 1, 1, n, 1, n, 0, 0, 0, 0}.String()+">",
		[]ir.HostArray{hostOf(ir.Float32, x, n), hostOf(ir.Float32, w, n)},
		[]ir.Aval{{Shape: []int{1}, DType: ir.Float32}})
	if err != nil {
		t.Fatal(err)
	}
	if y, want := float64(numbersOf[float32](got[0], 1)[0]), float64(float32(0.1))*n; math.Abs(y-want) > 2e-5*want {
		t.Errorf("%d times 0.1 is %v, want %v", n, y, want)
	}
}

// Plans that do not fit the operands are errors: nothing is read or written beyond the arrays.
func TestImpossibleConvolutions(t *testing.T) {
	six := ir.HostArray{Aval: ir.Aval{Shape: []int{6}, DType: ir.Float32}, Data: make([]byte, 24)}
	two := ir.HostArray{Aval: ir.Aval{Shape: []int{2}, DType: ir.Float32}, Data: make([]byte, 8)}
	list := func(plan string) string {
		if plan == "" {
			return "array<i64>"
		}
		return "array<i64: " + plan + ">"
	}
	for _, plan := range []string{"", "1, 1", "1, 1, 1, 1, 6, 1, 2, 0, 0, 0, 1", "1, 1, 1, 1, 7, 1, 2, 0, 0, 0, 0",
		"1, 1, 1, 1, 6, 1, 3, 0, 0, 0, 0", "0, 1, 1, 1, 6, 1, 2, 0, 0, 0, 0", "1, 2, 1, 1, 3, 1, 2, 0, 0, 0, 0",
		"1, 1, 1, 1, 6, 1, 2, 0, 0, 9223372036854775807, 0", "1, 1, 1, -6, -1, 1, 2, 0, 0, 0, 0"} {
		if _, err := run(t, "gojax_convolve", "plan = "+list(plan), []ir.HostArray{six, two},
			[]ir.Aval{{Shape: []int{5}, DType: ir.Float32}}); err == nil {
			t.Errorf("the plan %s: no error", plan)
		}
	}
	i := six
	i.DType = ir.Int32
	if _, err := run(t, "gojax_convolve", "plan = array<i64: 1, 1, 1, 1, 6, 1, 6, 0, 0, 0, 0>", []ir.HostArray{i, i},
		[]ir.Aval{{Shape: []int{1}, DType: ir.Int32}}); err == nil || !strings.Contains(err.Error(), "no floats") {
		t.Error(err)
	}
}

// featured is a convolution of several features, by the numbers of its plan: see convolve_features.c.
type featured struct {
	batch, groups, in, out int
	axes                   [2]featuredAxis
	x, w, y                string // in which order batch or group, group, features and spatial axes lie
}

type featuredAxis struct{ size, window, stride, spread, apart, low, high int }

func (a featuredAxis) out() int {
	return ((a.size-1)*a.spread+a.low+a.high-(a.window-1)*a.apart)/a.stride + 1
}

// steps are those of an array whose axes lie in that order; "" is the usual one.
func steps(order string, sizes ...int) []int {
	s, n := make([]int, len(sizes)), 1
	for _, c := range slices.Backward([]byte(cmp.Or(order, "01234"))) {
		s[c-'0'] = n
		n *= sizes[c-'0']
	}
	return s
}

func (f featured) steps() (x, w, y []int) {
	a, b := f.axes[0], f.axes[1]
	return steps(f.x, f.batch, f.groups, f.in, a.size, b.size), steps(f.w, f.groups, f.out, f.in, a.window, b.window),
		steps(f.y, f.batch, f.groups, f.out, a.out(), b.out())
}

func (f featured) plan() string {
	x, w, y := f.steps()
	n := []int{f.batch, f.groups, f.in, f.out, x[0], x[1], x[2], w[0], w[1], w[2], y[0], y[1], y[2]}
	for i, a := range f.axes {
		n = append(n, a.size, a.window, a.out(), a.stride, a.spread, a.apart, a.low, x[3+i], w[3+i], y[3+i])
	}
	return "plan = array<i64: " + strings.ReplaceAll(strings.Trim(fmt.Sprint(n), "[]"), " ", ", ") + ">"
}

func (f featured) sizes() (x, w, y int) {
	a, b := f.axes[0], f.axes[1]
	return f.batch * f.groups * f.in * a.size * b.size, f.groups * f.out * f.in * a.window * b.window,
		f.batch * f.groups * f.out * a.out() * b.out()
}

// tap is where in x the place o of the result meets the element t of the kernel, if it does.
func (a featuredAxis) tap(o, t int) (int, bool) {
	i := o*a.stride + t*a.apart - a.low
	return i / a.spread, i >= 0 && i%a.spread == 0 && i/a.spread < a.size
}

// convolved is the result, computed one by one.
func (f featured) convolved(x, w []float64) []float64 {
	xs, ws, ys := f.steps()
	_, _, n := f.sizes()
	y := make([]float64, n)
	a, b := f.axes[0], f.axes[1]
	var i [5]int // batch, group, output feature, place
	for range n {
		var sum float64
		for s := range a.window {
			for t := range b.window {
				p, ok := a.tap(i[3], s)
				q, too := b.tap(i[4], t)
				for c := 0; ok && too && c < f.in; c++ {
					sum += x[i[0]*xs[0]+i[1]*xs[1]+c*xs[2]+p*xs[3]+q*xs[4]] *
						w[i[1]*ws[0]+i[2]*ws[1]+c*ws[2]+s*ws[3]+t*ws[4]]
				}
			}
		}
		at := 0
		for k := range i {
			at += i[k] * ys[k]
		}
		y[at] = sum
		for k, size := range []int{f.batch, f.groups, f.out, a.out(), b.out()} {
			if i[k]++; i[k] < size {
				break
			}
			i[k] = 0
		}
	}
	return y
}

// Few and many features, which have vectors of all lengths, all layouts, strides and dilations, and shapes that are cut
// into blocks, shares of features and pieces of the kernel.
func TestConvolveFeatures(t *testing.T) {
	r := rand.New(rand.NewPCG(15, 16))
	one := featuredAxis{1, 1, 1, 1, 1, 0, 0}
	same := func(size, window int) featuredAxis {
		return featuredAxis{size, window, 1, 1, 1, (window - 1) / 2, window / 2}
	}
	nhwc := func(f featured) featured {
		f.x, f.w, f.y = "03412", "34201", "03412"
		return f
	}
	for _, f := range []featured{
		{1, 1, 1, 1, [2]featuredAxis{one, one}, "", "", ""},
		{3, 1, 20, 17, [2]featuredAxis{one, one}, "", "", ""},
		{2, 1, 3, 16, [2]featuredAxis{same(20, 3), same(64, 3)}, "", "", ""},
		nhwc(featured{2, 1, 3, 33, [2]featuredAxis{same(9, 3), same(20, 5)}, "", "", ""}),
		nhwc(featured{2, 3, 2, 70, [2]featuredAxis{same(9, 3), {20, 3, 2, 1, 1, 0, 0}}, "", "", ""}),
		{9, 2, 5, 7, [2]featuredAxis{same(7, 3), same(7, 3)}, "20134", "10234", "12034"},
		{5, 1, 4, 3, [2]featuredAxis{{14, 3, 2, 1, 1, 1, 1}, {13, 4, 3, 1, 2, -1, 2}}, "43210", "43210", "43210"},
		{2, 1, 6, 12, [2]featuredAxis{{9, 3, 1, 2, 1, 2, 3}, {7, 4, 3, 2, 1, 1, 0}}, "", "01324", ""},
		{2, 1, 6, 12, [2]featuredAxis{{9, 2, 2, 3, 2, 5, 3}, {7, 1, 1, 4, 1, -2, 6}}, "", "", "01324"},
		{1, 1, 3, 9, [2]featuredAxis{one, {2000, 5, 1, 1, 4, 16, 0}}, "", "", ""},
		{20, 1, 40, 32, [2]featuredAxis{{14, 7, 1, 1, 2, 1, 1}, {14, 7, 1, 1, 2, 1, 1}}, "20134", "20134", ""},
		{2, 1, 1, 8, [2]featuredAxis{one, {70000, 69990, 1, 1, 1, 3, 0}}, "", "", ""},
		{3, 1, 2, 18, [2]featuredAxis{{90, 88, 1, 1, 1, 1, 0}, {100, 99, 1, 1, 1, 0, 1}}, "", "", ""},
		{1, 1, 600, 40, [2]featuredAxis{same(5, 3), same(6, 3)}, "", "", ""},
		{1, 2, 200, 600, [2]featuredAxis{same(3, 1), same(2, 1)}, "", "", ""},
	} {
		nx, nw, ny := f.sizes()
		x, x32 := wholes(r, nx)
		w, w32 := wholes(r, nw)
		want := f.convolved(x, w)
		got, err := run(t, "gojax_convolve_features", f.plan(), []ir.HostArray{hostOf(ir.Float64, x, nx),
			hostOf(ir.Float64, w, nw)}, []ir.Aval{{Shape: []int{ny}, DType: ir.Float64}})
		if err != nil {
			t.Fatal(f, err)
		}
		got32, err := run(t, "gojax_convolve_features", f.plan(), []ir.HostArray{hostOf(ir.Float32, x32, nx),
			hostOf(ir.Float32, w32, nw)}, []ir.Aval{{Shape: []int{ny}, DType: ir.Float32}})
		if err != nil {
			t.Fatal(f, err)
		}
		y, y32 := numbersOf[float64](got[0], ny), numbersOf[float32](got32[0], ny)
		for i, v := range want {
			if y[i] != v || y32[i] != float32(v) {
				t.Errorf("%v: element %d is %v and %v, want %v", f, i, y[i], y32[i], v)
				break
			}
		}
	}
}

// A number of a plan that is impossible is an error.
func TestImpossibleFeatures(t *testing.T) {
	f := featured{2, 2, 2, 2, [2]featuredAxis{{3, 2, 1, 1, 1, 0, 0}, {3, 2, 1, 1, 1, 0, 0}}, "", "", ""}
	nx, nw, ny := f.sizes()
	in := []ir.HostArray{hostOf(ir.Float32, make([]float32, nx), nx), hostOf(ir.Float32, make([]float32, nw), nw)}
	try := func(numbers []string) error {
		_, err := run(t, "gojax_convolve_features", "plan = array<i64: "+strings.Join(numbers, ", ")+">", in,
			[]ir.Aval{{Shape: []int{ny}, DType: ir.Float32}})
		return err
	}
	right := strings.Split(strings.TrimSuffix(strings.TrimPrefix(f.plan(), "plan = array<i64: "), ">"), ", ")
	if err := try(right); err != nil {
		t.Fatal(err)
	}
	for i := range right {
		for _, v := range []string{"-1", "2147483648", "9223372036854775807", "50"} {
			low, distance := i == 19 || i == 29, i >= 16 && i < 20 || i >= 26 && i < 30
			if low && v == "-1" || distance && v == "50" {
				continue
			}
			if wrong := slices.Clone(right); try(slices.Replace(wrong, i, i+1, v)) == nil {
				t.Errorf("number %d of the plan may be %s", i, v)
			}
		}
	}
	if try(right[1:]) == nil {
		t.Error("a plan may be too short")
	}
}

// wholes are n small whole numbers, of which every order of sums gives the same.
func wholes(r *rand.Rand, n int) (x []float64, y []float32) {
	for range n {
		v := float64(r.IntN(17) - 8)
		x, y = append(x, v), append(y, float32(v))
	}
	return x, y
}
