package jnp

import (
	"math"
	"reflect"
	"slices"

	"github.com/gojax/gojax/internal/kit"
	"github.com/gojax/gojax/ir"
	"github.com/gojax/gojax/ops"
	"github.com/gojax/gojax/trace"
	"github.com/gojax/gojax/transforms/jit"
)

// Creation makes arrays with a dtype or on a device of choice: jnp.Creation{DType: jnp.Int32}.Zeros(3, 4). The zero
// value does what the functions of the same names do.
type Creation struct {
	DType  DType   // Invalid: the function's default
	Device *Device // nil: the default device
	Shape  []int   // of ZerosLike, OnesLike, EmptyLike and FullLike: nil is the array's own
	NDMin  int     // of AsArray: the least number of axes, reached by new ones of length 1 at the front
}

// hostLimit is the size in bytes up to which arrays known in advance are filled on the host and copied, instead of
// compiling a program for their shape.
const hostLimit = 1 << 20

func (c Creation) dtype(op string, otherwise ir.DType) ir.DType {
	if c.DType == ir.Invalid {
		return otherwise
	}
	return kit.AskedDType(op, c.DType)
}

// Zeros is an array of zeros, float32 by default (NumPy zeros); without lengths, a scalar.
//
// Options: Creation (DType, Device).
func Zeros(shape ...int) Array { return Creation{}.Zeros(shape...) }

// Zeros is an array of zeros.
func (c Creation) Zeros(shape ...int) Array { return c.filled("jnp.Zeros", shape, 0) }

// Ones is an array of ones, float32 by default (NumPy ones).
//
// Options: Creation (DType, Device).
func Ones(shape ...int) Array { return Creation{}.Ones(shape...) }

// Ones is an array of ones.
func (c Creation) Ones(shape ...int) Array { return c.filled("jnp.Ones", shape, 1) }

// Empty is Zeros: arrays cannot be written to, so there is nothing to leave unset (NumPy empty).
//
// Options: Creation (DType, Device).
func Empty(shape ...int) Array { return Creation{}.Empty(shape...) }

// Empty is Zeros.
func (c Creation) Empty(shape ...int) Array { return c.filled("jnp.Empty", shape, 0) }

func (c Creation) filled(op string, shape []int, v int64) Array {
	l := ir.IntLit(v, c.dtype(op, kit.DefaultFloat()))
	return c.splat(op, trace.CheckShape(op, shape, l.DType), l)
}

// splat is an array filled with l.
func (c Creation) splat(op string, shape []int, l ir.Lit) Array {
	t := ir.Aval{Shape: shape, DType: l.DType, Weak: l.Weak}
	if trace.Current() != nil {
		return onDevice(op, Wrap(ops.Full(shape, l)), c.Device)
	}
	n := t.Bytes()
	if n <= hostLimit {
		b := make([]byte, n)
		if l.Lo|l.Hi != 0 && n > 0 {
			k := copy(b, l.AppendBytes(nil))
			for k < n { // doubling
				k += copy(b[k:], b[:k])
			}
		}
		return onDevice(op, Wrap(trace.TheRuntime().FromHost(b, t)), c.Device)
	}
	v := trace.FromLit(l)
	if c.Device != nil {
		v = Wrap(v).ToDevice(c.Device).v // the program runs where its operand is
	}
	return whole1("jnp.Full", shape, v, func(v *value) *value { return ops.BroadcastInDim(v, shape, []int{}) })
}

// Full is an array of v everywhere (NumPy full). v is a Go scalar or an Array that broadcasts to shape; its dtype is
// the array's: an int gives int32 (int64 with 64-bit types on), a float64 float32 (float64).
//
// Options: Creation (DType, Device).
func Full[V Operand](shape []int, v V) Array { return Creation{}.Full(shape, v) }

// Full is an array of v everywhere, of dtype c.DType where that is set.
func (c Creation) Full(shape []int, v any) Array {
	return c.full("jnp.Full", shape, lift("jnp.Full", v))
}

