package ops

import (
	"slices"

	"github.com/gojax/gojax/ir"
	"github.com/gojax/gojax/trace"
)

// Operations across the elements of a named mapped axis. They vanish when that axis is mapped: a sum over the axis becomes an
// ordinary reduction.

// collective is implemented by the operations that refer to named axes.
type collective interface{ axisNames() []string }

// UsesAxis reports whether op, or a program that it holds, refers to the named axis: it must then be batched over it even where no
// operand is mapped.
func UsesAxis(op ir.Op, name string) bool {
	if c, ok := op.(collective); ok {
		return slices.Contains(c.axisNames(), name)
	}
	if n, ok := op.(ir.Nested); ok {
		for _, p := range n.Programs() {
			for i := range p.Eqns {
				if UsesAxis(p.Eqns[i].Op, name) {
					return true
				}
			}
		}
	}
	return false
}

// overAxis reports whether c maps over an axis that o refers to.
func overAxis(c trace.BatchCtx, o collective) bool {
	n, ok := c.(interface{ AxisName() string })
	return ok && n.AxisName() != "" && slices.Contains(o.axisNames(), n.AxisName())
}

// OpenAxis is the size of a named axis, which must be open.
func OpenAxis(op, name string) int {
	n, ok := trace.NamedAxis(name)
	if !ok {
		trace.Fail(op, nil, "no axis named %q is mapped here; call it in a function under gojax.Vmap with the option gojax.AxisName(%q), on the goroutine that Vmap calls it on", name, name)
	}
	return n
}

// OpenAxes checks the named axes, of which there must be one or more, all open.
func OpenAxes(op string, names []string) []string {
	if len(names) == 0 {
		trace.Fail(op, nil, "names no axis; give one or more that gojax.AxisName has named")
	}
	for i, a := range names {
		OpenAxis(op, a)
		if slices.Contains(names[:i], a) {
			trace.Fail(op, nil, "axis %q is named twice", a)
		}
	}
	return slices.Clone(names)
}

func sameType(in []ir.Aval) ([]ir.Aval, error) {
	if err := wantOperands(in, 1); err != nil {
		return nil, err
	}
	return slices.Clone(in), nil
}

func unbound(o collective) []trace.Operand {
	trace.Fail("collective operation", nil, "the named axes %q are not mapped where the program is run", o.axisNames())
	return nil
}
