package ops

import (
	"fmt"
	"slices"
	"strings"

	"github.com/gojax/gojax/internal/mask"
	"github.com/gojax/gojax/ir"
	"github.com/gojax/gojax/trace"
)

// ScanOptions are the options of loops over arrays.
type ScanOptions struct {
	Reverse bool // go from the ends of the arrays
	Unroll  int  // steps written out in each round; 0: as many as pay
	Length  int  // the number of steps where no array tells it, and what arrays must agree with otherwise; 0: not said
}

// Check refuses options that are out of range.
func (o ScanOptions) Check(op string) {
	if o.Unroll < 0 {
		trace.Fail(op, nil, "Unroll: %d: at least 1 step must be written out in each round", o.Unroll)
	}
	if o.Length < 0 {
		trace.Fail(op, nil, "Length: %d: a length cannot be negative", o.Length)
	}
}

// scan applies Body Length times to a carry. Operands are constants, the carry, and arrays whose leading axis, of size
// Length, is gone through, from its end if Reverse; Body takes constants, carry and one element of each, and returns
// the next carry and elements of the results, which are stacked in the order of the arrays.
type scan struct {
	Body          *ir.Program
	Consts, Carry int
	Length        int
	Reverse       bool
	Unroll        int // steps written out in one round of the loop; 0: as many as pay
}

func (scan) Name() string              { return "scan" }
func (o scan) Programs() []*ir.Program { return []*ir.Program{o.Body} }

// scanParts splits operands, or inputs of the body, into constants, carry and arrays gone through.
func scanParts[T any](o scan, x []T) (consts, carry, xs []T) {
	k := o.Consts + o.Carry
	return x[:o.Consts:o.Consts], x[o.Consts:k:k], x[k:]
}

// stacked is the type of n elements of type t.
func stacked(t ir.Aval, n int) ir.Aval { return t.With(inserted(t.Shape, 0, n)) }

// ScanLength is the number of steps that the arrays and the options agree on.
func ScanLength(op string, def *trace.Def, x []*Value, o ScanOptions) int {
	paths := def.PathsFrom("xs")
	n := -1
	for i, v := range x {
		if v.Rank() == 0 {
			trace.Fail(op, trace.Avals(x), "%s is a scalar, %v; what is scanned needs a leading axis to go along: "+
				"capture it in the function instead", paths[i], v.Aval())
		}
		if k := v.Shape()[0]; n < 0 {
			n = k
		} else if k != n {
			trace.Fail(op, trace.Avals(x), "the leading axes of xs have different sizes: %d in %s and %d in %s; "+
				"slice or pad the arrays to one length", n, paths[0], k, paths[i])
		}
	}
	switch {
	case n < 0 && o.Length == 0:
		trace.Fail(op, nil, "xs holds no arrays, so the number of steps is not known; say it with "+
			"lax.ScanOptions{Length: n}")
	case n < 0:
		n = o.Length
	case o.Length != 0 && n != o.Length:
		trace.Fail(op, trace.Avals(x), "Length: %d disagrees with xs, whose leading axes have size %d; leave it out",
			o.Length, n)
	}
	return n
}

// Scan is ScanOver on lists of values: c, y = f(c, x) for each element of xs, of which there is at least one.
func Scan(op string, c, xs []*Value, o ScanOptions, f func(c, x []*Value) (next, y []*Value)) (carry, ys []*Value) {
	def := flatDef(len(c))
	n := ScanLength(op, flatDef(len(xs)), xs, o)
	return ScanOver(op, "f", def, 0, c, xs, n, o, func(c, x []*Value) (*trace.Def, []*Value, []*Value) {
		next, y := f(c, x)
		return def, next, y
	})
}

