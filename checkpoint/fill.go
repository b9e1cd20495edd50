package checkpoint

import (
	"errors"
	"fmt"
	"maps"
	"reflect"
	"slices"

	"github.com/gojax/gojax/internal/files"
	"github.com/gojax/gojax/ir"
	"github.com/gojax/gojax/jnp"
	"github.com/gojax/gojax/random"
	"github.com/gojax/gojax/trace"
)

// slot is a leaf of a tree that is being made, and how the file has it.
type slot struct {
	path  string
	part  *part
	array ir.Aval      // as the file has it
	impl  random.Impl  // of keys
	held  *trace.Value // what the tree holds there; nil: nothing
}

// filler makes trees like those that were saved.
type filler struct {
	tensors     map[string]files.Tensor
	slots       map[*trace.Value]slot // by what stands in for the leaf
	differs     []string              // what does not fit
	depth       int
	contradicts error // of parts of the file, each other
}

func (w *filler) differ(path, format string, args ...any) {
	if path == "" {
		path = "the tree"
	}
	w.differs = append(w.differs, path+": "+fmt.Sprintf(format, args...))
}

// fill makes dst, a zero value, what p says, with stand-ins for leaves. has is what the user's tree has there: what is
// set in it must fit. It is the zero Value where there is nothing.
func (w *filler) fill(dst, has reflect.Value, p *part, path string) {
	w.depth++
	defer func() { w.depth-- }()
	t := dst.Type()
	switch {
	case w.depth > maxDepth+1:
		w.differ(fmt.Sprintf("%.50s...", path), "the tree is nested more than %d deep", maxDepth)
	case isLeaf(t):
		w.leaf(dst, has, p, path)
	case t.Kind() == reflect.Interface:
		w.fillInterface(dst, has, p, path)
	case p == nil:
		if set(has) {
			w.differ(path, "it is set here, and was not when the file was saved")
		}
	case t.Kind() == reflect.Pointer:
		if p.Kind == kindPointer && len(p.Parts) == 1 {
			p = p.Parts[0]
		}
		dst.Set(reflect.New(t.Elem()).Convert(t))
		if has.IsValid() {
			has = has.Elem()
		}
		w.fill(dst.Elem(), has, p, path)
	case p.Kind != kindOf(t):
		w.differ(path, "%v here, %s in the file", t, p.what())
	default:
		w.fillPart(dst, has, p, path)
	}
}

// kindOf is the kind of parts that values of type t are.
func kindOf(t reflect.Type) string {
	switch t.Kind() {
	case reflect.Struct:
		return kindStruct
	case reflect.Slice, reflect.Array:
		return kindList
	case reflect.Map:
		return kindMap
	}
	return t.Kind().String()
}

// what names a part in messages.
func (p *part) what() string {
	switch {
	case p == nil || p.Kind == kindUnset:
		return "nothing"
	case p.Kind == kindArray:
		return p.Type + " array"
	case p.Value != "":
		return p.Kind + " " + p.Value
	}
	return p.Kind
}

// set reports whether x, of the user's tree, holds something that must fit.
func set(x reflect.Value) bool {
	switch {
	case !x.IsValid():
		return false
	case isLeaf(x.Type()):
		return x.Interface().(trace.Leaf).TraceValue() != nil
	case x.Kind() == reflect.Slice || x.Kind() == reflect.Map:
		return x.Len() > 0
	}
	return !x.IsZero()
}

// at is part of has, if that is there.
func at(has reflect.Value, of func(has reflect.Value) reflect.Value) reflect.Value {
	if !set(has) {
		return reflect.Value{}
	}
	return of(has)
}