func (c Creation) full(op string, shape []int, v *value) Array {
	if l, ok := v.Lit(); ok {
		d, weak := l.DType.Canonical(trace.X64()), l.Weak
		if c.DType != ir.Invalid {
			d, weak = kit.AskedDType(op, c.DType), false
		}
		l, ok := castLit(op, v, d, weak).Lit()
		if ok {
			return c.splat(op, trace.CheckShape(op, shape, d), l)
		}
	}
	d, weak := v.DType(), v.Aval().Weak && v.Rank() == 0
	if c.DType != ir.Invalid {
		d, weak = kit.AskedDType(op, c.DType), false
	}
	shape = trace.CheckShape(op, shape, d)
	mustBroadcast(op, v, shape)
	type params struct {
		Shape []int
		DType ir.DType
	}
	return onDevice(op, whole1(op, params{shape, d}, v, func(v *value) *value {
		return kit.BroadcastTo(ops.ConvertWeak(v, d, weak), shape)
	}), c.Device)
}

// castLit is the literal v as dtype d where the user asked for d: integers must fit, floats are cut.
func castLit(op string, v *value, d ir.DType, weak bool) *value {
	l, _ := v.Lit()
	if l.DType.IsComplex() && !d.IsComplex() && d != ir.Bool && l.Complex() != complex(l.Float(), 0) {
		trace.Fail(op, nil, "the complex number %v cannot become %v; take its real part first", l, d)
	}
	return kit.Convert(op, v, d, weak)
}

// mustBroadcast refuses v unless it broadcasts to exactly shape.
func mustBroadcast(op string, v *value, shape []int) {
	if s := v.Shape(); !kit.BroadcastsTo(s, shape) {
		trace.Fail(op, []ir.Aval{v.Aval()},
			"an array of shape %s cannot be broadcast to %s: aligned at the end, each axis must be as long or have "+
				"length 1", ir.ShapeString(s), ir.ShapeString(shape))
	}
}

// ZerosLike is zeros of x's shape and dtype (NumPy zeros_like).
//
// Options: Creation (DType, Device, Shape).
func ZerosLike(x Array) Array { return Creation{}.ZerosLike(x) }

// ZerosLike is zeros of x's shape and dtype, or of c.Shape and c.DType where these are set.
func (c Creation) ZerosLike(x Array) Array { return c.like("jnp.ZerosLike", x, ir.IntLit(0, ir.Int64)) }

// OnesLike is ones of x's shape and dtype (NumPy ones_like).
//
// Options: Creation (DType, Device, Shape).
func OnesLike(x Array) Array { return Creation{}.OnesLike(x) }

// OnesLike is ones of x's shape and dtype, or of c.Shape and c.DType where these are set.
func (c Creation) OnesLike(x Array) Array { return c.like("jnp.OnesLike", x, ir.IntLit(1, ir.Int64)) }

// EmptyLike is ZerosLike (NumPy empty_like).
//
// Options: Creation (DType, Device, Shape).
func EmptyLike(x Array) Array { return Creation{}.EmptyLike(x) }

// EmptyLike is ZerosLike.
func (c Creation) EmptyLike(x Array) Array { return c.like("jnp.EmptyLike", x, ir.IntLit(0, ir.Int64)) }

// FullLike is v everywhere in x's shape and dtype (NumPy full_like); v is a Go scalar or an Array that broadcasts.
//
// Options: Creation (DType, Device, Shape).
func FullLike[V Operand](x Array, v V) Array { return Creation{}.FullLike(x, v) }

// FullLike is v everywhere in x's shape and dtype, or in c.Shape and c.DType where these are set.
func (c Creation) FullLike(x Array, v any) Array {
	const op = "jnp.FullLike"
	a, w := x.val(op).Aval(), lift(op, v)
	if l, ok := w.Lit(); ok {
		return c.like(op, x, l)
	}
	if c.DType == ir.Invalid {
		c.DType = a.DType
	}
	if c.Shape != nil {
		a.Shape = c.Shape
	}
	return c.full(op, a.Shape, w)
}

func (c Creation) like(op string, x Array, l ir.Lit) Array {
	a := x.val(op).Aval()
	d, weak := a.DType, a.Weak
	if c.DType != ir.Invalid {
		d, weak = kit.AskedDType(op, c.DType), false
	}
	l, _ = castLit(op, trace.FromLit(l), d, weak).Lit()
	if c.Device == nil && !x.v.Traced() {
		c.Device = placeOf(x)
	}
	if c.Shape != nil {
		a.Shape = trace.CheckShape(op, c.Shape, d)
	}
	return c.splat(op, a.Shape, l)
}

// placeOf is the device of x if it is not the default one.
func placeOf(x Array) *Device {
	if trace.AnyTraced(x.v) || x.v.Buffer() == nil {
		return nil
	}
	return jit.DeviceOf(x.v)
}

