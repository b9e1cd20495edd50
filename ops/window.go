package ops

import (
	"fmt"
	"slices"

	"github.com/gojax/gojax/ir"
	"github.com/gojax/gojax/trace"
)

// WindowPadding says how far a window may hang over an array's edges: PadValid (the zero value), PadSame, PadSameLower,
// or PadWith numbers for each axis. It is JAX's "VALID", "SAME", "SAME_LOWER" and list of pairs.
type WindowPadding struct {
	how   padHow
	pairs [][2]int
}

type padHow uint8

const (
	padValid padHow = iota
	padSame
	padSameLower
	padPairs
)

var (
	// PadValid takes only windows that lie wholly inside.
	PadValid = WindowPadding{}
	// PadSame gives as many windows along each axis as the array has elements, divided by the stride and rounded up.
	// What cannot be split evenly goes to the end.
	PadSame = WindowPadding{how: padSame}
	// PadSameLower is PadSame where that goes to the beginning.
	PadSameLower = WindowPadding{how: padSameLower}
)

// PadWith pads by a pair for each axis the window moves along: before the first and behind the last element. Negative
// numbers take elements away.
func PadWith(pairs ...[2]int) WindowPadding {
	return WindowPadding{how: padPairs, pairs: slices.Clone(pairs)}
}

// resolve is the padding in numbers, of windows of sizes (dilations counted in) moved by strides along axes of shape.
func (p WindowPadding) resolve(shape, sizes, strides []int) (low, high []int, err error) {
	n := len(shape)
	low, high = make([]int, n), make([]int, n)
	switch p.how {
	case padPairs:
		if len(p.pairs) != n {
			return nil, nil, fmt.Errorf("PadWith has %d pairs for %d axes that the window moves along", len(p.pairs), n)
		}
		for i, q := range p.pairs {
			low[i], high[i] = q[0], q[1]
		}
	case padSame, padSameLower:
		for i := range n {
			out := (shape[i] + strides[i] - 1) / strides[i]
			total := max((out-1)*strides[i]+sizes[i]-shape[i], 0)
			low[i] = total / 2
			if p.how == padSameLower {
				low[i] = total - total/2
			}
			high[i] = total - low[i]
		}
	}
	return low, high, nil
}

// Pairs is the padding in numbers, a pair for each axis that windows of the given sizes (dilations counted in) move
// along by strides (nil: 1), over an array of the given shape (lax.padtype_to_pads).
func (p WindowPadding) Pairs(shape, window, strides []int) [][2]int {
	const op = "WindowPadding.Pairs"
	strides = orOnes(strides, len(shape))
	if len(window) != len(shape) || len(strides) != len(shape) {
		trace.Fail(op, nil, "the window %v and the strides %v must have a number for each axis of the shape %v", window,
			strides, shape)
	}
	low, high, err := p.resolve(shape, window, strides)
	trace.Must(err, op, nil)
	out := make([][2]int, len(low))
	for i := range low {
		out[i] = [2]int{low[i], high[i]}
	}
	return out
}

// windowing is how a window moves over an array, with an entry for each axis.
type windowing struct {
	Sizes, Strides, Low, High    []int
	BaseDilation, WindowDilation []int
}

// WindowOptions are the dilations of ReduceWindow, one number for each axis; nil is 1 everywhere.
type WindowOptions struct {
	BaseDilation   []int // the array's elements lie this far apart
	WindowDilation []int // the window's elements lie this far apart
}

// dilated is n elements that lie d apart.
func dilated(n, d int) int {
	if n == 0 {
		return 0
	}
	return (n-1)*d + 1
}

// each applies f to the elements of two lists of one length.
func each(a, b []int, f func(a, b int) int) []int {
	out := make([]int, len(a))
	for i := range a {
		out[i] = f(a[i], b[i])
	}
	return out
}

// orOnes is a copy of x, n ones where it is nil.
func orOnes(x []int, n int) []int {
	if x == nil {
		return repeated(1, n)
	}
	return own(x)
}

