package plot

import (
	"math"

	"github.com/gojax/gojax/ir"
	"github.com/gojax/gojax/jnp"
	"github.com/gojax/gojax/trace"
)

// largest is the magnitude from which on a number is drawn no more than an infinity is: differences of two such
// numbers, which axes are made of, are not finite.
const largest = 1e300

// numbers are the elements of x as float64, with NaN for what cannot be drawn.
func numbers(op, name string, x jnp.Array) []float64 {
	v := x.TraceValue()
	if v == nil {
		trace.FailUnset(op, name)
	}
	t := v.Aval()
	if t.DType.IsComplex() {
		trace.Fail(op, []ir.Aval{t}, "%s is complex; draw one of its parts (x.Real(), x.Imag(), jnp.Abs(x))", name)
	}
	data := make([]byte, t.Bytes())
	trace.TheRuntime().ToHost(v, data)
	size := t.DType.Size()
	y := make([]float64, len(data)/max(size, 1))
	for i := range y {
		y[i] = number(ir.LitFromBytes(data[i*size:(i+1)*size], t.DType))
		if math.Abs(y[i]) > largest {
			y[i] = math.NaN()
		}
	}
	return y
}

func number(l ir.Lit) float64 {
	switch l.DType.Kind() {
	case ir.KindBool, ir.KindUint:
		return float64(l.Lo)
	case ir.KindInt:
		return float64(l.Int())
	}
	return l.Float()
}

// span is an interval of numbers.
type span struct{ low, high float64 }

// nothing is the span of no numbers.
var nothing = span{math.Inf(1), math.Inf(-1)}

// with is the span that also has what of x can be drawn.
func (s span) with(x ...float64) span {
	for _, v := range x {
		if !math.IsNaN(v) {
			s.low, s.high = min(s.low, v), max(s.high, v)
		}
	}
	return s
}

// or is the span that the user asked for, s where none was.
func (s span) or(asked [2]float64) span {
	if asked != [2]float64{} {
		return span{asked[0], asked[1]}
	}
	return s
}

// wide is s as an axis can show it: with two ends apart by more than the rounding of their labels.
func (s span) wide(log bool) span {
	switch {
	case s.low > s.high && log:
		return span{1, 10}
	case s.low > s.high:
		return span{0, 1}
	case log && s.high < s.low*1.01:
		return span{s.low / 2, s.high * 2}
	case log:
		return s
	}
	size := max(math.Abs(s.low), math.Abs(s.high))
	if s.high-s.low > 1e-6*size {
		return s
	}
	pad := 0.5
	if size > 0 {
		pad = size / 2
	}
	return span{s.low - pad, s.high + pad}
}

// at is where v lies between the ends of s, from 0 to 1.
func (s span) at(v float64, log bool) float64 {
	if log {
		return (math.Log(v) - math.Log(s.low)) / (math.Log(s.high) - math.Log(s.low))
	}
	return (v - s.low) / (s.high - s.low)
}
