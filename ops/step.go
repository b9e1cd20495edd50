package ops

import (
	"slices"

	"github.com/gojax/gojax/ir"
	"github.com/gojax/gojax/trace"
)

// How the operations that hold programs run one operation at a time: trace.Stepper.

type runProgram = func(p *ir.Program, x []*Value) []*Value

func (o call) Step(x []*Value, run runProgram) []*Value { return run(o.Body, x) }

func (o cond) Step(x []*Value, run runProgram) []*Value {
	return run(o.Branches[scalarInt(x[0])], x[1:])
}

func (o while) Step(x []*Value, run runProgram) []*Value {
	cc, bc, carry := parts(o, x)
	for {
		if scalarInt(run(o.Cond, slices.Concat(cc, carry))[0]) == 0 {
			return carry
		}
		carry = run(o.Body, slices.Concat(bc, carry))
	}
}

func (o scan) Step(x []*Value, run runProgram) []*Value {
	consts, carry, xs := scanParts(o, x)
	ys := make([][]*Value, len(o.Body.Out)-o.Carry)
	for j := range o.Length {
		i := j
		if o.Reverse {
			i = o.Length - 1 - j
		}
		in := slices.Concat(consts, carry)
		for _, v := range xs {
			in = append(in, pickRow(v, i))
		}
		y := run(o.Body, in)
		carry = y[:o.Carry:o.Carry]
		for k, v := range y[o.Carry:] {
			ys[k] = append(ys[k], v)
		}
	}
	out := slices.Clone(carry)
	for k, rows := range ys {
		t := o.Body.Out[o.Carry+k].Aval()
		if o.Length == 0 {
			out = append(out, Zeros(stacked(t, 0)))
			continue
		}
		if o.Reverse {
			slices.Reverse(rows)
		}
		for i, v := range rows {
			rows[i] = Reshape(v, inserted(t.Shape, 0, 1))
		}
		out = append(out, Concatenate(rows, 0))
	}
	return out
}

// pickRow is x[i] along the first axis. One program does it for every i.
func pickRow(x *Value, i int) *Value {
	t := x.Aval()
	start := make([]*Value, t.Rank())
	for k := range start {
		start[k] = trace.FromLit(ir.IntLit(0, ir.Int32))
	}
	start[0] = trace.FromLit(ir.IntLit(int64(i), ir.Int32))
	sizes := slices.Clone(t.Shape)
	sizes[0] = 1
	return Reshape(DynamicSlice(x, start, sizes), t.Shape[1:])
}

// scalarInt is the value of a concrete bool or integer scalar.
func scalarInt(x *Value) int {
	b := make([]byte, x.Aval().Bytes())
	trace.TheRuntime().ToHost(x, b)
	return int(ir.LitFromBytes(b, x.DType()).Int())
}

func (o customJVP) Step(x []*Value, run runProgram) []*Value    { return run(o.Body, x) }
func (o customVJP) Step(x []*Value, run runProgram) []*Value    { return run(o.Body, x) }
func (o checkpoint) Step(x []*Value, run runProgram) []*Value   { return run(o.Body, x) }
func (o whileTangent) Step(x []*Value, run runProgram) []*Value { return run(o.Body, x) }

func (o linearSolve) Step(x []*Value, run runProgram) []*Value {
	consts, b := solveParts(o, x)
	return run(o.Solve, slices.Concat(consts[1], b))
}
