package ops_test

import (
	"fmt"
	"hash/crc32"
	"math"
	"math/cmplx"
	"math/rand/v2"
	"os"
	"slices"
	"testing"

	"github.com/gojax/gojax/ir"
	"github.com/gojax/gojax/ops"
	"github.com/gojax/gojax/tests/sample"
	"github.com/gojax/gojax/trace"
	"github.com/gojax/gojax/transforms/grad"
	"github.com/gojax/gojax/transforms/vmap"
)

// bench is a test's programs, which are compiled as one: XLA takes nearly as long for a small program as for all that
// is asked of one operation. What is to be run is queued, and so are the checks of what comes out; run does both.
type bench struct {
	t      *testing.T
	progs  []*queued
	known  map[string]*queued // by the program's key
	checks []func()
	eager  sample.Kinds // the operations that have run eagerly
	rng    *rand.Rand
	again  bool // others test the same rules: second derivatives and most of vmap are left to GOJAX_TEST_ALL=1
}

// queued is a program and all that it is to be run on.
type queued struct {
	p    *ir.Program
	runs []*result
}

// result has the outputs of one run, once the bench has run.
type result struct{ in, out []arr }

func newBench(t *testing.T) *bench {
	return &bench{t: t, known: map[string]*queued{}, rng: rand.New(rand.NewPCG(1, 2))}
}

// onBench runs the checks that f queues.
func onBench(t *testing.T, f func(b *bench)) {
	t.Helper()
	b := newBench(t)
	f(b)
	b.run()
}

// queue has p run on in.
func (b *bench) queue(p *ir.Program, in []arr) *result {
	key := p.Key()
	q := b.known[key]
	if q == nil {
		q = &queued{p: p}
		b.known[key] = q
		b.progs = append(b.progs, q)
	}
	r := &result{in: in}
	q.runs = append(q.runs, r)
	return r
}

// then has check called when all that is queued has run.
func (b *bench) then(check func()) { b.checks = append(b.checks, check) }

// run compiles all programs as one, runs that as often as the one with the most runs wants, and checks the results.
func (b *bench) run() {
	b.t.Helper()
	if sample.Late(b.t.Deadline()) {
		covered.incomplete.Store(true)
		b.t.Skip("no time is left to compile this: the machine is slow, or -timeout short")
	}
	var types []ir.Aval
	rounds := 0
	for _, q := range b.progs {
		types = append(types, q.p.InTypes()...)
		rounds = max(rounds, len(q.runs))
	}
	all := program(b.t, func(x []*trace.Value) (out []*trace.Value) {
		for _, q := range b.progs {
			n := len(q.p.In)
			out = append(out, replay(q.p, x[:n:n])...)
			x = x[n:]
		}
		return out
	}, types)
	for r := range rounds {
		var in []arr
		for _, q := range b.progs {
			in = append(in, q.runs[min(r, len(q.runs)-1)].in...)
		}
		out := trace.TheRuntime().Run(all, putAll(in))
		for _, q := range b.progs {
			n := len(q.p.Out)
			if r < len(q.runs) {
				q.runs[r].out = getAll(out[:n])
			}
			out = out[n:]
		}
	}
	for _, f := range b.checks {
		f()
	}
}

// replay is what p makes of x in the open trace. What runs over a mesh is computed on one device, unless there are the
// six that the tests' mesh has.
func replay(p *ir.Program, x []*trace.Value) []*trace.Value {
	return trace.Replay(p, x, func(e *ir.Eqn, x []*trace.Value) []*trace.Value {
		if m, _ := (&ir.Program{Eqns: []ir.Eqn{*e}}).Mesh(); m == nil || os.Getenv("GOJAX_NUM_CPU_DEVICES") == "6" {
			return trace.Bind(e.Op, x...)
		}
		if _, ok := e.Op.(ir.Meshed); ok {
			return onOneDevice(e.Op, x)
		}
		return e.Op.(trace.Stepper).Step(x, replay)
	})
}

