package trace

import (
	"encoding/binary"
	"slices"

	"github.com/gojax/gojax/ir"
)

// Named axes: while Vmap traces its function, the axis it maps over has a name that collective operations refer to.

// axis is a named axis, in the frame that opened it.
type axis struct {
	name string
	size int
}

// WithAxis runs f, on this goroutine, with a mapped axis of that name and size.
func WithAxis(name string, size int, f func()) {
	defer pushFrame(&frame{b: Current(), x64: X64(), axis: &axis{name, size}})()
	f()
}

// NamedAxis is the size of the innermost open axis of that name.
func NamedAxis(name string) (size int, ok bool) {
	for f := currentFrame(); f != nil; f = f.before {
		if f.axis != nil && f.axis.name == name {
			return f.axis.size, true
		}
	}
	return 0, false
}

// AppendAxes appends the open named axes to a key: what is traced under one set of axes does not serve another.
func AppendAxes(key []byte) []byte {
	for f := currentFrame(); f != nil; f = f.before {
		if f.axis != nil {
			key = append(binary.AppendUvarint(append(key, '@'), uint64(len(f.axis.name))), f.axis.name...)
			key = binary.AppendUvarint(key, uint64(f.axis.size))
		}
	}
	return key
}

// UsesAxis reports whether op, or a program that it holds, refers to the named axis (see AxisUser).
func UsesAxis(op ir.Op, name string) bool {
	if u, ok := op.(AxisUser); ok {
		return slices.Contains(u.AxisNames(), name)
	}
	if n, ok := op.(ir.Nested); ok {
		for _, p := range n.Programs() {
			if slices.ContainsFunc(p.Eqns, func(e ir.Eqn) bool { return UsesAxis(e.Op, name) }) {
				return true
			}
		}
	}
	return false
}
