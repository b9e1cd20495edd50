package ops_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/gojax/gojax/internal/callback"
	"github.com/gojax/gojax/ir"
	"github.com/gojax/gojax/jnp"
	"github.com/gojax/gojax/lax"
	"github.com/gojax/gojax/ops"
	"github.com/gojax/gojax/trace"
	"github.com/gojax/gojax/transforms/grad"
	"github.com/gojax/gojax/transforms/vmap"
)

// A is a leaf of trees, as jnp.Array is.
type A = jnp.Array

func scalar(d ir.DType, v float64) arr { return nums(d, nil, v) }

func litOf(d ir.DType, v float64) *trace.Value { return trace.FromLit(ir.FloatLit(v, d)) }

func litLike(x *trace.Value, v float64) *trace.Value {
	return ops.Full(x.Shape(), ir.FloatLit(v, x.DType()))
}

// pair is a carry with a static part.
type pair struct {
	X, Y A
	Name string
}

const float64Type = ir.Float64

// ScalarInt is an int32 literal.
func ScalarInt(n int) *trace.Value { return trace.FromLit(ir.IntLit(int64(n), ir.Int32)) }

func leaves(x []*trace.Value) []A {
	y := make([]A, len(x))
	for i, v := range x {
		y[i] = jnp.Wrap(v)
	}
	return y
}

func values(x []A) []*trace.Value {
	y := make([]*trace.Value, len(x))
	for i, a := range x {
		y[i] = a.TraceValue()
	}
	return y
}

// mapProgram is the mapped program, verified; outputs that are mapped are so at axis 0.
func mapProgram(t *testing.T, p *ir.Program, size int, axes []int) *ir.Program {
	t.Helper()
	_, at := vmap.Program(p, size, axes, nil, "the test's function")
	for i := range at {
		if at[i] > 0 {
			at[i] = 0
		}
	}
	q, _ := vmap.Program(p, size, axes, at, "the test's function")
	if err := q.Verify(); err != nil {
		t.Fatalf("the mapped program does not verify: %v\n%v", err, q)
	}
	return q
}

func vmapProgram(t *testing.T, p *ir.Program, size int, axes []int) *ir.Program {
	t.Helper()
	q, _ := vmap.Program(p, size, axes, make([]int, len(p.Out)), "Vmap")
	verify(t, q)
	return q
}

func jvpProgram(t *testing.T, p *ir.Program) *ir.Program {
	t.Helper()
	nz, force := make([]bool, len(p.In)), make([]bool, len(p.Out))
	for i, v := range p.In {
		nz[i] = v.Ty.DType.IsInexact()
	}
	for i, v := range p.Out {
		force[i] = v.Aval().DType.IsInexact()
	}
	q, _ := grad.JVP(p, nz, force)
	verify(t, q)
	return q
}

// vjpProgram is (inputs, cotangents of the inexact outputs) -> cotangents of the inexact inputs, zeros made explicit.
// With whole the program is differentiated and then cut, else equation by equation.
func vjpProgram(t testing.TB, p *ir.Program, whole bool) *ir.Program {
	t.Helper()
	nz := make([]bool, len(p.In))
	for i, v := range p.In {
		nz[i] = v.Ty.DType.IsInexact()
	}
	types := p.InTypes()
	out := make([]bool, len(p.Out))
	for i, a := range p.OutTypes() {
		if out[i] = a.DType.IsInexact(); out[i] {
			a.Weak = false
			types = append(types, a)
		}
	}
	n := len(p.In)
	q, captured := trace.Trace("VJP", types, func(a []*trace.Value) []*trace.Value {
		cts := make([]*trace.Value, len(p.Out))
		k := n
		for i := range cts {
			if out[i] {
				cts[i] = a[k]
				k++
			}
		}
		var got []*trace.Value
		if whole {
			j, has := grad.JVP(p, nz, nil)
			verify(t, j)
			x := make([]trace.Linear, len(j.In))
			for i := range x {
				x[i].Aval = j.In[i].Ty
				if i < n {
					x[i].X = a[i]
				}
			}
			ct := make([]*trace.Value, len(p.Out))
			for i := range has {
				if has[i] {
					ct = append(ct, cts[i])
				}
			}
			y := grad.Pullback(j, x, ct)[n:]
			got = make([]*trace.Value, n)
			for i := range nz {
				if nz[i] {
					got[i], y = y[0], y[1:]
				}
			}
		} else {
			_, m := grad.Linearize(p, a[:n], nz)
			got = m.Transpose(cts, m.Res)
		}
		var r []*trace.Value
		for i := range nz {
			if nz[i] && got[i] == nil {
				got[i] = ops.Zeros(p.In[i].Ty)
			}
			if nz[i] {
				r = append(r, got[i])
			}
		}
		return r
	})
	if len(captured) > 0 {
		t.Fatalf("the way back captured %v", captured)
	}
	q = q.DCE()
	verify(t, q)
	return q
}

