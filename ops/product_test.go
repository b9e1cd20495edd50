package ops_test

import (
	"strings"
	"testing"

	"github.com/gojax/gojax/ir"
	"github.com/gojax/gojax/lower"
	"github.com/gojax/gojax/ops"
	"github.com/gojax/gojax/trace"
)

// mixed has whole numbers, in no order, so that sums of products are exact.
func mixed(d ir.DType, start int, shape ...int) arr {
	a := arr{d: d, shape: shape}
	for i := range ir.SizeOf(shape) {
		v := complex(float64((i*i+start*i)%7), 0)
		if d.IsComplex() {
			v += complex(0, float64((i*start+3)%5)-2)
		}
		a.e = append(a.e, asLit(v, d))
	}
	return a
}

// Which products go to a kernel, and how their operands are said to lie; the numbers are those of every other way.
func TestProductsByKernel(t *testing.T) {
	type values = *trace.Value
	turn := func(x values, perm ...int) values { return ops.Transpose(x, perm) }
	first := func(x, _ values) values { return x }
	firstTurned := func(x, _ values) values { return turn(x, 1, 0) }
	secondTurned := func(_, y values) values { return turn(y, 1, 0) }
	mm := ops.DotDims{LHSContract: []int{1}, RHSContract: []int{0}}
	const xla = "stablehlo.dot_general"
	for _, c := range []struct {
		name string
		d    ir.DType
		x, y []int
		dims ops.DotDims
		f, g func(x, y values) values // the operands, of the arrays; nil: as they are
		want string                   // in the text
	}{
		{"row by row", ir.Float32, []int{40, 40}, []int{40, 40}, mm, nil, nil, xla},
		{"turned", ir.Float64, []int{30, 40}, []int{30, 50}, mm, firstTurned, nil,
			"array<i64: 0, 40, 50, 30, 1, 40, 50, 1>"},
		{"turned as it is", ir.Float64, []int{30, 40}, []int{30, 50},
			ops.DotDims{LHSContract: []int{0}, RHSContract: []int{0}}, nil, nil,
			"array<i64: 0, 40, 50, 30, 1, 40, 50, 1>"},
		{"turned, little", ir.Float64, []int{3, 4}, []int{3, 5}, mm,
			firstTurned, nil, xla},
		{"turned, larger", ir.Float32, []int{70, 80}, []int{70, 90}, mm, firstTurned, nil, "gojax_float_dot"},
		{"turned, of neighbours", ir.Float64, []int{7, 10, 80}, []int{7, 10, 90},
			ops.DotDims{LHSContract: []int{0, 1}, RHSContract: []int{0, 1}}, nil, nil,
			"(tensor<70x80xf64>, tensor<70x90xf64>)"},
		{"turned, a batch between", ir.Float32, []int{70, 3, 80}, []int{70, 3, 9, 10},
			ops.DotDims{LHSContract: []int{0}, RHSContract: []int{0}, LHSBatch: []int{1}, RHSBatch: []int{1}}, nil, nil,
			"array<i64: 0, 80, 90, 70, 1, 240, 270, 1, 3, 80, 90>"},
		{"both turned", ir.Float64, []int{30, 40}, []int{50, 30}, mm, firstTurned,
			secondTurned, "array<i64: 0, 40, 50, 30, 1, 40, 1, 30>"},
		{"its own transpose", ir.Float64, []int{66, 65}, []int{1}, mm, firstTurned,
			first, "array<i64: 1, 65, 65, 66, 1, 65, 65, 1>"},
		{"its own adjoint", ir.Complex128, []int{66, 65}, []int{1}, mm, first,
			func(x, _ values) values { return turn(ops.Conj(x), 1, 0) }, "array<i64: 2, 66, 66, 65, 65, 1, 1, 65>"},
		{"its own adjoint first", ir.Complex64, []int{66, 65}, []int{1}, mm,
			func(x, _ values) values { return ops.Conj(turn(x, 1, 0)) }, first,
			"array<i64: 3, 65, 65, 66, 1, 65, 65, 1>"},
		{"its own transpose, of conjugates", ir.Complex64, []int{66, 65}, []int{1}, mm,
			func(x, _ values) values { return ops.Conj(turn(x, 1, 0)) },
			func(x, _ values) values { return ops.Conj(x) },
			"array<i64: 0, 65, 65, 66, 66, 1, 65, 1>"},
		{"a square, not its transpose", ir.Complex64, []int{65, 65}, []int{1}, mm, first,
			first, "array<i64: 0, 65, 65, 65, 65, 1, 65, 1>"},
		{"a batch between", ir.Float64, []int{8, 100, 9}, []int{100, 8, 6}, ops.DotDims{LHSContract: []int{0},
			RHSContract: []int{1}, LHSBatch: []int{1}, RHSBatch: []int{0}}, nil, nil,
			"array<i64: 0, 9, 6, 8, 1, 900, 6, 1, 100, 9, 48>"},
		{"a batch behind", ir.Complex64, []int{4, 5, 20}, []int{20, 5, 6}, ops.DotDims{LHSContract: []int{1},
			RHSContract: []int{1}, LHSBatch: []int{2}, RHSBatch: []int{0}}, nil, nil,
			"array<i64: 0, 4, 6, 5, 5, 1, 6, 1, 20, 20, 30>"},
		{"two batches", ir.Complex64, []int{3, 8, 4, 7}, []int{4, 3, 7, 9}, ops.DotDims{LHSContract: []int{3},
			RHSContract: []int{2}, LHSBatch: []int{2, 0}, RHSBatch: []int{0, 1}}, nil, nil,
			"array<i64: 0, 8, 9, 7, 28, 1, 9, 1, 4, 7, 189, 3, 224, 63>"},
		{"contracted across", ir.Complex64, []int{5, 6, 7}, []int{7, 8, 5}, ops.DotDims{LHSContract: []int{2, 0},
			RHSContract: []int{0, 2}}, nil, nil, "array<i64: 0, 6, 8, 35, 35, 1, 1, 35>"},
		{"matrix by vector", ir.Float32, []int{100, 700}, []int{700}, mm, nil, nil,
			"array<i64: 0, 100, 1, 700, 700, 1, 1, 700>"},
		{"vector by matrix, across", ir.Float32, []int{200}, []int{300, 200},
			ops.DotDims{LHSContract: []int{0}, RHSContract: []int{0}}, nil,
			secondTurned, "array<i64: 0, 1, 300, 200, 200, 1, 1, 200>"},
		{"a batch of matrices in between by a vector, which would be moved", ir.Float32, []int{20, 300, 20}, []int{300},
			ops.DotDims{LHSContract: []int{1}, RHSContract: []int{0}}, nil, nil, xla},
		{"vectors", ir.Float32, []int{70000}, []int{70000}, ops.DotDims{LHSContract: []int{0}, RHSContract: []int{0}},
			nil, nil, xla},
		{"outer", ir.Complex64, []int{100}, []int{100}, ops.DotDims{}, nil, nil, xla},
		{"integers", ir.Int32, []int{20, 30}, []int{30, 40}, mm, nil, nil, "array<i64: 0, 20, 40, 30, 30, 1, 40, 1>"},
		{"short integers", ir.Int16, []int{20, 30}, []int{30, 40}, mm, nil, nil, xla},
		{"a batch of small ones", ir.Float32, []int{600, 4, 5}, []int{600, 5, 6}, ops.DotDims{LHSContract: []int{2},
			RHSContract: []int{1}, LHSBatch: []int{0}, RHSBatch: []int{0}}, nil, nil,
			"array<i64: 0, 4, 6, 5, 5, 1, 6, 1, 600, 20, 30>"},
		{"a batch of small ones of whole vectors", ir.Float64, []int{600, 5, 4}, []int{600, 5, 8}, ops.DotDims{
			LHSContract: []int{1}, RHSContract: []int{1}, LHSBatch: []int{0}, RHSBatch: []int{0}}, nil, nil,
			"array<i64: 0, 4, 8, 5, 1, 4, 8, 1, 600, 20, 40>"},
	} {
		t.Run(c.name, func(t *testing.T) {
			in := []arr{mixed(c.d, 3, c.x...), mixed(c.d, 5, c.y...)}
			operands := func(x []values) []values {
				a, b := x[0], x[1]
				if c.f != nil {
					a = c.f(x[0], x[1])
				}
				if c.g != nil {
					b = c.g(x[0], x[1])
				}
				return []values{a, b}
			}
			f := func(x []values) []values {
				v := operands(x)
				return []values{ops.DotGeneral(v[0], v[1], c.dims, ops.DotOptions{})}
			}
			for _, there := range []bool{true, false} {
				text := string(lower.Text(program(t, f, avals(in)), lower.Options{Platform: "cpu",
					HasKernel: func(string) bool { return there }}).Text)
				want := c.want
				if !there {
					want = xla
				}
				if !strings.Contains(text, want) {
					t.Errorf("with kernels: %t, the text has no %s:\n%s", there, want, text)
				}
			}
			v := getAll(operands(putAll(in)))
			if s := runBoth(t, f, in)[0].closeTo(refDot(v[0], v[1], c.dims, c.d), 0); s != "" {
				t.Error(s)
			}
		})
	}
}

// Products of large matrices go to BLAS on the processors where it is said to be faster.
func TestLargeProductsByKernel(t *testing.T) {
	x := ir.Aval{Shape: []int{1700, 1700}, DType: ir.Float64}
	f := func(x []*trace.Value) []*trace.Value {
		return []*trace.Value{ops.DotGeneral(x[0], x[1], ops.DotDims{LHSContract: []int{1}, RHSContract: []int{0}},
			ops.DotOptions{})}
	}
	for kernel, want := range map[string]string{"lapack_gojax_large_dot": "lapack_gojax_large_dot",
		"lapack_gojax_dot": "stablehlo.dot_general"} {
		text := string(lower.Text(program(t, f, []ir.Aval{x, x}), lower.Options{Platform: "cpu",
			HasKernel: func(name string) bool { return name == kernel }}).Text)
		if !strings.Contains(text, want) {
			t.Errorf("with %s alone, the text has no %s:\n%s", kernel, want, text)
		}
	}
}
