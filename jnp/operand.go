package jnp

import (
	"reflect"
	"slices"
	"strconv"

	"github.com/gojax/gojax/ir"
	"github.com/gojax/gojax/ops"
	"github.com/gojax/gojax/trace"
)

// Operand is what the binary functions take: an Array or a Go scalar. int, uint, float64, complex128 and bool are weakly
// typed, as Python's scalars are in JAX: they take the dtype of the other operand where its kind can hold them. The sized
// types have their own dtype: float32(2) is float32.
type Operand interface {
	Array | ~int | ~int8 | ~int16 | ~int32 | ~int64 |
		~uint | ~uint8 | ~uint16 | ~uint32 | ~uint64 |
		~float32 | ~float64 | ~complex64 | ~complex128 | ~bool
}

// lift is the Value of an argument of op: that of an Array; a literal for a Go scalar; an array on the device for a slice or
// array of Go values.
func lift(x any, op string) *trace.Value {
	v := wide(x, op)
	if l, ok := v.Lit(); ok {
		return literal(op, v, l.DType.Canonical(trace.X64()), l.Weak)
	}
	return v
}

// liftAs is lift for an argument that takes the type of like: a Go scalar becomes a literal of like's dtype wherever that
// can hold its kind, so that nothing needs converting on the device.
func liftAs(x any, like ir.Aval, op string) *trace.Value {
	v := wide(x, op)
	if l, ok := v.Lit(); ok {
		d, weak := promoteTypes(ir.Aval{DType: like.DType}, l.Aval())
		return literal(op, v, d, weak)
	}
	return v
}

// wide is lift without the cut to the default width: Go's scalars as they are, in 64 bits, since the dtype that they take is
// known only beside the other operand (3e9 fits uint32, 0.1 is rounded once). Only promote and convert may see these.
func wide(x any, op string) *trace.Value {
	switch x := x.(type) {
	case Array:
		return x.val(op)
	case int:
		return trace.FromLit(ir.IntLit(int64(x), ir.Int64).AsWeak())
	case float64:
		return trace.FromLit(ir.FloatLit(x, ir.Float64).AsWeak())
	case bool:
		return trace.FromLit(ir.BoolLit(x))
	case complex128:
		return trace.FromLit(ir.ComplexLit(x, ir.Complex128).AsWeak())
	case float32:
		return trace.FromLit(ir.FloatLit(float64(x), ir.Float32))
	case *trace.Value:
		return Wrap(x).val(op)
	}
	if l, ok := scalarLit(reflect.ValueOf(x)); ok {
		return trace.FromLit(l)
	}
	return nested(x, op)
}

// beside is wide for the second operand of a method: the usual Go scalars become literals of x's type at once.
func beside(x *trace.Value, y any, op string) *trace.Value {
	a := x.Aval()
	var l ir.Lit
	switch y := y.(type) {
	case Array:
		return y.val(op)
	case float64:
		if !a.DType.IsFloat() {
			return wide(y, op)
		}
		l = ir.FloatLit(y, a.DType)
	case int:
		if a.DType != ir.Float32 && a.DType != ir.Float64 && a.DType != ir.Int32 || int(int32(y)) != y {
			return wide(y, op)
		}
		l = ir.IntLit(int64(y), a.DType)
	default:
		return wide(y, op)
	}
	l.Weak = a.Weak
	return trace.FromLit(l)
}

// scalarLit is the literal of a Go scalar of any named type.
func scalarLit(r reflect.Value) (ir.Lit, bool) {
	if !r.IsValid() {
		return ir.Lit{}, false
	}
	t := r.Type()
	d, err := ir.DTypeOf(t)
	if err != nil {
		return ir.Lit{}, false
	}
	switch k := t.Kind(); {
	case d == ir.Float16 || d == ir.BFloat16:
		return ir.Lit{Lo: r.Uint(), DType: d}, true
	case k == reflect.Bool:
		return ir.BoolLit(r.Bool()), true
	case r.CanInt():
		l := ir.IntLit(r.Int(), d)
		l.Weak = k == reflect.Int
		return l, true
	case r.CanUint():
		l := ir.UintLit(r.Uint(), d)
		l.Weak = k == reflect.Uint
		return l, true
	case r.CanFloat():
		l := ir.FloatLit(r.Float(), d)
		l.Weak = k == reflect.Float64
		return l, true
	default:
		l := ir.ComplexLit(r.Complex(), d)
		l.Weak = k == reflect.Complex128
		return l, true
	}
}

// literal is the literal v as dtype d. A Go integer that d cannot hold is an error.
func literal(op string, v *trace.Value, d ir.DType, weak bool) *trace.Value {
	l, _ := v.Lit()
	if l.DType == d && l.Weak == weak {
		return v
	}
	if d.IsInteger() && l.DType.IsInteger() && !fits(l, d) {
		s := l.String()
		switch {
		case d == ir.Int32 && !trace.X64():
			trace.Fail(op, nil, "the Go integer %s does not fit int32, the widest signed integer while 64-bit types are off; turn them on (gojax.EnableX64, or gojax.WithX64 around this call), or write it as a float", s)
		case d == ir.Uint32 && !trace.X64():
			trace.Fail(op, nil, "the Go integer %s does not fit uint32, the widest unsigned integer while 64-bit types are off; turn them on (gojax.EnableX64, or gojax.WithX64 around this call), or write it as a float", s)
		default:
			trace.Fail(op, nil, "the Go integer %s does not fit %v, the dtype it takes beside the other operand; convert that first (x.AsType(jnp.Int32))", s, d)
		}
	}
	l = l.Convert(d)
	l.Weak = weak
	return trace.FromLit(l)
}

