package golden

import (
	"encoding/json"
	"fmt"
	"math"
	"math/cmplx"
	"reflect"
	"slices"
	"strconv"

	"github.com/gojax/gojax/ir"
	"github.com/gojax/gojax/jnp"
	"github.com/gojax/gojax/random"
	"github.com/gojax/gojax/trace"
)

// Compare tells how got, what a function returned, differs from want, what its case stored; nil: it does not.
// Structure, shape, dtype and weakness must be equal, elements within the tolerance.
func Compare(got, want any, tol Tolerance) error { return compare("out", got, want, tol) }

func compare(path string, got, want any, tol Tolerance) error {
	switch want := want.(type) {
	case nil:
		if got != nil {
			return fmt.Errorf("%s is %T, want none", path, got)
		}
		return nil
	case []any:
		return compareList(path, got, want, tol)
	case map[string]any:
		if isArray(want) {
			s, err := ReadStored(want)
			if err != nil {
				return fmt.Errorf("%s: %w", path, err)
			}
			return compareArray(path, got, s, tol)
		}
		if d, ok := want["dict"].(map[string]any); ok {
			return compareDict(path, got, d, tol)
		}
		if _, ok := want["scalar"]; ok {
			s, err := readScalar(want)
			if err != nil {
				return fmt.Errorf("%s: %w", path, err)
			}
			return comparePlain(path, got, s.Value, tol)
		}
	case json.Number:
		d := ir.Int64
		if _, err := strconv.ParseInt(want.String(), 10, 64); err != nil {
			d = ir.Float64
		}
		l, err := readElement(want, d)
		if err != nil {
			return fmt.Errorf("%s: %w", path, err)
		}
		return comparePlain(path, got, l, tol)
	case bool:
		return comparePlain(path, got, ir.BoolLit(want), tol)
	case string:
		if s := fmt.Sprint(got); s != want {
			return fmt.Errorf("%s is %q, want %q", path, s, want)
		}
		return nil
	}
	return fmt.Errorf("%s: cannot read %v as an output", path, want)
}

func compareList(path string, got any, want []any, tol Tolerance) error {
	r := reflect.ValueOf(got)
	if k := r.Kind(); k != reflect.Slice && k != reflect.Array {
		return fmt.Errorf("%s is %T, want a list of %d", path, got, len(want))
	}
	if r.Len() != len(want) {
		return fmt.Errorf("%s has %d elements, want %d", path, r.Len(), len(want))
	}
	for i, w := range want {
		if err := compare(fmt.Sprintf("%s[%d]", path, i), r.Index(i).Interface(), w, tol); err != nil {
			return err
		}
	}
	return nil
}

func compareDict(path string, got any, want map[string]any, tol Tolerance) error {
	m, ok := got.(map[string]any)
	if !ok {
		return fmt.Errorf("%s is %T, want a dict", path, got)
	}
	if len(m) != len(want) {
		return fmt.Errorf("%s has %d entries, want %d", path, len(m), len(want))
	}
	for k, w := range want {
		g, ok := m[k]
		if !ok {
			return fmt.Errorf("%s has no entry %q", path, k)
		}
		if err := compare(fmt.Sprintf("%s[%q]", path, k), g, w, tol); err != nil {
			return err
		}
	}
	return nil
}

// comparePlain compares with a Python number. Where a Go function returns an array for it, a weakly typed scalar will
// do.
func comparePlain(path string, got any, want ir.Lit, tol Tolerance) error {
	if a, ok := got.(jnp.Array); ok {
		t := a.TraceValue().Aval()
		if t.Rank() != 0 || t.DType.Kind() != want.DType.Kind() || !t.Weak && t.DType != ir.Bool {
			return fmt.Errorf("%s is %v, want the number %v", path, t, want)
		}
		if tol.typesOnly {
			return nil
		}
		return near(path, elements(a.TraceValue())[0], want.Convert(t.DType), tol)
	}
	switch g := reflect.ValueOf(got); {
	case want.DType == ir.Bool && g.Kind() == reflect.Bool:
		return near(path, ir.BoolLit(g.Bool()), want, tol)
	case want.DType == ir.Int64 && g.CanInt():
		return near(path, ir.IntLit(g.Int(), ir.Int64), want, tol)
	case want.DType == ir.Float64 && g.CanFloat():
		return near(path, ir.FloatLit(g.Float(), ir.Float64), want, tol)
	case want.DType == ir.Complex128 && g.CanComplex():
		return near(path, ir.ComplexLit(g.Complex(), ir.Complex128), want, tol)
	}
	return fmt.Errorf("%s is %T %v, want the number %v", path, got, got, want)
}