// values has f run on in as a program, and eagerly too if an operation of f has not been run so on this bench (or all
// is to be tested); both must agree. check gets the outputs.
func (b *bench) values(f fn, in []arr, check func(got []arr)) {
	b.t.Helper()
	p := program(b.t, f, avals(in))
	jitted := b.queue(p, in)
	var names []string
	for _, e := range p.Eqns {
		names = append(names, e.Op.Name())
	}
	var eager []arr
	if b.eager.Add(names...) {
		eager = getAll(f(putAll(in)))
	}
	b.then(func() {
		for i := range eager {
			if s := eager[i].closeTo(jitted.out[i], tolOf(eager[i].d)); s != "" {
				b.t.Errorf("output %d: eager differs from compiled: %s", i, s)
			}
		}
		check(jitted.out)
	})
}

// valuesIf is values if run is true, and else has f traced alone.
func (b *bench) valuesIf(run bool, f fn, in []arr, check func(got []arr)) {
	b.t.Helper()
	if run {
		b.values(f, in, check)
	} else {
		program(b.t, f, avals(in))
	}
}

// sampleOf is those of ds that are run: the last of each family, or all with GOJAX_TEST_ALL=1.
func sampleOf(ds []ir.DType) (out []ir.DType) {
	var families sample.Kinds
	for _, d := range slices.Backward(ds) {
		if families.Add(fmt.Sprint(d.Kind(), d.Bits() < 32, d == ir.Float32)) {
			out = append(out, d)
		}
	}
	return out
}

// vmap compares f mapped with a loop: over every axis of every operand alone, for a mapped axis of size 2 and of
// size 0, and over several operands at once, for size 2: all at their first axes, all at their last, both mixed, and
// all but one; of which b.again leaves those alone, for size 2, and all at their first axes. The examples are in with
// its elements rotated.
func (b *bench) vmap(f fn, in []arr) {
	b.t.Helper()
	done := map[string]bool{}
	check := func(sizes []int, at func(i int) int) {
		b.t.Helper()
		axes := make([]int, len(in))
		for i := range axes {
			axes[i] = at(i)
		}
		key := fmt.Sprint(axes)
		if done[key] || !slices.ContainsFunc(axes, func(a int) bool { return a != trace.NotMapped }) {
			return
		}
		done[key] = true
		for _, size := range sizes {
			b.vmapAt(f, in, axes, size)
		}
	}
	sizes := []int{2, 0}
	if b.again && !sample.All() {
		sizes = sizes[:1]
	}
	for k, a := range in {
		for axis := range len(a.shape) + 1 {
			check(sizes, func(i int) int {
				if i == k {
					return axis
				}
				return trace.NotMapped
			})
		}
	}
	two := []int{2}
	check(two, func(int) int { return 0 })
	if b.again && !sample.All() {
		return
	}
	check(two, func(i int) int { return len(in[i].shape) })
	check(two, func(i int) int { return i % 2 * len(in[i].shape) })
	for k := range in {
		check(two, func(i int) int {
			if i == k {
				return trace.NotMapped
			}
			return 0
		})
	}
}

func (b *bench) vmapAt(f fn, in []arr, axes []int, size int) {
	b.t.Helper()
	p := program(b.t, f, avals(in))
	batched := make([]arr, len(in))
	for i, a := range in {
		if axes[i] == trace.NotMapped {
			batched[i] = a
			continue
		}
		parts := make([]arr, size)
		for j := range parts {
			parts[j] = a.example(j)
		}
		batched[i] = stackArr(a, parts, axes[i])
	}
	q, at := vmap.Program(p, size, axes, nil, "the test's function")
	if err := q.Verify(); err != nil {
		b.t.Fatalf("the mapped program does not verify: %v\n%v", err, q)
	}
	got := b.queue(q, batched)
	var want []*result
	for j := range size {
		one := slices.Clone(in)
		for i := range one {
			if axes[i] != trace.NotMapped {
				one[i] = in[i].example(j)
			}
		}
		want = append(want, b.queue(p, one))
	}
	b.then(func() {
		for k, o := range p.OutTypes() {
			if at[k] == trace.NotMapped {
				continue
			}
			col := make([]arr, size)
			for j := range col {
				col[j] = want[j].out[k]
			}
			s := got.out[k].closeTo(stackArr(arr{d: o.DType, shape: o.Shape}, col, at[k]), tolOf(o.DType))
			if s != "" {
				b.t.Errorf("axes %v, size %d, output %d, mapped at %d: vmap differs from a loop: %s\n%v", axes, size,
					k, at[k], s, q)
			}
		}
	})
}