// fits reports whether integer dtype d can hold the integer literal l.
func fits(l ir.Lit, d ir.DType) bool {
	c := l.Convert(d)
	if l.DType.IsUnsigned() {
		return c.Lo == l.Lo && (d.IsUnsigned() || c.Int() >= 0)
	}
	return c.Int() == l.Int() && (d.IsSigned() || l.Int() >= 0)
}

// convert is v as dtype d with the weak flag: nothing where v has that type already, a new literal for a literal.
func convert(op string, v *trace.Value, d ir.DType, weak bool) *trace.Value {
	a := v.Aval()
	if a.DType == d && a.Weak == weak {
		return v
	}
	if _, ok := v.Lit(); ok {
		return literal(op, v, d, weak)
	}
	if a.DType == d && !trace.AnyTraced(v) {
		return v.WithWeak(weak)
	}
	return ops.ConvertWeak(v, d, weak)
}

// astype is v as dtype d, strongly typed. A complex v loses its imaginary part where d is real, as in NumPy; to bool it is
// v != 0.
func astype(v *trace.Value, d ir.DType) *trace.Value { return ops.Convert(v, d) }

// asInexact is v, or where it is bool or integer, v in the default float type; weakness stays.
func asInexact(v *trace.Value) *trace.Value {
	a := v.Aval()
	if a.DType.IsInexact() {
		return v
	}
	return convert("jnp", v, inexact(a.DType), a.Weak)
}

// promoteValues brings vs to their common type.
func promoteValues(op string, vs ...*trace.Value) []*trace.Value {
	d, weak := promote(trace.X64(vs...), trace.Avals(vs)...)
	out := make([]*trace.Value, len(vs))
	for i, v := range vs {
		out[i] = convert(op, v, d, weak)
	}
	return out
}

// promoteInexact is promoteValues to a floating-point type.
func promoteInexact(op string, vs ...*trace.Value) []*trace.Value {
	x64 := trace.X64(vs...)
	d, weak := promote(x64, trace.Avals(vs)...)
	d = inexact(d)
	out := make([]*trace.Value, len(vs))
	for i, v := range vs {
		out[i] = convert(op, v, d, weak)
	}
	return out
}

// flags say how binary treats its operands.
type flags uint8

const (
	toInexact flags = 1 << iota // promote to a floating-point type
	toNumeric                   // promote bool to the default int
	several                     // f is several lax operations: run eagerly as one program
)

// binary applies the lax function f to x and y brought to their common type and shape. Run eagerly it is one program, named
// op, whatever conversions and broadcasts it takes; where there are none it is f's own one-operation program.
func binary(op string, x, y *trace.Value, f func(x, y *trace.Value) *trace.Value) Array {
	return binaryAs(op, x, y, f, 0)
}

func binaryAs(op string, x, y *trace.Value, f func(x, y *trace.Value) *trace.Value, fl flags) Array {
	ax, ay := x.Aval(), y.Aval()
	x64 := trace.X64(x, y)
	if d := ax.DType; d == ay.DType && ax.Weak == ay.Weak && slices.Equal(ax.Shape, ay.Shape) && fl&several == 0 &&
		(x64 || d.Canonical(false) == d) && (fl&toInexact == 0 || d.IsInexact()) && (d != ir.Bool || fl&toNumeric == 0 && !ax.Weak) {
		return Wrap(f(x, y))
	}
	d, weak := promote(x64, ax, ay)
	if fl&toInexact != 0 {
		d = inexact(d)
	}
	if fl&toNumeric != 0 && d == ir.Bool {
		d = numeric(d)
	}
	shape := broadcastShapes2(op, ax.Shape, ay.Shape, []ir.Aval{ax, ay})
	if trace.AnyTraced(x, y) {
		return Wrap(f(broadcastTo(convert(op, x, d, weak), shape), broadcastTo(convert(op, y, d, weak), shape)))
	}
	x, y = cheap(op, x, d, weak), cheap(op, y, d, weak)
	if fl&several == 0 && typed(x, d, weak, shape) && typed(y, d, weak, shape) {
		return Wrap(f(x, y))
	}
	return Wrap(trace.Whole(op, nil, []*trace.Value{x, y}, func(in []*trace.Value) []*trace.Value {
		x := broadcastTo(convert(op, in[0], d, weak), shape)
		y := broadcastTo(convert(op, in[1], d, weak), shape)
		return []*trace.Value{f(x, y)}
	})[0])
}