// ScanOver traces the step of a scan over the carry c and elements of x, and binds it. The leaves of the user's carry,
// of structure def, are the last of c, after own others. fname is what the user calls the step in messages.
func ScanOver(op, fname string, def *trace.Def, own int, c, x []*Value, n int, o ScanOptions,
	step func(c, x []*Value) (*trace.Def, []*Value, []*Value)) (carry, ys []*Value) {
	k := len(c)
	elems := elementTypes(x)
	var p *ir.Program
	var captured []*Value
	for {
		p, captured = trace.Trace("the function of "+op, append(trace.Avals(c), elems...), func(a []*Value) []*Value {
			d, next, y := step(a[:k:k], a[k:])
			if !d.Equal(def) {
				trace.Fail(op, nil, "%s returns another structure than the carry it is given: returned and given "+
					"are\n\t%s", fname, strings.Join(d.Diff(def, "the carry"), "\n\t"))
			}
			return slices.Concat(next, y)
		})
		next, changed := promoteWeak(c, p.OutTypes()[:k])
		if !changed {
			break
		}
		c = next
	}
	sameCarry(op, def, own, trace.Avals(c), p.OutTypes()[:k])
	p, captured = LiftNumbers(p, captured)
	return bindScan(p, c, x, captured, n, o)
}

// elementTypes are the types of one element of each of x.
func elementTypes(x []*Value) []ir.Aval {
	t := trace.Avals(x)
	for i := range t {
		t[i] = t[i].With(t[i].Shape[1:])
	}
	return t
}

// bindScan scans the program p, which takes carry, elements and captures and returns carry and elements. What merely
// passes through is left out of the loop: a carry that never changes is a constant of it, so that the work that depends
// on it can be done once, and an element returned as it is makes the array it comes from.
func bindScan(p *ir.Program, c, x, captured []*Value, n int, o ScanOptions) (carry, ys []*Value) {
	in := cut(p.In, len(c), len(x))
	carryIn, elemIn, capturedIn := in[0], in[1], in[2]
	out := cut(p.Out, len(c))
	carryOut, elemOut := out[0], out[1]
	fixed := make([]bool, len(c))
	for i := range fixed {
		fixed[i] = carryOut[i] == ir.Value(carryIn[i])
	}
	array := make(map[ir.Value]*Value, len(x))
	for i, v := range elemIn {
		array[v] = x[i]
	}
	ys = make([]*Value, len(elemOut)) // nil where the loop makes it
	for i, v := range elemOut {
		ys[i] = array[v]
	}
	passed, moving := mask.NonNil(ys), mask.Not(fixed)
	consts := slices.Concat(captured, mask.Pick(c, fixed))
	r := trace.Bind(scan{
		Body: &ir.Program{
			In:   slices.Concat(capturedIn, mask.Pick(carryIn, fixed), mask.Pick(carryIn, moving), elemIn),
			Eqns: p.Eqns,
			Out:  slices.Concat(mask.Pick(carryOut, moving), mask.Pick(elemOut, mask.Not(passed))),
		},
		Consts: len(consts), Carry: mask.Count(moving), Length: n, Reverse: o.Reverse, Unroll: o.Unroll,
	}, slices.Concat(consts, mask.Pick(c, moving), x)...)
	part := cut(r, mask.Count(moving))
	return mask.Merge(mask.Pick(c, fixed), part[0], fixed), mask.Merge(mask.Compact(ys), part[1], passed)
}

