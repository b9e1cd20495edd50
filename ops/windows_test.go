package ops_test

import (
	"encoding/json"
	"fmt"
	"math"
	"slices"
	"strings"
	"testing"

	"github.com/gojax/gojax/ir"
	"github.com/gojax/gojax/ops"
	"github.com/gojax/gojax/tests/jsonl"
	"github.com/gojax/gojax/trace"
)

// testdata/windows.jsonl.gz holds single equations of JAX 0.10.2's own harness of primitives: their operands, their parameters under
// JAX's names, and what JAX makes of them on a CPU.
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

var bodies = map[string]func(a, b *trace.Value) *trace.Value{"add": ops.Add, "mul": ops.Mul, "max": ops.Max, "min": ops.Min}

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

func (c windowCase) run(x []*trace.Value) []*trace.Value {
	p := c.P
	pad, dil := ops.PadWith(p.Padding...), ops.WindowOptions{BaseDilation: p.BaseDilation, WindowDilation: p.WindowDilation}
	window := func(op func(a, b *trace.Value) *trace.Value, identity ir.Lit) []*trace.Value {
		return []*trace.Value{ops.ReduceWindow(x[0], ops.ScalarLit(identity), op, p.Window, p.Strides, pad, dil)}
	}
	d := x[0].DType()
	extreme := func(sign int) ir.Lit {
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
	n := len(x) / 2
	switch c.Op {
	case "conv_general_dilated":
		o := ops.ConvOptions{LhsDilation: p.LhsDilation, RhsDilation: p.RhsDilation, FeatureGroups: p.FeatureGroups, BatchGroups: p.BatchGroups,
			Dims: ops.ConvDims{Lhs: p.Dims[0], Rhs: p.Dims[1], Out: p.Dims[2]}}
		if p.Preferred != "" {
			o.PreferredType, _ = ir.ParseDType(p.Preferred)
		}
		return []*trace.Value{ops.ConvGeneralDilated(x[0], x[1], p.Strides, pad, o)}
	case "reduce_window_sum":
		return window(ops.Add, ir.IntLit(0, d))
	case "reduce_window_max":
		return window(ops.Max, extreme(-1))
	case "reduce_window_min":
		return window(ops.Min, extreme(1))
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
		return []*trace.Value{ops.FFT(x[0], map[string]ops.FFTType{"FFT": ops.FFTForward, "IFFT": ops.FFTInverse, "RFFT": ops.FFTReal, "IRFFT": ops.FFTRealInverse}[p.FFT], p.FFTLengths)}
	case "bessel_i0e":
		return []*trace.Value{ops.BesselI0e(x[0])}
	case "bessel_i1e":
		return []*trace.Value{ops.BesselI1e(x[0])}
	case "igamma":
		return []*trace.Value{ops.Igamma(x[0], x[1])}
	case "igammac":
		return []*trace.Value{ops.Igammac(x[0], x[1])}
	case "regularized_incomplete_beta":
		return []*trace.Value{ops.Betainc(x[0], x[1], x[2])}
	case "top_k":
		v, i := ops.TopK(x[0], p.K)
		return []*trace.Value{v, i}
	}
	return nil
}

func TestWindowsAgainstJAX(t *testing.T) {
	n := 0
	err := jsonl.File(windowsFile, func(line []byte) error {
		n++
		var c windowCase
		if err := json.Unmarshal(line, &c); err != nil {
			return err
		}
		t.Run(strings.ReplaceAll(c.ID, "/", ":"), func(t *testing.T) {
			t.Parallel()
			read := func(in []specialArray) (out []*trace.Value, host []arr) {
				for _, v := range in {
					a, err := v.arr()
					if err != nil {
						t.Fatal(err)
					}
					host = append(host, a)
					out = append(out, a.put())
				}
				return out, host
			}
			x, _ := read(c.X)
			_, want := read(c.Want)
			y := c.run(x)
			if y == nil {
				t.Fatalf("%s is not known to the test", c.Op)
			}
			for i, v := range y {
				if s := get(v).within(want[i], c.RTol, c.ATol); s != "" {
					t.Errorf("output %d: %s", i, s)
				}
			}
		})
		return nil
	})
	if err != nil || n < 60 {
		t.Errorf("read %d cases: %v", n, err)
	}
}

// within reports how a differs from want by more than a relative and an absolute tolerance, "" if it does not.
func (a arr) within(want arr, rtol, atol float64) string {
	if a.d != want.d || !slices.Equal(a.shape, want.shape) {
		return fmt.Sprintf("got %v%s, want %v%s", a.d, ir.ShapeString(a.shape), want.d, ir.ShapeString(want.shape))
	}
	ok := func(x, y float64) bool {
		return x == y || x != x && y != y || !math.IsInf(y, 0) && math.Abs(x-y) <= atol+rtol*math.Abs(y)
	}
	for i, l := range a.e {
		x, y := l.Complex(), want.e[i].Complex()
		if !ok(real(x), real(y)) || !ok(imag(x), imag(y)) {
			return fmt.Sprintf("element %d is %v, want %v", i, l, want.e[i])
		}
	}
	return ""
}

func f64(shape []int, start float64) arr {
	a := ramp(ir.Float64, 0, 0, shape...)
	for i := range a.e {
		a.e[i] = ir.FloatLit(math.Sin(start+1.7*float64(i))+0.1*math.Cos(11*float64(i)), ir.Float64)
	}
	return a
}

func c128(shape []int, start float64) arr {
	re, im := f64(shape, start), f64(shape, start+0.3)
	out := arr{d: ir.Complex128, shape: shape}
	for i := range re.e {
		out.e = append(out.e, ir.ComplexLit(complex(re.e[i].Float(), im.e[i].Float()), ir.Complex128))
	}
	return out
}

var convRows = []struct {
	name string
	x, w []int
	s    []int
	pad  ops.WindowPadding
	o    ops.ConvOptions
}{
	{name: "1d", x: []int{2, 2, 5}, w: []int{3, 2, 2}, s: []int{2}},
	{name: "same", x: []int{1, 1, 5, 4}, w: []int{2, 1, 2, 3}, s: []int{2, 1}, pad: ops.PadSame},
	{name: "sameLower", x: []int{1, 1, 5, 4}, w: []int{2, 1, 2, 3}, pad: ops.PadSameLower},
	{name: "dilated", x: []int{1, 2, 5}, w: []int{3, 2, 2}, pad: ops.PadWith([2]int{2, 1}), o: ops.ConvOptions{LhsDilation: []int{2}, RhsDilation: []int{2}}},
	{name: "cropped", x: []int{1, 2, 6}, w: []int{3, 2, 2}, s: []int{2}, pad: ops.PadWith([2]int{-1, -1})},
	{name: "layout", x: []int{2, 4, 3, 2}, w: []int{2, 2, 2, 3}, o: ops.ConvOptions{Dims: ops.ConvLayout("NHWC", "HWIO", "NHWC")}},
	{name: "groups", x: []int{1, 4, 4}, w: []int{6, 2, 2}, o: ops.ConvOptions{FeatureGroups: 2}},
	{name: "depthwise", x: []int{2, 3, 4}, w: []int{6, 1, 3}, s: []int{2}, pad: ops.PadSame, o: ops.ConvOptions{FeatureGroups: 3}},
	{name: "batchGroups", x: []int{4, 2, 4}, w: []int{6, 2, 2}, o: ops.ConvOptions{BatchGroups: 2}},
	{name: "batchGroupsLayout", x: []int{3, 4, 2}, w: []int{2, 6, 2}, o: ops.ConvOptions{BatchGroups: 2, Dims: ops.ConvLayout("WNC", "IOW", "CWN")}},
	{name: "no space", x: []int{2, 3}, w: []int{4, 3}},
	{name: "nothing left", x: []int{1, 1, 2}, w: []int{1, 1, 3}},
}

func TestConvRules(t *testing.T) {
	for _, r := range convRows {
		t.Run(r.name, func(t *testing.T) {
			t.Parallel()
			f := f2(func(x, w *trace.Value) *trace.Value { return ops.ConvGeneralDilated(x, w, r.s, r.pad, r.o) })
			in := []arr{f64(r.x, 0), f64(r.w, 1)}
			runBoth(t, f, in)
			// Not by checkVmap: all axes of both operands, of every row, are minutes of compiling.
			p, last := program(t, f, avals(in)), len(r.x)
			for _, axes := range [][]int{{0, trace.NotMapped}, {last, trace.NotMapped}, {trace.NotMapped, 0}, {trace.NotMapped, 1}, {0, 0}, {1, last}} {
				checkVmapAt(t, p, f, in, axes, 2)
			}
			checkVmapAt(t, p, f, in, []int{0, 0}, 0)
			checkJVP(t, f, in)
			checkTranspose(t, f, in, 0)
			checkTranspose(t, f, in, 1)
		})
	}
	f := f2(func(x, w *trace.Value) *trace.Value { return ops.ConvGeneralDilated(x, w, nil, ops.PadValid) })
	in := []arr{c128([]int{1, 2, 4}, 0), c128([]int{1, 2, 2}, 1)}
	y := runBoth(t, f, in)[0]
	var want complex128
	for i, k := range [][2]int{{0, 0}, {1, 1}, {4, 2}, {5, 3}} {
		_ = i
		want += in[0].e[k[0]].Complex() * in[1].e[k[1]].Complex()
	}
	if d := y.e[0].Complex() - want; math.Abs(real(d))+math.Abs(imag(d)) > 1e-12 {
		t.Errorf("a complex convolution begins with %v, want %v", y.e[0], want)
	}
	checkJVP(t, f, in)
	checkTranspose(t, f, in, 0)
	checkTranspose(t, f, in, 1)
}

func TestWindowRules(t *testing.T) {
	id := func(v float64) *trace.Value { return ops.ScalarLit(ir.FloatLit(v, ir.Float64)) }
	type op = func(a, b *trace.Value) *trace.Value
	either := func(a, b *trace.Value) *trace.Value { return ops.Sub(ops.Add(a, b), ops.Mul(a, b)) } // 1-(1-a)(1-b)
	for _, r := range []struct {
		name   string
		op     op
		init   float64
		linear bool
	}{{"add", ops.Add, 0, true}, {"add 2", ops.Add, 2, false}, {"mul", ops.Mul, 1, false}, {"max", ops.Max, math.Inf(-1), false}, {"min", ops.Min, math.Inf(1), false}, {"general", either, 0, false}} {
		for _, w := range []struct {
			name    string
			x, w, s []int
			pad     ops.WindowPadding
			dil     ops.WindowOptions
		}{
			{name: "2x2", x: []int{4, 4}, w: []int{2, 2}},
			{name: "same", x: []int{4, 5}, w: []int{2, 3}, s: []int{2, 2}, pad: ops.PadSame},
			{name: "padded", x: []int{5}, w: []int{3}, s: []int{2}, pad: ops.PadWith([2]int{2, -1})},
			{name: "dilated", x: []int{5}, w: []int{2}, dil: ops.WindowOptions{BaseDilation: []int{2}, WindowDilation: []int{3}}},
			{name: "none", x: []int{2}, w: []int{3}},
		} {
			t.Run(r.name+" "+w.name, func(t *testing.T) {
				t.Parallel()
				f := f1(func(x *trace.Value) *trace.Value {
					return ops.ReduceWindow(x, id(r.init), r.op, w.w, w.s, w.pad, w.dil)
				})
				in := []arr{f64(w.x, 0.5)}
				runBoth(t, f, in)
				if r.linear || w.name == "same" { // the others are mapped alike
					checkVmap(t, f, in)
				}
				if r.name == "general" {
					checkNestedJVP(t, f, in)
				} else {
					checkJVP(t, f, in)
				}
				if r.linear {
					checkTranspose(t, f, in, 0)
				}
			})
		}
	}
	// Both ways of choosing.
	x := f64([]int{4, 5}, 0)
	for _, least := range []bool{false, true} {
		g := f2(func(g, x *trace.Value) *trace.Value {
			return ops.SelectAndGatherAdd(g, x, least, []int{2, 3}, []int{2, 1}, ops.PadSame)
		})
		s := f2(func(s, x *trace.Value) *trace.Value {
			return ops.SelectAndScatterAdd(s, x, least, []int{2, 3}, []int{2, 1}, ops.PadSame)
		})
		for _, c := range []struct {
			f  fn
			in []arr
		}{{g, []arr{f64([]int{4, 5}, 2), x}}, {s, []arr{f64([]int{2, 5}, 2), x}}} {
			runBoth(t, c.f, c.in)
			checkVmap(t, c.f, c.in)
			checkJVP(t, c.f, c.in)
			checkTranspose(t, c.f, c.in, 0)
		}
	}
}

// checkNestedJVP is checkJVP for one array and functions that hold programs.
func checkNestedJVP(t *testing.T, f fn, in []arr) {
	t.Helper()
	const h = 1e-6
	p := program(t, f, avals(in))
	dir := in[0].direction()
	y, yt := applyJVP(p, putAll(in), []*trace.Value{dir.put()})
	moved := func(s float64) arr {
		x := arr{d: in[0].d, shape: in[0].shape}
		for k, l := range in[0].e {
			x.e = append(x.e, ir.FloatLit(l.Float()+s*h*dir.e[k].Float(), x.d))
		}
		return get(f(putAll([]arr{x}))[0])
	}
	up, down := moved(1), moved(-1)
	want := arr{d: up.d, shape: up.shape}
	for n, u := range up.e {
		want.e = append(want.e, ir.FloatLit((u.Float()-down.e[n].Float())/(2*h), want.d))
	}
	if s := get(y[0]).closeTo(get(f(putAll(in))[0]), 1e-12); s != "" {
		t.Error(s)
	}
	if yt[0] == nil {
		yt[0] = ops.ZerosLike(y[0])
	}
	if s := get(yt[0]).closeTo(want, 1e-5); s != "" {
		t.Errorf("the JVP differs from central differences: %s", s)
	}
}

func TestReduceJVP(t *testing.T) {
	zero := ops.ScalarLit(ir.FloatLit(0, ir.Float64))
	f := func(x []*trace.Value) []*trace.Value {
		return ops.Reduce(x, []*trace.Value{zero}, func(a, b []*trace.Value) []*trace.Value {
			return []*trace.Value{ops.Sub(ops.Add(a[0], b[0]), ops.Mul(a[0], b[0]))} // 1-(1-a)(1-b)
		}, []int{0, 2})
	}
	in := []arr{f64([]int{3, 2, 3}, 0)}
	g := f1(func(x *trace.Value) *trace.Value {
		return ops.Add(f([]*trace.Value{ops.Sin(x)})[0], ops.ReduceSum(x, []int{0, 2}))
	})
	checkNestedJVP(t, g, in)
}

func TestFFTRules(t *testing.T) {
	for _, r := range []struct {
		name string
		k    ops.FFTType
		n    []int
		in   arr
	}{
		{"fft", ops.FFTForward, []int{5}, c128([]int{2, 5}, 0)},
		{"ifft", ops.FFTInverse, []int{4}, c128([]int{4}, 0)},
		{"rfft even", ops.FFTReal, []int{4}, f64([]int{2, 4}, 0)},
		{"rfft odd", ops.FFTReal, []int{5}, f64([]int{5}, 0)},
		{"irfft even", ops.FFTRealInverse, []int{6}, c128([]int{2, 4}, 0)},
		{"irfft odd", ops.FFTRealInverse, []int{5}, c128([]int{3}, 0)},
		{"irfft one", ops.FFTRealInverse, []int{1}, c128([]int{1}, 0)},
		{"fft2", ops.FFTForward, []int{2, 3}, c128([]int{2, 2, 3}, 0)},
		{"rfft2", ops.FFTReal, []int{3, 4}, f64([]int{3, 4}, 0)},
		{"irfft3", ops.FFTRealInverse, []int{2, 2, 4}, c128([]int{2, 2, 3}, 0)},
		{"empty", ops.FFTForward, []int{3}, c128([]int{0, 3}, 0)},
	} {
		t.Run(r.name, func(t *testing.T) {
			t.Parallel()
			f := f1(func(x *trace.Value) *trace.Value { return ops.FFT(x, r.k, r.n) })
			in := []arr{r.in}
			runBoth(t, f, in)
			checkVmap(t, f, in)
			checkJVP(t, f, in)
			if !strings.HasPrefix(r.name, "irfft") { // these take the redundant imaginary parts as 0
				checkTranspose(t, f, in, 0)
			}
		})
	}
	y := get(ops.FFT(cplx(ir.Complex128, 1, 2i, -1, 0.5).put(), ops.FFTForward, []int{4}))
	if s := y.closeTo(cplx(ir.Complex128, 0.5+2i, 4+0.5i, -0.5-2i, 0-0.5i), 1e-12); s != "" {
		t.Error(s)
	}
	wantFail(t, func() { ops.FFT(vec(ir.Float64, 1, 2).put(), ops.FFTForward, []int{2}) }, "fft", "complex", "float64[2]")
	wantFail(t, func() { ops.FFT(vec(ir.Float64, 1, 2).put(), ops.FFTReal, []int{3}) }, "RFFT of lengths [3]")
}

func TestTopK(t *testing.T) {
	f := func(x []*trace.Value) []*trace.Value {
		v, i := ops.TopK(x[0], 2)
		return []*trace.Value{v, i}
	}
	for _, a := range []arr{f64([]int{2, 5}, 0), vec(ir.Float64, 3, math.NaN(), 3, 1), vec(ir.Int32, 5, 7, 7, -1), vec(ir.Bool, 0, 1, 0, 1)} {
		y := runBoth(t, f, []arr{a})
		if a.d != ir.Float64 || len(a.shape) == 2 {
			checkVmap(t, f, []arr{a})
		}
		n := a.shape[len(a.shape)-1]
		for k, l := range y[1].e {
			if row := k / 2; y[0].e[k].Lo != a.e[row*n+int(l.Int())].Lo {
				t.Errorf("of %v: %v is not at %v", a, y[0].e[k], l)
			}
		}
	}
	if y := getAll(f(putAll([]arr{vec(ir.Float64, 3, math.NaN(), 3, 1)}))); fmt.Sprint(y[1].e) != "[1 0]" {
		t.Errorf("NaN and the first of equal ones first: got the positions %v", y[1].e)
	}
	checkJVP(t, func(x []*trace.Value) []*trace.Value { return f(x)[:1] }, []arr{f64([]int{2, 5}, 0)})
	wantFail(t, func() { ops.TopK(vec(ir.Float64, 1, 2).put(), 3) }, "top_k", "k is 3", "2 elements")
}

func TestWindowErrors(t *testing.T) {
	x, w := f64([]int{1, 2, 5}, 0).put(), f64([]int{3, 2, 2}, 0).put()
	id := ops.ScalarLit(ir.FloatLit(0, ir.Float64))
	wantFail(t, func() { ops.ConvGeneralDilated(x, f64([]int{3, 4, 2}, 0).put(), nil, ops.PadValid) }, "conv_general_dilated", "float64[3,4,2]", "feature axis 1 has size 2")
	wantFail(t, func() { ops.ConvGeneralDilated(x, w, []int{1, 1}, ops.PadValid) }, "strides", "1 spatial axes")
	wantFail(t, func() { ops.ConvGeneralDilated(x, w, nil, ops.PadSame, ops.ConvOptions{LhsDilation: []int{2}}) }, "PadWith")
	wantFail(t, func() { ops.ConvGeneralDilated(x, w, nil, ops.PadValid, ops.ConvOptions{FeatureGroups: 2}) }, "feature groups")
	wantFail(t, func() { ops.ConvGeneralDilated(x, vec(ir.Float32, 1).put(), nil, ops.PadValid) }, "as many axes")
	wantFail(t, func() { ops.ConvLayout("NCX", "OIX", "NCY") }, "spatial letters")
	wantFail(t, func() { ops.ReduceWindow(x, id, ops.Add, []int{2}, nil, ops.PadValid) }, "reduce_window", "1 window sizes")
	wantFail(t, func() {
		ops.ReduceWindow(x, ops.ScalarLit(ir.IntLit(0, ir.Int32)), ops.Add, []int{1, 1, 2}, nil, ops.PadValid)
	}, "float64 scalar")
	wantFail(t, func() { ops.ReduceWindow(x, id, ops.Add, []int{1, 1, 2}, []int{1, 1, 0}, ops.PadValid) }, "stride of axis 2 is 0")
}

// besselSeries is exp(-|x|) times the power series of the modified Bessel function of order n.
func besselSeries(n int) func(x float64) float64 {
	return func(x float64) float64 {
		term := 1.0
		for k := 1; k <= n; k++ {
			term *= x / 2 / float64(k)
		}
		sum := 0.0
		for k := 1; k < 200; k++ {
			sum += term
			term *= x / 2 * x / 2 / float64(k) / float64(k+n)
		}
		return sum * math.Exp(-math.Abs(x))
	}
}

func TestBessel(t *testing.T) {
	for n, f := range []func(x *trace.Value) *trace.Value{ops.BesselI0e, ops.BesselI1e} {
		a := vec(ir.Float64, 0, 0.3, -1, 2.5, 7.9, 8.1, -15, 30)
		want := a.map1(a.d, func(x complex128) complex128 { return complex(besselSeries(n)(real(x)), 0) })
		if s := runBoth(t, f1(f), []arr{a})[0].closeTo(want, 1e-14); s != "" {
			t.Errorf("order %d: %s", n, s)
		}
		in := []arr{vec(ir.Float64, 0.3, -1, 2.5, 8.1, -15)}
		checkVmap(t, f1(f), in)
		checkJVP(t, f1(f), in)
	}
	at0 := []arr{vec(ir.Float64, 0)}
	_, yt := jvpOf(t, program(t, f1(ops.BesselI1e), avals(at0)), putAll(at0), []*trace.Value{vec(ir.Float64, 1).put()})
	if s := get(yt[0]).closeTo(vec(ir.Float64, 0.5), 0); s != "" {
		t.Errorf("the derivative of I1 at 0: %s", s)
	}
}

func TestBetainc(t *testing.T) {
	f := f3(ops.Betainc)
	// Against the binomial sum, for whole a and b.
	for _, p := range [][2]int{{1, 1}, {2, 5}, {7, 3}, {20, 30}} {
		for _, x := range []float64{0, 0.1, 0.5, 0.83, 1} {
			n := p[0] + p[1] - 1
			want := 0.0
			for j := p[0]; j <= n; j++ {
				choose := math.Round(math.Gamma(float64(n+1)) / math.Gamma(float64(j+1)) / math.Gamma(float64(n-j+1)))
				want += choose * math.Pow(x, float64(j)) * math.Pow(1-x, float64(n-j))
			}
			got := get(f(putAll([]arr{vec(ir.Float64, float64(p[0])), vec(ir.Float64, float64(p[1])), vec(ir.Float64, x)}))[0])
			if s := got.closeTo(vec(ir.Float64, want), 1e-11); s != "" {
				t.Errorf("I_%v(%d, %d): %s", x, p[0], p[1], s)
			}
		}
	}
	in := []arr{vec(ir.Float64, 0.5, 2, 3), vec(ir.Float64, 1.5, 0.7, 40), vec(ir.Float64, 0.3, 0.9, 0.05)}
	runBoth(t, f, in)
	checkVmap(t, f, in)
	g := f1(func(x *trace.Value) *trace.Value {
		three := ops.FullLike(x, 3)
		return ops.Betainc(three, ops.FullLike(x, 1.25), x)
	})
	checkJVP(t, g, []arr{vec(ir.Float64, 0.2, 0.5, 0.9)})
	wantFail(t, func() {
		jvpOf(t, program(t, f, avals(in)), putAll(in), []*trace.Value{in[0].put(), nil, nil})
	}, "regularized_incomplete_beta", "no derivative in its first two operands")
}