// ruleCtx calls the rules of one operation directly; it has no nested programs.
type ruleCtx struct {
	trace.JVPCtx
	op ir.Op
}

func (c ruleCtx) Self(x ...*trace.Value) []*trace.Value { return trace.Bind(c.op, x...) }

// jvpOf runs f's JVP equation by equation: eagerly, or in the open trace.
func jvpOf(t *testing.T, p *ir.Program, x, tan []*trace.Value) (y, yt []*trace.Value) {
	t.Helper()
	tangents := map[*trace.Value]*trace.Value{}
	for i, v := range x {
		if tan[i] != nil {
			tangents[v] = tan[i]
		}
	}
	y = trace.Replay(p, x, func(e *ir.Eqn, x []*trace.Value) []*trace.Value {
		in := make([]*trace.Value, len(x))
		for i, v := range x {
			in[i] = tangents[v]
		}
		r, ok := e.Op.(trace.JVPer)
		if !ok {
			t.Fatalf("%s has no JVP", e.Op.Name())
		}
		out, ot := r.JVP(ruleCtx{op: e.Op}, x, in)
		for i, v := range out {
			if ot[i] == nil {
				continue
			}
			if !ot[i].Aval().SameType(v.Aval()) {
				t.Errorf("%s: the tangent is %v of a %v", e.Op.Name(), ot[i].Aval(), v.Aval())
			}
			tangents[v] = ot[i]
		}
		return out
	})
	for _, v := range y {
		yt = append(yt, tangents[v])
	}
	return y, yt
}

// jvp compares derivatives with central differences: those of first, and in float64 those of the second order.
func (b *bench) jvp(f fn, in []arr) {
	b.t.Helper()
	b.first(f, in)
	b.second(f, in, forward|reverse)
}

// first compares f's JVP with central differences, in float64 or complex128: along a direction for each operand that
// is inexact.
func (b *bench) first(f fn, in []arr) {
	b.t.Helper()
	const h = 1e-6
	p := program(b.t, f, avals(in))
	for i, a := range in {
		if !a.d.IsInexact() {
			continue
		}
		dir := a.direction()
		has := make([]bool, len(p.Out))
		q := program(b.t, func(x []*trace.Value) (out []*trace.Value) {
			tan := make([]*trace.Value, len(in))
			tan[i] = x[len(in)]
			_, yt := jvpOf(b.t, p, x[:len(in)], tan)
			for k, v := range yt {
				if has[k] = v != nil; has[k] {
					out = append(out, v)
				}
			}
			return out
		}, append(avals(in), a.aval())).DCE()
		moved := func(s float64) *result {
			x := slices.Clone(in)
			x[i] = a.moved(dir, s*h)
			return b.queue(p, x)
		}
		got, up, down := b.queue(q, append(slices.Clone(in), dir)), moved(1), moved(-1)
		b.then(func() {
			tangents := got.out
			for k := range up.out {
				want := up.out[k].slope(down.out[k], 2*h)
				if !want.d.IsInexact() {
					if has[k] {
						b.t.Errorf("output %d is %v and has a tangent", k, want.d)
					}
					continue
				}
				tangent := want.map1(want.d, func(complex128) complex128 { return 0 })
				if has[k] {
					tangent, tangents = tangents[0], tangents[1:]
				}
				if s := tangent.closeTo(want, 1e-5); s != "" {
					b.t.Errorf("operand %d, output %d: the JVP differs from central differences: %s", i, k, s)
				}
			}
		})
	}
}

// random is an array of normal numbers of type t.
func (b *bench) random(t ir.Aval) arr {
	out := arr{d: t.DType, shape: t.Shape}
	for range t.Size() {
		out.e = append(out.e, ir.FloatLit(b.rng.NormFloat64(), t.DType))
	}
	return out
}

// modes are the ways to differentiate that a function has.
type modes int

const (
	forward modes = 1 << iota
	reverse
)

