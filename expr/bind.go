package expr

import (
	"fmt"
	"maps"
	"reflect"
	"slices"
	"strings"

	"github.com/gojax/gojax/jnp"
)

// binder finds the values of variables: in a struct or map, or by names in order.
type binder struct {
	vars   any
	names  []string
	values []any
}

// lookup is the value of a path, found telling whether there is its first name.
func (b binder) lookup(path []string) (v any, found bool, err error) {
	var r reflect.Value
	if b.names != nil {
		i := slices.Index(b.names, path[0])
		if i < 0 {
			return nil, false, nil
		}
		r = reflect.ValueOf(b.values[i])
	} else if r, err = member(reflect.ValueOf(b.vars), path[0]); err != nil || !r.IsValid() {
		return nil, false, err
	}
	for i, name := range path[1:] {
		if r, err = member(r, name); err != nil {
			return nil, true, err
		} else if !r.IsValid() {
			return nil, true, fmt.Errorf("%s has no %s", strings.Join(path[:i+1], "."), name)
		}
	}
	if r.Kind() == reflect.Interface {
		r = r.Elem()
	}
	if !r.IsValid() {
		return nil, true, fmt.Errorf("%s is nil", strings.Join(path, "."))
	}
	return r.Interface(), true, nil
}

// member is the field or key name of v, invalid where there is none.
func member(v reflect.Value, name string) (reflect.Value, error) {
	for v.Kind() == reflect.Pointer || v.Kind() == reflect.Interface {
		v = v.Elem()
	}
	switch {
	case !v.IsValid():
		return v, nil
	case v.Kind() == reflect.Map && v.Type().Key().Kind() == reflect.String:
		return v.MapIndex(reflect.ValueOf(name).Convert(v.Type().Key())), nil
	case v.Kind() == reflect.Struct && v.Type() != reflect.TypeFor[jnp.Array]():
		f, err := field(v.Type(), name)
		if err != nil || f == nil {
			return reflect.Value{}, err
		}
		return v.FieldByIndexErr(f)
	}
	return reflect.Value{}, fmt.Errorf("variables are in a struct or in a map with string keys, not in a %v", v.Type())
}

// field is the index of the field of t that name means, nil where there is none: by its tag, its name, or its name
// without regard to case and underscores.
func field(t reflect.Type, name string) ([]int, error) {
	var alike []reflect.StructField
	for _, f := range reflect.VisibleFields(t) {
		switch tag := f.Tag.Get("expr"); {
		case tag == name, tag == "" && f.Name == name:
			alike = []reflect.StructField{f}
		case tag == "" && plain(f.Name) == plain(name):
			alike = append(alike, f)
			continue
		default:
			continue
		}
		break
	}
	switch {
	case len(alike) == 0:
		return nil, nil
	case len(alike) > 1:
		return nil, fmt.Errorf("the fields %s and %s of %v are both called %s, but for their case: tag one, "+
			"`expr:%q`", alike[0].Name, alike[1].Name, t, name, name)
	case !alike[0].IsExported():
		return nil, fmt.Errorf("the field %s of %v is unexported, so that it cannot be read here: export it, or give "+
			"the variables as a map", alike[0].Name, t)
	}
	return alike[0].Index, nil
}

// plain is a name without regard to case and underscores.
func plain(name string) string { return strings.ToLower(strings.ReplaceAll(name, "_", "")) }

// known lists the names in vars, for a message.
func (b binder) known() []string {
	if b.names != nil {
		return b.names
	}
	v := reflect.ValueOf(b.vars)
	for v.Kind() == reflect.Pointer || v.Kind() == reflect.Interface {
		v = v.Elem()
	}
	names := map[string]bool{}
	switch v.Kind() {
	case reflect.Map:
		for _, k := range v.MapKeys() {
			names[k.String()] = true
		}
	case reflect.Struct:
		for _, f := range reflect.VisibleFields(v.Type()) {
			names[f.Name] = f.IsExported()
		}
	}
	return slices.Sorted(maps.Keys(names))
}
