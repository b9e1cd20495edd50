package ops

import (
	"fmt"
	"slices"

	"github.com/gojax/gojax/ir"
	"github.com/gojax/gojax/trace"
)

// How collective operations over the axes of a mesh of processes are written: as calls of MPI, which a token puts in
// order. Unordered, processes would take each other's data for those of another operation.

// communicate is the kernel that calls MPI.
const communicate = "gojax_mpi"

// What the kernel does, as backend/kernels numbers it.
const (
	allReduceKind = iota
	allGatherKind
	reduceScatterKind
	allToAllKind
	permuteKind
)

// sequenced is Op, a collective operation, with a token as one more operand and output.
type sequenced struct{ Op ir.Op }

func (o sequenced) Name() string { return o.Op.Name() }

func (o sequenced) Infer(in []ir.Aval) ([]ir.Aval, error) {
	if err := wantOperands(in, 2); err != nil {
		return nil, err
	}
	out, err := o.Op.Infer(in[:1])
	return append(out, ir.TokenType()), err
}

func (o sequenced) Lower(e trace.Emitter, x []trace.Operand) []trace.Operand {
	w := &withToken{e, x[1]}
	return append(o.Op.(trace.Lowerer).Lower(w, x[:1]), w.token)
}

// withToken writes for a sequenced operation, whose calls pass the token on.
type withToken struct {
	trace.Emitter
	token trace.Operand
}

func (e *withToken) Out() []ir.Aval { return e.Emitter.Out()[:1] }

// member is this process among those that do an operation together.
type member struct {
	ranks []int
	place int
}

// memberOf finds the process at a place of m in groups of places.
func memberOf(m *ir.Mesh, groups [][]int, place int) member {
	g := groups[slices.IndexFunc(groups, func(g []int) bool { return slices.Contains(g, place) })]
	return member{sizesAt(m.Devices, g), slices.Index(g, place)}
}

// exchange writes op between the processes of a group.
func exchange(e trace.Emitter, m member, op ir.Op, x trace.Operand, combine []monoid) trace.Operand {
	n := len(m.ranks)
	if n == 1 {
		return x
	}
	reshaped := func(x trace.Operand, f func(v *Value) *Value) trace.Operand {
		return lowerFun(e, []trace.Operand{x}, func(v []*Value) []*Value { return []*Value{f(v[0])} })[0]
	}
	kind, t := allReduceKind, x.Aval
	more := ""
	if len(combine) > 0 {
		more = fmt.Sprintf("operation = %d : i32", slices.Index([]monoid{monoidAdd, monoidMax, monoidMin}, combine[0]))
	}
	switch o := op.(type) {
	case allGather:
		y := send(e, m, allGatherKind, x, more, t.With(inserted(t.Shape, 0, n)))
		return reshaped(y, func(v *Value) *Value { return fold(moveTo(v, 0, o.Dim), o.Dim, 2) })
	case psumScatter:
		x = reshaped(x, func(v *Value) *Value { return moveTo(splitOff(v, o.Dim, n), o.Dim, 0) })
		kind, t = reduceScatterKind, x.Aval.With(x.Aval.Shape[1:])
	case allToAll:
		x = reshaped(x, func(v *Value) *Value { return moveTo(splitOff(v, o.Split, n), o.Split, 0) })
		y := send(e, m, allToAllKind, x, more, x.Aval)
		return reshaped(y, func(v *Value) *Value { return fold(moveTo(v, 0, o.Concat), o.Concat, 2) })
	case ppermute:
		to, from := -1, -1
		for _, p := range o.Perm {
			if p[0] == m.place {
				to = p[1]
			}
			if p[1] == m.place {
				from = p[0]
			}
		}
		kind, more = permuteKind, fmt.Sprintf("to = %d : i32, from = %d : i32", to, from)
	}
	return send(e, m, kind, x, more, t)
}

// send writes the call of MPI.
func send(e trace.Emitter, m member, kind int, x trace.Operand, more string, out ir.Aval) trace.Operand {
	w, ok := e.(*withToken)
	if !ok || !onCPU(e, communicate) {
		trace.Fail("", []ir.Aval{x.Aval}, "processes cannot communicate in a program that runs on %s, or is not "+
			"ordered; run it under gojax.ShardMap on the CPU", e.Platform())
	}
	rows := func(t ir.Aval) string { return layout(arange(0, t.Rank())) }
	none := layout(nil)
	y := e.Op("stablehlo.custom_call", []trace.Operand{x, w.token}, fmt.Sprintf("call_target_name = %q, "+
		"api_version = 4 : i32, has_side_effect = true, backend_config = {%s}, operand_layouts = [%s, %s], "+
		"result_layouts = [%s, %s]", communicate,
		attrs(fmt.Sprintf("kind = %d : i32, group = %s", kind, i64s(m.ranks)), more), rows(x.Aval), none, rows(out),
		none), out, w.token.Aval)
	w.token = y[1]
	return y[0]
}