// second compares the derivatives of f at in, to the second order (b.again: the first) and in the given modes, with
// central differences of those an order below: forward over forward, reverse over forward and so on. Operands that are
// not float64 stay as they are; where one is complex there is nothing to be done, since a step off the real line is
// another function.
func (b *bench) second(f fn, in []arr, m modes) {
	b.t.Helper()
	p := program(b.t, f, avals(in))
	used, complex, moves := make([]bool, len(p.Out)), false, false
	for k, o := range p.OutTypes() {
		complex = complex || o.DType.IsComplex()
		used[k] = movable(o)
	}
	for _, a := range in {
		complex = complex || a.d.IsComplex()
		moves = moves || movable(a.aval())
	}
	if complex || !moves || !slices.Contains(used, true) {
		return
	}
	if b.again && !sample.All() {
		b.derivatives("", only(p, used), in, m, 1, 1)
		return
	}
	b.derivatives("", only(p, used), in, m, 2, 1)
	covered.note(p)
}

// movable reports whether derivatives by, or of, an array of type t are tested.
func movable(t ir.Aval) bool { return t.DType == ir.Float64 && t.Size() > 0 }

// derivatives compares the derivatives of p at in, up to the given order, with central differences, as
// gojax.CheckGrads does. path says of what p is a derivative, and loose widens the tolerance. Of the ways to the
// second order a program has one, unless all is to be tested.
func (b *bench) derivatives(path string, p *ir.Program, in []arr, m modes, order int, loose float64) {
	b.t.Helper()
	const step = 1e-4
	tol := loose * 1e-5
	nz := make([]bool, len(in))
	tan, up, down := []arr(nil), slices.Clone(in), slices.Clone(in)
	for i, v := range p.In {
		if nz[i] = movable(v.Ty); nz[i] {
			dir := b.random(v.Ty)
			up[i], down[i], tan = in[i].moved(dir, step), in[i].moved(dir, -step), append(tan, dir)
		}
	}
	hi, lo := b.queue(p, up), b.queue(p, down)
	numeric := func(k int) arr { return hi.out[k].slope(lo.out[k], 2*step) }
	way := modes(crc32.ChecksumIEEE([]byte(p.Key())))
	further := func(mode modes) (m2 modes, ok bool) {
		switch {
		case order == 1:
			return 0, false
		case sample.All() || m != forward|reverse:
			return m, true
		}
		return 1 << (way >> 1 & 1), way&1+1 == mode
	}
	if m&forward != 0 {
		q, x := tangentsOf(b.t, p, nz), slices.Concat(in, tan)
		yt := b.queue(q, x)
		b.then(func() {
			for k, got := range yt.out {
				for i, l := range numeric(k).e {
					if want, got := l.Float(), got.e[i].Float(); !agree(got, want, tol*(1+math.Abs(want))) {
						b.t.Errorf("JVP%s: element %d of output %d: the derivative is %v, by central differences %v",
							path, i, k, got, want)
					}
				}
			}
		})
		if m, ok := further(forward); ok {
			b.derivatives(path+" of JVP", q, x, m, order-1, 10*loose)
		}
	}
	if m&reverse != 0 {
		var ct []arr
		for _, o := range p.OutTypes() {
			ct = append(ct, b.random(o))
		}
		q, x := cotangentsOf(b.t, p, nz), slices.Concat(in, ct)
		g := b.queue(q, x)
		b.then(func() {
			want, scale := 0.0, 0.0
			for k := range ct {
				d, a := inner(ct[k], numeric(k))
				want, scale = want+d, scale+a
			}
			got := 0.0
			for k := range tan {
				d, _ := inner(tan[k], g.out[k])
				got += d
			}
			if !agree(got, want, tol*(1+scale)) {
				b.t.Errorf("VJP%s: the inner product of gradient and tangent is %v, by central differences %v", path,
					got, want)
			}
		})
		if m, ok := further(reverse); ok {
			b.derivatives(path+" of VJP", q, x, m, order-1, 10*loose)
		}
	}
}

// tangentsOf is (inputs, tangents of those in nz) -> tangents of the outputs.
func tangentsOf(t *testing.T, p *ir.Program, nz []bool) *ir.Program {
	t.Helper()
	force := make([]bool, len(p.Out))
	for i := range force {
		force[i] = true
	}
	q, _ := grad.JVP(p, nz, force)
	q = only(q, slices.Concat(make([]bool, len(p.Out)), force))
	verify(t, q)
	return q
}

