package tasks

import (
	"bytes"
	"encoding/gob"
	"fmt"
	"reflect"
	"strings"
	"sync"
)

// empty reports whether values of T carry nothing, which gob refuses to encode.
func empty[T any]() bool { return reflect.TypeFor[T]().Size() == 0 }

// encode is xs by gob, which takes numbers, strings, structs of exported fields, slices, maps, and whatever has
// MarshalBinary, as arrays and keys do.
func encode[T any](xs []T, most int64) ([]byte, error) {
	if empty[T]() {
		return nil, nil
	}
	b, err := marshal(xs)
	if err != nil {
		text := strings.TrimPrefix(err.Error(), "?: ") // no line of the user's is on a goroutine of ours
		return nil, fmt.Errorf("%w: %s", ErrEncoding, text)
	}
	if int64(len(b)) > most {
		return nil, fmt.Errorf("%w: %d bytes, where %d may be; hand data that tasks share over once, by Put, and "+
			"large results by files", ErrTooLarge, len(b), most)
	}
	return b, nil
}

// decode reads what encode writes of n values.
func decode[T any](data []byte, n int) (xs []T, err error) {
	if empty[T]() {
		return make([]T, n), nil
	}
	defer func() { // a method of the user's, or memory
		if e := recover(); e != nil {
			err = fmt.Errorf("%w: %v", ErrEncoding, e)
		}
	}()
	if err := unmarshal(data, &xs); err != nil {
		return nil, fmt.Errorf("%w: %v", ErrEncoding, err)
	}
	if len(xs) != n {
		return nil, fmt.Errorf("%w: %d values, where %d were meant", ErrEncoding, len(xs), n)
	}
	return xs, nil
}

// A message of gob's is definitions of types, and then a value. To make an encoder and a decoder of a type takes longer
// than all else about a small task, so they are kept, with the definitions that they have seen.
var (
	encoders sync.Map // of *sync.Pool of *encoder, by reflect.Type
	decoders sync.Map // of *sync.Pool of *decoder, by decoderKey
)

type encoder struct {
	b           bytes.Buffer
	enc         *gob.Encoder
	definitions []byte
}

type decoder struct {
	r   bytes.Reader
	dec *gob.Decoder
}

type decoderKey struct {
	t           reflect.Type
	definitions string
}

func poolOf(m *sync.Map, key any) *sync.Pool {
	p, ok := m.Load(key)
	if !ok {
		p, _ = m.LoadOrStore(key, &sync.Pool{})
	}
	return p.(*sync.Pool)
}

func marshal[T any](xs []T) ([]byte, error) {
	t := reflect.TypeFor[T]()
	if open(t) {
		var b bytes.Buffer
		err := gob.NewEncoder(&b).Encode(xs)
		return b.Bytes(), err
	}
	pool := poolOf(&encoders, t)
	e, _ := pool.Get().(*encoder)
	first := e == nil
	if first {
		e = &encoder{}
		e.enc = gob.NewEncoder(&e.b)
	}
	if err := e.enc.Encode(xs); err != nil {
		return nil, err // and e is gone
	}
	if first {
		e.definitions = bytes.Clone(e.b.Bytes()[:definitions(e.b.Bytes())])
	} else if definitions(e.b.Bytes()) > 0 {
		return nil, fmt.Errorf("%v has other types than before", t)
	}
	out := bytes.Clone(e.b.Bytes())
	if !first {
		out = append(bytes.Clone(e.definitions), out...)
	}
	if e.b.Cap() > inline {
		e.b = bytes.Buffer{}
	}
	e.b.Reset()
	pool.Put(e)
	return out, nil
}

func unmarshal[T any](data []byte, xs *[]T) error {
	t := reflect.TypeFor[T]()
	if open(t) {
		return gob.NewDecoder(bytes.NewReader(data)).Decode(xs)
	}
	n := definitions(data)
	pool := poolOf(&decoders, decoderKey{t, string(data[:n])})
	d, _ := pool.Get().(*decoder)
	if d == nil {
		d, n = &decoder{}, 0
		d.dec = gob.NewDecoder(&d.r)
	}
	d.r.Reset(data[n:])
	if err := d.dec.Decode(xs); err != nil {
		return err
	}
	d.r.Reset(nil)
	pool.Put(d)
	return nil
}

// definitions is the length of the types at the beginning of a gob: messages whose number is negative.
func definitions(b []byte) int {
	for at := 0; ; {
		length, w := number(b[at:])
		id, _ := number(b[min(len(b), at+w):])
		if w == 0 || id&1 == 0 || length > uint64(len(b)-at-w) { // the lowest bit is the sign
			return at
		}
		at += w + int(length)
	}
}

// number is the unsigned number that b begins with, in gob's way, and its width there.
func number(b []byte) (v uint64, width int) {
	if len(b) == 0 {
		return 0, 0
	}
	if b[0] < 0x80 {
		return uint64(b[0]), 1
	}
	n := -int(int8(b[0]))
	if n > 8 || len(b) <= n {
		return 0, 0
	}
	for _, x := range b[1 : 1+n] {
		v = v<<8 | uint64(x)
	}
	return v, 1 + n
}

var opened sync.Map // by reflect.Type

// open reports whether values of t hold others whose types only they know.
func open(t reflect.Type) bool {
	if v, ok := opened.Load(t); ok {
		return v.(bool)
	}
	v := holdsInterface(t, map[reflect.Type]bool{})
	opened.Store(t, v)
	return v
}

func holdsInterface(t reflect.Type, seen map[reflect.Type]bool) bool {
	if seen[t] {
		return false
	}
	seen[t] = true
	switch t.Kind() {
	case reflect.Interface:
		return true
	case reflect.Map:
		return holdsInterface(t.Key(), seen) || holdsInterface(t.Elem(), seen)
	case reflect.Pointer, reflect.Slice, reflect.Array:
		return holdsInterface(t.Elem(), seen)
	case reflect.Struct:
		for i := range t.NumField() {
			if holdsInterface(t.Field(i).Type, seen) {
				return true
			}
		}
	}
	return false
}
