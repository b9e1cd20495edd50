package trace

import (
	"fmt"
	"reflect"
	"sync"
	"sync/atomic"
)

// planKind is how a Go type takes part in a tree.
type planKind uint8

const (
	planLeaf planKind = iota
	planStatic
	planStruct
	planSlice
	planArray
	planMap
	planPointer
	planInterface
	planBad
)

// plan says how values of one type are taken apart. It is made once a type.
type plan struct {
	t      reflect.Type
	id     uint64 // stands for t in keys, from 1
	kind   planKind
	elem   *plan // of a slice, array, map or pointer
	key    *plan // of a map
	fields []planField
	bad    string // why values of this type are refused
}

type planField struct {
	index int
	name  string
	p     *plan
}

var (
	plans   sync.Map // reflect.Type to *plan, finished ones only
	planMu  sync.Mutex
	planIDs atomic.Uint64

	leafType   = reflect.TypeFor[Leaf]()
	setterType = reflect.TypeFor[leafSetter]()
)

func planOf(t reflect.Type) *plan {
	if p, ok := plans.Load(t); ok {
		return p.(*plan)
	}
	planMu.Lock()
	defer planMu.Unlock()
	made := map[reflect.Type]*plan{}
	p := makePlan(t, made)
	for t, q := range made { // only now: a recursive type's parts are not usable before the whole is
		plans.Store(t, q)
	}
	return p
}

// makePlan is called with planMu held. made holds the unfinished plans too, which is how recursive types end.
func makePlan(t reflect.Type, made map[reflect.Type]*plan) *plan {
	if p, ok := plans.Load(t); ok {
		return p.(*plan)
	}
	if p, ok := made[t]; ok {
		return p
	}
	p := &plan{t: t, id: planIDs.Add(1)}
	made[t] = p
	k := t.Kind()
	// A pointer to a leaf type is a Leaf by Go's method sets, but a pointer in a tree.
	if k != reflect.Pointer && k != reflect.Interface && t.Implements(leafType) {
		if !reflect.PointerTo(t).Implements(setterType) {
			p.kind, p.bad = planBad, fmt.Sprintf("type %v has TraceValue but *%v lacks SetTraceValue", t, t)
		}
		return p
	}
	switch k {
	case reflect.Struct:
		p.ofStruct(made)
	case reflect.Slice:
		p.kind, p.elem = planSlice, makePlan(t.Elem(), made)
	case reflect.Array:
		p.kind, p.elem = planArray, makePlan(t.Elem(), made)
	case reflect.Pointer:
		p.kind, p.elem = planPointer, makePlan(t.Elem(), made)
	case reflect.Interface:
		p.kind = planInterface
	case reflect.Map:
		p.ofMap(made)
	default:
		if p.kind = planStatic; !isStatic(k) {
			p.kind = planBad
			p.bad = fmt.Sprintf(
				"type %v is neither an array nor a container of arrays nor a plain Go value; capture it in the "+
					"function instead of passing it", t)
		}
	}
	return p
}

// isStatic reports whether values of kind k are plain Go values, which are part of a tree's structure.
func isStatic(k reflect.Kind) bool {
	return k == reflect.String || reflect.Bool <= k && k <= reflect.Complex128
}

// ofStruct completes the plan of a struct.
func (p *plan) ofStruct(made map[reflect.Type]*plan) {
	p.kind = planStruct
	for i := range p.t.NumField() {
		f := p.t.Field(i)
		if f.Name == "_" {
			continue
		}
		if !f.IsExported() && !(f.Anonymous && f.Type.Kind() == reflect.Struct && !f.Type.Implements(leafType)) {
			p.kind, p.fields = planBad, nil
			p.bad = fmt.Sprintf(
				"field %s of %v is unexported, so gojax can neither see nor rebuild it; export it, or leave it out "+
					"of what goes in and out of transformed functions", f.Name, p.t)
			return
		}
		p.fields = append(p.fields, planField{i, f.Name, makePlan(f.Type, made)})
	}
}

// ofMap completes the plan of a map.
func (p *plan) ofMap(made map[reflect.Type]*plan) {
	switch k := p.t.Key().Kind(); {
	case k == reflect.String || k == reflect.Bool || reflect.Int <= k && k <= reflect.Uint64:
		p.kind, p.key, p.elem = planMap, makePlan(p.t.Key(), made), makePlan(p.t.Elem(), made)
	default:
		p.kind, p.bad = planBad,
			fmt.Sprintf("type %v has keys of type %v; keys of maps in trees must be strings, integers or bools", p.t,
				p.t.Key())
	}
}

// CheckTree reports why values of type t can never be trees: the path to what is refused, from root, and the reason.
// What an interface holds is only seen when it is flattened.
func CheckTree(t reflect.Type, root string) error {
	return planOf(t).check(root, map[*plan]bool{})
}

func (p *plan) check(path string, seen map[*plan]bool) error {
	if seen[p] {
		return nil
	}
	seen[p] = true
	switch p.kind {
	case planBad:
		return fmt.Errorf("%s: %s", path, p.bad)
	case planStruct:
		for _, f := range p.fields {
			if err := f.p.check(path+"."+f.name, seen); err != nil {
				return err
			}
		}
	case planSlice, planArray, planMap:
		return p.elem.check(path+"[...]", seen)
	case planPointer:
		return p.elem.check(path, seen)
	}
	return nil
}

// MayHoldArrays reports whether a value of type t can have a leaf: whether t is, contains or may point to an array.
func MayHoldArrays(t reflect.Type) bool {
	return planOf(t).mayHold(map[*plan]bool{})
}

func (p *plan) mayHold(seen map[*plan]bool) bool {
	if seen[p] {
		return false
	}
	seen[p] = true
	switch p.kind {
	case planLeaf, planInterface:
		return true
	case planStruct:
		for _, f := range p.fields {
			if f.p.mayHold(seen) {
				return true
			}
		}
	case planArray:
		return p.t.Len() > 0 && p.elem.mayHold(seen)
	case planSlice, planMap, planPointer:
		return p.elem.mayHold(seen)
	}
	return false
}