func verify(t testing.TB, p *ir.Program) {
	t.Helper()
	if err := p.Verify(); err != nil {
		t.Fatalf("does not verify: %v\n%v", err, p)
	}
}

// someOf makes values for the inputs of p, different each.
func someOf(p *ir.Program) []arr {
	in := make([]arr, len(p.In))
	for i, v := range p.In {
		if v.Ty.DType.IsInexact() {
			in[i] = ramp(v.Ty.DType, 0.3+0.07*float64(i), 0.11-0.013*float64(i), v.Ty.Shape...)
		} else {
			in[i] = ramp(v.Ty.DType, float64(i), 1, v.Ty.Shape...)
		}
	}
	return in
}

// same runs two programs on equal inputs, the first of in given; p has loops, and q is without.
func (b *bench) same(what string, p, q *ir.Program, in []arr) {
	b.t.Helper()
	in = append(slices.Clone(in), someOf(p)[len(in):]...)
	got, want := b.queue(p, in), b.queue(q, in)
	b.then(func() {
		if len(got.out) != len(want.out) {
			b.t.Fatalf("%s: %d outputs, %d in the unrolled loop", what, len(got.out), len(want.out))
		}
		for i, a := range got.out {
			if s := a.closeTo(want.out[i], 1e3*tolOf(a.d)); s != "" {
				b.t.Errorf("%s, output %d: differs from the unrolled loop: %s\n%v\n%v", what, i, s, a, want.out[i])
			}
		}
	})
}

func wantText(t *testing.T, err error, parts ...string) {
	t.Helper()
	if err == nil {
		t.Errorf("no error; want one with %q", parts)
		return
	}
	for _, s := range parts {
		if !strings.Contains(err.Error(), s) {
			t.Errorf("the error lacks %q:\n%v", s, err)
		}
	}
}

// checkVmapRows maps over the given axes of in, of any size, and compares with a loop over slices.
func checkVmapRows(t *testing.T, p *ir.Program, f fn, in []arr, axes []int) {
	t.Helper()
	// Slices along the axes are examples of their own.
	size := -1
	for i, a := range axes {
		if a >= 0 && i == 0 {
			size = in[i].shape[a]
		}
	}
	batched := slices.Clone(in)
	for i, a := range axes {
		if a >= 0 && i > 0 {
			parts := make([]arr, size)
			for j := range parts {
				parts[j] = in[i].example(j)
			}
			batched[i] = stackArr(in[i], parts, a)
		}
	}
	got := getAll(trace.TheRuntime().Run(mapProgram(t, p, size, axes), putAll(batched)))
	for k := range got {
		var col []arr
		for j := range size {
			one := slices.Clone(in)
			one[0] = column(in[0], axes[0], j)
			for i := 1; i < len(in); i++ {
				if axes[i] >= 0 {
					one[i] = in[i].example(j)
				}
			}
			col = append(col, getAll(f(putAll(one)))[k])
		}
		if s := got[k].closeTo(stackArr(col[0], col, 0), tolOf(col[0].d)); s != "" {
			t.Errorf("axes %v, output %d: vmap differs from a loop: %s", axes, k, s)
		}
	}
}

func column(a arr, axis, j int) arr {
	out := arr{d: a.d, shape: slices.Delete(slices.Clone(a.shape), axis, axis+1)}
	inner := ir.SizeOf(a.shape[axis+1:])
	for o := range ir.SizeOf(a.shape[:axis]) {
		at := (o*a.shape[axis] + j) * inner
		out.e = append(out.e, a.e[at:at+inner]...)
	}
	return out
}