// AsArray is x as an array: an Array as it is; a Go scalar, weakly typed if it is int, uint, float64 or complex128; a
// slice or array of Go values or of such slices, which must not be ragged and may hold Arrays, as FromSlice takes them
// (NumPy asarray, array).
//
// Options: Creation (DType, Device, NDMin).
func AsArray(x any) Array { return Creation{}.AsArray(x) }

// AsArray is x as an array, of dtype c.DType where that is set and of c.NDMin axes at least. A Go integer that does not
// fit the dtype is an error.
func (c Creation) AsArray(x any) Array {
	const op = "jnp.AsArray"
	a := c.asarray(op, x)
	if c.NDMin > ir.MaxRank {
		trace.Fail(op, nil, "NDMin is %d; an array can have %d axes", c.NDMin, ir.MaxRank)
	}
	if v := a.val(op); v.Rank() < c.NDMin {
		lead := make([]int, c.NDMin-v.Rank())
		for i := range lead {
			lead[i] = 1
		}
		return Wrap(ops.Reshape(v, append(lead, v.Shape()...)))
	}
	return a
}

func (c Creation) asarray(op string, x any) Array {
	if c.DType == ir.Invalid {
		v := kit.LiftAlone(op, x)
		return onDevice(op, onDeviceScalar(v), c.Device)
	}
	d := kit.AskedDType(op, c.DType)
	if isHostSlice(x) {
		return onDevice(op, Wrap(kit.Nested(op, x, d)), c.Device)
	}
	v := lift(op, x)
	if _, ok := v.Lit(); ok {
		return onDevice(op, onDeviceScalar(castLit(op, v, d, false)), c.Device)
	}
	return onDevice(op, Wrap(v).AsType(d), c.Device)
}

// onDeviceScalar puts a literal on the device unless a trace is open, where it is a constant.
func onDeviceScalar(v *value) Array {
	l, ok := v.Lit()
	if !ok || trace.Current() != nil {
		return Wrap(v)
	}
	return Wrap(trace.TheRuntime().FromHost(l.AppendBytes(nil), l.Aval()))
}

func isHostSlice(x any) bool {
	if x == nil {
		return false
	}
	k := reflect.TypeOf(x).Kind()
	return k == reflect.Slice || k == reflect.Array
}

// Number is a real Go number.
type Number interface {
	~int | ~int8 | ~int16 | ~int32 | ~int64 |
		~uint | ~uint8 | ~uint16 | ~uint32 | ~uint64 |
		~float32 | ~float64
}

// Arange is 0, 1, ... up to but without stop; start, start+1, ...; or start, start+step, ... : bounds are (stop),
// (start, stop) or (start, stop, step) (NumPy arange). Ints give int32 (int64 with 64-bit types on), float64s float32,
// sized types their own dtype. A step of 0 is an error.
//
// Options: Creation (DType, Device).
func Arange[T Number](bounds ...T) Array {
	b := make([]any, len(bounds))
	for i, x := range bounds {
		b[i] = x
	}
	return Creation{}.Arange(b...)
}

// Arange is the package function's, of dtype c.DType where that is set; bounds are Go numbers.
func (c Creation) Arange(bounds ...any) Array {
	const op = "jnp.Arange"
	if len(bounds) < 1 || len(bounds) > 3 {
		trace.Fail(op, nil, "(stop), (start, stop) or (start, stop, step) are taken, not %d numbers", len(bounds))
	}
	var l []ir.Lit
	var types []ir.Aval
	for _, b := range bounds {
		v := lift(op, b)
		x, ok := v.Lit()
		if a, isArray := b.(Array); isArray && !ok {
			if known, _ := a.v.Eval(); known == nil {
				trace.Fail(op, []ir.Aval{v.Aval()},
					"the bounds decide the shape, so they cannot be traced: give Go numbers")
			}
			x, ok = item(op, a), true
			x.Weak = v.Aval().Weak
		}
		if !ok || x.DType.IsComplex() {
			trace.Fail(op, []ir.Aval{v.Aval()}, "the bounds must be real Go numbers")
		}
		l, types = append(l, x), append(types, x.Aval())
	}
	d, _ := kit.CommonType(trace.X64(), types...)
	d = c.dtype(op, d)
	if d == ir.Bool {
		trace.Fail(op, nil, "an array of bool cannot count; use an integer dtype, or jnp.Full")
	}
	start, step := ir.IntLit(0, ir.Int64), ir.IntLit(1, ir.Int64)
	stop := l[0]
	if len(l) > 1 {
		start, stop = l[0], l[1]
	}
	if len(l) > 2 {
		step = l[2]
	}
	n := rangeLen(op, start, stop, step)
	trace.CheckShape(op, []int{n}, d)
	work := d
	if d == ir.Float16 || d == ir.BFloat16 {
		work = ir.Float32
	}
	return onDevice(op, countUp(op, n, d, rampLit(op, start, work), rampLit(op, step, work)), c.Device)
}

