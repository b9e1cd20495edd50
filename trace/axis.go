package trace

import (
	"encoding/binary"
	"slices"

	"github.com/gojax/gojax/ir"
)

// Named axes: while Vmap traces its function, the axis it maps over has a name that collective operations refer to, and
// so have the axes of a mesh while the function is traced that runs on each of its devices.

// axis is a named axis, in the frame that opened it.
type axis struct {
	name string
	size int
	mesh *ir.Mesh // whose axis it is; nil: a mapped axis
	cast bool     // derivatives tell what varies over it from what does not (CheckVMA)
}

// WithAxis runs f, on this goroutine, with a mapped axis of that name and size.
func WithAxis(name string, size int, f func()) {
	defer pushFrame(&frame{b: Current(), x64: X64(), axis: &axis{name: name, size: size}})()
	f()
}

// WithMesh runs f, on this goroutine, as a function that runs on each device of a mesh along these of its axes.
func WithMesh(m *ir.Mesh, axes []string, f func()) { withMesh(m, axes, false, f) }

// WithCastMesh is WithMesh, where the derivatives that f takes tell what varies over the axes from what does not.
func WithCastMesh(m *ir.Mesh, axes []string, f func()) { withMesh(m, axes, true, f) }

func withMesh(m *ir.Mesh, axes []string, cast bool, f func()) {
	for _, name := range axes {
		defer pushFrame(&frame{b: Current(), x64: X64(), axis: &axis{name, m.AxisSize(name), m, cast}})()
	}
	f()
}

// CastAxes are the axes that WithCastMesh has opened here.
func CastAxes() (names []string) {
	for f := currentFrame(); f != nil; f = f.before {
		if f.axis != nil && f.axis.cast {
			names = append(names, f.axis.name)
		}
	}
	return names
}

// ManualAxes are the axes of meshes that are open here, innermost first.
func ManualAxes() (names []string) {
	for f := currentFrame(); f != nil; f = f.before {
		if f.axis != nil && f.axis.mesh != nil {
			names = append(names, f.axis.name)
		}
	}
	return names
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
			key = ir.AppendParamKey(key, f.axis.mesh)
			key = ir.AppendParamKey(key, f.axis.cast)
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
