package jnp

import (
	"fmt"
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/gojax/gojax/ir"
	"github.com/gojax/gojax/ops"
	"github.com/gojax/gojax/trace"
	"github.com/gojax/gojax/transforms/jit"
)

// String waits for a and writes its elements as NumPy does: at most 8 decimals, columns aligned, arrays of more than
// 1000 elements summarised, unless SetPrintOptions has said otherwise. A traced array is written by its type and its
// trace, or, where Grad, JVP or VJP alone trace it, by its elements.
func (a Array) String() string { return GetPrintOptions().filled().str(a) }

// GoString is %#v: the elements, the dtype and the weak flag, as JAX's repr.
func (a Array) GoString() string { return GetPrintOptions().filled().repr(a) }

// str is a as NumPy's str, with options that are filled.
func (o *PrintOptions) str(a Array) string {
	v := a.v
	if v == nil {
		return "Array(unset)"
	}
	if known := a.known(); known.v != nil {
		v = known.v
	} else if v.Traced() {
		b := v.Builder()
		return fmt.Sprintf("Traced<%v> (%s at %v)", v.Aval(), b.What(), b.Src())
	} else if v.Buffer().Deleted() {
		return fmt.Sprintf("Array(%v, deleted)", v.Aval())
	} else {
		over, _ := jit.ShardingOf(v)
		return fmt.Sprintf("Array(%v, %v, of which this process has a part)", v.Aval(), over)
	}
	if v.Rank() == 0 {
		return scalarString(elemLit(hostBytes("jnp.Array.String", v), v.DType(), 0))
	}
	p := printer{o: o, shape: v.Shape(), sep: " "}
	return p.print(v, " ", o.LineWidth)
}

// repr is a as JAX's repr.
func (o *PrintOptions) repr(a Array) string {
	v := a.known().v
	if v == nil {
		return o.str(a)
	}
	end := "dtype=" + v.DType().String()
	if v.Aval().Weak {
		end += ", weak_type=True"
	}
	var s string
	switch {
	case v.Aval().Size() == 0:
		s = "[], shape=" + tupleString(v.Shape())
	default:
		p := printer{o: o, shape: v.Shape(), sep: ", "}
		s = p.print(v, "       ", o.LineWidth-1)
	}
	sep := " "
	if len(s)-strings.LastIndexByte(s, '\n')+1+len(end)+2 > o.LineWidth {
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
	o     *PrintOptions
	shape []int
	sep   string
	elems []ir.Lit // those shown, row-major
	shown []int    // shape of elems
	next  int
	elem  func(ir.Lit) string // nil for what the options say
}

func (p *printer) print(v *value, indent string, width int) string {
	if ir.SizeOf(p.shape) == 0 {
		hostBytes("jnp.Array.String", v) // an error of the computation shows
		return "[]"
	}
	p.load(v)
	if p.elem == nil {
		p.elem = p.o.elemFormat(v.DType(), p.elems, len(p.shape) == 0)
	} else {
		p.elem = aligned(p.elem, p.elems)
	}
	return p.block(0, indent, width)
}

func (p *printer) summarised() bool { return ir.SizeOf(p.shape) > p.o.Threshold }

// cut reports whether axis i is shown by its ends alone.
func (p *printer) cut(i int) bool { return p.summarised() && p.shape[i] > 2*p.o.EdgeItems }

// load reads the elements that are shown. Of a large array only those leave the device.
func (p *printer) load(v *value) {
	p.shown = make([]int, len(p.shape))
	for i, n := range p.shape {
		p.shown[i] = n
		if p.cut(i) {
			p.shown[i] = 2 * p.o.EdgeItems
		}
	}
	if p.summarised() && v.Aval().Bytes() > hostLimit {
		trace.Suspended(func() { v = whole1("jnp.String", nil, v, p.ends).v })
	}
	b := hostBytes("jnp.Array.String", v)
	p.elems = make([]ir.Lit, 0, ir.SizeOf(p.shown))
	p.gather(b, v.DType(), v.Shape(), 0, 0)
}

// ends joins both ends of every axis that is cut.
func (p *printer) ends(v *value) *value {
	for i, n := range p.shape {
		if p.cut(i) {
			v = ops.Concatenate(
				[]*value{ops.SliceInDim(v, 0, p.o.EdgeItems, 1, i), ops.SliceInDim(v, n-p.o.EdgeItems, n, 1, i)}, i)
		}
	}
	return v
}

// gather appends the elements shown of the array b of the given shape, which is p.shape or p.shown, from element at of
// axes before axis.
func (p *printer) gather(b []byte, d ir.DType, shape []int, axis, at int) {
	if axis == len(shape) {
		p.elems = append(p.elems, elemLit(b, d, at))
		return
	}
	n := shape[axis]
	for i := 0; i < n; i++ {
		if p.cut(axis) && i == p.o.EdgeItems && n > 2*p.o.EdgeItems {
			i = n - p.o.EdgeItems
		}
		p.gather(b, d, shape, axis+1, at*n+i)
	}
}

// aligned is elem padded to the widest of the elements.
func aligned(elem func(ir.Lit) string, elems []ir.Lit) func(ir.Lit) string {
	w := 0
	for _, l := range elems {
		w = max(w, utf8.RuneCountInString(elem(l)))
	}
	return func(l ir.Lit) string { return fmt.Sprintf("%*s", w, elem(l)) }
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
			if p.cut(axis) && i == p.o.EdgeItems {
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
		if p.cut(axis) && i == p.o.EdgeItems {
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
func (o *PrintOptions) elemFormat(d ir.DType, elems []ir.Lit, alone bool) func(ir.Lit) string {
	switch {
	case d == ir.Bool && alone:
		return boolWord
	case d == ir.Bool:
		return func(l ir.Lit) string { return fmt.Sprintf("%5s", boolWord(l)) }
	case d.IsInteger():
		return o.intFormat(elems)
	case d == ir.BFloat16: // not a type of NumPy's own: no alignment
		return func(l ir.Lit) string { return floatRepr(l.Float(), d) }
	case d.IsFloat():
		f := o.newFloatFormat(d, elems, ir.Lit.Float, o.Sign)
		return func(l ir.Lit) string { return f.word(l.Float()) }
	}
	re := o.newFloatFormat(d.Real(), elems, ir.Lit.Float, o.Sign)
	im := o.newFloatFormat(d.Real(), elems, func(l ir.Lit) float64 { return imag(l.Complex()) }, SignPlus)
	return func(l ir.Lit) string {
		i := im.word(imag(l.Complex()))
		cut := len(strings.TrimRight(i, " "))
		return re.word(l.Float()) + i[:cut] + "j" + i[cut:]
	}
}

// intFormat is how integers are written: as wide as the widest, with the sign that the options say.
func (o *PrintOptions) intFormat(elems []ir.Lit) func(ir.Lit) string {
	sign, anyNegative := o.Sign, false
	for _, l := range elems {
		anyNegative = anyNegative || l.String()[0] == '-'
	}
	if sign == SignSpace && anyNegative {
		sign = SignMinus
	}
	text := func(l ir.Lit) string {
		s := l.String()
		switch {
		case s[0] == '-':
		case sign == SignPlus:
			s = "+" + s
		case sign == SignSpace:
			s = " " + s
		}
		return s
	}
	w := 0
	for _, l := range elems {
		w = max(w, len(text(l)))
	}
	return func(l ir.Lit) string { return fmt.Sprintf("%*s", w, text(l)) }
}

// bfloatString is six significant digits.
func bfloatString(x float64) string { return strings.ToLower(strconv.FormatFloat(x, 'g', 6, 64)) }