func (o scan) Infer(in []ir.Aval) ([]ir.Aval, error) {
	k := o.Consts + o.Carry
	if o.Consts < 0 || o.Carry < 0 || o.Length < 0 || o.Unroll < 0 || len(in) < k {
		return nil, fmt.Errorf("takes %d constants and a carry of %d over %d steps, unrolled %d-fold, and has %d "+
			"operands", o.Consts, o.Carry, o.Length, o.Unroll, len(in))
	}
	elems := slices.Clone(in)
	for i := k; i < len(in); i++ {
		if in[i].Rank() == 0 || in[i].Shape[0] != o.Length {
			return nil, fmt.Errorf("operand %d is %v; what is scanned must have a leading axis of size %d", i, in[i],
				o.Length)
		}
		elems[i] = in[i].With(in[i].Shape[1:])
	}
	if err := checkOperands("the body", o.Body, elems); err != nil {
		return nil, err
	}
	out := o.Body.OutTypes()
	if len(out) < o.Carry {
		return nil, fmt.Errorf("the body returns %d arrays for a carry of %d", len(out), o.Carry)
	}
	for i := range out {
		if i >= o.Carry {
			out[i] = stacked(out[i], o.Length)
			continue
		}
		c := in[o.Consts+i]
		if !out[i].SameType(c) {
			return nil, fmt.Errorf("carry %d enters as %v and the body returns %v", i, c, out[i])
		}
		out[i].Weak = out[i].Weak && c.Weak
	}
	return out, nil
}

// Lower writes a loop over an index, constant in size whatever the length, or, where one round does all steps, no loop.
func (o scan) Lower(e trace.Emitter, x []trace.Operand) []trace.Operand {
	types := e.Out()
	consts, carry, xs := scanParts(o, x)
	ys := types[o.Carry:]
	o.Unroll = o.unroll(e.Platform())
	if o.Length <= o.Unroll {
		return o.lowerStraight(e, consts, carry, xs, ys)
	}
	e.SmallLoops(o.smallLoop(len(xs) + len(ys)))
	l := scanLoop{Emitter: e, scan: o, consts: consts, xs: xs, index: ir.Scalar(ir.Int32)}
	if o.Length > 1<<31-1-o.Unroll {
		l.index.DType = ir.Int64
	}
	start := append([]trace.Operand{l.number(0)}, carry...)
	for _, t := range ys {
		start = append(start, e.Const(ir.IntLit(0, t.DType), t.Shape))
	}
	state := make([]ir.Aval, len(start))
	for i, v := range start {
		state[i] = v.Aval
	}
	inLoop := o.Length - o.Length%o.Unroll // steps
	cond := e.Region(state, func(a []trace.Operand) []trace.Operand {
		return []trace.Operand{writer{e}.cmp("LT", a[0], l.number(inLoop))}
	})
	var body trace.Region
	e.Loop(func() {
		body = e.Region(state, func(a []trace.Operand) []trace.Operand {
			y := a[1:]
			for k := range o.Unroll {
				y = l.step(l.add(a[0], k), y)
			}
			return append([]trace.Operand{l.add(a[0], o.Unroll)}, y...)
		})
	})
	y := e.OpRegions("stablehlo.while", start, "", []trace.Region{cond, body}, state...)[1:]
	e.Loop(func() { // as the steps before
		for i := inLoop; i < o.Length; i++ {
			y = l.step(l.number(i), y)
		}
	})
	return y
}

// scanLoop writes the steps of a scan's loop. The state of the loop is its carry and then the results so far.
type scanLoop struct {
	trace.Emitter
	scan
	consts, xs []trace.Operand
	index      ir.Aval
}

// number is n in the index's dtype.
func (l scanLoop) number(n int) trace.Operand {
	return l.Const(ir.IntLit(int64(n), l.index.DType), nil)
}

// add is i + n.
func (l scanLoop) add(i trace.Operand, n int) trace.Operand {
	if n == 0 {
		return i
	}
	return writer{l}.bin("stablehlo.add", i, l.number(n))
}

