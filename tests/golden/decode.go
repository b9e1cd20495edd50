package golden

import (
	"encoding/binary"
	"encoding/json"
	"fmt"
	"math"
	"strconv"

	"github.com/gojax/gojax/ir"
	"github.com/gojax/gojax/jnp"
	"github.com/gojax/gojax/random"
	"github.com/gojax/gojax/trace"
)

// Stored is an array as a case holds it.
type Stored struct {
	DType ir.DType // Invalid for float0
	Key   bool     // of random keys: the data are their uint32 words, and KeyShape is added to Shape
	Shape []int
	Weak  bool
	Data  []ir.Lit
}

// Float0 reports whether s is the tangent of integers, which has no data.
func (s *Stored) Float0() bool { return s.DType == ir.Invalid }

// Scalar is a Python number: an operand of weak type.
type Scalar struct {
	Kind  string // int, float, bool, complex
	Value ir.Lit
}

// isArray reports whether x, as encoding/json read it, is an array: with dtype, shape and data.
func isArray(x any) bool {
	m, ok := x.(map[string]any)
	if !ok {
		return false
	}
	_, d := m["dtype"]
	_, v := m["data"]
	return d && v
}

// Arg turns a stored argument into what the function takes: arrays, Scalars made into weakly typed arrays, keys; lists
// and dicts become []any and map[string]any; strings, bools and null stay, and numbers become int or float64.
func Arg(x any) (any, error) {
	switch x := x.(type) {
	case nil, string, bool:
		return x, nil
	case json.Number:
		if n, err := strconv.Atoi(x.String()); err == nil {
			return n, nil
		}
		return x.Float64()
	case []any:
		out := make([]any, len(x))
		for i, e := range x {
			v, err := Arg(e)
			if err != nil {
				return nil, fmt.Errorf("[%d]: %w", i, err)
			}
			out[i] = v
		}
		return out, nil
	case map[string]any:
		if isArray(x) {
			s, err := ReadStored(x)
			if err != nil {
				return nil, err
			}
			return s.leaf()
		}
		if _, ok := x["scalar"]; ok {
			s, err := readScalar(x)
			if err != nil {
				return nil, err
			}
			return s.array(), nil
		}
		if z, ok := x["complex"]; ok { // a number inside a static list, of Python's or Go's
			l, err := readElement(z, ir.Complex128)
			return l.Complex(), err
		}
		if d, ok := x["dict"].(map[string]any); ok {
			out := make(map[string]any, len(d))
			for k, e := range d {
				v, err := Arg(e)
				if err != nil {
					return nil, fmt.Errorf("[%q]: %w", k, err)
				}
				out[k] = v
			}
			return out, nil
		}
	}
	return nil, fmt.Errorf("cannot read %v as an argument", x)
}

func readScalar(m map[string]any) (s Scalar, err error) {
	s.Kind, _ = m["kind"].(string)
	d, ok := map[string]ir.DType{"int": ir.Int64, "float": ir.Float64, "bool": ir.Bool,
		"complex": ir.Complex128}[s.Kind]
	if !ok {
		return s, fmt.Errorf("a scalar of kind %q", s.Kind)
	}
	s.Value, err = readElement(m["scalar"], d)
	return s, err
}

// array is s as an array, of the default dtype of its kind.
func (s Scalar) array() jnp.Array {
	switch s.Kind {
	case "int":
		return jnp.AsArray(int(s.Value.Int()))
	case "bool":
		return jnp.AsArray(s.Value.Lo != 0)
	case "complex":
		return jnp.AsArray(s.Value.Complex())
	}
	return jnp.AsArray(s.Value.Float())
}

// ReadStored reads an array as encoding/json decoded it: {"dtype", "shape", "data"}.
func ReadStored(m map[string]any) (*Stored, error) {
	s := new(Stored)
	name, _ := m["dtype"].(string)
	switch name {
	case "float0":
	case "key<fry>":
		s.DType, s.Key = ir.Uint32, true
	default:
		d, err := ir.ParseDType(name)
		if err != nil {
			return nil, err
		}
		s.DType = d
	}
	s.Weak, _ = m["weak"].(bool)
	var err error
	if s.Shape, err = readShape(m["shape"]); err != nil || s.Float0() {
		return s, err
	}
	if s.Key {
		k, err := readShape(m["key_shape"])
		if err != nil {
			return nil, err
		}
		s.Shape = append(s.Shape, k...)
	}
	data, _ := m["data"].([]any)
	if len(data) != ir.SizeOf(s.Shape) {
		return nil, fmt.Errorf("%d elements for shape %v", len(data), s.Shape)
	}
	s.Data = make([]ir.Lit, len(data))
	for i, e := range data {
		if s.Data[i], err = readElement(e, s.DType); err != nil {
			return nil, fmt.Errorf("element %d: %w", i, err)
		}
	}
	return s, nil
}

