package ops

import (
	"slices"

	"github.com/gojax/gojax/ir"
	"github.com/gojax/gojax/trace"
)

// Operations across the elements of a named mapped axis. They vanish when that axis is mapped: a sum over the axis
// becomes an ordinary reduction.

// overAxis reports whether c maps over an axis that o refers to.
func overAxis(c trace.BatchCtx, o trace.AxisUser) bool {
	return c.AxisName() != "" && slices.Contains(o.AxisNames(), c.AxisName())
}

// OpenAxis is the size of a named axis, which must be open.
func OpenAxis(op, name string) int {
	n, ok := trace.NamedAxis(name)
	if !ok {
		trace.Fail(op, nil, "no axis named %q is mapped here; call it in a function under gojax.Vmap with the option "+
			"gojax.AxisName(%q), on the goroutine that Vmap calls it on", name, name)
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

// sameType is Infer for one operand of any type, which the output has too.
func sameType(in []ir.Aval) ([]ir.Aval, error) {
	if err := wantOperands(in, 1); err != nil {
		return nil, err
	}
	return slices.Clone(in), nil
}

// unbound refuses to run an operation whose axis nothing maps.
func unbound(o trace.AxisUser) []trace.Operand {
	trace.Fail("collective operation", nil, "the named axes %q are not mapped where the program is run", o.AxisNames())
	return nil
}
