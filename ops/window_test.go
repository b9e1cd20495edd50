package ops_test

import (
	"encoding/json"
	"fmt"
	"math"
	"strings"
	"testing"

	"github.com/gojax/gojax/ir"
	"github.com/gojax/gojax/ops"
	"github.com/gojax/gojax/tests/fails"
	"github.com/gojax/gojax/tests/jsonl"
	"github.com/gojax/gojax/tests/sample"
	"github.com/gojax/gojax/trace"
)

// testdata/windows.jsonl.gz holds single equations of JAX 0.10.2's own harness of primitives: their operands, their
// parameters under JAX's names, and what JAX makes of them on a CPU.
const windowsFile = "testdata/windows.jsonl.gz"

type windowCase struct {
	ID, Op     string
	P          windowParams
	X, Want    []specialArray
	RTol, ATol float64
	X64        bool
}

type windowParams struct {
	Window                 []int    `json:"window_dimensions"`
	Strides                []int    `json:"window_strides"`
	Padding                [][2]int `json:"padding"`
	BaseDilation           []int    `json:"base_dilation"`
	WindowDilation         []int    `json:"window_dilation"`
	LhsDilation            []int    `json:"lhs_dilation"`
	RhsDilation            []int    `json:"rhs_dilation"`
	FeatureGroups          int      `json:"feature_group_count"`
	BatchGroups            int      `json:"batch_group_count"`
	K                      int
	FFTLengths             []int `json:"fft_lengths"`
	Dimensions             []int
	Body                   []string
	Select, FFT, Preferred string
	Dims                   [][]int
}

var bodies = map[string]func(a, b *trace.Value) *trace.Value{"add": ops.Add, "mul": ops.Mul, "max": ops.Max,
	"min": ops.Min}

// tupleBody combines each of several arrays by the operation of its name.
func tupleBody(names []string) func(a, b []*trace.Value) []*trace.Value {
	return func(a, b []*trace.Value) []*trace.Value {
		var y []*trace.Value
		for i, n := range names {
			y = append(y, bodies[n](a[i], b[i]))
		}
		return y
	}
}

// extreme is the largest (sign 1) or smallest (-1) number of dtype d.
func extreme(d ir.DType, sign int) ir.Lit {
	switch d.Kind() {
	case ir.KindBool:
		return ir.BoolLit(sign > 0)
	case ir.KindInt:
		return ir.IntLit(map[int]int64{1: math.MaxInt64, -1: math.MinInt64}[sign]>>(64-d.Bits()), d)
	case ir.KindUint:
		return ir.IntLit(map[int]int64{1: -1, -1: 0}[sign], d)
	}
	return ir.FloatLit(math.Inf(sign), d)
}

func (c windowCase) run(x []*trace.Value) []*trace.Value {
	p := c.P
	pad, dil := ops.PadWith(p.Padding...),
		ops.WindowOptions{BaseDilation: p.BaseDilation, WindowDilation: p.WindowDilation}
	window := func(op func(a, b *trace.Value) *trace.Value, identity ir.Lit) []*trace.Value {
		return []*trace.Value{ops.ReduceWindow(x[0], ops.ScalarLit(identity), op, p.Window, p.Strides, pad, dil)}
	}
	d := x[0].DType()
	n := len(x) / 2
	switch c.Op {
	case "conv_general_dilated":
		o := ops.ConvOptions{LHSDilation: p.LhsDilation, RHSDilation: p.RhsDilation, FeatureGroups: p.FeatureGroups,
			BatchGroups: p.BatchGroups,
			Dims:        ops.ConvDims{LHS: p.Dims[0], RHS: p.Dims[1], Out: p.Dims[2]}}
		if p.Preferred != "" {
			o.PreferredType, _ = ir.ParseDType(p.Preferred)
		}
		return []*trace.Value{ops.ConvGeneralDilated(x[0], x[1], p.Strides, pad, o)}
	case "reduce_window_sum":
		return window(ops.Add, ir.IntLit(0, d))
	case "reduce_window_max":
		return window(ops.Max, extreme(d, -1))
	case "reduce_window_min":
		return window(ops.Min, extreme(d, 1))
	case "reduce_window":
		if n == 1 {
			return []*trace.Value{ops.ReduceWindow(x[0], x[1], bodies[p.Body[0]], p.Window, p.Strides, pad, dil)}
		}
		return ops.ReduceWindows(x[:n], x[n:], tupleBody(p.Body), p.Window, p.Strides, pad, dil)
	case "reduce":
		return ops.Reduce(x[:n], x[n:], tupleBody(p.Body), p.Dimensions)
	case "select_and_gather_add":
		return []*trace.Value{ops.SelectAndGatherAdd(x[0], x[1], p.Select == "le", p.Window, p.Strides, pad, dil)}
	case "select_and_scatter_add":
		return []*trace.Value{ops.SelectAndScatterAdd(x[0], x[1], p.Select == "le", p.Window, p.Strides, pad)}
	case "fft":
		return []*trace.Value{
			ops.FFT(x[0],
				map[string]ops.FFTType{"FFT": ops.FFTForward, "IFFT": ops.FFTInverse, "RFFT": ops.FFTReal,
					"IRFFT": ops.FFTRealInverse}[p.FFT], p.FFTLengths)}
	case "bessel_i0e":
		return []*trace.Value{ops.BesselI0e(x[0])}
	case "bessel_i1e":
		return []*trace.Value{ops.BesselI1e(x[0])}
	case "igamma":
		return []*trace.Value{ops.Igamma(x[0], x[1])}
	case "igammac":
		return []*trace.Value{ops.Igammac(x[0], x[1])}
	case "regularized_incomplete_beta":
		return []*trace.Value{ops.BetaInc(x[0], x[1], x[2])}
	case "top_k":
		v, i := ops.TopK(x[0], p.K)
		return []*trace.Value{v, i}
	}
	return nil
}

