package ops_test

import (
	"bytes"
	"math"
	"strings"
	"testing"
	"unsafe"

	"github.com/gojax/gojax/backend/kernels"
	"github.com/gojax/gojax/backend/pjrt"
	"github.com/gojax/gojax/ir"
	"github.com/gojax/gojax/lower"
	"github.com/gojax/gojax/ops"
	"github.com/gojax/gojax/trace"
)

// large is the least size of a matrix, 36 MB, and of its rows that the tests here call large.
const large, largeRow = 9 << 20, 3 << 10

func floatsOf(shape ...int) ir.Aval { return ir.Aval{Shape: shape, DType: ir.Float32} }

func turned(x *trace.Value) *trace.Value { return ops.Transpose(x, []int{1, 0}) }

// when says which programs call the kernel: none, those that keep their inputs, or also those that give one away.
type when int

const (
	never when = iota
	kept
	always
)

// A program that is one operation on large arrays, or on one and a number, is a kernel's; what XLA computes at once
// with others, or writes over an input, stays XLA's. What is read transposed was copied by the kernel.
func TestStreamedPrograms(t *testing.T) {
	vector, matrix := floatsOf(large), floatsOf(largeRow, largeRow)
	for _, c := range []struct {
		name   string
		in     []ir.Aval
		f      fn
		kernel when
	}{
		{"x + y", []ir.Aval{vector, vector}, func(x []*trace.Value) []*trace.Value {
			return []*trace.Value{ops.Add(x[0], x[1])}
		}, kept},
		{"2x", []ir.Aval{vector}, func(x []*trace.Value) []*trace.Value {
			return []*trace.Value{ops.Mul(ops.FullLike(x[0], 2), x[0])}
		}, kept},
		{"x - number", []ir.Aval{matrix, floatsOf()}, func(x []*trace.Value) []*trace.Value {
			return []*trace.Value{ops.Sub(x[0], ops.BroadcastInDim(x[1], matrix.Shape, nil))}
		}, kept},
		{"x / sum", []ir.Aval{vector}, func(x []*trace.Value) []*trace.Value {
			return []*trace.Value{ops.Div(x[0], ops.BroadcastInDim(ops.ReduceSum(x[0], []int{0}), vector.Shape, nil))}
		}, kept},
		{"x - row", []ir.Aval{matrix, floatsOf(largeRow)}, func(x []*trace.Value) []*trace.Value {
			return []*trace.Value{ops.Sub(x[0], ops.BroadcastInDim(x[1], matrix.Shape, []int{1}))}
		}, never},
		{"x + exp(y)", []ir.Aval{vector, vector}, func(x []*trace.Value) []*trace.Value {
			return []*trace.Value{ops.Add(x[0], ops.Exp(x[1]))}
		}, never},
		{"small", []ir.Aval{floatsOf(1000)}, func(x []*trace.Value) []*trace.Value {
			return []*trace.Value{ops.Add(x[0], x[0])}
		}, never},
		{"transposed", []ir.Aval{matrix}, func(x []*trace.Value) []*trace.Value {
			return []*trace.Value{turned(x[0])}
		}, always},
		{"a batch transposed", []ir.Aval{floatsOf(3, 1, largeRow, 1, 1000, 2)}, func(x []*trace.Value) []*trace.Value {
			return []*trace.Value{ops.Transpose(x[0], []int{3, 0, 4, 5, 1, 2})}
		}, always},
		{"turned, into rows that are not of whole vectors", []ir.Aval{floatsOf(largeRow+1, largeRow)},
			func(x []*trace.Value) []*trace.Value { return []*trace.Value{turned(x[0])} }, never},
		{"three axes the other way round", []ir.Aval{floatsOf(96, 1000, 96)}, func(x []*trace.Value) []*trace.Value {
			return []*trace.Value{ops.Transpose(x[0], []int{2, 1, 0})}
		}, never},
		{"few columns", []ir.Aval{floatsOf(large/8, 8)}, func(x []*trace.Value) []*trace.Value {
			return []*trace.Value{turned(x[0])}
		}, never},
		{"small, transposed", []ir.Aval{floatsOf(1000, 1000)}, func(x []*trace.Value) []*trace.Value {
			return []*trace.Value{turned(x[0])}
		}, never},
		{"exp(x), transposed", []ir.Aval{matrix}, func(x []*trace.Value) []*trace.Value {
			return []*trace.Value{turned(ops.Exp(x[0]))}
		}, always},
		{"xᵀ + 1", []ir.Aval{matrix}, func(x []*trace.Value) []*trace.Value {
			return []*trace.Value{ops.Add(turned(x[0]), ops.FullLike(x[0], 1))}
		}, always},
		{"x - xᵀ", []ir.Aval{matrix}, func(x []*trace.Value) []*trace.Value {
			return []*trace.Value{ops.Sub(x[0], turned(x[0]))}
		}, always},
		{"exp(xᵀ)", []ir.Aval{matrix}, func(x []*trace.Value) []*trace.Value {
			return []*trace.Value{ops.Exp(turned(x[0]))}
		}, always},
		{"xᵀ given and used", []ir.Aval{matrix}, func(x []*trace.Value) []*trace.Value {
			return []*trace.Value{turned(x[0]), ops.ReduceSum(x[0], []int{0})}
		}, always},
		{"sum of xᵀ", []ir.Aval{matrix}, func(x []*trace.Value) []*trace.Value {
			return []*trace.Value{ops.ReduceSum(turned(x[0]), []int{0})}
		}, never},
		{"row spread, transposed", []ir.Aval{floatsOf(largeRow)}, func(x []*trace.Value) []*trace.Value {
			return []*trace.Value{ops.Exp(turned(ops.BroadcastInDim(x[0], matrix.Shape, []int{1})))}
		}, never},
		{"joined", []ir.Aval{matrix, floatsOf(3, largeRow)}, func(x []*trace.Value) []*trace.Value {
			return []*trace.Value{ops.Concatenate(x, 0)}
		}, kept},
		{"of one size, joined", []ir.Aval{vector}, func(x []*trace.Value) []*trace.Value {
			return []*trace.Value{ops.Concatenate([]*trace.Value{x[0], x[0]}, 0)}
		}, kept},
		{"joined along rows", []ir.Aval{matrix}, func(x []*trace.Value) []*trace.Value {
			return []*trace.Value{ops.Concatenate([]*trace.Value{x[0], x[0]}, 1)}
		}, never},
		{"two results", []ir.Aval{vector}, func(x []*trace.Value) []*trace.Value {
			return []*trace.Value{ops.Add(x[0], x[0]), ops.Mul(x[0], x[0])}
		}, never},
	} {
		p, _ := trace.Trace("f", c.in, c.f)
		o := lower.Options{Platform: "cpu", HasKernel: func(string) bool { return true }}
		calls := func() bool { return strings.Contains(string(lower.Text(p, o).Text), "gojax_stream") }
		if calls() != (c.kernel != never) {
			t.Errorf("%s is a kernel's: %t", c.name, calls())
		}
		if o.Donate = []bool{true}; calls() != (c.kernel == always) {
			t.Errorf("%s of an input that is given away is a kernel's: %t", c.name, calls())
		}
	}
}