func compareArray(path string, got any, want *Stored, tol Tolerance) error {
	v, err := valueOf(path, got, want)
	if v == nil || err != nil || tol.typesOnly {
		return err
	}
	return compareElements(path, elements(v), want, tol)
}

// valueOf checks the type of got; nil without an error is the tangent of integers, which has no data.
func valueOf(path string, got any, want *Stored) (*trace.Value, error) {
	if k, ok := got.(random.KeyArray); ok && want.Key {
		got = k.Data()
	} else if want.Key {
		return nil, fmt.Errorf("%s is %T, want keys", path, got)
	}
	a, ok := got.(jnp.Array)
	if !ok {
		return nil, fmt.Errorf("%s is %T, want an array of %v", path, got, want.DType)
	}
	v := a.TraceValue()
	if want.Float0() { // Go's gradient with respect to integers is an array that is not set
		if v != nil {
			return nil, fmt.Errorf("%s is %v, want no gradient, since the argument is of integers", path, v.Aval())
		}
		return nil, nil
	}
	if v == nil {
		return nil, fmt.Errorf("%s is an array that was not set", path)
	}
	if t, w := v.Aval(),
		(ir.Aval{Shape: want.Shape, DType: want.DType, Weak: want.Weak}); !slices.Equal(t.Shape, w.Shape) ||
		t.DType != w.DType {
		return nil, fmt.Errorf("%s is %v, want %v", path, t, w)
	} else if t.Weak != w.Weak {
		return nil, fmt.Errorf("%s: weakly typed: %v, want %v (%v)", path, t.Weak, w.Weak, t)
	}
	return v, nil
}

func compareElements(path string, got []ir.Lit, want *Stored, tol Tolerance) error {
	bad, first := 0, error(nil)
	for i := range got {
		if err := near(fmt.Sprintf("%s%v", path, position(i, want.Shape)), got[i], want.Data[i], tol); err != nil {
			if bad++; first == nil {
				first = err
			}
		}
	}
	if bad > 1 {
		return fmt.Errorf("%w, and %d more of %d elements", first, bad-1, len(got))
	}
	return first
}

// position is the index of element i of an array.
func position(i int, shape []int) []int {
	at := make([]int, len(shape))
	for a := len(shape) - 1; a >= 0; a-- {
		at[a], i = i%shape[a], i/shape[a]
	}
	return at
}

// near compares two numbers of one dtype: |got-want| <= atol + rtol |want|. NaN equals NaN, and infinities must be the
// same.
func near(path string, got, want ir.Lit, tol Tolerance) error {
	ok := got.Lo == want.Lo && got.Hi == want.Hi
	switch d := want.DType; {
	case ok:
	case d.IsComplex():
		ok = nearComplex(got.Complex(), want.Complex(), tol)
	case d.IsFloat():
		ok = nearFloat(got.Float(), want.Float(), tol)
	case d.IsInteger() && tol != (Tolerance{}):
		ok = nearFloat(got.Float(), want.Float(), tol)
	}
	if !ok {
		return fmt.Errorf("%s is %v, want %v within %g + %g relative", path, got, want, tol.Atol, tol.Rtol)
	}
	return nil
}

func nearFloat(a, b float64, tol Tolerance) bool {
	switch {
	case math.IsNaN(b):
		return math.IsNaN(a)
	case math.IsInf(b, 0) || math.IsInf(a, 0):
		return a == b
	}
	return math.Abs(a-b) <= tol.Atol+tol.Rtol*math.Abs(b)
}

// nearComplex compares by the distance in the plane where both are finite, and part by part elsewhere, since the phase
// of an infinite number or a NaN is in its parts.
func nearComplex(a, b complex128, tol Tolerance) bool {
	finite := func(z complex128) bool { return !cmplx.IsInf(z) && !cmplx.IsNaN(z) }
	if finite(a) && finite(b) {
		return cmplx.Abs(a-b) <= tol.Atol+tol.Rtol*cmplx.Abs(b)
	}
	if cmplx.IsNaN(b) {
		return cmplx.IsNaN(a)
	}
	return nearFloat(real(a), real(b), tol) && nearFloat(imag(a), imag(b), tol)
}