func readShape(x any) ([]int, error) {
	l, ok := x.([]any)
	if !ok {
		return nil, fmt.Errorf("%v is not a shape", x)
	}
	shape := make([]int, len(l))
	for i, e := range l {
		n, ok := e.(json.Number)
		if !ok {
			return nil, fmt.Errorf("%v is not a shape", x)
		}
		v, err := strconv.Atoi(n.String())
		if err != nil {
			return nil, err
		}
		shape[i] = v
	}
	return shape, nil
}

// readElement reads one element: true, 3, 1.5, "nan", [re, im].
func readElement(x any, d ir.DType) (ir.Lit, error) {
	switch x := x.(type) {
	case bool:
		if d == ir.Bool {
			return ir.BoolLit(x), nil
		}
	case json.Number:
		switch {
		case d.IsUnsigned():
			n, err := strconv.ParseUint(x.String(), 10, d.Bits())
			return ir.UintLit(n, d), err
		case d.IsSigned():
			n, err := strconv.ParseInt(x.String(), 10, d.Bits())
			return ir.IntLit(n, d), err
		}
		f, err := readFloat(x, d)
		if d.IsComplex() {
			return ir.ComplexLit(complex(f, 0), d), err
		}
		return ir.FloatLit(f, d), err
	case string:
		f, err := readFloat(x, d)
		return ir.FloatLit(f, d), err
	case []any:
		if len(x) == 2 && d.IsComplex() {
			re, err := readFloat(x[0], d.Real())
			if err != nil {
				return ir.Lit{}, err
			}
			im, err := readFloat(x[1], d.Real())
			return ir.ComplexLit(complex(re, im), d), err
		}
	}
	return ir.Lit{}, fmt.Errorf("%v is not an element of %v", x, d)
}

// readFloat reads a number of dtype d, "nan", "inf" or "-inf". Of float32 the decimal is the shortest that reads back,
// so it is rounded to float32 once, not by way of float64.
func readFloat(x any, d ir.DType) (float64, error) {
	bits := 64
	if d.Bits() <= 32 {
		bits = 32
	}
	switch x := x.(type) {
	case json.Number:
		return strconv.ParseFloat(x.String(), bits)
	case string:
		switch x {
		case "nan":
			return math.NaN(), nil
		case "inf":
			return math.Inf(1), nil
		case "-inf":
			return math.Inf(-1), nil
		}
	}
	return 0, fmt.Errorf("%v is not a number", x)
}

// leaf puts s on the device: a jnp.Array, or a random.KeyArray; the tangent of integers is an Array that is not set.
func (s *Stored) leaf() (any, error) {
	if s.Float0() {
		return jnp.Array{}, nil
	}
	if d := s.DType.Canonical(trace.X64()); d != s.DType {
		return nil, fmt.Errorf("%v in a case without 64-bit types", s.DType)
	}
	var b []byte
	for _, l := range s.Data {
		b = l.AppendBytes(b)
	}
	v := trace.TheRuntime().FromHost(b, ir.Aval{Shape: s.Shape, DType: s.DType, Weak: s.Weak})
	if s.Key {
		return random.WrapKeyData(jnp.Wrap(v)), nil
	}
	return jnp.Wrap(v), nil
}

// elements are the elements of a computed array.
func elements(v *trace.Value) []ir.Lit {
	t := v.Aval()
	b := make([]byte, t.Size()*t.DType.Size())
	trace.TheRuntime().ToHost(v, b)
	out := make([]ir.Lit, t.Size())
	for i := range out {
		out[i] = literal(b[i*t.DType.Size():], t.DType)
	}
	return out
}

// literal reads one element from its bytes, the inverse of ir.Lit.AppendBytes.
func literal(b []byte, d ir.DType) ir.Lit {
	l := ir.Lit{DType: d}
	switch d.Size() {
	case 1:
		l.Lo = uint64(b[0])
	case 2:
		l.Lo = uint64(binary.LittleEndian.Uint16(b))
	case 4:
		l.Lo = uint64(binary.LittleEndian.Uint32(b))
	case 8:
		l.Lo = binary.LittleEndian.Uint64(b)
	case 16:
		l.Lo, l.Hi = binary.LittleEndian.Uint64(b), binary.LittleEndian.Uint64(b[8:])
	}
	return l
}