// What is joined and all there is to an operation is read where it lies, but not where the other operand is transposed.
func TestStreamedJoins(t *testing.T) {
	const side = 512
	rolled := func(x *trace.Value) *trace.Value {
		n := x.Shape()[0]
		return ops.Concatenate([]*trace.Value{ops.SliceInDim(x, n-7, n, 1, 0), ops.SliceInDim(x, 0, n-7, 1, 0)}, 0)
	}
	for name, c := range map[string]struct {
		f    fn
		want string
	}{
		"rolled + y": {func(x []*trace.Value) []*trace.Value {
			return []*trace.Value{ops.Add(rolled(x[0]), x[1])}
		}, "operation = 0 : i64, views = array<i64: 2, 2, 262137, 7, 0, 262137, 0>"},
		"y - rolled, as a matrix": {func(x []*trace.Value) []*trace.Value {
			return []*trace.Value{ops.Sub(turned(ops.Reshape(x[1], []int{side, side})),
				ops.Reshape(rolled(x[0]), []int{side, side}))}
		}, "stablehlo.subtract"},
		"2 rolled": {func(x []*trace.Value) []*trace.Value {
			return []*trace.Value{ops.Mul(rolled(x[0]), ops.FullLike(x[0], 2))}
		}, "operation = 2 : i64, views = array<i64: 2, 2, 262137, 7, 0, 262137, 0>"},
		"exp(x) rolled + y": {func(x []*trace.Value) []*trace.Value {
			return []*trace.Value{ops.Add(rolled(ops.Exp(x[0])), x[1])}
		}, "stablehlo.add"},
	} {
		x := []arr{ramp(ir.Float32, 0, 1, side*side), ramp(ir.Float32, 3, 2, side*side)}
		p, _ := trace.Trace("f", trace.Avals(putAll(x)), c.f)
		text := string(lower.Text(p, lower.Options{Platform: "cpu", HasKernel: func(string) bool { return true }}).Text)
		if !strings.Contains(text, c.want) {
			t.Errorf("%s: want %s:\n%s", name, c.want, text)
		}
		if !bytes.Equal(encode(runBoth(t, c.f, x)[0]), withoutKernels(t, c.f, x)[0]) {
			t.Errorf("%s: the kernel's result is not XLA's", name)
		}
	}
}