// TestNested has loops that end at different times inside branches that differ inside a loop.
func TestNested(t *testing.T) {
	f := func(x []*trace.Value) []*trace.Value {
		r := lax.ForiLoop(0, jnp.Wrap(x[0]), func(i A, c A) A {
			odd := ops.Eq(ops.Rem(i.TraceValue(), litOf(ir.Int32, 2)), litOf(ir.Int32, 1))
			return lax.Cond(jnp.Wrap(odd), func() A {
				return lax.WhileLoop(func(c A) A { return jnp.Wrap(ops.Lt(c.TraceValue(), x[1])) },
					func(c A) A { return jnp.Wrap(ops.Add(c.TraceValue(), litOf(ir.Float64, 3))) }, c)
			}, func() A { return jnp.Wrap(ops.Mul(c.TraceValue(), litOf(ir.Float64, .5))) })
		}, jnp.Wrap(litOf(ir.Float64, 1)))
		return []*trace.Value{r.TraceValue()}
	}
	in := []arr{scalar(ir.Int32, 4), scalar(ir.Float64, 10)}
	if s := runBoth(t, f, in)[0].closeTo(scalar(ir.Float64, 12.25), 0); s != "" {
		t.Error(s) // .5, then by threes to 12.5, half of it, then to 12.25
	}
	p := program(t, f, avals(in))
	ns, limits := []float64{4, 0, 3, 2, 7}, []float64{10, 1, 2, 30, 5}
	got := getAll(
		trace.TheRuntime().
			Run(mapProgram(t, p, 5, []int{0, 0}), putAll([]arr{vec(ir.Int32, ns...), vec(ir.Float64, limits...)})))[0]
	for i := range ns {
		want := getAll(f(putAll([]arr{scalar(ir.Int32, ns[i]), scalar(ir.Float64, limits[i])})))[0]
		if s := (arr{d: got.d, e: got.e[i : i+1]}).closeTo(want, 0); s != "" {
			t.Errorf("row %d: %s", i, s)
		}
	}
}

func TestControlDCE(t *testing.T) {
	f64 := ir.Scalar(ir.Float64)
	for _, c := range []struct {
		what string
		f    fn
		in   []ir.Aval
		want string // the operands of the one equation left, and its outputs
	}{
		{"while: a carry that only itself needs goes, one that the condition or a used carry needs stays",
			func(x []*trace.Value) []*trace.Value {
				r := lax.WhileLoop(func(c []A) A { return jnp.Wrap(ops.Lt(c[0].TraceValue(), x[1])) }, func(c []A) []A {
					return []A{jnp.Wrap(ops.Add(c[0].TraceValue(), x[2])),
						jnp.Wrap(ops.Add(c[1].TraceValue(), c[2].TraceValue())),
						jnp.Wrap(ops.Mul(c[2].TraceValue(), x[2])), jnp.Wrap(ops.Add(c[3].TraceValue(), x[3]))}
				}, []A{jnp.Wrap(x[0]), jnp.Wrap(x[0]), jnp.Wrap(x[0]), jnp.Wrap(x[0])})
				return []*trace.Value{r[1].TraceValue()}
			}, []ir.Aval{f64, f64, f64, f64}, "5 3"},
		{"cond: what no branch needs goes", func(x []*trace.Value) []*trace.Value {
			r := lax.Cond(jnp.Wrap(ops.Lt(x[0], x[0])),
				func() []A { return []A{jnp.Wrap(ops.Neg(x[1])), jnp.Wrap(x[2])} },
				func() []A { return []A{jnp.Wrap(x[0]), jnp.Wrap(ops.Exp(x[3]))} })
			return []*trace.Value{r[0].TraceValue()}
		}, []ir.Aval{f64, f64, f64, f64}, "3 1"},
		{"call", func(x []*trace.Value) []*trace.Value {
			p := program(t,
				func(x []*trace.Value) []*trace.Value { return []*trace.Value{ops.Neg(x[0]), ops.Exp(x[1])} },
				[]ir.Aval{f64, f64})
			return ops.Call("g", p, x)[1:]
		}, []ir.Aval{f64, f64}, "1 1"},
	} {
		p := program(t, c.f, c.in)
		q := p.DCE()
		if err := q.Verify(); err != nil {
			t.Errorf("%s: %v\n%v", c.what, err, q)
		}
		e := q.Eqns[len(q.Eqns)-1]
		if got := fmt.Sprint(len(e.In), " ", len(e.Out)); got != c.want {
			t.Errorf("%s: %s operands and outputs are left, want %s:\n%v", c.what, got, c.want, q)
		}
		x := make([]arr, len(c.in))
		for i := range x {
			x[i] = scalar(ir.Float64, []float64{1, 5, 1.5, 2}[i])
		}
		a, b := getAll(trace.TheRuntime().Run(p, putAll(x))), getAll(trace.TheRuntime().Run(q, putAll(x)))
		if s := b[0].closeTo(a[0], 0); s != "" {
			t.Errorf("%s: %s", c.what, s)
		}
	}
}

