package ir

import (
	"encoding/binary"
	"fmt"
	"math"
	"reflect"
)

// Key is the structural key of p: equal for programs that compute the same, whatever their variables are called and
// wherever their equations were written. It is made once.
func (p *Program) Key() string {
	if k := p.key.Load(); k != nil {
		return *k
	}
	k := string(p.appendKey(nil))
	p.key.Store(&k)
	return k
}

// appendKey appends the key of p: inputs, equations and outputs, variables by their number.
func (p *Program) appendKey(b []byte) []byte {
	num := make(map[*Var]uint64, len(p.In)+len(p.Eqns))
	b = binary.AppendUvarint(append(b, 'P'), uint64(len(p.In)))
	for _, v := range p.In {
		num[v] = uint64(len(num))
		b = v.Ty.AppendKey(b)
	}
	val := func(b []byte, v Value) []byte {
		switch v := v.(type) {
		case *Var:
			n, ok := num[v]
			if !ok {
				panic("ir: program uses a variable it does not define")
			}
			return binary.AppendUvarint(append(b, 'v'), n)
		case Lit:
			return v.AppendKey(append(b, 'l'))
		}
		panic(fmt.Sprintf("ir: %T is not an operand", v))
	}
	for i := range p.Eqns {
		e := &p.Eqns[i]
		b = AppendOpKey(append(b, 'e'), e.Op)
		b = binary.AppendUvarint(b, uint64(len(e.In)))
		for _, v := range e.In {
			b = val(b, v)
		}
		for _, o := range e.Out {
			num[o] = uint64(len(num))
		}
	}
	b = append(b, '>')
	for _, v := range p.Out {
		b = val(b, v)
	}
	return append(b, '.')
}

// AppendOpKey appends the identity of op: its name and its parameters, by value. Operations are compared by this and
// never by ==, which panics on structs with slices.
func AppendOpKey(b []byte, op Op) []byte {
	name := op.Name()
	b = append(append(b, byte(len(name))), name...)
	v := reflect.ValueOf(op)
	if v.Kind() == reflect.Struct && v.NumField() == 0 {
		return b
	}
	return appendParam(b, v)
}

// AppendParamKey appends a parameter struct (or any plain value) by value, as AppendOpKey does for the fields of
// operations.
func AppendParamKey(b []byte, x any) []byte {
	if x == nil {
		return append(b, 0)
	}
	return appendParam(b, reflect.ValueOf(x))
}

var (
	programType = reflect.TypeFor[*Program]()
	unkeyedType = reflect.TypeFor[Unkeyed]()
)

// Unkeyed is implemented by pointers to parameters that keys leave out: what an operation does when it runs does not
// depend on them, only what transforms make of it. Such an operation is Distinct.
type Unkeyed interface{ Unkeyed() }

// Distinct operations of equal keys are one only if their numbers are equal too.
type Distinct interface {
	Op
	Distinct() uint64
}

// AppendScalarKey appends a bool, number or string by value; ok is false for anything else.
func AppendScalarKey(b []byte, v reflect.Value) (key []byte, ok bool) {
	switch v.Kind() {
	case reflect.Int, reflect.Int8, reflect.Int16, reflect.Int32, reflect.Int64:
		b = binary.AppendVarint(b, v.Int())
	case reflect.Uint, reflect.Uint8, reflect.Uint16, reflect.Uint32, reflect.Uint64, reflect.Uintptr:
		b = binary.AppendUvarint(b, v.Uint())
	case reflect.Bool:
		n := byte(0)
		if v.Bool() {
			n = 1
		}
		b = append(b, n)
	case reflect.Float32, reflect.Float64:
		b = binary.LittleEndian.AppendUint64(b, math.Float64bits(v.Float()))
	case reflect.Complex64, reflect.Complex128:
		c := v.Complex()
		b = binary.LittleEndian.AppendUint64(b, math.Float64bits(real(c)))
		b = binary.LittleEndian.AppendUint64(b, math.Float64bits(imag(c)))
	case reflect.String:
		b = append(binary.AppendUvarint(b, uint64(v.Len())), v.String()...)
	default:
		return b, false
	}
	return b, true
}

// appendParam appends one parameter by value.
func appendParam(b []byte, v reflect.Value) []byte {
	if b, ok := AppendScalarKey(b, v); ok {
		return b
	}
	switch v.Kind() {
	case reflect.Slice:
		// A nil slice and an empty one may mean different things (all axes, no axes).
		if v.IsNil() {
			return append(b, 0)
		}
		b = binary.AppendUvarint(b, uint64(v.Len())+1)
		fallthrough
	case reflect.Array:
		for i := range v.Len() {
			b = appendParam(b, v.Index(i))
		}
		return b
	case reflect.Struct:
		for i := range v.NumField() {
			b = appendParam(b, v.Field(i))
		}
		return b
	case reflect.Pointer:
		if v.IsNil() {
			return append(b, 0)
		}
		if v.Type().Implements(unkeyedType) {
			return append(b, 1)
		}
		if v.Type() == programType {
			k := (*Program)(v.UnsafePointer()).Key()
			return append(binary.AppendUvarint(append(b, 1), uint64(len(k))), k...)
		}
		return appendParam(append(b, 1), v.Elem())
	case reflect.Interface:
		if v.IsNil() {
			return append(b, 0)
		}
		name := v.Elem().Type().String()
		b = append(binary.AppendUvarint(append(b, 1), uint64(len(name))), name...)
		return appendParam(b, v.Elem())
	}
	panic("ir: a parameter of type " + v.Type().String() + " cannot be keyed")
}
