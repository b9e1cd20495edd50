package ops_test

import (
	"slices"
	"testing"
	"unsafe"

	"github.com/gojax/gojax/backend/pjrt"
	"github.com/gojax/gojax/ir"
	"github.com/gojax/gojax/lower"
	"github.com/gojax/gojax/ops"
	"github.com/gojax/gojax/trace"
)

// withoutKernels runs f on the CPU as on other platforms, and gives the bytes of its results.
func withoutKernels(t *testing.T, f fn, in []arr) [][]byte {
	t.Helper()
	c, err := pjrt.Open("cpu")
	if err != nil {
		t.Fatal(err)
	}
	x := putAll(in)
	p, _ := trace.Trace("f", trace.Avals(x), f)
	e, err := c.Compile(lower.Text(p, lower.Options{Platform: "cpu"}).Text, pjrt.CompileOptions{})
	if err != nil {
		t.Fatal(err)
	}
	defer e.Delete()
	return bytesOf(t, e, c, in, p.OutTypes())
}

func bytesOf(t *testing.T, e *pjrt.Executable, c *pjrt.Client, in []arr, out []ir.Aval) [][]byte {
	t.Helper()
	buffers := make([]*pjrt.Buffer, len(in))
	for i, a := range in {
		data := encode(a)
		b, err := c.FromHost(unsafe.Pointer(&data[0]), a.d, a.shape, c.Devices()[0])
		if err != nil {
			t.Fatal(err)
		}
		defer b.Delete()
		buffers[i] = b
	}
	y := make([]*pjrt.Buffer, len(out))
	if err := e.Execute(buffers, y, nil); err != nil {
		t.Fatal(err)
	}
	got := make([][]byte, len(out))
	for i, b := range y {
		got[i] = make([]byte, out[i].Bytes())
		if err := b.ToHost(unsafe.Pointer(&got[i][0]), len(got[i])); err != nil {
			t.Fatal(err)
		}
		b.Delete()
	}
	return got
}

// encode is a's elements as they lie in memory.
func encode(a arr) []byte {
	var b []byte
	for _, l := range a.e {
		for i := range a.d.Size() {
			word := l.Lo
			if i >= 8 {
				word = l.Hi
			}
			b = append(b, byte(word>>(8*(i%8))))
		}
	}
	return b
}

// What is composed of XLA's operations, where there are no kernels, is what the kernels give, to the bit.
func TestWithoutKernels(t *testing.T) {
	for _, d := range sampleOf(every) {
		a := ramp(d, 0, 0, 3, 50)
		for i := range a.e {
			v := float64(i * 40503 % 31)
			switch {
			case d == ir.Bool:
				a.e[i] = ir.BoolLit(i%3 == 0)
			case d.IsInexact():
				a.e[i] = ir.ComplexLit(complex([]float64{v, -v, nan, inf, 0, -inf}[i%6], float64(i%2)), d)
			default:
				a.e[i] = ir.IntLit(int64(v), d)
			}
		}
		in := []arr{a, ramp(ir.Int32, 0, 1, 3, 50)}
		fs := []fn{
			func(x []*trace.Value) []*trace.Value { return ops.Sort(x[:1], 1, true, 1) },
			func(x []*trace.Value) []*trace.Value { return ops.Sort(x, 0, true, 2) },
			func(x []*trace.Value) []*trace.Value { return []*trace.Value{ops.SortBy(x[0], x[1], 1)} },
			func(x []*trace.Value) []*trace.Value { return []*trace.Value{ops.ArgSort(x[:1], 1, true)} },
		}
		if !d.IsComplex() {
			fs = append(fs, func(x []*trace.Value) []*trace.Value {
				at := ops.SliceInDim(ops.Sort(x[1:], 1, true, 1)[0], 0, 3, 1, 1)
				v, i := ops.SortedAt(x[0], ops.Rem(at, ops.FullLike(at, 50)))
				top, from := ops.TopK(x[0], 7)
				return []*trace.Value{v, i, ops.ArgMax(x[0], 1, ir.Int32), ops.ArgMin(x[0], 1, ir.Int64), top, from}
			})
		}
		for k, f := range fs {
			got := withoutKernels(t, f, in)
			for i, want := range runBoth(t, f, in) {
				if !slices.Equal(got[i], encode(want)) {
					t.Errorf("%v, function %d, result %d: %v without kernels, %v with them", d, k, i, got[i], want)
				}
			}
		}
	}
}