// cotangentsOf is (inputs, cotangents of the outputs) -> cotangents of the inputs in nz.
func cotangentsOf(t *testing.T, p *ir.Program, nz []bool) *ir.Program {
	t.Helper()
	n := len(p.In)
	types := p.InTypes()
	for _, o := range p.OutTypes() {
		types = append(types, o.Strong())
	}
	return program(t, func(a []*trace.Value) (out []*trace.Value) {
		_, m := grad.Linearize(p, a[:n], nz)
		for i, ct := range m.Transpose(a[n:], m.Res) {
			switch {
			case !nz[i]:
			case ct == nil:
				out = append(out, ops.Zeros(p.In[i].Ty))
			default:
				out = append(out, ct)
			}
		}
		return out
	}, types).DCE()
}

// transpose takes f, one equation linear in the operands listed, and tests <ct, f(t)> = <transpose(ct), t>: over
// the complex numbers in JAX's convention, the real part of the plain product.
func (b *bench) transpose(f fn, in []arr, linear ...int) {
	b.t.Helper()
	t := b.t
	p := program(t, f, avals(in))
	if len(p.Eqns) != 1 {
		t.Fatalf("%d equations, want 1:\n%v", len(p.Eqns), p)
	}
	op := p.Eqns[0].Op
	r, ok := op.(trace.Transposer)
	if !ok {
		t.Fatalf("%s has no Transpose", op.Name())
	}
	// The operands of the equation are among those of the program, or literals.
	of := make([]int, len(p.Eqns[0].In))
	for k, v := range p.Eqns[0].In {
		of[k] = slices.IndexFunc(p.In, func(in *ir.Var) bool { return ir.Value(in) == v })
	}
	cts := make([]arr, len(p.Out))
	for i, o := range p.OutTypes() {
		cts[i] = ramp(o.DType, 0, 0, o.Shape...).direction().example(1)
	}
	var back []int // the inputs of p that have cotangents
	q := program(t, func(x []*trace.Value) (out []*trace.Value) {
		lin := make([]trace.Linear, len(of))
		for k, v := range p.Eqns[0].In {
			lin[k].Aval = v.Aval()
			switch i := of[k]; {
			case i < 0:
				lin[k].X = trace.FromLit(v.(ir.Lit))
			case !slices.Contains(linear, i):
				lin[k].X = x[i]
			}
		}
		ct := r.Transpose(nil, x[len(in):], lin)
		if len(ct) != len(lin) {
			t.Fatalf("%d cotangents for %d operands", len(ct), len(lin))
		}
		for k, v := range ct {
			switch {
			case v == nil:
			case lin[k].X != nil:
				t.Errorf("operand %d is not linear and has a cotangent", k)
			case !v.Aval().SameType(lin[k].Aval):
				t.Errorf("operand %d: the cotangent is %v of a %v", k, v.Aval(), lin[k].Aval)
			default:
				out, back = append(out, v), append(back, of[k])
			}
		}
		return out
	}, append(avals(in), avals(cts)...))
	// f at the linear operands' directions and at zero, whose difference is the linear part.
	at := func(scale complex128) *result {
		moved := slices.Clone(in)
		for _, i := range linear {
			moved[i] = in[i].direction().map1(in[i].d, func(z complex128) complex128 { return scale * z })
		}
		return b.queue(p, moved)
	}
	one, zero, got := at(1), at(0), b.queue(q, slices.Concat(in, cts))
	b.then(func() {
		var left, right complex128
		tol := 1e-9
		for k, ct := range cts {
			for n, c := range ct.e {
				left += c.Complex() * (one.out[k].e[n].Complex() - zero.out[k].e[n].Complex())
			}
			tol = max(tol, 100*tolOf(ct.d))
		}
		for k, i := range back {
			for n, c := range got.out[k].e {
				right += c.Complex() * in[i].direction().e[n].Complex()
			}
		}
		if math.Abs(real(left)-real(right)) > tol*max(1, cmplx.Abs(left)) {
			t.Errorf("<ct, f(t)> = %v, <transpose(ct), t> = %v", left, right)
		}
	})
}
