package jnp

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"math"
	"strconv"

	"github.com/gojax/gojax/internal/kit"
	"github.com/gojax/gojax/ir"
	"github.com/gojax/gojax/ops"
	"github.com/gojax/gojax/trace"
)

// Arrays in JSON and in gob, by themselves and in the structs, maps and slices that hold them.

// arrayJSON is an array as JSON has it.
type arrayJSON struct {
	DType string          `json:"dtype"`
	Shape []int           `json:"shape"`
	Data  json.RawMessage `json:"data"`
}

// MarshalJSON is {"dtype": "float32", "shape": [2, 2], "data": [1, 2, 3, 4]}, the elements row by row, with as many
// digits as tell them from their neighbours, so that UnmarshalJSON gives the same array. NaN and the infinities, for
// which JSON has no numbers, are the strings "NaN", "Infinity" and "-Infinity", and a complex element is the pair of
// its parts. It waits for a. An array that was never set is null; one that is traced or deleted is an error.
func (a Array) MarshalJSON() (text []byte, err error) {
	if a.v == nil {
		return []byte("null"), nil
	}
	err = trace.Try(func() {
		const op = "jnp.Array.MarshalJSON"
		d, b := a.v.DType(), hostBytes(op, a.v)
		data := []byte{'['}
		for i := range a.v.Aval().Size() {
			if i > 0 {
				data = append(data, ',')
			}
			data = appendJSON(data, elemLit(b, d, i))
		}
		text, err = json.Marshal(arrayJSON{d.String(), a.Shape(), append(data, ']')})
		trace.Must(err, op, nil)
	})
	return text, err
}

func appendJSON(b []byte, l ir.Lit) []byte {
	bits := 32
	if l.DType.Real() == ir.Float64 {
		bits = 64
	}
	switch l.DType.Kind() {
	case ir.KindBool:
		return strconv.AppendBool(b, l.Lo != 0)
	case ir.KindFloat:
		return appendFloat(b, l.Float(), bits)
	case ir.KindComplex:
		z := l.Complex()
		b = appendFloat(append(b, '['), real(z), bits)
		return append(appendFloat(append(b, ','), imag(z), bits), ']')
	}
	return append(b, l.String()...)
}

func appendFloat(b []byte, x float64, bits int) []byte {
	switch {
	case math.IsNaN(x):
		return append(b, `"NaN"`...)
	case math.IsInf(x, 0):
		if x < 0 {
			return append(b, `"-Infinity"`...)
		}
		return append(b, `"Infinity"`...)
	}
	return strconv.AppendFloat(b, x, 'g', -1, bits)
}

// UnmarshalJSON reads what MarshalJSON writes, and also a number, true or false, or nested lists of them, as other
// programs write arrays: these have the dtype that AsArray gives them. null leaves a as it is. While 64-bit types are
// off, data of 64 bits are narrowed as FromSlice does it.
func (a *Array) UnmarshalJSON(text []byte) error {
	text = bytes.TrimSpace(text)
	if string(text) == "null" {
		return nil
	}
	return trace.Try(func() {
		const op = "jnp.Array.UnmarshalJSON"
		if len(text) == 0 || text[0] != '{' {
			var nested any
			trace.Must(decode(text, &nested), op, nil)
			x := kit.LiftAlone(op, []any{goNumbers(op, nested)}) // in a list: a number alone would be weakly typed
			*a = Wrap(ops.Reshape(x, x.Shape()[1:]))
			return
		}
		var in arrayJSON
		trace.Must(decode(text, &in), op, nil)
		d, err := ir.ParseDType(in.DType)
		trace.Must(err, op, nil)
		shape := trace.CheckShape(op, in.Shape, d)
		t := []ir.Aval{{Shape: shape, DType: d}}
		var elements []any
		trace.Must(decode(in.Data, &elements), op, t)
		if len(elements) != ir.SizeOf(shape) {
			trace.Fail(op, t, "data has %d elements, the shape %v has %d", len(elements), shape, ir.SizeOf(shape))
		}
		b := kit.AlignedBytes(len(elements) * d.Size())[:0]
		for i, e := range elements {
			l, err := elementOf(e, d)
			if err != nil {
				trace.Fail(op, t, "element %d: %w", i, err)
			}
			b = l.AppendBytes(b)
		}
		*a = Wrap(kit.FromHost(op, b, d, shape))
	})
}