// step does step i.
func (l scanLoop) step(i trace.Operand, state []trace.Operand) []trace.Operand {
	if l.Reverse {
		i = writer{l}.bin("stablehlo.subtract", l.number(l.Length-1), i)
	}
	zero := l.number(0)
	start := func(rank int) []trace.Operand { // of element i
		s := slices.Repeat([]trace.Operand{zero}, rank)
		s[0] = i
		return s
	}
	in := slices.Concat(l.consts, state[:l.Carry])
	for _, v := range l.xs {
		t := v.Aval
		sizes := inserted(t.Shape[1:], 0, 1)
		row := l.Op("stablehlo.dynamic_slice", append([]trace.Operand{v}, start(t.Rank())...),
			"slice_sizes = "+i64s(sizes), t.With(sizes))
		in = append(in, l.Op("stablehlo.reshape", row, "", t.With(t.Shape[1:]))...)
	}
	y := l.Inline(l.Body, in)
	next := slices.Clone(y[:l.Carry])
	for k, v := range y[l.Carry:] {
		whole := state[l.Carry+k]
		row := l.Op("stablehlo.reshape", []trace.Operand{v}, "", stacked(v.Aval, 1))
		at := append([]trace.Operand{whole, row[0]}, start(whole.Aval.Rank())...)
		next = append(next, l.Op("stablehlo.dynamic_update_slice", at, "", whole.Aval)...)
	}
	return next
}

// lowerStraight writes all steps one after another.
func (o scan) lowerStraight(e trace.Emitter, consts, carry, xs []trace.Operand, ys []ir.Aval) []trace.Operand {
	parts := make([][]trace.Operand, len(ys))
	for k := range o.Length {
		i := k
		if o.Reverse {
			i = o.Length - 1 - k
		}
		in := slices.Concat(consts, carry)
		for _, v := range xs {
			t := v.Aval
			start, limit := repeated(0, t.Rank()), own(t.Shape)
			start[0], limit[0] = i, i+1
			one := e.Op("stablehlo.slice", []trace.Operand{v}, sliceAttrs(start, limit, repeated(1, t.Rank())),
				t.With(inserted(t.Shape[1:], 0, 1)))
			in = append(in, e.Op("stablehlo.reshape", one, "", t.With(t.Shape[1:]))...)
		}
		y := e.Inline(o.Body, in)
		carry = y[:o.Carry]
		for j, v := range y[o.Carry:] {
			parts[j] = append(parts[j], e.Op("stablehlo.reshape", []trace.Operand{v}, "", stacked(v.Aval, 1))...)
		}
	}
	out := slices.Clone(carry)
	for j, t := range ys {
		if o.Reverse {
			slices.Reverse(parts[j])
		}
		switch o.Length {
		case 0:
			out = append(out, e.Const(ir.IntLit(0, t.DType), t.Shape))
		case 1:
			out = append(out, parts[j][0])
		default:
			out = append(out, e.Op("stablehlo.concatenate", parts[j], "dimension = 0 : i64", t)...)
		}
	}
	return out
}

// Batch maps from the start what of the carry is mapped after some step. Arrays are mapped along their second axis,
// behind the steps, or, where rows are lanes, along their last.
func (o scan) Batch(c trace.BatchCtx, x []*Value, d []int) ([]*Value, []int) {
	consts, carry, xs := scanParts(o, isMapped(d))
	ys := make([]bool, len(o.Body.Out)-o.Carry)
	var p *ir.Program
	var out []bool
	carry = mask.Fixpoint(carry, func(carry []bool) []bool {
		p, out = c.Program(o.Body, slices.Concat(consts, carry, xs), slices.Concat(carry, ys))
		return out[:o.Carry]
	})
	in := slices.Concat(consts, carry, xs)
	from, to := frontAxes(in), frontAxes(out)
	if lanes(c.AxisSize(), o.Body) {
		from, to = lastAxes(o.Body.InTypes(), in), lastAxes(o.Body.OutTypes(), out)
		p, _ = c.Last().ProgramAt(o.Body, from, to)
	}
	o.Body = p
	for i := range from[o.Consts+o.Carry:] {
		from[o.Consts+o.Carry+i]++ // behind the steps
	}
	for i := range to[o.Carry:] {
		if out[o.Carry+i] {
			to[o.Carry+i]++
		}
	}
	return trace.Bind(o, placedWhere(c, x, d, from, in)...), to
}

