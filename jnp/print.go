package jnp

import (
	"fmt"
	"strconv"
	"strings"

	"github.com/gojax/gojax/ir"
	"github.com/gojax/gojax/lax"
	"github.com/gojax/gojax/trace"
)

// The printer writes arrays as NumPy's str does, with its default options.
const (
	printThreshold = 1000 // more elements than this are summarised
	printEdge      = 3    // by as many at each end of an axis
	printWidth     = 75
)

// String waits for a and writes its elements as NumPy does: at most 8 decimals, columns aligned, arrays of more than 1000
// elements summarised. A traced array is written by its type and its trace, or, where Grad, JVP or VJP
// alone trace it, by its elements.
func (a Array) String() string {
	v := a.v
	if v == nil {
		return "Array(unset)"
	}
	if v.Traced() {
		known, _ := v.Eval()
		if known == nil {
			b := v.Builder()
			return fmt.Sprintf("Traced<%v> (%s at %v)", v.Aval(), b.What(), b.Src())
		}
		a, v = Wrap(known), known
	}
	if a.IsDeleted() {
		return fmt.Sprintf("Array(%v, deleted)", v.Aval())
	}
	if v.Rank() == 0 {
		return scalarString(elemLit(hostBytes("String", v), v.DType(), 0))
	}
	p := printer{shape: v.Shape(), sep: " "}
	return p.print(v, " ")
}

// GoString is %#v: the elements, the dtype and the weak flag, as JAX's repr.
func (a Array) GoString() string {
	v := a.v
	if v != nil && v.Traced() {
		if known, _ := v.Eval(); known != nil {
			a, v = Wrap(known), known
		}
	}
	if v == nil || v.Traced() || a.IsDeleted() {
		return a.String()
	}
	end := "dtype=" + v.DType().String()
	if v.Aval().Weak {
		end += ", weak_type=True"
	}
	var s string
	switch {
	case v.Aval().Size() == 0:
		s = "[], shape=" + tupleString(v.Shape())
	case v.Rank() == 0:
		s = strings.Trim(newPrinter(v, ", ").elem(elemLit(hostBytes("String", v), v.DType(), 0)), " ")
	default:
		p := printer{shape: v.Shape(), sep: ", "}
		s = p.print(v, "       ")
	}
	sep := " "
	if len(s)-strings.LastIndexByte(s, '\n')+1+len(end)+2 > printWidth {
		sep = "      "
	}
	return "Array(" + s + "," + sep + end + ")"
}

func tupleString(shape []int) string {
	s := strings.ReplaceAll(strings.Trim(ir.ShapeString(shape), "[]"), ",", ", ")
	if len(shape) == 1 {
		s += ","
	}
	return "(" + s + ")"
}

// printer writes one array.
type printer struct {
	shape []int
	sep   string
	elems []ir.Lit // those shown, row-major
	shown []int    // shape of elems
	next  int
	elem  func(ir.Lit) string
}

// newPrinter is a printer that has its format but no elements yet: for one element.
func newPrinter(v *value, sep string) *printer {
	p := &printer{shape: v.Shape(), sep: sep}
	p.load(v)
	p.elem = elemFormat(v.DType(), p.elems)
	return p
}

func (p *printer) print(v *value, indent string) string {
	if ir.SizeOf(p.shape) == 0 {
		copyOut("String", v, nil) // an error of the computation shows
		return "[]"
	}
	p.load(v)
	p.elem = elemFormat(v.DType(), p.elems)
	return p.block(0, indent, printWidth)
}

func (p *printer) summarised() bool { return ir.SizeOf(p.shape) > printThreshold }

// cut reports whether axis i is shown by its ends alone.
func (p *printer) cut(i int) bool { return p.summarised() && p.shape[i] > 2*printEdge }

// load reads the elements that are shown. Of a large array only those leave the device.
func (p *printer) load(v *value) {
	p.shown = make([]int, len(p.shape))
	for i, n := range p.shape {
		p.shown[i] = n
		if p.cut(i) {
			p.shown[i] = 2 * printEdge
		}
	}
	if p.summarised() && v.Aval().Bytes() > hostLimit {
		trace.Suspended(func() { v = whole1("jnp.String", nil, v, p.ends).v })
	}
	b := hostBytes("String", v)
	p.elems = make([]ir.Lit, 0, ir.SizeOf(p.shown))
	p.gather(b, v.DType(), v.Shape(), 0, 0)
}

