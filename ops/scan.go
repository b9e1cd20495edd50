package ops

import (
	"fmt"
	"slices"
	"strings"

	"github.com/gojax/gojax/ir"
	"github.com/gojax/gojax/trace"
)

// ScanOptions are the options of loops over arrays.
type ScanOptions struct {
	Reverse bool // go from the ends of the arrays
	Unroll  int  // steps written out in each round; 0 is 1
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

// scan applies Body Length times to a carry. Operands are constants, the carry, and arrays whose leading axis, of size Length, is
// gone through, from its end if Reverse; Body takes constants, carry and one element of each, and returns the next carry
// and elements of the results, which are stacked in the order of the arrays.
type scan struct {
	Body          *ir.Program
	Consts, Carry int
	Length        int
	Reverse       bool
	Unroll        int // steps written out in one round of the loop, at least 1
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
			trace.Fail(op, trace.Avals(x), "%s is a scalar, %v; what is scanned needs a leading axis to go along: capture it in the function instead", paths[i], v.Aval())
		}
		if k := v.Shape()[0]; n < 0 {
			n = k
		} else if k != n {
			trace.Fail(op, trace.Avals(x), "the leading axes of xs have different sizes: %d in %s and %d in %s; slice or pad the arrays to one length", n, paths[0], k, paths[i])
		}
	}
	switch {
	case n < 0 && o.Length == 0:
		trace.Fail(op, nil, "xs holds no arrays, so the number of steps is not known; say it with lax.ScanOptions{Length: n}")
	case n < 0:
		n = o.Length
	case o.Length != 0 && n != o.Length:
		trace.Fail(op, trace.Avals(x), "Length: %d disagrees with xs, whose leading axes have size %d; leave it out", o.Length, n)
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

// ScanOver traces the step of a scan over the carry c and elements of x, and binds it. The leaves of the user's carry, of
// structure def, are the last of c, after own others. fname is what the user calls the step in messages.
func ScanOver(op, fname string, def *trace.Def, own int, c, x []*Value, n int, o ScanOptions, step func(c, x []*Value) (*trace.Def, []*Value, []*Value)) (carry, ys []*Value) {
	k := len(c)
	elems := elementTypes(x)
	var p *ir.Program
	var captured []*Value
	for {
		p, captured = trace.Trace("the function of "+op, append(trace.Avals(c), elems...), func(a []*Value) []*Value {
			d, next, y := step(a[:k:k], a[k:])
			if !d.Equal(def) {
				trace.Fail(op, nil, "%s returns another structure than the carry it is given: returned and given are\n\t%s",
					fname, strings.Join(d.Diff(def, "the carry"), "\n\t"))
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

// bindScan scans the program p, which takes carry, elements and captures and returns carry and elements. What merely passes
// through is left out of the loop: a carry that never changes is a constant of it, so that the work that depends on it can be
// done once, and an element returned as it is makes the array it comes from.
func bindScan(p *ir.Program, c, x, captured []*Value, n int, o ScanOptions) (carry, ys []*Value) {
	k := len(c)
	input := make(map[ir.Value]int, k+len(x))
	for i, v := range p.In[:k+len(x)] {
		input[v] = i
	}
	fixed := make([]bool, k)
	for i := range k {
		j, ok := input[p.Out[i]]
		fixed[i] = ok && j == i
	}
	carry, ys = slices.Clone(c), make([]*Value, len(p.Out)-k)
	kept := make([]bool, len(p.Out))
	for i := range kept {
		kept[i] = i >= k || !fixed[i]
		if j, ok := input[p.Out[i]]; ok && i >= k && j >= k {
			ys[i-k], kept[i] = x[j-k], false
		}
	}
	body := &ir.Program{
		In:   slices.Concat(p.In[k+len(x):], ir.Pick(p.In[:k], fixed), ir.Pick(p.In[:k], negated(fixed)), p.In[k:k+len(x)]),
		Eqns: p.Eqns,
		Out:  ir.Pick(p.Out, kept),
	}
	fixedNow := ir.Pick(c, fixed)
	op := scan{Body: body, Consts: len(captured) + len(fixedNow), Carry: k - len(fixedNow), Length: n, Reverse: o.Reverse, Unroll: max(o.Unroll, 1)}
	r := trace.Bind(op, slices.Concat(captured, fixedNow, ir.Pick(c, negated(fixed)), x)...)
	for i := range kept {
		switch {
		case !kept[i]:
		case i < k:
			carry[i], r = r[0], r[1:]
		default:
			ys[i-k], r = r[0], r[1:]
		}
	}
	return carry, ys
}

func (o scan) Infer(in []ir.Aval) ([]ir.Aval, error) {
	k := o.Consts + o.Carry
	if o.Consts < 0 || o.Carry < 0 || o.Length < 0 || o.Unroll < 1 || len(in) < k {
		return nil, fmt.Errorf("takes %d constants and a carry of %d over %d steps, unrolled %d-fold, and has %d operands", o.Consts, o.Carry, o.Length, o.Unroll, len(in))
	}
	elems := slices.Clone(in)
	for i := k; i < len(in); i++ {
		if in[i].Rank() == 0 || in[i].Shape[0] != o.Length {
			return nil, fmt.Errorf("operand %d is %v; what is scanned must have a leading axis of size %d", i, in[i], o.Length)
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
	if o.Length <= o.Unroll {
		return o.lowerStraight(e, consts, carry, xs, ys)
	}
	index := ir.Scalar(ir.Int32)
	if o.Length > 1<<31-1-o.Unroll {
		index.DType = ir.Int64
	}
	number := func(n int) trace.Operand { return e.Const(ir.IntLit(int64(n), index.DType), nil) }
	add := func(i trace.Operand, n int) trace.Operand {
		if n == 0 {
			return i
		}
		return e.Op("stablehlo.add", []trace.Operand{i, number(n)}, "", index)[0]
	}
	// step does one step: state is the carry and then the results so far.
	step := func(i trace.Operand, state []trace.Operand) []trace.Operand {
		if o.Reverse {
			i = e.Op("stablehlo.subtract", []trace.Operand{number(o.Length - 1), i}, "", index)[0]
		}
		zero := number(0)
		at := func(rank int) []trace.Operand {
			s := make([]trace.Operand, rank)
			for a := range s {
				s[a] = zero
			}
			s[0] = i
			return s
		}
		in := slices.Concat(consts, state[:o.Carry])
		for _, v := range xs {
			t := v.Aval
			sizes := inserted(t.Shape[1:], 0, 1)
			one := e.Op("stablehlo.dynamic_slice", append([]trace.Operand{v}, at(t.Rank())...), "slice_sizes = "+i64s(sizes), t.With(sizes))
			in = append(in, e.Op("stablehlo.reshape", one, "", t.With(t.Shape[1:]))...)
		}
		y := e.Inline(o.Body, in)
		next := slices.Clone(y[:o.Carry])
		for k, v := range y[o.Carry:] {
			whole := state[o.Carry+k]
			one := e.Op("stablehlo.reshape", []trace.Operand{v}, "", stacked(v.Aval, 1))
			next = append(next, e.Op("stablehlo.dynamic_update_slice", append([]trace.Operand{whole, one[0]}, at(whole.Aval.Rank())...), "", whole.Aval)...)
		}
		return next
	}
	start := append([]trace.Operand{number(0)}, carry...)
	for _, t := range ys {
		start = append(start, e.Const(ir.IntLit(0, t.DType), t.Shape))
	}
	state := make([]ir.Aval, len(start))
	for i, v := range start {
		state[i] = v.Aval
	}
	rounds := o.Length / o.Unroll
	cond := e.Region(state, func(a []trace.Operand) []trace.Operand {
		return e.Op("stablehlo.compare", []trace.Operand{a[0], number(rounds * o.Unroll)},
			"comparison_direction = #stablehlo<comparison_direction LT>, compare_type = #stablehlo<comparison_type SIGNED>", ir.Scalar(ir.Bool))
	})
	body := e.Region(state, func(a []trace.Operand) []trace.Operand {
		y := a[1:]
		for k := range o.Unroll {
			y = step(add(a[0], k), y)
		}
		return append([]trace.Operand{add(a[0], o.Unroll)}, y...)
	})
	y := e.OpRegions("stablehlo.while", start, "", []trace.Region{cond, body}, state...)[1:]
	for i := rounds * o.Unroll; i < o.Length; i++ {
		y = step(number(i), y)
	}
	return y
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
			one := e.Op("stablehlo.slice", []trace.Operand{v},
				"limit_indices = "+i64s(limit)+", start_indices = "+i64s(start)+", strides = "+i64s(repeated(1, t.Rank())), t.With(inserted(t.Shape[1:], 0, 1)))
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

func (o scan) Batch(c trace.BatchCtx, x []*Value, d []int) ([]*Value, []int) {
	m := isMapped(d)
	_, carry, _ := scanParts(o, m) // a part of m
	var body *ir.Program
	var out []bool
	for { // what enters unmapped may come out mapped
		body, out = c.Program(o.Body, slices.Clone(m), slices.Concat(carry, make([]bool, len(o.Body.Out)-o.Carry)))
		if slices.Equal(out[:o.Carry], carry) {
			break
		}
		copy(carry, out)
	}
	y := slices.Clone(x)
	for i := range x {
		switch {
		case !m[i]:
		case i < o.Consts+o.Carry:
			y[i] = bdimAt(c, x[i], d[i], 0)
		default:
			y[i] = bdimAt(c, x[i], d[i], 1)
		}
	}
	o.Body = body
	at := frontAxes(out)
	for i := o.Carry; i < len(at); i++ {
		if out[i] {
			at[i] = 1
		}
	}
	return trace.Bind(o, y...), at
}

// JVP carries the tangents beside the primal values.
func (o scan) JVP(c trace.JVPCtx, x, t []*Value) (y, yt []*Value) {
	m := nonZero(t)
	mc, ms, mx := scanParts(o, m) // parts of m
	var p *ir.Program
	var out []bool
	for { // a carry may take up a tangent on the way
		p, out = c.Program(o.Body, slices.Clone(m), slices.Concat(ms, make([]bool, len(o.Body.Out)-o.Carry)))
		if slices.Equal(out[:o.Carry], ms) {
			break
		}
		copy(ms, out)
	}
	t = slices.Clone(t)
	for i := range t {
		if m[i] {
			t[i] = materialize(t[i], x[i])
		}
	}
	// The program takes constants, carry, elements and then the tangents of each; the loop wants each with its tangents.
	n, k := len(x), o.Consts+o.Carry
	nc, ns := count(mc), count(ms)
	in, tin := p.In[:n], p.In[n:]
	tc, ts, tx := tin[:nc], tin[nc:nc+ns], tin[nc+ns:]
	no := len(o.Body.Out)
	s := scan{
		Body: &ir.Program{
			In:   slices.Concat(in[:o.Consts], tc, in[o.Consts:k], ts, in[k:], tx),
			Eqns: p.Eqns,
			Out:  slices.Concat(p.Out[:o.Carry], p.Out[no:no+ns], p.Out[o.Carry:no], p.Out[no+ns:]),
		},
		Consts: o.Consts + nc, Carry: o.Carry + ns, Length: o.Length, Reverse: o.Reverse, Unroll: o.Unroll,
	}
	vc, vs, vx := scanParts(o, t)
	xc, xs, xx := scanParts(o, x)
	r := trace.Bind(s, slices.Concat(xc, ir.Pick(vc, mc), xs, ir.Pick(vs, ms), xx, ir.Pick(vx, mx))...)
	ys := r[o.Carry+ns:]
	ny := no - o.Carry
	return slices.Concat(r[:o.Carry], ys[:ny]), placed(slices.Concat(r[o.Carry:o.Carry+ns], ys[ny:]), out)
}

func (o scan) DCE(used []bool) (ir.Op, []bool, []bool) {
	live := slices.Clone(used)
	var keep []bool
	var body *ir.Program
	for { // a carry is needed where an output, an effect or another needed carry reads it
		body, keep = o.Body.DCEOut(live)
		_, carry, _ := scanParts(o, keep)
		union(carry, live)
		if slices.Equal(carry, live[:o.Carry]) {
			break
		}
		copy(live, carry)
	}
	consts, _, _ := scanParts(o, keep)
	o.Body = keeping(o.Body, body, keep)
	o.Consts, o.Carry = count(consts), count(live[:o.Carry])
	return o, keep, live
}

func (o scan) Sequence(order func(p *ir.Program, in, out int) *ir.Program) (ir.Op, int, int) {
	k := o.Consts + o.Carry
	n := o.Carry
	o.Body = order(o.Body, k, n)
	o.Carry++
	return o, k, n
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