// newWindowing makes the windowing of the user's arguments for an array of shape.
func newWindowing(op string, in []ir.Aval, shape, sizes, strides []int, p WindowPadding, o []WindowOptions) windowing {
	n := len(shape)
	if len(o) > 1 {
		trace.Fail(op, in, "takes one WindowOptions, not %d", len(o))
	}
	w := windowing{Sizes: own(sizes), Strides: orOnes(strides, n), BaseDilation: repeated(1, n),
		WindowDilation: repeated(1, n)}
	if len(o) == 1 {
		w.BaseDilation, w.WindowDilation = orOnes(o[0].BaseDilation, n), orOnes(o[0].WindowDilation, n)
	}
	trace.Must(w.check(shape), op, in)
	var err error
	w.Low, w.High, err = p.resolve(shape, each(w.Sizes, w.WindowDilation, dilated), w.Strides)
	trace.Must(err, op, in)
	return w
}

// maxWindow bounds the numbers of a window, so that sums and products of two of them can be counted.
const maxWindow = 1 << 31

// check says what is wrong with the numbers for an array of the given shape.
func (w windowing) check(shape []int) error {
	for _, l := range []struct {
		what  string
		v     []int
		least int
	}{
		{"window size", w.Sizes, 0}, {"stride", w.Strides, 1},
		{"base dilation", w.BaseDilation, 1}, {"window dilation", w.WindowDilation, 1},
		{"padding", w.Low, -maxWindow}, {"padding", w.High, -maxWindow},
	} {
		if len(l.v) != len(shape) && l.v != nil {
			return fmt.Errorf("there are %d %ss (%v) for %d axes", len(l.v), l.what, l.v, len(shape))
		}
		for i, n := range l.v {
			if n < l.least {
				return fmt.Errorf("the %s of axis %d is %d; it must be %d or more", l.what, i, n, l.least)
			}
			if n > maxWindow {
				return fmt.Errorf("the %s of axis %d is %d; it must be %d or less", l.what, i, n, maxWindow)
			}
		}
	}
	for i, d := range w.BaseDilation {
		if float64(shape[i])*float64(d) > 1<<61 {
			return fmt.Errorf("axis %d, of length %d, has more elements than can be counted when they lie %d apart", i,
				shape[i], d)
		}
	}
	return nil
}

// out is the shape of the windows' results over an array of shape.
func (w windowing) out(shape []int) []int {
	out := make([]int, len(shape))
	for i, n := range shape {
		room := dilated(n, w.BaseDilation[i]) + w.Low[i] + w.High[i] - dilated(w.Sizes[i], w.WindowDilation[i])
		if room >= 0 {
			out[i] = room/w.Strides[i] + 1
		}
	}
	return out
}

// attrs is the windowing as StableHLO's attributes.
func (w windowing) attrs(dilations bool) string {
	a := []string{"window_dimensions = " + i64s(w.Sizes), "window_strides = " + i64s(w.Strides),
		"padding = " + padPairsText(w.Low, w.High)}
	if dilations {
		a = append(a, "base_dilations = "+i64s(w.BaseDilation), "window_dilations = "+i64s(w.WindowDilation))
	}
	return attrs(a...)
}

// padPairsText is "dense<[[1, 0], [2, 2]]> : tensor<2x2xi64>".
func padPairsText(low, high []int) string {
	if len(low) == 0 {
		return "dense<> : tensor<0x2xi64>"
	}
	b := []byte("dense<[")
	for i := range low {
		if i > 0 {
			b = append(b, ", "...)
		}
		b = fmt.Appendf(b, "[%d, %d]", low[i], high[i])
	}
	return string(fmt.Appendf(b, "]> : tensor<%dx2xi64>", len(low)))
}

// spread writes the holes and the padding of dilated arrays x, of their fill, as Pad, which says why, and gives how the
// window moves over what comes of it.
func (w windowing) spread(e trace.Emitter, x, fill []trace.Operand) (windowing, []trace.Operand) {
	if allEqual(w.BaseDilation, 1) {
		return w, x
	}
	n := len(w.Sizes)
	h := windowing{w.Sizes, w.Strides, repeated(0, n), repeated(0, n), repeated(1, n), w.WindowDilation}
	y := make([]trace.Operand, len(x))
	for i, o := range x {
		y[i] = lowerFun(e, []trace.Operand{o, fill[i]}, func(v []*Value) []*Value {
			return []*Value{Pad(v[0], v[1], w.Low, w.High, w.holes())}
		})[0]
	}
	return h, y
}

