package jnp

import (
	"math"
	"strconv"
	"strings"

	"github.com/gojax/gojax/ir"
)

// floatFormat writes the floats of one array: in scientific notation where their sizes differ much, and with the
// decimal points below each other.
type floatFormat struct {
	o      *PrintOptions
	d      ir.DType
	sign   PrintSign
	exp    bool // scientific
	left   int  // characters before the point
	right  int  // characters after it, of the exponent too
	digits int  // decimals in scientific notation
	exps   int  // digits of the exponent
}

func (o *PrintOptions) newFloatFormat(d ir.DType, elems []ir.Lit, part func(ir.Lit) float64,
	sign PrintSign) *floatFormat {
	f := &floatFormat{o: o, d: d, sign: sign}
	least, most := math.Inf(1), 0.0
	nonFinite, negative, negInf := false, false, sign != SignMinus
	for _, l := range elems {
		x := part(l)
		if math.IsNaN(x) || math.IsInf(x, 0) {
			nonFinite = true
			negInf = negInf || math.IsInf(x, -1)
			continue
		}
		negative = negative || math.Signbit(x)
		if a := math.Abs(x); a != 0 {
			least, most = min(least, a), max(most, a)
		}
	}
	if most > 0 {
		// The comparisons are made in the array's own precision, as NumPy's are.
		large := roundTo64(math.Pow(10, math.Min(8, float64(FInfo(d).Precision))), d)
		f.exp = most >= large || !o.Suppress && (least < roundTo64(1e-4, d) || roundTo64(most/least, d) > 1000)
	}
	for _, l := range elems {
		x := part(l)
		if math.IsNaN(x) || math.IsInf(x, 0) {
			continue
		}
		if f.exp {
			whole, frac, exp := f.scientific(x)
			f.left, f.digits, f.exps = max(f.left, len(whole)), max(f.digits, len(frac)), max(f.exps, len(exp)-1)
		} else {
			whole, frac := f.positional(x)
			f.left, f.right = max(f.left, len(whole)), max(f.right, len(frac))
		}
	}
	if f.exp {
		f.right = f.exps + 2 + f.digits
	}
	if sign == SignSpace && !negative {
		f.left++
	}
	if nonFinite {
		inf := len(o.Inf)
		if negInf {
			inf++
		}
		f.left = max(f.left, len(o.NaN)-(f.right+1), inf-(f.right+1))
	}
	return f
}

// roundTo64 is x rounded to dtype d.
func roundTo64(x float64, d ir.DType) float64 { return ir.FloatLit(x, d).Float() }

// word is x with the padding of its column.
func (f *floatFormat) word(x float64) string {
	if math.IsNaN(x) || math.IsInf(x, 0) {
		s := f.o.Inf
		if math.IsNaN(x) {
			s, x = f.o.NaN, 1
		}
		s = f.signOf(x) + s
		return strings.Repeat(" ", max(0, f.left+f.right+1-len(s))) + s
	}
	if f.exp {
		// Decimals past the shortest are those of the exact value, not zeros.
		m, exp, _ := strings.Cut(strconv.FormatFloat(math.Abs(x), 'e', f.digits, 64), "e")
		for len(exp)-1 < f.exps {
			exp = exp[:1] + "0" + exp[1:]
		}
		if f.digits == 0 {
			m += "."
		}
		m = f.signOf(x) + m
		return strings.Repeat(" ", max(0, f.left+1+f.digits-len(m))) + m + "e" + exp
	}
	whole, frac := f.positional(x)
	if f.o.FloatMode == PrintMaxPrecEqual && len(frac) < f.right {
		whole, frac, _ = strings.Cut(strconv.FormatFloat(math.Abs(x), 'f', f.right, 64), ".")
		whole = f.signOf(x) + whole
	}
	return strings.Repeat(" ", max(0, f.left-len(whole))) + whole + "." + frac +
		strings.Repeat(" ", max(0, f.right-len(frac)))
}