// nestedJVP is a JVP of programs, enough to test the rules of control flow.
type nestedJVP struct{ op ir.Op }

func (c nestedJVP) Self(x ...*trace.Value) []*trace.Value { return trace.Bind(c.op, x...) }

func (c nestedJVP) Program(p *ir.Program, nonzero, forceOut []bool) (*ir.Program, []bool) {
	types := p.InTypes()
	n := len(types)
	for i := range nonzero {
		if nonzero[i] {
			types = append(types, types[i])
		}
	}
	out := make([]bool, len(p.Out))
	q, _ := trace.Trace("jvp", types, func(x []*trace.Value) []*trace.Value {
		tan := make([]*trace.Value, n)
		k := n
		for i := range nonzero {
			if nonzero[i] {
				tan[i] = x[k]
				k++
			}
		}
		y, yt := applyJVP(p, x[:n], tan)
		r := slices.Clone(y)
		for i := range y {
			if out[i] = yt[i] != nil || forceOut != nil && forceOut[i]; out[i] {
				if yt[i] == nil {
					yt[i] = ops.ZerosLike(y[i])
				}
				r = append(r, yt[i])
			}
		}
		return r
	})
	return q, out
}

func applyJVP(p *ir.Program, x, tan []*trace.Value) (y, yt []*trace.Value) {
	tangents := map[*trace.Value]*trace.Value{}
	for i, v := range x {
		tangents[v] = tan[i]
	}
	y = trace.Replay(p, x, func(e *ir.Eqn, x []*trace.Value) []*trace.Value {
		in := make([]*trace.Value, len(x))
		some := false
		for i, v := range x {
			in[i] = tangents[v]
			some = some || in[i] != nil
		}
		if !some {
			return trace.Bind(e.Op, x...)
		}
		y, yt := e.Op.(trace.JVPer).JVP(nestedJVP{e.Op}, x, in)
		for i := range y {
			tangents[y[i]] = yt[i]
		}
		return y
	})
	for _, v := range y {
		yt = append(yt, tangents[v])
	}
	return y, yt
}

func TestControlJVP(t *testing.T) {
	half := litOf(ir.Float64, .5)
	for name, f := range map[string]fn{
		"cond": func(x []*trace.Value) []*trace.Value {
			// The first result has a tangent in one branch only.
			r := lax.Cond(jnp.Wrap(ops.Gt(x[0], half)),
				func() []A { return []A{jnp.Wrap(ops.Mul(x[0], x[1])), jnp.Wrap(x[1])} },
				func() []A { return []A{jnp.Wrap(half), jnp.Wrap(ops.Sin(x[0]))} })
			return []*trace.Value{r[0].TraceValue(), r[1].TraceValue()}
		},
		"while": func(x []*trace.Value) []*trace.Value {
			// The second carry takes its tangent from the first, one round later; the third has none.
			r := lax.ForiLoop(0, 3, func(i A, c []A) []A {
				return []A{jnp.Wrap(ops.Mul(c[0].TraceValue(), ops.Sin(x[1]))),
					jnp.Wrap(ops.Add(c[1].TraceValue(), c[0].TraceValue())), jnp.Wrap(ops.Add(c[2].TraceValue(), half))}
			}, []A{jnp.Wrap(x[0]), jnp.Wrap(half), jnp.Wrap(half)})
			return []*trace.Value{r[0].TraceValue(), r[1].TraceValue(), r[2].TraceValue()}
		},
		"call": func(x []*trace.Value) []*trace.Value {
			p := program(t,
				func(x []*trace.Value) []*trace.Value { return []*trace.Value{ops.Mul(x[0], ops.Sin(x[1])), half} },
				[]ir.Aval{ir.Scalar(ir.Float64), ir.Scalar(ir.Float64)})
			return ops.Call("g", p, x)
		},
	} {
		p := program(t, f, []ir.Aval{ir.Scalar(ir.Float64), ir.Scalar(ir.Float64)})
		for _, at := range [][2]float64{{.8, .3}, {.2, -.7}} {
			for i := range 2 {
				const h = 1e-6
				val := func(s float64) []arr {
					x := []arr{scalar(ir.Float64, at[0]), scalar(ir.Float64, at[1])}
					x[i] = scalar(ir.Float64, at[i]+s)
					return getAll(f(putAll(x)))
				}
				tan := make([]*trace.Value, 2)
				tan[i] = scalar(ir.Float64, 1).put()
				y, yt := applyJVP(p, putAll([]arr{scalar(ir.Float64, at[0]), scalar(ir.Float64, at[1])}), tan)
				up, down, mid := val(h), val(-h), val(0)
				for k := range y {
					if s := get(y[k]).closeTo(mid[k], 1e-12); s != "" {
						t.Errorf("%s, output %d: %s", name, k, s)
					}
					got := scalar(ir.Float64, 0)
					if yt[k] != nil {
						got = get(yt[k])
					}
					if s := got.closeTo(scalar(ir.Float64, (up[k].e[0].Float()-down[k].e[0].Float())/(2*h)),
						1e-7); s != "" {
						t.Errorf("%s at %v, tangent of output %d by input %d: %s", name, at, k, i, s)
					}
				}
			}
		}
	}
}