// The bits are those of XLA's loops, which take subnormal numbers for 0 where the thread does.
func TestStreamedBits(t *testing.T) {
	c, err := pjrt.Open("cpu")
	if err != nil {
		t.Fatal(err)
	}
	special := []float32{0, float32(math.Copysign(0, -1)), 1, -3.7, 1e-38, 1e-42, -2e-45, 3e38, 1.17549435e-38,
		float32(math.Inf(1)), float32(math.Inf(-1)), 1e20, -1e-30}
	x, y := make([]float32, large), make([]float32, large)
	for i := range x {
		x[i], y[i] = special[i%len(special)], special[i/len(special)%len(special)]
	}
	in := []*pjrt.Buffer{upload(t, c, x), upload(t, c, y)}
	for _, b := range in {
		defer b.Delete()
	}
	for name, f := range map[string]func(x, y *trace.Value) *trace.Value{"add": ops.Add, "sub": ops.Sub, "mul": ops.Mul,
		"div": ops.Div} {
		p, _ := trace.Trace("f", []ir.Aval{floatsOf(large), floatsOf(large)}, func(x []*trace.Value) []*trace.Value {
			return []*trace.Value{f(x[0], x[1])}
		})
		var got [2][]float32
		for i, kernel := range []func(string) bool{nil, kernels.HasBuiltin} {
			e, err := c.Compile(lower.Text(p, lower.Options{Platform: "cpu", HasKernel: kernel}).Text,
				pjrt.CompileOptions{})
			if err != nil {
				t.Fatal(err)
			}
			out := make([]*pjrt.Buffer, 1)
			if err := e.Execute(in, out, nil); err != nil {
				t.Fatal(err)
			}
			got[i] = make([]float32, large)
			if err := out[0].ToHost(unsafe.Pointer(&got[i][0]), 4*large); err != nil {
				t.Fatal(err)
			}
			out[0].Delete()
			e.Delete()
		}
		for i, v := range got[0] {
			if k := got[1][i]; math.Float32bits(k) != math.Float32bits(v) && (k == k || v == v) {
				t.Errorf("%s of %g and %g is %g, XLA's %g", name, x[i], y[i], k, v)
				break
			}
		}
	}
}

func upload(t *testing.T, c *pjrt.Client, x []float32) *pjrt.Buffer {
	t.Helper()
	b, err := c.FromHost(unsafe.Pointer(&x[0]), ir.Float32, []int{len(x)}, nil)
	if err != nil {
		t.Fatal(err)
	}
	return b
}