func (f *floatFormat) signOf(x float64) string {
	switch {
	case math.Signbit(x):
		return "-"
	case f.sign == SignPlus:
		return "+"
	}
	return ""
}

// decimals is |x| in the given format with the fewest decimals that tell it from its neighbours, without trailing
// zeros, but with no more than the options let it have; or in the fixed mode with exactly as many.
func (f *floatFormat) decimals(x float64, format byte) (whole, frac, exp string) {
	s, fixed := "", f.o.FloatMode == PrintFixed
	if !fixed {
		s = shortest(math.Abs(x), format, f.d)
	}
	point, end := strings.IndexByte(s, '.'), strings.IndexByte(s, 'e')
	if end < 0 {
		end = len(s)
	}
	if fixed || f.o.FloatMode != PrintUnique && point >= 0 && end-point-1 > f.o.Precision {
		s = strconv.FormatFloat(math.Abs(x), format, f.o.Precision, 64)
	}
	s, exp, _ = strings.Cut(s, "e")
	whole, frac, _ = strings.Cut(s, ".")
	if !fixed {
		frac = strings.TrimRight(frac, "0")
	}
	return f.signOf(x) + whole, frac, exp
}

// positional is x's whole part, with its sign, and its decimals.
func (f *floatFormat) positional(x float64) (whole, frac string) {
	whole, frac, _ = f.decimals(x, 'f')
	return whole, frac
}

// scientific is x's first digit, with its sign, its decimals, and its exponent, with its sign.
func (f *floatFormat) scientific(x float64) (whole, frac, exp string) { return f.decimals(x, 'e') }

// shortest is the shortest decimal that reads back as x in dtype d.
func shortest(x float64, format byte, d ir.DType) string {
	switch d {
	case ir.Float64:
		return strconv.FormatFloat(x, format, -1, 64)
	case ir.Float32:
		return strconv.FormatFloat(x, format, -1, 32)
	}
	for n := 0; ; n++ {
		s := strconv.FormatFloat(x, 'e', n, 64)
		if y, _ := strconv.ParseFloat(s, 64); roundTo64(y, d) == x || n > 16 {
			return strconv.FormatFloat(y, format, -1, 64)
		}
	}
}

// floatRepr is a number by itself, as NumPy's str writes a scalar: scientific below 1e-4 and where it has more whole
// digits than its type can hold for sure.
func floatRepr(x float64, d ir.DType) string {
	switch {
	case math.IsNaN(x):
		return "nan"
	case math.IsInf(x, 1):
		return "inf"
	case math.IsInf(x, -1):
		return "-inf"
	case d == ir.BFloat16:
		return bfloatString(x)
	}
	if a := math.Abs(x); a != 0 &&
		(a < roundTo64(1e-4, d) || a >= map[ir.DType]float64{ir.Float16: 1e3, ir.Float32: 1e6, ir.Float64: 1e16}[d]) {
		return shortest2(x, 'e', d)
	}
	s := shortest2(x, 'f', d)
	if !strings.ContainsRune(s, '.') {
		s += ".0"
	}
	return s
}

// shortest2 is shortest with the sign.
func shortest2(x float64, format byte, d ir.DType) string {
	s := shortest(math.Abs(x), format, d)
	if math.Signbit(x) {
		return "-" + s
	}
	return s
}

// complexRepr is a complex number by itself: (1+2j), or 2j where the real part is +0.
func complexRepr(l ir.Lit) string {
	re, im := l.Float(), imag(l.Complex())
	part := func(x float64) string { return strings.TrimSuffix(floatRepr(x, l.DType.Real()), ".0") }
	i := part(im)
	if re == 0 && !math.Signbit(re) {
		return i + "j"
	}
	if !math.Signbit(im) || math.IsNaN(im) {
		i = "+" + i
	}
	return "(" + part(re) + i + "j)"
}
