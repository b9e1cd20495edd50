package checkpoint

import (
	"errors"
	"fmt"
	"math"
	"reflect"
	"strconv"
	"strings"
)

// plainText is a plain Go value as text that parsePlain reads to the bit.
func plainText(x reflect.Value) string {
	switch {
	case x.Kind() == reflect.String:
		return strconv.Quote(x.String())
	case x.Kind() == reflect.Bool:
		return strconv.FormatBool(x.Bool())
	case x.CanInt():
		return strconv.FormatInt(x.Int(), 10)
	case x.CanUint():
		return strconv.FormatUint(x.Uint(), 10)
	case x.CanFloat():
		return floatText(x.Float())
	}
	z := x.Complex()
	return floatText(real(z)) + " " + floatText(imag(z))
}

func floatText(x float64) string {
	if math.IsNaN(x) { // of which there are many
		return "NaN:" + strconv.FormatUint(math.Float64bits(x), 16)
	}
	return strconv.FormatFloat(x, 'g', -1, 64)
}

func parseFloat(s string) (float64, error) {
	if bits, ok := strings.CutPrefix(s, "NaN:"); ok {
		n, err := strconv.ParseUint(bits, 16, 64)
		return math.Float64frombits(n), err
	}
	return strconv.ParseFloat(s, 64)
}

// parsePlain is a plain Go value of type t.
func parsePlain(s string, t reflect.Type) (x reflect.Value, err error) {
	x = reflect.New(t).Elem()
	switch {
	case t.Kind() == reflect.String:
		s, err = strconv.Unquote(s)
		x.SetString(s)
	case t.Kind() == reflect.Bool:
		var b bool
		b, err = strconv.ParseBool(s)
		x.SetBool(b)
	case x.CanInt():
		var n int64
		n, err = strconv.ParseInt(s, 10, t.Bits())
		x.SetInt(n)
	case x.CanUint():
		var n uint64
		n, err = strconv.ParseUint(s, 10, t.Bits())
		x.SetUint(n)
	case x.CanFloat():
		var f float64
		f, err = parseFloat(s)
		x.SetFloat(f)
	case x.CanComplex():
		re, im, _ := strings.Cut(s, " ")
		r, err1 := parseFloat(re)
		i, err2 := parseFloat(im)
		err = errors.Join(err1, err2)
		x.SetComplex(complex(r, i))
	default:
		err = fmt.Errorf("%v is no type of plain values", t)
	}
	return x, err
}
