package jnp

import (
	"math"
	"reflect"
	"strconv"

	"github.com/gojax/gojax/internal/kit"
	"github.com/gojax/gojax/ir"
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

// S is Python's start:stop:step in an index. start and stop are Go ints, or nil where Python leaves them out; negative ones
// count from the end, and ones beyond the ends are cut. S(nil, nil, -1) reverses an axis. The bounds are static: for a slice of
// fixed length whose start is traced or an Array use DS.
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
		trace.Fail(op, nil, "the %s of a slice is a Go int, not an Array, since the result's shape depends on it; jnp.DS(start, size) takes a slice of fixed size from a start that is an Array", what)
	}
	trace.Fail(op, nil, "the %s of a slice is a Go int or nil, not %T", what, x)
	return bound{}
}

// resolve is Python's slice.indices on an axis of length n, with the elements in ascending order: size of them, step (> 0)
// apart, from start on, to be reversed if rev.
func (s Slice) resolve(n int) (start, size, step int, rev bool) {
	step = 1
	if s.step.set {
		step = s.step.n
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
			size = (stop - start + step - 1) / step
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

// DynamicSlice is one axis's part of an index: a number of elements, which is static, from a start that need not be. Make it
// with DS.
type DynamicSlice struct {
	start any
	size  int
}

// DS is the size elements of an axis from start on, a Go int or an integer scalar Array, which may be traced (JAX's ds): x.Index(DS(i, 3))
// in a loop over i compiles once. A start from which the elements do not all exist is treated as an index out of bounds.
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

// termKind tells the parts of an index apart.
type termKind byte

const (
	termNew    termKind = iota // an axis of length 1
	termScalar                 // one position
	termSlice                  // a range of positions, Step apart
	termArray                  // positions in an array of one axis or more
	termBool                   // a scalar bool: an axis of length 0 or 1 of its own
)

// term is the static side of one part of an index. Where a part begins, or its array of positions, is an input of the program
// (ins), so that new positions do not compile again.
type term struct {
	Kind    termKind
	Axis    int  // of the operand
	In      int  // index of its input, -1 for none: the whole axis, an empty slice, termNew, termBool
	Size    int  // elements of a slice; 1 for a scalar; the length of a termBool
	Step    int  // of a slice
	Rev     bool // the slice runs backwards
	Checked bool // known to lie inside the axis, negative positions wrapped already
}

// window is the number of elements that the term's slice spans.
func (t term) window() int {
	if t.Size == 0 {
		return 0
	}
	return (t.Size-1)*t.Step + 1
}

// plan is an index parsed for an operand of a known shape.
type plan struct {
	terms []term
	ins   []*trace.Value // starts and position arrays
	idxD  ir.DType       // that positions are computed in

	advanced   bool // has a termArray or termBool: by gather and scatter
	contiguous bool // the advanced terms lie next to each other, so that their axes stay there
	shape      []int
	aval       ir.Aval // of the operand

	updates        bool // the index is written, not read
	mode           Mode
	noWrap         bool
	sorted, unique bool
	fill           *ir.Lit
}

// parse reads an index of v, whose elements are to be read or, if updates, written.
func parse(op string, v *trace.Value, idx []any, r Ref, updates bool) *plan {
	a := v.Aval()
	in := []ir.Aval{a}
	p := &plan{shape: a.Shape, aval: a, mode: r.mode, noWrap: r.noWrap, sorted: r.sorted, unique: r.unique, fill: r.fill, updates: updates,
		idxD: ir.Int32, terms: make([]term, 0, len(idx)+len(a.Shape)), ins: make([]*trace.Value, 0, len(idx))}
	for _, n := range a.Shape {
		if n > math.MaxInt32 {
			p.idxD = ir.Int64
		}
	}
	// Arrays first: how many axes does each part use, and how many are left for an ellipsis?
	parts := make([]any, len(idx), len(idx)+1)
	used, dots := 0, -1
	for i, x := range idx {
		x = p.part(op, x, in)
		if d, ok := x.(DynamicSlice); ok {
			x = DynamicSlice{p.part(op, d.start, in), d.size}
		}
		parts[i] = x
		switch x := x.(type) {
		case newAxis:
		case ellipsis:
			if dots >= 0 {
				trace.Fail(op, in, "an index can have one Ellipsis, not several")
			}
			dots = i
		case *trace.Value:
			switch {
			case x.DType() != ir.Bool:
				used++
			default:
				used += x.Rank()
			}
		case bool:
		default:
			used++
		}
	}
	if used > a.Rank() {
		trace.Fail(op, in, "too many indices: %s, but %d axes are indexed", "the array has "+strconv.Itoa(a.Rank())+" axes", used)
	}
	if dots < 0 {
		dots = len(parts)
		parts = append(parts, Ellipsis)
	}
	axis := 0
	last, gap := -1, false // position of the last advanced part, counting an ellipsis as one part
	pos := 0
	adv := func() {
		if last >= 0 && pos != last+1 {
			gap = true
		}
		last = pos
	}
	for i, x := range parts {
		switch x := x.(type) {
		case newAxis:
			p.terms = append(p.terms, term{Kind: termNew, Axis: -1, In: -1, Size: 1, Step: 1})
		case ellipsis:
			for range a.Rank() - used {
				p.slice(Slice{}, axis)
				axis++
			}
			if i == len(idx) {
				pos-- // the one added here is not a part
			}
		case Slice:
			p.slice(x, axis)
			axis++
		case DynamicSlice:
			p.dynamicSlice(op, x, axis, in)
			axis++
		case int:
			adv()
			p.scalar(op, x, axis, in)
			axis++
		case bool:
			p.scalarBool(x)
		case *trace.Value:
			switch {
			case x.DType() == ir.Bool && x.Rank() == 0:
				p.scalarBool(hostBytes(op, concreteMask(op, x, in))[0] != 0)
			case x.DType() == ir.Bool:
				for _, y := range p.mask(op, x, axis, in) {
					adv()
					p.array(op, y, axis, true, in)
					axis++
					pos++
				}
				pos--
			case x.Rank() == 0:
				adv()
				p.dynamic(op, x, axis, in)
				axis++
			default:
				adv()
				p.array(op, x, axis, false, in)
				axis++
			}
		}
		pos++
	}
	p.contiguous = !gap
	return p
}

// isAll reports whether f is All, whose name stands for a whole axis in an index.
func isAll(f func(Array, ...int) Array) bool {
	return reflect.ValueOf(f).Pointer() == reflect.ValueOf(All).Pointer()
}

// part checks one part of an index and brings it to one of the forms that parse knows: newAxis, ellipsis, Slice, DynamicSlice,
// int, bool, or the Value of an integer or bool array.
func (p *plan) part(op string, x any, in []ir.Aval) any {
	switch x := x.(type) {
	case int, Slice, DynamicSlice, newAxis, ellipsis, bool:
		return x
	case Array:
		return p.wide(op, x.val(op), in)
	case func(Array, ...int) Array:
		if isAll(x) {
			return Slice{}
		}
		trace.Fail(op, in, "a function is not an index; only jnp.All has a meaning there, the whole of an axis")
	case nil:
		trace.Fail(op, in, "nil is not an index; use jnp.NewAxis for a new axis, jnp.All for a whole axis")
	case string:
		trace.Fail(op, in, "%q is not an index; arrays have no named fields", x)
	}
	r := reflect.ValueOf(x)
	switch {
	case r.CanInt():
		return int(r.Int())
	case r.CanUint():
		return int(min(r.Uint(), math.MaxInt))
	case r.Kind() == reflect.Bool:
		return r.Bool()
	}
	if k := r.Kind(); k == reflect.Slice || k == reflect.Array {
		if r.Len() == 0 && r.Type().Elem().Kind() != reflect.Bool {
			return trace.TheRuntime().FromHost(nil, ir.Aval{Shape: []int{0}, DType: ir.Int32})
		}
		return p.wide(op, kit.LiftAlone(op, x), in)
	}
	if l, ok := x.(trace.Leaf); ok {
		return p.wide(op, Wrap(l.TraceValue()).val(op), in)
	}
	trace.Fail(op, in, "%T is not an index: want Go ints, jnp.S slices, jnp.All, jnp.NewAxis, jnp.Ellipsis, and integer or bool Arrays or slices", x)
	return nil
}

// wide checks the dtype of an index array.
func (p *plan) wide(op string, v *trace.Value, in []ir.Aval) *trace.Value {
	switch d := v.DType(); {
	case d == ir.Uint32 || d == ir.Uint64 || d == ir.Int64:
		p.idxD = ir.Int64
	case d != ir.Bool && !d.IsInteger():
		trace.Fail(op, in, "an index array must be of integer or bool dtype, not %v; convert it with AsType(jnp.Int32)", v.Aval())
	}
	return v
}

func (p *plan) input(t *term, v *trace.Value) {
	t.In = len(p.ins)
	p.ins = append(p.ins, v)
}

func (p *plan) position(i int) *trace.Value {
	if p.idxD == ir.Int32 {
		i = max(min(i, math.MaxInt32), math.MinInt32) // out of bounds either way
	}
	return trace.FromLit(ir.IntLit(int64(i), p.idxD))
}

func (p *plan) slice(s Slice, axis int) {
	n := p.shape[axis]
	start, size, step, rev := s.resolve(n)
	t := term{Kind: termSlice, Axis: axis, In: -1, Size: size, Step: step, Rev: rev, Checked: true}
	if size > 0 && (size != n || step != 1) {
		p.input(&t, p.position(start))
	}
	p.terms = append(p.terms, t)
}

func (p *plan) dynamicSlice(op string, s DynamicSlice, axis int, in []ir.Aval) {
	n := p.shape[axis]
	if s.size > n {
		trace.Fail(op, in, "a slice of %d elements from axis %d, which has %d", s.size, axis, n)
	}
	t := term{Kind: termSlice, Axis: axis, In: -1, Size: s.size, Step: 1}
	switch x := s.start.(type) {
	case int:
		at, ok := p.inside(x, n, s.size)
		t.Checked = ok
		p.input(&t, p.position(at))
	case *trace.Value:
		if x.Rank() != 0 || x.DType() == ir.Bool {
			trace.Fail(op, in, "the start of jnp.DS is one integer, not %v", x.Aval())
		}
		p.input(&t, x)
	default:
		trace.Fail(op, in, "the start of jnp.DS is a Go int or an integer scalar Array, not %T", s.start)
	}
	p.terms = append(p.terms, t)
}

// inside wraps position i of size elements on an axis of length n, and reports whether they lie inside; if not, i comes back as
// it was.
func (p *plan) inside(i, n, size int) (int, bool) {
	at := i
	if at < 0 && !p.noWrap {
		at += n
	}
	if at < 0 || at > n-size {
		return i, false
	}
	return at, true
}

func (p *plan) scalar(op string, i, axis int, in []ir.Aval) {
	n := p.shape[axis]
	if n == 0 {
		trace.Fail(op, in, "index %d is out of bounds for axis %d of length 0: an axis of length 0 has no elements", i, axis)
	}
	at, ok := p.inside(i, n, 1)
	t := term{Kind: termScalar, Axis: axis, Size: 1, Step: 1, Checked: ok}
	p.input(&t, p.position(at))
	p.terms = append(p.terms, t)
}

func (p *plan) dynamic(op string, v *trace.Value, axis int, in []ir.Aval) {
	p.notEmpty(op, axis, in)
	t := term{Kind: termScalar, Axis: axis, Size: 1, Step: 1}
	p.input(&t, v)
	p.terms = append(p.terms, t)
}

// notEmpty refuses to read from an axis without elements. An update there has nothing to change.
func (p *plan) notEmpty(op string, axis int, in []ir.Aval) {
	if p.shape[axis] == 0 && !p.updates {
		trace.Fail(op, in, "axis %d has length 0: there is nothing to index", axis)
	}
}

func (p *plan) array(op string, v *trace.Value, axis int, checked bool, in []ir.Aval) {
	if v.Aval().Size() > 0 {
		p.notEmpty(op, axis, in)
	}
	p.advanced = true
	t := term{Kind: termArray, Axis: axis, Checked: checked, Step: 1}
	p.input(&t, v)
	p.terms = append(p.terms, t)
}

func (p *plan) scalarBool(b bool) {
	p.advanced = true
	t := term{Kind: termBool, Axis: -1, In: -1, Step: 1, Checked: true}
	if b {
		t.Size = 1
	}
	p.terms = append(p.terms, t)
}

// appendKey appends all that the program of p depends on besides the types of its inputs.
func (p *plan) appendKey(b []byte) []byte {
	flag := func(bs ...bool) (n byte) {
		for i, v := range bs {
			if v {
				n |= 1 << i
			}
		}
		return n
	}
	b = append(b, byte(p.mode), byte(p.idxD), flag(p.advanced, p.contiguous, p.noWrap, p.sorted, p.unique, p.fill != nil), byte(len(p.terms)))
	if p.fill != nil {
		b = p.fill.AppendKey(b)
	}
	for _, t := range p.terms {
		b = append(b, byte(t.Kind), byte(t.Axis), byte(t.In), flag(t.Rev, t.Checked))
		b = appendInt(appendInt(b, t.Size), t.Step)
	}
	return b
}

func appendInt(b []byte, n int) []byte {
	for ; n >= 0x80; n >>= 7 {
		b = append(b, byte(n)|0x80)
	}
	return append(b, byte(n))
}

// Index is x[idx...] (NumPy and JAX indexing). Each part of the index is
//
//   - a Go int: that element of the axis, which is dropped; negative ones count from the end;
//   - S(start, stop, step), or All: a slice;
//   - NewAxis: a new axis of length 1;
//   - Ellipsis: All for the axes that are not mentioned (at the end it may be left out);
//   - an integer Array, or a Go slice of ints: those elements. A scalar Array drops the axis as an int does;
//   - a bool Array, or a Go slice of bools: the elements where it is true. It stands for as many axes as it has, and must not be
//     traced, since the shape of the result depends on it (jnp.Where, or At(mask).Set, take a traced one);
//   - DS(start, size): a slice of fixed size from a start that may be traced.
//
// Several arrays are broadcast together, and their axes come where the first of them stands or, if other parts lie between
// them, in front. Positions out of bounds, Go ints among them, are clipped to the axis, as JAX does (a compiled program cannot stop at
// one); At(idx...).Mode and FillValue choose otherwise. The result is a new array; in Go nothing can be assigned to x.Index(i): use x.At(i).Set(v).
//
// Eagerly, positions are inputs of the compiled program: x.Index(i) in a loop over i compiles once.
func (x Array) Index(idx ...any) Array {
	return Ref{x: x, idx: idx}.get("jnp.Array.Index")
}