// holes is how many elements lie between two of a dilated array, for each axis.
func (w windowing) holes() []int {
	return each(w.BaseDilation, w.BaseDilation, func(d, _ int) int { return d - 1 })
}

// batched is w with an axis that the window does not move along put in at d.
func (w windowing) batched(d int) windowing {
	return windowing{inserted(w.Sizes, d, 1), inserted(w.Strides, d, 1), inserted(w.Low, d, 0), inserted(w.High, d, 0),
		inserted(w.BaseDilation, d, 1), inserted(w.WindowDilation, d, 1)}
}

// backward is how the cotangents of the windows' results, spread apart by the strides, are padded so that the same
// window, its elements turned around, gives the cotangents of the array of the given shape.
func (w windowing) backward(shape []int) (low, high []int) {
	low, high = make([]int, len(shape)), make([]int, len(shape))
	out := w.out(shape)
	for i, n := range shape {
		size := dilated(w.Sizes[i], w.WindowDilation[i])
		low[i] = size - 1 - w.Low[i]
		high[i] = dilated(n, w.BaseDilation[i]) + size - 1 - dilated(out[i], w.Strides[i]) - low[i]
	}
	return low, high
}

// maxCells bounds how many slices cells makes.
const maxCells = 1 << 14

// cells lists the elements of every window along a new last axis: slices of x, padded and spread apart with fill, one
// for each place in the window.
func (w windowing) cells(x *Value, fill ir.Lit) *Value {
	r := x.Rank()
	out := w.out(x.Shape())
	if n := ir.SizeOf(w.Sizes); n == 0 || ir.SizeOf(out) == 0 {
		return Full(append(own(out), n), fill)
	} else if n < 0 || n > maxCells {
		trace.Fail("reduce_window", []ir.Aval{x.Aval()},
			"this needs a slice for each place in the window %v, of which there are more than %d; reduce in steps",
			w.Sizes, maxCells)
	}
	// Negative padding cuts elements away that the dilation put in as well; pad does the same.
	p := Pad(x, ScalarLit(fill), w.Low, w.High, w.holes())
	var parts []*Value
	at := make([]int, r)
	for {
		start := each(at, w.WindowDilation, func(a, d int) int { return a * d })
		limit := make([]int, r)
		for i := range limit {
			limit[i] = start[i] + (out[i]-1)*w.Strides[i] + 1
		}
		parts = append(parts, ExpandDims(Slice(p, start, limit, w.Strides), []int{r}))
		i := r - 1
		for ; i >= 0; i-- {
			if at[i]++; at[i] < w.Sizes[i] {
				break
			}
			at[i] = 0
		}
		if i < 0 {
			return Concatenate(parts, r)
		}
	}
}

// ReduceWindowShape is the shape of ReduceWindow's result for an array of the given shape
// (lax.reduce_window_shape_tuple).
func ReduceWindowShape(x, window, strides []int, padding WindowPadding, options ...WindowOptions) []int {
	return resultShape(func(v []*Value) *Value {
		return ReduceWindow(v[0], ScalarLit(ir.FloatLit(0, ir.Float32)), Add, window, strides, padding, options...)
	}, x)
}

// resultShape is the shape of what f makes of float32 arrays of the given shapes, which is recorded and not run.
func resultShape(f func(v []*Value) *Value, shapes ...[]int) []int {
	in := make([]ir.Aval, len(shapes))
	for i, s := range shapes {
		in[i] = ir.Aval{Shape: own(s), DType: ir.Float32}
	}
	p, _ := trace.Trace("a result's shape", in, func(v []*Value) []*Value { return []*Value{f(v)} })
	return slices.Clone(p.OutTypes()[0].Shape)
}
