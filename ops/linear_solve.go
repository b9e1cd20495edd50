package ops

import (
	"fmt"
	"slices"
	"strings"

	"github.com/gojax/gojax/internal/mask"
	"github.com/gojax/gojax/ir"
	"github.com/gojax/gojax/trace"
)

// linearSolve solves A x = b for x by a program of the user's, and is differentiated by what a solution is, not through
// that program. The programs take their constants first, which are the first operands, in order, and then b (or x).
type linearSolve struct {
	MatVec, Solve      *ir.Program // x -> A x, b -> x
	VecMat, TransSolve *ir.Program // the same of A's transpose; nil where it is not known
	Consts             [4]int      // of MatVec, Solve, VecMat, TransSolve
}

func (linearSolve) Name() string { return "custom_linear_solve" }

func (o linearSolve) Programs() []*ir.Program {
	p := []*ir.Program{o.MatVec, o.Solve}
	if o.TransSolve != nil {
		p = append(p, o.VecMat, o.TransSolve)
	}
	return p
}

// solveParts splits operands into the constants of the programs and b.
func solveParts[T any](o linearSolve, x []T) (consts [4][]T, b []T) {
	for i, n := range o.Consts {
		consts[i], x = x[:n:n], x[n:]
	}
	return consts, x
}

// Solver is a system of linear equations and how to solve it, as functions on the leaves of a tree; VecMat and
// TransSolve may be nil.
type Solver struct {
	MatVec, Solve, VecMat, TransSolve Step
	Symmetric                         bool // MatVec and Solve serve for the transposed system too
}

// LinearSolve solves the system s for the right-hand side b, the leaves of a tree def.
func LinearSolve(op string, def *trace.Def, b []*Value, s Solver) []*Value {
	var o linearSolve
	var consts []*Value
	record := func(i int, what string, f Step) *ir.Program {
		p, captured := trace.Trace(what+" of "+op, trace.Avals(b), func(a []*Value) []*Value {
			d, y := f(a)
			if !d.Equal(def) {
				trace.Fail(op, nil, "%s returns another structure than it is given: returned and given are\n\t%s", what,
					strings.Join(d.Diff(def, "b"), "\n\t"))
			}
			for j, v := range y {
				if !v.Aval().SameType(a[j].Aval()) {
					trace.Fail(op, nil, "%s returns %v for %v; it must return the shapes and dtypes it is given", what,
						v.Aval(), a[j].Aval())
				}
			}
			return y
		})
		p, captured = LiftNumbers(p, captured)
		o.Consts[i] = len(captured)
		consts = append(consts, captured...)
		return constantsFirst(p, len(b))
	}
	o.MatVec = record(0, "MatVec", s.MatVec)
	o.Solve = record(1, "Solve", s.Solve)
	switch {
	case s.Symmetric:
		o.VecMat, o.TransSolve = o.MatVec, o.Solve
		o.Consts[2], o.Consts[3] = o.Consts[0], o.Consts[1]
		consts = append(consts, slices.Clone(consts)...)
	case s.TransSolve != nil:
		o.VecMat = record(2, "VecMat", s.VecMat)
		o.TransSolve = record(3, "TransSolve", s.TransSolve)
	}
	return trace.Bind(o, append(consts, b...)...)
}

func (o linearSolve) Infer(in []ir.Aval) ([]ir.Aval, error) {
	n := 0
	for _, c := range o.Consts {
		n += c
	}
	if len(in) < n {
		return nil, fmt.Errorf("takes %d constants, has %d operands", n, len(in))
	}
	consts, b := solveParts(o, in)
	names := [4]string{"the matrix", "the solver", "the transposed matrix", "the transposed solver"}
	for i, p := range o.all() {
		if p == nil {
			continue
		}
		if err := checkOperands(names[i], p, slices.Concat(consts[i], b)); err != nil {
			return nil, err
		}
		if err := checkOperands(names[i], &ir.Program{In: varsOf(b)}, p.OutTypes()); err != nil {
			return nil, err
		}
	}
	return o.Solve.OutTypes(), nil
}

func (o linearSolve) Lower(e trace.Emitter, x []trace.Operand) []trace.Operand {
	consts, b := solveParts(o, x)
	return e.Inline(o.Solve, slices.Concat(consts[1], b))
}

// Batch maps all programs for a right-hand side that is mapped.
func (o linearSolve) Batch(c trace.BatchCtx, x []*Value, d []int) ([]*Value, []int) {
	n := len(o.Solve.Out)
	all := mask.Full(n)
	consts, _ := solveParts(o, isMapped(d))
	y := frontWhere(c, x, d, slices.Concat(isMapped(d[:len(d)-n]), all))
	for i, p := range []**ir.Program{&o.MatVec, &o.Solve, &o.VecMat, &o.TransSolve} {
		if *p != nil {
			*p, _ = c.Program(*p, slices.Concat(consts[i], all), all)
		}
	}
	return trace.Bind(o, y...), make([]int, n)
}

// JVP: from A x = b follows A dx = db - dA x.
func (o linearSolve) JVP(c trace.JVPCtx, x, t []*Value) (y, yt []*Value) {
	y = trace.Bind(o, x...)
	consts, b := solveParts(o, x)
	constTs, bt := solveParts(o, t)
	n := len(b)
	rhs := slices.Clone(bt)
	if m := mask.NonNil(constTs[0]); mask.Any(m) {
		p, out := c.Program(o.MatVec, slices.Concat(m, make([]bool, n)), nil)
		r := cut(trace.Inline(p, slices.Concat(consts[0], y, mask.Pick(constTs[0], m))), n)
		for i, v := range mask.Place(r[1], out) {
			if v != nil {
				rhs[i] = AddTangents(rhs[i], Neg(v))
			}
		}
	}
	if !anyTangent(rhs) {
		return y, rhs
	}
	rhs = tangentsAt(rhs, y, mask.Full(n))
	return y, trace.Bind(o, slices.Concat(x[:len(x)-n], rhs)...)
}

// Transpose solves with the transposed matrix.
func (o linearSolve) Transpose(c trace.TransposeCtx, ct []*Value, x []trace.Linear) []*Value {
	if o.TransSolve == nil {
		trace.Fail("lax.CustomLinearSolve", nil, "reverse mode needs to solve with the transposed matrix: give "+
			"LinearSystem.TransSolve, or say that the matrix is symmetric (LinearSystem.Symmetric)")
	}
	consts, b := solveParts(o, x)
	q := linearSolve{
		o.VecMat, o.TransSolve, o.MatVec, o.Solve, [4]int{o.Consts[2], o.Consts[3], o.Consts[0], o.Consts[1]},
	}
	in := nonlinear(slices.Concat(consts[2], consts[3], consts[0], consts[1]))
	for i, v := range ct {
		in = append(in, orZeros(v, b[i].Aval))
	}
	out := make([]*Value, len(x)-len(b))
	return append(out, trace.Bind(q, in...)...)
}

func (o linearSolve) Step(x []*Value, run trace.RunFunc) []*Value {
	consts, b := solveParts(o, x)
	return run(o.Solve, slices.Concat(consts[1], b))
}

// all are the programs in the order of their constants.
func (o linearSolve) all() [4]*ir.Program {
	return [4]*ir.Program{o.MatVec, o.Solve, o.VecMat, o.TransSolve}
}
