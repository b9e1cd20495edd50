package checkpoint

import (
	"fmt"
	"reflect"
	"slices"
	"strconv"

	"github.com/gojax/gojax/internal/files"
	"github.com/gojax/gojax/ir"
	"github.com/gojax/gojax/random"
	"github.com/gojax/gojax/trace"
)

// part is a part of a tree's structure, as the file has it; nil is what was not set.
type part struct {
	Kind   string           `json:"kind"`            // one of the kinds below, or that of a plain Go value: "int"
	Type   string           `json:"type,omitempty"`  // of arrays the dtype, of keys the generator
	Weak   bool             `json:"weak,omitempty"`  // of arrays
	Value  string           `json:"value,omitempty"` // of plain values
	Parts  []*part          `json:"parts,omitempty"` // of lists, and of a pointer to what was not set
	Fields map[string]*part `json:"fields,omitempty"`
	Holds  string           `json:"holds,omitempty"` // the Go type of what was in an interface, or of the whole tree
}

const (
	kindArray   = "array"
	kindKey     = "key"
	kindStruct  = "struct"
	kindList    = "list" // a slice or an array
	kindMap     = "map"
	kindPointer = "pointer" // to what was not set; other pointers do not show
	kindUnset   = "unset"   // in an interface, which has a type nonetheless

	maxDepth = 1000 // bounds the nesting of trees: JSON decoders bound theirs
)

var leafType = reflect.TypeFor[trace.Leaf]()

// isLeaf reports whether values of type t are arrays or keys.
func isLeaf(t reflect.Type) bool {
	k := t.Kind()
	return k != reflect.Pointer && k != reflect.Interface && t.Implements(leafType)
}

// fields lists the fields of a struct that belong to a tree.
func fields(t reflect.Type) (list []reflect.StructField) {
	for i := range t.NumField() {
		if f := t.Field(i); f.Name != "_" {
			list = append(list, f)
		}
	}
	return list
}

func fieldPath(path, name string) string { return path + "." + name }

func indexPath(path string, i int) string { return path + "[" + strconv.Itoa(i) + "]" }

func keyPath(path, key string) string { return path + "[" + key + "]" }

// leaf is an array of a tree, and how the file has it.
type leaf struct {
	files.Tensor
	value *trace.Value
}

// taker takes trees apart. What they are made of is known to be taken (trace.FlattenTree).
type taker struct{ leaves []leaf }

func (w *taker) take(x reflect.Value, path string, depth int) (p *part, err error) {
	if depth > maxDepth {
		return nil, fmt.Errorf("%.50s...: the tree is nested more than %d deep", path, maxDepth)
	}
	t := x.Type()
	if isLeaf(t) {
		return w.leaf(x.Interface().(trace.Leaf), path), nil
	}
	switch t.Kind() {
	case reflect.Pointer:
		if x.IsNil() {
			return nil, nil
		}
		p, err := w.take(x.Elem(), path, depth+1)
		if p == nil || p.Kind == kindPointer {
			p = &part{Kind: kindPointer, Parts: []*part{p}}
		}
		return p, err
	case reflect.Interface:
		if x.IsNil() {
			return nil, nil
		}
		p, err := w.take(x.Elem(), path, depth+1)
		if p == nil {
			p = &part{Kind: kindUnset}
		}
		p.Holds = x.Elem().Type().String()
		return p, err
	case reflect.Struct:
		p = &part{Kind: kindStruct, Fields: map[string]*part{}}
		for _, f := range fields(t) {
			q, err := w.take(x.FieldByIndex(f.Index), fieldPath(path, f.Name), depth+1)
			if p.Fields[f.Name] = q; err != nil {
				return nil, err
			}
		}
	case reflect.Slice, reflect.Array:
		if t.Kind() == reflect.Slice && x.IsNil() {
			return nil, nil
		}
		p = &part{Kind: kindList}
		for i := range x.Len() {
			q, err := w.take(x.Index(i), indexPath(path, i), depth+1)
			if p.Parts = append(p.Parts, q); err != nil {
				return nil, err
			}
		}
	case reflect.Map:
		if x.IsNil() {
			return nil, nil
		}
		p = &part{Kind: kindMap, Fields: map[string]*part{}}
		for k, v := range x.Seq2() {
			key := plainText(k)
			q, err := w.take(v, keyPath(path, key), depth+1)
			if p.Fields[key] = q; err != nil {
				return nil, err
			}
		}
	default:
		p = &part{Kind: t.Kind().String(), Value: plainText(x)}
	}
	return p, nil
}

func (w *taker) leaf(x trace.Leaf, path string) *part {
	v := x.TraceValue()
	if v == nil {
		return nil
	}
	p := &part{Kind: kindArray, Type: v.DType().String(), Weak: v.Aval().Weak}
	if k, ok := x.(random.KeyArray); ok {
		p = &part{Kind: kindKey, Type: k.Impl().String()}
		v = k.Data().TraceValue()
	}
	t := files.Tensor{Name: path, Code: files.Code(v.DType()), Shape: v.Shape()}
	if v.DType() == ir.Complex128 {
		t.Code, t.Shape = files.Code(ir.Float64), append(slices.Clone(t.Shape), 2)
	}
	w.leaves = append(w.leaves, leaf{t, v})
	return p
}
