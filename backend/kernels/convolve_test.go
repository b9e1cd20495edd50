package kernels

import (
	"fmt"
	"math"
	"math/rand/v2"
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

// Whole numbers, so that every order of sums gives the same.
func TestConvolve(t *testing.T) {
	r := rand.New(rand.NewPCG(13, 14))
	some := func(n int) (x []float64, y []float32) {
		for range n {
			v := float64(r.IntN(17) - 8)
			x, y = append(x, v), append(y, float32(v))
		}
		return x, y
	}
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
		x, x32 := some(p.batch * p.features * p.rows * p.columns)
		w, w32 := some(p.outFeatures * p.high * p.wide)
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