func TestWindowsAgainstJAX(t *testing.T) {
	n := 0
	b, kinds := newBench(t), sample.Kinds{}
	err := jsonl.File(windowsFile, func(line []byte) error {
		n++
		var c windowCase
		if err := json.Unmarshal(line, &c); err != nil {
			return err
		}
		read := func(in []specialArray) (out []arr) {
			for _, v := range in {
				a, err := v.arr()
				if err != nil {
					t.Fatal(err)
				}
				out = append(out, a)
			}
			return out
		}
		x, want := read(c.X), read(c.Want)
		kind, _, _ := strings.Cut(c.ID, "_shape_")
		kind, _, _ = strings.Cut(kind, "_lhs_")
		f := program(t, func(x []*trace.Value) []*trace.Value {
			y := c.run(x)
			if y == nil {
				t.Fatalf("%s: %s is not known to the test", c.ID, c.Op)
			}
			return y
		}, avals(x))
		if !kinds.Add(kind, fmt.Sprint(c.Op, x[0].d.Kind(), x[0].d.Bits() < 32)) {
			return nil
		}
		got := b.queue(f, x)
		b.then(func() {
			for i, v := range got.out {
				if s := v.within(want[i], c.RTol, c.ATol); s != "" {
					t.Errorf("%s, output %d: %s", c.ID, i, s)
				}
			}
		})
		return nil
	})
	if err != nil || n < 60 {
		t.Errorf("read %d cases: %v", n, err)
	}
	b.run()
}

func TestWindowErrors(t *testing.T) {
	x, w := f64([]int{1, 2, 5}, 0).put(), f64([]int{3, 2, 2}, 0).put()
	id := ops.ScalarLit(ir.FloatLit(0, ir.Float64))
	fails.With(t, func() { ops.ConvGeneralDilated(x, f64([]int{3, 4, 2}, 0).put(), nil, ops.PadValid) },
		"ops.ConvGeneralDilated", "float64[3,4,2]", "feature axis 1 has size 2")
	fails.With(t, func() { ops.ConvGeneralDilated(x, w, []int{1, 1}, ops.PadValid) }, "strides", "1 spatial axes")
	fails.With(t, func() { ops.ConvGeneralDilated(x, w, nil, ops.PadSame, ops.ConvOptions{LHSDilation: []int{2}}) },
		"PadWith")
	fails.With(t, func() { ops.ConvGeneralDilated(x, w, nil, ops.PadValid, ops.ConvOptions{FeatureGroups: 2}) },
		"feature groups")
	fails.With(t, func() { ops.ConvGeneralDilated(x, vec(ir.Float32, 1).put(), nil, ops.PadValid) }, "as many axes")
	fails.With(t, func() { ops.ConvLayout("NCX", "OIX", "NCY") }, "spatial letters")
	fails.With(t, func() { ops.ReduceWindow(x, id, ops.Add, []int{2}, nil, ops.PadValid) }, "ops.ReduceWindow",
		"1 window sizes")
	fails.With(t, func() {
		ops.ReduceWindow(x, ops.ScalarLit(ir.IntLit(0, ir.Int32)), ops.Add, []int{1, 1, 2}, nil, ops.PadValid)
	}, "float64 scalar")
	fails.With(t, func() { ops.ReduceWindow(x, id, ops.Add, []int{1, 1, 2}, []int{1, 1, 0}, ops.PadValid) },
		"stride of axis 2 is 0")
}

func ExampleReduceWindowShape() {
	fmt.Println(ops.ReduceWindowShape([]int{5, 6}, []int{2, 2}, []int{2, 2}, ops.PadValid))
	// Output: [2 3]
}

func ExampleWindowPadding_Pairs() {
	fmt.Println(ops.PadSame.Pairs([]int{5, 6}, []int{3, 2}, []int{2, 1}))
	// Output: [[1 1] [0 1]]
}