// ends joins both ends of every axis that is cut.
func (p *printer) ends(v *value) *value {
	for i, n := range p.shape {
		if p.cut(i) {
			v = lax.Concatenate([]*value{lax.SliceInDim(v, 0, printEdge, 1, i), lax.SliceInDim(v, n-printEdge, n, 1, i)}, i)
		}
	}
	return v
}

// gather appends the elements shown of the array b of the given shape, which is p.shape or p.shown, from element at of axes
// before axis.
func (p *printer) gather(b []byte, d ir.DType, shape []int, axis, at int) {
	if axis == len(shape) {
		p.elems = append(p.elems, elemLit(b, d, at))
		return
	}
	n := shape[axis]
	for i := 0; i < n; i++ {
		if p.cut(axis) && i == printEdge && n > 2*printEdge {
			i = n - printEdge
		}
		p.gather(b, d, shape, axis+1, at*n+i)
	}
}

// block writes the axes from axis on; indent is what lines after the first begin with.
func (p *printer) block(axis int, indent string, width int) string {
	if axis == len(p.shape) {
		p.next++
		return p.elem(p.elems[p.next-1])
	}
	n := p.shown[axis]
	if axis < len(p.shape)-1 {
		gap := strings.TrimRight(p.sep, " ") + strings.Repeat("\n", len(p.shape)-1-axis)
		var s strings.Builder
		for i := range n {
			if p.cut(axis) && i == printEdge {
				s.WriteString(indent + "..." + gap)
			}
			s.WriteString(indent + p.block(axis+1, indent+" ", width-1))
			if i < n-1 {
				s.WriteString(gap)
			}
		}
		return "[" + s.String()[len(indent):] + "]"
	}
	room := width - max(len(strings.TrimRight(p.sep, " ")), 1)
	s, line := "", indent
	add := func(word string) {
		if len(line)+len(word) > room && len(line) > len(indent) {
			s += strings.TrimRight(line, " ") + "\n"
			line = indent
		}
		line += word
	}
	for i := range n {
		if p.cut(axis) && i == printEdge {
			add("...")
			line += p.sep
		}
		add(p.block(axis+1, indent+" ", width-1))
		if i < n-1 {
			line += p.sep
		}
	}
	return "[" + (s + line)[len(indent):] + "]"
}

// scalarString is a 0-d array as NumPy's str writes it.
func scalarString(l ir.Lit) string {
	switch l.DType.Kind() {
	case ir.KindBool:
		return boolWord(l)
	case ir.KindFloat:
		return floatRepr(l.Float(), l.DType)
	case ir.KindComplex:
		return complexRepr(l)
	}
	return l.String()
}

func boolWord(l ir.Lit) string {
	if l.Lo != 0 {
		return "True"
	}
	return "False"
}

// elemFormat is how the elements of an array are written beside each other.
func elemFormat(d ir.DType, elems []ir.Lit) func(ir.Lit) string {
	switch {
	case d == ir.Bool:
		return func(l ir.Lit) string { return fmt.Sprintf("%5s", boolWord(l)) }
	case d.IsInteger():
		w := 0
		for _, l := range elems {
			w = max(w, len(l.String()))
		}
		return func(l ir.Lit) string { return fmt.Sprintf("%*s", w, l.String()) }
	case d == ir.BFloat16: // not a type of NumPy's own: no alignment
		return func(l ir.Lit) string { return floatRepr(l.Float(), d) }
	case d.IsFloat():
		f := newFloatFormat(d, elems, ir.Lit.Float, false)
		return func(l ir.Lit) string { return f.word(l.Float()) }
	}
	re := newFloatFormat(d.Real(), elems, ir.Lit.Float, false)
	im := newFloatFormat(d.Real(), elems, func(l ir.Lit) float64 { return imag(l.Complex()) }, true)
	return func(l ir.Lit) string {
		i := im.word(imag(l.Complex()))
		cut := len(strings.TrimRight(i, " "))
		return re.word(l.Float()) + i[:cut] + "j" + i[cut:]
	}
}

// bfloatString is six significant digits.
func bfloatString(x float64) string { return strings.ToLower(strconv.FormatFloat(x, 'g', 6, 64)) }
