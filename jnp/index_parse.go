package jnp

import (
	"math"
	"reflect"

	"github.com/gojax/gojax/internal/kit"
	"github.com/gojax/gojax/ir"
	"github.com/gojax/gojax/trace"
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

// term is the static side of one part of an index. Where a part begins, or its array of positions, is an input of the
// program (ins), so that new positions do not compile again.
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
	op    string // who indexes, for messages
	terms []term
	ins   []*trace.Value // starts and position arrays
	idxD  ir.DType       // that positions are computed in

	arrays     bool // has a termArray or termBool: by gather and scatter
	contiguous bool // the advanced terms lie next to each other, so that their axes stay there
	shape      []int
	aval       ir.Aval // of the operand

	updates        bool // the index is written, not read
	factors        bool // by what an update named op first collects
	mode           Mode
	noWrap         bool
	sorted, unique bool
	fill           *ir.Lit
}

// parse reads the index of r into v, whose elements are to be read or, if updates, written.
func parse(op string, v *trace.Value, r Ref, updates bool) *plan {
	a := v.Aval()
	p := &plan{op: op, shape: a.Shape, aval: a, updates: updates, idxD: ir.Int32,
		mode: r.mode, noWrap: r.noWrap, sorted: r.sorted, unique: r.unique, fill: r.fill,
		terms: make([]term, 0, len(r.idx)+len(a.Shape)), ins: make([]*trace.Value, 0, len(r.idx))}
	for _, n := range a.Shape {
		if n > math.MaxInt32 {
			p.idxD = ir.Int64
		}
	}
	parts, used := p.parts(r.idx)
	w := indexParser{plan: p, rest: a.Rank() - used, last: -1}
	for _, x := range parts {
		w.part(x)
		w.pos++
	}
	p.contiguous = !w.gap
	return p
}

func (p *plan) fail(format string, args ...any) { trace.Fail(p.op, []ir.Aval{p.aval}, format, args...) }

// parts are the parts of an index in the forms that indexParser knows, an Ellipsis among them, and how many axes they
// use besides that.
func (p *plan) parts(idx []any) (parts []any, used int) {
	parts = make([]any, len(idx), len(idx)+1)
	dots := false
	for i, x := range idx {
		parts[i] = p.part(x)
		switch x := parts[i].(type) {
		case newAxis, bool:
		case ellipsis:
			if dots {
				p.fail("an index can have one Ellipsis, not several")
			}
			dots = true
		case *trace.Value:
			if x.DType() == ir.Bool {
				used += x.Rank()
			} else {
				used++
			}
		default:
			used++
		}
	}
	if rank := len(p.shape); used > rank {
		p.fail("too many indices: the array has %d axes, but %d axes are indexed", rank, used)
	}
	if !dots {
		parts = append(parts, Ellipsis)
	}
	return parts, used
}

// isAll reports whether f is All, whose name stands for a whole axis in an index.
func isAll(f func(Array, ...int) Array) bool {
	return reflect.ValueOf(f).Pointer() == reflect.ValueOf(All).Pointer()
}

// part checks one part of an index and brings it to one of the forms that indexParser knows: newAxis, ellipsis, Slice,
// DynamicSlice, int, bool, or the Value of an integer or bool array.
func (p *plan) part(x any) any {
	switch x := x.(type) {
	case int, Slice, newAxis, ellipsis, bool:
		return x
	case DynamicSlice:
		return DynamicSlice{p.part(x.start), x.size}
	case Array:
		return p.positions(x.val(p.op))
	case func(Array, ...int) Array:
		if isAll(x) {
			return Slice{}
		}
		p.fail("a function is not an index; only jnp.All has a meaning there, the whole of an axis")
	case nil:
		p.fail("nil is not an index; use jnp.NewAxis for a new axis, jnp.All for a whole axis")
	case string:
		p.fail("%q is not an index: write jnp.S(1, 3) for \"1:3\" and jnp.All for \":\", or have it read as NumPy's "+
			"notation by x.Ix(text) or x.AtIx(text)", x)
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
		return p.positions(kit.LiftAlone(p.op, x))
	}
	if l, ok := x.(trace.Leaf); ok {
		return p.positions(Wrap(l.TraceValue()).val(p.op))
	}
	p.fail("%T is not an index: want Go ints, jnp.S slices, jnp.All, jnp.NewAxis, jnp.Ellipsis, and integer or bool "+
		"Arrays or slices", x)
	return nil
}

// positions checks the dtype of an index array, and notes whether positions need 64 bits.
func (p *plan) positions(v *trace.Value) *trace.Value {
	switch d := v.DType(); {
	case d == ir.Uint32 || d == ir.Uint64 || d == ir.Int64:
		p.idxD = ir.Int64
	case d != ir.Bool && !d.IsInteger():
		p.fail("an index array must be of integer or bool dtype, not %v; convert it with AsType(jnp.Int32)", v.Aval())
	}
	return v
}

func (p *plan) position(i int) *trace.Value {
	if p.idxD == ir.Int32 {
		i = max(min(i, math.MaxInt32), math.MinInt32) // out of bounds either way
	}
	return trace.FromLit(ir.IntLit(int64(i), p.idxD))
}

