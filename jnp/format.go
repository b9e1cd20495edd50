package jnp

import (
	"fmt"
	"log/slog"
	"math"
	"strings"

	"github.com/gojax/gojax/ir"
	"github.com/gojax/gojax/trace"
	"github.com/gojax/gojax/transforms/jit"
)

// Format writes a for package fmt. %v and %s are String, and %#v is GoString. The verbs of numbers (%d, %g, %.3f,
// %x, %t and so on), and %v with a precision, apply to each element, in NumPy's brackets; those of a complex array to
// both parts. A scalar is written without brackets, so that fmt.Printf("%.3f", loss) prints a number. Large arrays are
// summarised, as String does it.
func (a Array) Format(s fmt.State, verb rune) {
	o := GetPrintOptions().filled()
	_, precise := s.Precision()
	known := a.known()
	switch {
	case verb == 'v' && s.Flag('#'):
		pad(s, o.repr(a))
	case known.v == nil || strings.ContainsRune("sq", verb) || verb == 'v' && !precise:
		if text := o.str(a); verb == 'q' {
			fmt.Fprintf(s, fmt.FormatString(s, 'q'), text)
		} else {
			pad(s, text)
		}
	default:
		format := fmt.FormatString(s, verb)
		p := printer{o: o, shape: known.Shape(), sep: " ", elem: func(l ir.Lit) string {
			return fmt.Sprintf(format, goValue(l))
		}}
		fmt.Fprint(s, p.print(known.v, " ", o.LineWidth))
	}
}

// pad writes text in the width that s asks for.
func pad(s fmt.State, text string) {
	if w, ok := s.Width(); ok && s.Flag('-') {
		fmt.Fprintf(s, "%-*s", w, text)
	} else {
		fmt.Fprintf(s, "%*s", w, text)
	}
}

// known is a, or its value where a trace knows it; the zero Array where there are no elements to be read.
func (a Array) known() Array {
	if a.v != nil && a.v.Traced() {
		v, _ := a.v.Eval()
		a = Wrap(v)
	}
	if a.v == nil || a.IsDeleted() || jit.IsPart(a.v) {
		return Array{}
	}
	return a
}

// goValue is the element as a Go value, half-precision floats as float32.
func goValue(l ir.Lit) any {
	switch d := l.DType; {
	case d == ir.Bool:
		return l.Lo != 0
	case d == ir.Complex64:
		return complex64(l.Complex())
	case d == ir.Complex128:
		return l.Complex()
	case d == ir.Float64:
		return l.Float()
	case d.IsFloat():
		return float32(l.Float())
	case d.IsUnsigned():
		return l.Lo
	}
	return l.Int()
}

// logged is how many elements of an array a log line shows.
const logged = 16

// LogValue is what package log/slog writes of a: of a scalar its number, which is text where JSON has none
// such (complex, NaN, infinite); of an array a line with the type and the elements, the first and last few where it has
// more than 16. A traced array is written by its type.
func (a Array) LogValue() slog.Value {
	known := a.known()
	if known.v == nil {
		return slog.StringValue(GetPrintOptions().filled().str(a))
	}
	var v slog.Value
	if err := trace.Try(func() {
		if known.NDim() == 0 {
			l := item("jnp.Array.LogValue", known)
			x := goValue(l)
			// JSON has no complex numbers, no NaN and no infinities.
			if l.DType.IsComplex() || l.DType.IsFloat() && (math.IsNaN(l.Float()) || math.IsInf(l.Float(), 0)) {
				x = fmt.Sprint(x)
			}
			v = slog.AnyValue(x)
			return
		}
		o := PrintOptions{Threshold: logged, EdgeItems: logged / 4}
		line := strings.Join(strings.Fields(o.filled().str(known)), " ")
		v = slog.StringValue(fmt.Sprintf("%v %s", known.v.Aval(), line))
	}); err != nil { // of the computation: a log line must not end the program
		return slog.StringValue(err.Error())
	}
	return v
}