// fillPart is fill for a part of the kind of dst's type.
func (w *filler) fillPart(dst, has reflect.Value, p *part, path string) {
	t := dst.Type()
	switch t.Kind() {
	case reflect.Struct:
		names := map[string]bool{}
		for _, f := range fields(t) {
			q, there := p.Fields[f.Name]
			if names[f.Name] = true; !there {
				w.differ(fieldPath(path, f.Name), "the file has no such field")
				continue
			}
			h := at(has, func(has reflect.Value) reflect.Value { return has.FieldByIndex(f.Index) })
			w.fill(dst.FieldByIndex(f.Index), h, q, fieldPath(path, f.Name))
		}
		for _, name := range slices.Sorted(maps.Keys(p.Fields)) {
			if !names[name] {
				w.differ(fieldPath(path, name), "the file has it, and %v has no such field", t)
			}
		}
	case reflect.Slice, reflect.Array:
		n := len(p.Parts)
		if t.Kind() == reflect.Array && n != t.Len() || set(has) && has.Len() != n {
			w.differ(path, "%d parts here, %d in the file", max(dst.Len(), lengthOf(has)), n)
			return
		}
		if t.Kind() == reflect.Slice {
			dst.Set(reflect.MakeSlice(t, n, n))
		}
		for i, q := range p.Parts {
			h := at(has, func(has reflect.Value) reflect.Value { return has.Index(i) })
			w.fill(dst.Index(i), h, q, indexPath(path, i))
		}
	case reflect.Map:
		w.fillMap(dst, has, p, path)
	default:
		x, err := parsePlain(p.Value, t)
		if err != nil {
			w.contradicts = errors.Join(w.contradicts, fmt.Errorf("%s: %w", path, err))
		} else if set(has) && plainText(has) != p.Value {
			w.differ(path, "%s here, %s in the file; a plain Go value that is zero takes the file's", plainText(has),
				p.Value)
		} else {
			dst.Set(x)
		}
	}
}

func lengthOf(x reflect.Value) int {
	if !x.IsValid() {
		return 0
	}
	return x.Len()
}

func (w *filler) fillMap(dst, has reflect.Value, p *part, path string) {
	t := dst.Type()
	dst.Set(reflect.MakeMapWithSize(t, len(p.Fields)))
	for _, key := range slices.Sorted(maps.Keys(p.Fields)) {
		k, err := parsePlain(key, t.Key())
		if err != nil {
			w.differ(keyPath(path, key), "keys are of type %v here, and this is none", t.Key())
			continue
		}
		h := at(has, func(has reflect.Value) reflect.Value { return has.MapIndex(k) })
		if set(has) && !h.IsValid() {
			w.differ(keyPath(path, key), "the file has it, and the map has no such key")
			continue
		}
		e := reflect.New(t.Elem()).Elem()
		w.fill(e, h, p.Fields[key], keyPath(path, key))
		dst.SetMapIndex(k, e)
	}
	if !set(has) {
		return
	}
	for k := range has.Seq() {
		if _, there := p.Fields[plainText(k)]; !there {
			w.differ(keyPath(path, plainText(k)), "the file has no such key")
		}
	}
}

// made are the types that an interface gets which is nil in the user's tree.
var made = func() map[string]reflect.Type {
	m := map[string]reflect.Type{}
	for _, t := range []reflect.Type{reflect.TypeFor[jnp.Array](), reflect.TypeFor[random.KeyArray](),
		reflect.TypeFor[map[string]any](), reflect.TypeFor[[]any](),
		reflect.TypeFor[map[string]jnp.Array](), reflect.TypeFor[[]jnp.Array](),
		reflect.TypeFor[bool](), reflect.TypeFor[string](), reflect.TypeFor[int](), reflect.TypeFor[int8](),
		reflect.TypeFor[int16](), reflect.TypeFor[int32](), reflect.TypeFor[int64](), reflect.TypeFor[uint](),
		reflect.TypeFor[uint8](), reflect.TypeFor[uint16](), reflect.TypeFor[uint32](), reflect.TypeFor[uint64](),
		reflect.TypeFor[uintptr](), reflect.TypeFor[float32](), reflect.TypeFor[float64](),
		reflect.TypeFor[complex64](), reflect.TypeFor[complex128]()} {
		m[t.String()] = t
	}
	return m
}()