// cheap does the part of convert that needs no device: literals, and weakness alone.
func cheap(op string, v *trace.Value, d ir.DType, weak bool) *trace.Value {
	if _, ok := v.Lit(); ok || v.DType() == d && !trace.AnyTraced(v) {
		return convert(op, v, d, weak)
	}
	return v
}

func typed(v *trace.Value, d ir.DType, weak bool, shape []int) bool {
	a := v.Aval()
	return a.DType == d && a.Weak == weak && slices.Equal(a.Shape, shape)
}

// unary applies f, one lax operation, to x.
func unary(op string, x Array, f func(*trace.Value) *trace.Value) Array { return Wrap(f(x.val(op))) }

// unaryInexact applies f, one lax operation, to x brought to a floating-point type.
func unaryInexact(op string, x Array, f func(*trace.Value) *trace.Value) Array {
	v := x.val(op)
	if v.DType().IsInexact() {
		return Wrap(f(v))
	}
	return whole1(op, nil, v, func(v *trace.Value) *trace.Value { return f(asInexact(v)) })
}

// whole1 is trace.Whole for one value in and one out.
func whole1(op string, params any, v *trace.Value, f func(*trace.Value) *trace.Value) Array {
	if trace.AnyTraced(v) {
		return Wrap(f(v))
	}
	return Wrap(trace.Whole(op, params, []*trace.Value{v}, func(in []*trace.Value) []*trace.Value {
		return []*trace.Value{f(in[0])}
	})[0])
}

// whole is trace.Whole for any number of values in and one out.
func whole(op string, params any, in []*trace.Value, f func(in []*trace.Value) *trace.Value) Array {
	return Wrap(trace.Whole(op, params, in, func(in []*trace.Value) []*trace.Value {
		return []*trace.Value{f(in)}
	})[0])
}

// broadcastShapes is NumPy's common shape: axes are aligned at the end, and lengths agree or are 1.
func broadcastShapes(op string, shapes ...[]int) []int { return broadcastShapesOf(op, nil, shapes...) }

// broadcastShapesOf is broadcastShapes whose error has the operands' types in.
func broadcastShapesOf(op string, in []ir.Aval, shapes ...[]int) []int {
	out := []int{}
	for i, s := range shapes {
		if i == 0 {
			out = s
			continue
		}
		out = broadcastShapes2(op, out, s, in)
	}
	return slices.Clone(out)
}

func broadcastShapes2(op string, a, b []int, in []ir.Aval) []int {
	if slices.Equal(a, b) {
		return a
	}
	n := max(len(a), len(b))
	out := make([]int, n)
	for i := range n {
		x, y := 1, 1
		if j := i - (n - len(a)); j >= 0 {
			x = a[j]
		}
		if j := i - (n - len(b)); j >= 0 {
			y = b[j]
		}
		switch {
		case x == y || y == 1:
			out[i] = x
		case x == 1:
			out[i] = y
		default:
			trace.Fail(op, in, "shapes %s and %s cannot be broadcast together: axis %d from the end has lengths %d and %d, which must be equal or one of them 1; reshape an operand (x.Reshape, jnp.ExpandDims) so that its axes line up",
				ir.ShapeString(a), ir.ShapeString(b), n-i, x, y)
		}
	}
	return out
}

// broadcastTo is v with the axes of shape, which must come from broadcastShapes or be checked by the caller.
func broadcastTo(v *trace.Value, shape []int) *trace.Value {
	s := v.Shape()
	if slices.Equal(s, shape) {
		return v
	}
	lead := len(shape) - len(s)
	// Axes of length 1 are dropped first, so that the operation maps each axis it has to one as long.
	keep, dims := make([]int, 0, len(s)), make([]int, 0, len(s))
	for i, n := range s {
		if n == shape[lead+i] {
			keep, dims = append(keep, n), append(dims, lead+i)
		}
	}
	if len(keep) != len(s) {
		v = ops.Reshape(v, keep)
	}
	if len(keep) == len(shape) {
		return v
	}
	return ops.BroadcastInDim(v, shape, dims)
}

// normAxis is axis counted from the front; in are the operands' types, for the message.
func normAxis(op string, axis, rank int, in ...ir.Aval) int {
	n := axis
	if n < 0 {
		n += rank
	}
	if n < 0 || n >= rank {
		if rank == 0 {
			trace.Fail(op, in, "axis %d: a scalar has no axes", axis)
		}
		trace.Fail(op, in, "axis %d is out of range for %s: want %d to %d", axis, axesText(rank), -rank, rank-1)
	}
	return n
}

func axesText(rank int) string {
	if rank == 1 {
		return "an array of 1 axis"
	}
	return "an array of " + itoa(rank) + " axes"
}

// normAxes is axes counted from the front, in the order given; naming an axis twice is an error.
func normAxes(op string, axes []int, rank int, in ...ir.Aval) []int {
	out := make([]int, len(axes))
	for i, a := range axes {
		out[i] = normAxis(op, a, rank, in...)
		if slices.Contains(out[:i], out[i]) {
			trace.Fail(op, in, "axis %d is named twice in %v", out[i], axes)
		}
	}
	return out
}

func itoa(n int) string { return strconv.Itoa(n) }