// A sequenced program is well formed, has one more result, and takes its token through every operation that holds
// programs.
func TestSequence(t *testing.T) {
	say := func(x jnp.Array) { callback.Debug("debug.Callback", func(jnp.Array) {}, x) }
	type L = jnp.Array
	less := func(x L, n float64) L { return jnp.Wrap(ops.Lt(x.TraceValue(), ops.FullLike(x.TraceValue(), n))) }
	for name, f := range map[string]func(x L) L{
		"plain": func(x L) L { say(x); say(x); return x },
		"cond": func(x L) L {
			return lax.Cond(less(x, 1), func() L { say(x); return x },
				func() L { return jnp.Wrap(ops.Neg(x.TraceValue())) })
		},
		"while": func(x L) L {
			return lax.WhileLoop(func(c L) L { return less(c, 5) }, func(c L) L { say(c); return c }, x)
		},
		"condition": func(x L) L {
			return lax.WhileLoop(func(c L) L { say(x); return less(c, 5) }, func(c L) L { return c }, x)
		},
		"both": func(x L) L {
			return lax.WhileLoop(func(c L) L { say(c); return less(c, 5) }, func(c L) L { say(x); return c }, x)
		},
		"scan": func(x L) L {
			c, _ := lax.Scan(func(c, y L) (L, L) {
				say(c)
				return jnp.Wrap(ops.Add(c.TraceValue(), y.TraceValue())), c
			}, x, jnp.Wrap(ops.Iota(ir.Float32, []int{4}, 0)))
			return c
		},
		"nested": func(x L) L {
			return lax.ForiLoop(0, 3, func(_, c L) L {
				return lax.Cond(less(c, 1), func() L {
					return lax.WhileLoop(func(c L) L { return less(c, 5) }, func(c L) L { say(c); return c }, c)
				}, func() L { return c })
			}, x)
		},
	} {
		p, _ := trace.Trace("test", []ir.Aval{ir.Scalar(ir.Float32)}, func(x []*trace.Value) []*trace.Value {
			return []*trace.Value{f(jnp.Wrap(x[0])).TraceValue()}
		})
		q := p.Sequence()
		if err := q.Verify(); err != nil {
			t.Errorf("%s: %v\n%v", name, err, q)
			continue
		}
		if n := len(p.Out); len(q.Out) != n+1 || !q.Out[n].Aval().SameType(ir.TokenType()) {
			t.Errorf("%s: returns %v", name, q.OutTypes())
		}
		if _, literal := q.Out[len(q.Out)-1].(ir.Lit); literal {
			t.Errorf("%s: the token has been through nothing", name)
		}
		before, after := 0, 0
		count := func(n *int) func(e *ir.Eqn) {
			return func(e *ir.Eqn) {
				if e.Op.Name() == "callback" {
					*n += 1
				}
			}
		}
		p.Walk(count(&before))
		q.Walk(count(&after))
		if after < before || name != "condition" && name != "both" && after != before {
			t.Errorf("%s: %d callbacks were %d", name, after, before)
		}
	}
}