// rangeLen is the number of elements from start to stop.
func rangeLen(op string, start, stop, step ir.Lit) int {
	var n float64
	if start.DType.IsInteger() && stop.DType.IsInteger() && step.DType.IsInteger() {
		a, b, s := start.Int(), stop.Int(), step.Int()
		switch {
		case s == 0:
			trace.Fail(op, nil, "the step is 0")
		case s > 0 && b <= a || s < 0 && b >= a:
			return 0
		case s > 0:
			return int((uint64(b)-uint64(a)-1)/uint64(s)) + 1
		}
		return int((uint64(a)-uint64(b)-1)/uint64(-s)) + 1
	}
	if step.Float() == 0 {
		trace.Fail(op, nil, "the step is 0")
	}
	n = math.Ceil((stop.Float() - start.Float()) / step.Float())
	if math.IsNaN(n) || n > 1<<62 {
		trace.Fail(op, nil, "from %v to %v by %v is not a number of elements", start, stop, step)
	}
	return int(max(n, 0))
}

func rampLit(op string, l ir.Lit, d ir.DType) ir.Lit {
	if l.DType.IsInteger() && d.IsInteger() && !kit.Fits(l, d) && l.Weak {
		kit.FailWide(op, l, d)
	}
	return l.Convert(d)
}

// countUp is start + step * (0, 1, ..., n-1), computed in start's dtype, as dtype d.
func countUp(op string, n int, d ir.DType, start, step ir.Lit) Array {
	t := ir.Aval{Shape: []int{n}, DType: d}
	if trace.Current() == nil && t.Bytes() <= hostLimit {
		b := make([]byte, 0, t.Bytes())
		for i := range n {
			b = rampAt(i, start, step).Convert(d).AppendBytes(b)
		}
		return Wrap(trace.TheRuntime().FromHost(b, t))
	}
	type params struct {
		N     int
		DType ir.DType
		Plain bool // 0, 1, 2, ...
	}
	p := params{n, d, start == ir.IntLit(0, start.DType) && step == ir.IntLit(1, step.DType)}
	in := []*value{trace.FromLit(start), trace.FromLit(step)}
	return whole(op, p, in, func(in []*value) *value {
		x := ops.Iota(start.DType, []int{n}, 0)
		if !p.Plain {
			x = ops.Add(kit.BroadcastTo(in[0], []int{n}), ops.Mul(kit.BroadcastTo(in[1], []int{n}), x))
		}
		return ops.Convert(x, d)
	})
}

func rampAt(i int, start, step ir.Lit) ir.Lit {
	switch d := start.DType; {
	case d == ir.Float32:
		// The conversions keep the compiler from fusing the two operations into one.
		p := float32(float32(step.Float()) * float32(i))
		return ir.FloatLit(float64(float32(start.Float())+p), d)
	case d == ir.Float64:
		p := float64(step.Float() * float64(i))
		return ir.FloatLit(start.Float()+p, d)
	case d.IsComplex():
		return ir.ComplexLit(start.Complex()+step.Complex()*complex(float64(i), 0), d)
	default:
		return ir.IntLit(start.Int()+step.Int()*int64(i), d)
	}
}

// FromFunc is an array of the given shape whose element at each place is f of its indices, computed in Go on the host
// (as of NumPy fromfunction, one place at a time); f must not keep the slice.
func FromFunc[T Element](shape []int, f func(index []int) T) Array {
	const op = "jnp.FromFunc"
	d, err := ir.DTypeOf(reflect.TypeFor[T]())
	trace.Must(err, op, nil)
	shape = trace.CheckHost(op, shape, d)
	if f == nil {
		trace.Fail(op, nil, "the function is nil; give one from an index to an element")
	}
	data := make([]T, ir.SizeOf(shape))
	index := make([]int, len(shape))
	for i := range data {
		data[i] = f(index)
		for a := len(shape) - 1; a >= 0; a-- {
			if index[a]++; index[a] < shape[a] {
				break
			}
			index[a] = 0
		}
	}
	return Wrap(kit.FromHost(op, kit.Bytes(data), d, slices.Clone(shape)))
}