// JVP carries the tangents beside the primal values. Constants, carry and arrays are each followed by their tangents.
func (o scan) JVP(c trace.JVPCtx, x, t []*Value) (y, yt []*Value) {
	constsIn, carryIn, xsIn := scanParts(o, mask.NonNil(t))
	ys := make([]bool, len(o.Body.Out)-o.Carry)
	var p *ir.Program // (constants, carry, elements, tangents of these) -> (carry, elements, tangents of these)
	var out []bool
	carryIn = mask.Fixpoint(carryIn, func(carryIn []bool) []bool {
		p, out = c.Program(o.Body, slices.Concat(constsIn, carryIn, xsIn), slices.Concat(carryIn, ys))
		return out[:o.Carry]
	})
	consts, carry, xs := scanParts(o, x)
	constsT, carryT, xsT := scanParts(o, t)
	constsT, carryT, xsT = mask.Pick(constsT, constsIn), tangentsAt(carryT, carry, carryIn), mask.Pick(xsT, xsIn)

	in := cut(p.In, len(consts), len(carry), len(xs), len(constsT), len(carryT))
	res := cut(p.Out, o.Carry, len(ys), len(carryT))
	s := o
	s.Consts, s.Carry = o.Consts+len(constsT), o.Carry+len(carryT)
	s.Body = &ir.Program{
		In:   slices.Concat(in[0], in[3], in[1], in[4], in[2], in[5]),
		Eqns: p.Eqns,
		Out:  slices.Concat(res[0], res[2], res[1], res[3]),
	}
	r := cut(trace.Bind(s, slices.Concat(consts, constsT, carry, carryT, xs, xsT)...), o.Carry, len(carryT), len(ys))
	return slices.Concat(r[0], r[2]), mask.Place(slices.Concat(r[1], r[3]), out)
}

// DCE keeps the carry that an output, an effect or another needed carry reads.
func (o scan) DCE(used []bool) (op ir.Op, keptIn, keptOut []bool) {
	carry, ys := used[:o.Carry], used[o.Carry:]
	var p *ir.Program
	carry = mask.Fixpoint(carry, func(carry []bool) []bool {
		p, keptIn = o.Body.DCEOut(slices.Concat(carry, ys))
		_, read, _ := scanParts(o, keptIn)
		return mask.Or(read, carry)
	})
	consts, _, xs := scanParts(o, keptIn)
	keptIn = slices.Concat(consts, carry, xs)
	o.Body = keeping(o.Body, p, keptIn)
	o.Consts, o.Carry = mask.Count(consts), mask.Count(carry)
	return o, keptIn, slices.Concat(carry, ys)
}

// Sequence makes the token the last carry.
func (o scan) Sequence(order ir.OrderFunc) (op ir.Op, in, out int) {
	in, out = o.Consts+o.Carry, o.Carry
	o.Body = order(o.Body, in, out)
	o.Carry++
	return o, in, out
}

func (o scan) Step(x []*Value, run trace.RunFunc) []*Value {
	consts, carry, xs := scanParts(o, x)
	rows := make([][]*Value, len(o.Body.Out)-o.Carry) // of each result
	for j := range o.Length {
		i := j
		if o.Reverse {
			i = o.Length - 1 - j
		}
		in := slices.Concat(consts, carry)
		for _, v := range xs {
			in = append(in, pickRow(v, i))
		}
		y := cut(run(o.Body, in), o.Carry)
		carry = y[0]
		for k, v := range y[1] {
			rows[k] = append(rows[k], v)
		}
	}
	out := slices.Clone(carry)
	for k, row := range rows {
		t := o.Body.Out[o.Carry+k].Aval()
		if o.Length == 0 {
			out = append(out, Zeros(stacked(t, 0)))
			continue
		}
		if o.Reverse {
			slices.Reverse(row)
		}
		for i, v := range row {
			row[i] = Reshape(v, inserted(t.Shape, 0, 1))
		}
		out = append(out, Concatenate(row, 0))
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