// indexParser adds the terms of an index's parts to a plan, one after the other.
type indexParser struct {
	*plan
	rest int // axes that an Ellipsis stands for
	axis int // the next axis of the operand
	pos  int // of the part, an Ellipsis being one part, and a mask as many as it has axes
	last int // position of the last part with an array or a scalar, -1 before the first
	gap  bool
}

// part adds the terms of one part.
func (w *indexParser) part(x any) {
	switch x := x.(type) {
	case newAxis:
		w.add(term{Kind: termNew, Axis: -1, In: -1, Size: 1, Step: 1}, nil)
	case ellipsis:
		for range w.rest {
			w.slice(Slice{})
		}
	case Slice:
		w.slice(x)
	case DynamicSlice:
		w.dynamicSlice(x)
	case int:
		w.scalar(x)
	case bool:
		w.scalarBool(x)
	case *trace.Value:
		switch isBool := x.DType() == ir.Bool; {
		case isBool && x.Rank() == 0:
			w.scalarBool(hostBytes(w.op, concreteMask(w.op, x, []ir.Aval{w.aval}))[0] != 0)
		case isBool:
			for i, y := range w.mask(x, w.axis) {
				if i > 0 {
					w.pos++
				}
				w.array(y, true)
			}
		case x.Rank() == 0:
			w.dynamic(x)
		default:
			w.array(x, false)
		}
	}
}

// add adds a term, whose positions, unless nil, are an input.
func (w *indexParser) add(t term, in *trace.Value) {
	if in != nil {
		t.In = len(w.ins)
		w.ins = append(w.ins, in)
	}
	w.terms = append(w.terms, t)
	if t.Axis >= 0 {
		w.axis++
	}
}

// advanced notes that the part has an array or a scalar: whether these lie next to each other decides where their axes
// come.
func (w *indexParser) advanced() {
	w.gap = w.gap || w.last >= 0 && w.pos != w.last+1
	w.last = w.pos
}

func (w *indexParser) slice(s Slice) {
	n := w.shape[w.axis]
	start, size, step, rev := s.resolve(n)
	t := term{Kind: termSlice, Axis: w.axis, In: -1, Size: size, Step: step, Rev: rev, Checked: true}
	if size > 0 && (size != n || step != 1) {
		w.add(t, w.position(start))
	} else {
		w.add(t, nil)
	}
}

func (w *indexParser) dynamicSlice(s DynamicSlice) {
	n := w.shape[w.axis]
	if s.size > n {
		w.fail("a slice of %d elements from axis %d, which has %d", s.size, w.axis, n)
	}
	t := term{Kind: termSlice, Axis: w.axis, In: -1, Size: s.size, Step: 1}
	switch x := s.start.(type) {
	case int:
		at, ok := w.inside(x, n, s.size)
		t.Checked = ok
		w.add(t, w.position(at))
	case *trace.Value:
		if x.Rank() != 0 || x.DType() == ir.Bool {
			w.fail("the start of jnp.DS is one integer, not %v", x.Aval())
		}
		w.add(t, x)
	default:
		w.fail("the start of jnp.DS is a Go int or an integer scalar Array, not %T", s.start)
	}
}

// inside wraps position i of size elements on an axis of length n, and reports whether they lie inside; if not, i comes
// back as it was.
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

func (w *indexParser) scalar(i int) {
	n := w.shape[w.axis]
	if n == 0 {
		w.fail("index %d is out of bounds for axis %d of length 0: an axis of length 0 has no elements", i, w.axis)
	}
	at, ok := w.inside(i, n, 1)
	w.advanced()
	w.add(term{Kind: termScalar, Axis: w.axis, Size: 1, Step: 1, Checked: ok}, w.position(at))
}

// dynamic is a scalar Array.
func (w *indexParser) dynamic(v *trace.Value) {
	w.notEmpty()
	w.advanced()
	w.add(term{Kind: termScalar, Axis: w.axis, Size: 1, Step: 1}, v)
}

// array is positions in an Array, which are known to lie inside if checked.
func (w *indexParser) array(v *trace.Value, checked bool) {
	if v.Aval().Size() > 0 {
		w.notEmpty()
	}
	w.advanced()
	w.arrays = true
	w.add(term{Kind: termArray, Axis: w.axis, Checked: checked, Step: 1}, v)
}

func (w *indexParser) scalarBool(b bool) {
	w.arrays = true
	t := term{Kind: termBool, Axis: -1, In: -1, Step: 1, Checked: true}
	if b {
		t.Size = 1
	}
	w.add(t, nil)
}

// notEmpty refuses to read from an axis without elements. An update there has nothing to change.
func (w *indexParser) notEmpty() {
	if w.shape[w.axis] == 0 && !w.updates {
		w.fail("axis %d has length 0: there is nothing to index", w.axis)
	}
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
	b = append(b, byte(p.mode), byte(p.idxD),
		flag(p.arrays, p.contiguous, p.noWrap, p.sorted, p.unique, p.fill != nil, p.factors), byte(len(p.terms)))
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