func (w *filler) fillInterface(dst, has reflect.Value, p *part, path string) {
	if p == nil {
		if set(has) {
			w.differ(path, "it is set here, and was not when the file was saved")
		}
		return
	}
	t := made[p.Holds]
	if has = at(has, reflect.Value.Elem); has.IsValid() {
		if t = has.Type(); t.String() != p.Holds {
			w.differ(path, "%v here, %s in the file", t, p.Holds)
			return
		}
	}
	if t == nil || !t.AssignableTo(dst.Type()) {
		w.differ(path, "the file has a %s, and there is an interface here that does not hold one: set it to a value "+
			"of that type", p.Holds)
		return
	}
	if p.Kind == kindUnset {
		p = nil
	}
	e := reflect.New(t).Elem()
	w.fill(e, has, p, path)
	dst.Set(e)
}

func (w *filler) leaf(dst, has reflect.Value, p *part, path string) {
	var old *trace.Value
	if has.IsValid() {
		old = has.Interface().(trace.Leaf).TraceValue()
	}
	if p == nil {
		if old != nil {
			w.differ(path, "it is set here, and was not when the file was saved")
		}
		return
	}
	kind := kindArray
	if dst.Type() == reflect.TypeFor[random.KeyArray]() {
		kind = kindKey
	}
	if p.Kind != kind {
		w.differ(path, "%v here, %s in the file", dst.Type(), p.what())
		return
	}
	s, err := w.slot(p, path)
	if err != nil {
		w.contradicts = errors.Join(w.contradicts, fmt.Errorf("%s: %w", path, err))
		return
	}
	if old != nil {
		w.compare(has.Interface().(trace.Leaf), s, path)
		s.held = old
	}
	standIn := trace.Concrete(s.array, nil, 0)
	w.slots[standIn] = s
	dst.Addr().Interface().(interface{ SetTraceValue(*trace.Value) }).SetTraceValue(standIn)
}

// slot is how the file has the leaf at path.
func (w *filler) slot(p *part, path string) (s slot, err error) {
	t, there := w.tensors[path]
	if !there {
		return s, errors.New("the file lacks the array")
	}
	s = slot{path: path, part: p, array: ir.Aval{Shape: t.Shape, DType: t.DType()}}
	stored := s.array.DType
	if p.Kind == kindKey {
		for s.impl.String() != p.Type {
			if s.impl++; s.impl > random.UnsafeRBG {
				return s, fmt.Errorf("there is no generator %q", p.Type)
			}
		}
		if stored != ir.Uint32 || len(t.Shape) == 0 {
			return s, fmt.Errorf("%v are no keys", s.array)
		}
		return s, nil
	}
	if s.array.DType, err = ir.ParseDType(p.Type); err != nil {
		return s, err
	}
	if n := len(t.Shape); s.array.DType == ir.Complex128 && stored == ir.Float64 && n > 0 && t.Shape[n-1] == 2 {
		s.array.Shape = t.Shape[:n-1]
	} else if s.array.DType != stored || t.Float8() {
		return s, fmt.Errorf("%s is stored as %s", p.Type, t.Code)
	}
	s.array.Weak = p.Weak
	return s, nil
}

// compare says where x, which the user's tree has, is not what the file has.
func (w *filler) compare(x trace.Leaf, s slot, path string) {
	if k, ok := x.(random.KeyArray); ok {
		n := len(s.array.Shape) - 1
		if k.Impl() != s.impl || !slices.Equal(k.Shape(), s.array.Shape[:n]) {
			w.differ(path, "keys of %v of shape %v here, of %v of shape %v in the file", k.Impl(), k.Shape(), s.impl,
				s.array.Shape[:n])
		}
		return
	}
	a := x.TraceValue().Aval()
	x64 := trace.X64()
	if a.DType.Canonical(x64) != s.array.DType.Canonical(x64) || !slices.Equal(a.Shape, s.array.Shape) {
		w.differ(path, "%v here, %v in the file", a.Strong(), s.array.Strong())
	}
}
