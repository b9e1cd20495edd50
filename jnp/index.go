package jnp

import (
	"math"
	"reflect"
	"strconv"

	"github.com/gojax/gojax/internal/kit"
	"github.com/gojax/gojax/trace"
)

// Slice is one axis's part of an index: Python's start:stop:step. Make it with S. The whole of an axis, Python's ":",
// is S(nil, nil) or the name of the function All: x.Index(jnp.All, 0).
type Slice struct {
	start, stop, step bound
}

type bound struct {
	n   int
	set bool
}

// S is Python's start:stop:step in an index. start and stop are Go ints, or nil where Python leaves them out; negative
// ones count from the end, and ones beyond the ends are cut. S(nil, nil, -1) reverses an axis. The bounds are static:
// for a slice of fixed length whose start is traced or an Array use DS.
func S(start, stop any, step ...int) Slice {
	const op = "jnp.S"
	s := Slice{start: sliceBound(op, "start", start), stop: sliceBound(op, "stop", stop)}
	if len(step) > 0 {
		s.step = bound{kit.Optional(op, "step", step, 1), true}
	}
	if s.step.set && s.step.n == 0 {
		trace.Fail(op, nil, "the step of a slice cannot be 0")
	}
	return s
}

// String is the slice as Python writes it: "1:3", "::-1".
func (s Slice) String() string {
	part := func(b bound) string {
		if !b.set {
			return ""
		}
		return strconv.Itoa(b.n)
	}
	t := part(s.start) + ":" + part(s.stop)
	if s.step.set {
		t += ":" + part(s.step)
	}
	return t
}

func sliceBound(op, what string, x any) bound {
	if x == nil {
		return bound{}
	}
	if n, ok := x.(int); ok {
		return bound{n, true}
	}
	if r := reflect.ValueOf(x); r.CanInt() {
		return bound{int(r.Int()), true}
	} else if r.CanUint() {
		return bound{int(min(r.Uint(), math.MaxInt)), true}
	}
	if _, ok := x.(trace.Leaf); ok {
		trace.Fail(op, nil,
			"the %s of a slice is a Go int, not an Array, since the result's shape depends on it; jnp.DS(start, "+
				"size) takes a slice of fixed size from a start that is an Array", what)
	}
	trace.Fail(op, nil, "the %s of a slice is a Go int or nil, not %T", what, x)
	return bound{}
}

// resolve is Python's slice.indices on an axis of length n, with the elements in ascending order: size of them, step (>
// 0) apart, from start on, to be reversed if rev.
func (s Slice) resolve(n int) (start, size, step int, rev bool) {
	step = 1
	if s.step.set {
		step = max(s.step.n, -math.MaxInt) // whose negative is a number
	}
	lo, hi := 0, n // what start and stop are cut to
	if step < 0 {
		lo, hi = -1, n-1
	}
	cut := func(b bound, absent int) int {
		switch {
		case !b.set:
			return absent
		case b.n < 0:
			return max(b.n+n, lo)
		}
		return min(b.n, hi)
	}
	if step > 0 {
		start = cut(s.start, lo)
		if stop := cut(s.stop, hi); stop > start {
			size = (stop-start-1)/step + 1
		}
	} else {
		first := cut(s.start, hi)
		if stop := cut(s.stop, lo); first > stop {
			size = (first-stop-1)/-step + 1
		}
		start, step, rev = first+(size-1)*step, -step, true
	}
	if size <= 1 {
		step, rev = 1, false
	}
	if size == 0 {
		start = 0
	}
	return start, size, step, rev
}

// DynamicSlice is one axis's part of an index: a number of elements, which is static, from a start that need not be.
// Make it with DS.
type DynamicSlice struct {
	start any
	size  int
}

// DS is the size elements of an axis from start on, a Go int or an integer scalar Array, which may be traced (JAX's
// ds): x.Index(DS(i, 3)) in a loop over i compiles once. A start from which the elements do not all exist is treated as
// an index out of bounds.
func DS(start any, size int) DynamicSlice {
	if size < 0 {
		trace.Fail("jnp.DS", nil, "the size of a slice cannot be negative: %d", size)
	}
	return DynamicSlice{start, size}
}

type (
	newAxis  struct{}
	ellipsis struct{}
)

func (newAxis) String() string  { return "newaxis" }
func (ellipsis) String() string { return "..." }

var (
	// NewAxis inserts an axis of length 1 (NumPy newaxis, None).
	NewAxis = newAxis{}
	// Ellipsis stands for as many whole axes as are missing, Python's "...".
	Ellipsis = ellipsis{}
)

// Index is x[idx...] (NumPy and JAX indexing). Each part of the index is
//
//   - a Go int: that element of the axis, which is dropped; negative ones count from the end;
//   - S(start, stop, step), or All: a slice;
//   - NewAxis: a new axis of length 1;
//   - Ellipsis: All for the axes that are not mentioned (at the end it may be left out);
//   - an integer Array, or a Go slice of ints: those elements. A scalar Array drops the axis as an int does;
//   - a bool Array, or a Go slice of bools: the elements where it is true. It stands for as many axes as it has, and
//     must not be traced, since the shape of the result depends on it (jnp.Where, or At(mask).Set, take a traced one);
//   - DS(start, size): a slice of fixed size from a start that may be traced.
//
// Several arrays are broadcast together, and their axes come where the first of them stands or, if other parts lie
// between them, in front. Positions out of bounds, Go ints among them, are clipped to the axis, as JAX does (a compiled
// program cannot stop at one); At(idx...).Mode and FillValue choose otherwise. The result is a new array; in Go nothing
// can be assigned to x.Index(i): use x.At(i).Set(v).
//
// Eagerly, positions are inputs of the compiled program: x.Index(i) in a loop over i compiles once.
func (x Array) Index(idx ...any) Array {
	return Ref{x: x, idx: idx}.get("jnp.Array.Index")
}