// decode is json.Unmarshal with the digits of numbers kept.
func decode(text []byte, into any) error {
	d := json.NewDecoder(bytes.NewReader(text))
	d.UseNumber()
	return d.Decode(into)
}

// elementOf reads an element of dtype d.
func elementOf(e any, d ir.DType) (ir.Lit, error) {
	switch e := e.(type) {
	case bool:
		if d == ir.Bool {
			return ir.BoolLit(e), nil
		}
	case string, json.Number:
		x, isNumber := e.(json.Number)
		switch {
		case d.IsFloat():
			v, err := floatOf(fmt.Sprint(e), d)
			return ir.FloatLit(v, d), err
		case d.IsInteger() && isNumber:
			return integerOf(string(x), d)
		}
	case []any:
		if !d.IsComplex() || len(e) != 2 {
			break
		}
		re, err1 := elementOf(e[0], d.Real())
		im, err2 := elementOf(e[1], d.Real())
		return ir.ComplexLit(complex(re.Float(), im.Float()), d), errors.Join(err1, err2)
	}
	return ir.Lit{}, fmt.Errorf("%v is no element of dtype %v", e, d)
}

// floatOf reads a number, or one of the words for what is none.
func floatOf(s string, d ir.DType) (float64, error) {
	bits := 32
	if d == ir.Float64 {
		bits = 64
	}
	x, err := strconv.ParseFloat(s, bits)
	if err != nil {
		return 0, fmt.Errorf("%q is no %v", s, d)
	}
	return x, nil
}

// integerOf reads an integer that d holds.
func integerOf(s string, d ir.DType) (ir.Lit, error) {
	if d.IsUnsigned() {
		v, err := strconv.ParseUint(s, 10, d.Bits())
		if err != nil {
			return ir.Lit{}, fmt.Errorf("%s is no %v", s, d)
		}
		return ir.UintLit(v, d), nil
	}
	v, err := strconv.ParseInt(s, 10, d.Bits())
	if err != nil {
		return ir.Lit{}, fmt.Errorf("%s is no %v", s, d)
	}
	return ir.IntLit(v, d), nil
}

// goNumbers is plain JSON with its numbers as Go's.
func goNumbers(op string, x any) any {
	switch x := x.(type) {
	case json.Number:
		if n, err := strconv.Atoi(string(x)); err == nil {
			return n
		}
		v, err := floatOf(string(x), ir.Float64)
		trace.Must(err, op, nil)
		return v
	case []any:
		for i, e := range x {
			x[i] = goNumbers(op, e)
		}
	case bool:
	default:
		trace.Fail(op, nil, "%q is no array: want a number, true or false, nested lists of them, or an object with "+
			"dtype, shape and data", fmt.Sprint(x))
	}
	return x
}

// MarshalBinary is a in NumPy's .npy format, as Save writes it: what gob keeps of an array. One that was never set is
// empty.
func (a Array) MarshalBinary() ([]byte, error) {
	if a.v == nil {
		return nil, nil
	}
	var b bytes.Buffer
	err := Save(&b, a)
	return b.Bytes(), err
}

// UnmarshalBinary reads what MarshalBinary writes.
func (a *Array) UnmarshalBinary(data []byte) (err error) {
	if len(data) == 0 {
		*a = Array{}
		return nil
	}
	r := bytes.NewReader(data)
	x, err := Load(r)
	if err != nil {
		return err
	}
	if r.Len() > 0 {
		return fmt.Errorf("jnp.Array.UnmarshalBinary: %d bytes follow the array", r.Len())
	}
	*a = x
	return nil
}
