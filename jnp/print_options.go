package jnp

import (
	"sync/atomic"

	"github.com/gojax/gojax/trace"
)

// PrintOptions says how arrays are written, as NumPy's set_printoptions. The zero value is NumPy's default; a field
// that is 0 has the default, and a negative number stands for 0.
type PrintOptions struct {
	Precision int       // decimals at most: 8
	Threshold int       // arrays of more elements are summarised: 1000
	EdgeItems int       // elements of a summary at either end of an axis: 3; at least 1
	LineWidth int       // characters in a line: 75
	Suppress  bool      // no scientific notation for small numbers beside large ones, and zero for those that vanish
	NaN, Inf  string    // how these are written: nan, inf
	Sign      PrintSign // of positive numbers: none
	FloatMode FloatMode // how many decimals: PrintMaxPrec
}

// PrintSign says how positive numbers are marked.
type PrintSign uint8

const (
	SignMinus PrintSign = iota // not at all (NumPy's "-")
	SignPlus                   // by a plus ("+")
	SignSpace                  // by a space in its place (" ")
)

// FloatMode says how many decimals floats are written with.
type FloatMode uint8

const (
	// as many as tell a number from its neighbours, but at most Precision (NumPy's "maxprec")
	PrintMaxPrec      FloatMode = iota
	PrintMaxPrecEqual           // the same, and equally many for all elements ("maxprec_equal")
	PrintFixed                  // Precision ("fixed")
	PrintUnique                 // as many as tell a number from its neighbours ("unique")
)

var printing atomic.Pointer[PrintOptions]

// SetPrintOptions sets how arrays are written from now on, in all goroutines: NumPy's set_printoptions. To write one
// array otherwise use PrintOptions.String.
func SetPrintOptions(o PrintOptions) {
	if o.Sign > SignSpace || o.FloatMode > PrintUnique {
		trace.Fail("jnp.SetPrintOptions", nil, "the sign %d or the float mode %d is none of those declared", o.Sign,
			o.FloatMode)
	}
	printing.Store(&o)
}

// GetPrintOptions is what SetPrintOptions set last: NumPy's get_printoptions.
func GetPrintOptions() PrintOptions {
	if o := printing.Load(); o != nil {
		return *o
	}
	return PrintOptions{}
}

// filled is o with the defaults in place of zeros, and zeros in place of negative numbers.
func (o PrintOptions) filled() *PrintOptions {
	or := func(n *int, otherwise int) {
		switch {
		case *n == 0:
			*n = otherwise
		case *n < 0:
			*n = 0
		}
	}
	or(&o.Precision, 8)
	or(&o.Threshold, 1000)
	or(&o.EdgeItems, 3)
	or(&o.LineWidth, 75)
	o.EdgeItems = max(o.EdgeItems, 1)
	if o.NaN == "" {
		o.NaN = "nan"
	}
	if o.Inf == "" {
		o.Inf = "inf"
	}
	return &o
}

// String is a as its String method writes it, with these options: NumPy's array2string.
func (o PrintOptions) String(a Array) string { return o.filled().str(a) }

// Repr is a as ArrayRepr writes it, with these options.
func (o PrintOptions) Repr(a Array) string { return o.filled().repr(a) }

// ArrayStr is the elements of a: NumPy's array_str, and what a.String() and fmt's %v write.
func ArrayStr(a Array) string { return a.String() }

// ArrayRepr is the elements of a with its dtype and weak flag, as JAX's repr: "Array([1., 2.], dtype=float32)". It is
// what fmt's %#v writes.
func ArrayRepr(a Array) string { return a.GoString() }
