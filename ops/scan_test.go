package ops_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/gojax/gojax/ir"
	"github.com/gojax/gojax/lax"
	"github.com/gojax/gojax/ops"
	"github.com/gojax/gojax/trace"
	"github.com/gojax/gojax/transforms/grad"
	"github.com/gojax/gojax/transforms/vmap"
)

// vjpProgram is (inputs, cotangents of the inexact outputs) -> cotangents of the inexact inputs, zeros made explicit. With whole the
// program is differentiated and then cut, else equation by equation.
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

func vmapProgram(t *testing.T, p *ir.Program, size int, axes []int) *ir.Program {
	t.Helper()
	q, _ := vmap.Program(p, size, axes, make([]int, len(p.Out)), "Vmap")
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

// sameProgram runs two programs on equal inputs, the first of in given.
func sameProgram(t *testing.T, what string, p, q *ir.Program, in []arr) {
	t.Helper()
	x := append(slices.Clone(in), someOf(p)[len(in):]...)
	a := getAll(trace.TheRuntime().Run(p, putAll(x)))
	b := getAll(trace.TheRuntime().Run(q, putAll(x)))
	if len(a) != len(b) {
		t.Fatalf("%s: %d outputs, %d in the unrolled loop", what, len(a), len(b))
	}
	for i := range a {
		if s := a[i].closeTo(b[i], 1e3*tolOf(a[i].d)); s != "" {
			t.Errorf("%s, output %d: differs from the unrolled loop: %s\n%v\n%v", what, i, s, a[i], b[i])
		}
	}
}

// sameAsUnrolled compares f, made of loops, with g, which writes every step out: values, JVP, the way back by both roads, vmap
// over all and over each input, and these in each other, to second order.
func sameAsUnrolled(t *testing.T, f, g fn, in []arr, reverse bool) {
	t.Helper()
	p, q := program(t, f, avals(in)), program(t, g, avals(in))
	runBoth(t, f, in)
	sameProgram(t, "values", p, q, in)
	sameProgram(t, "jvp", jvpProgram(t, p), jvpProgram(t, q), in)
	sameProgram(t, "jvp of jvp", jvpProgram(t, jvpProgram(t, p)), jvpProgram(t, jvpProgram(t, q)), in)
	axesOf := func(p *ir.Program, only int) []int {
		axes := make([]int, len(p.In))
		for i := range axes {
			if only >= 0 && i != only {
				axes[i] = trace.NotMapped
			}
		}
		return axes
	}
	both := func(what string, p, q *ir.Program) {
		t.Helper()
		for only := -1; only < len(p.In); only++ {
			axes := axesOf(p, only)
			sameProgram(t, fmt.Sprint("vmap of ", what, " over ", axes), vmapProgram(t, p, 2, axes), vmapProgram(t, q, 2, axes), nil)
			if only == 0 && len(p.In) > 6 {
				return // enough: compiling is slow
			}
		}
	}
	both("values", p, q)
	both("jvp", jvpProgram(t, p), jvpProgram(t, q))
	if !reverse {
		return
	}
	vq := vjpProgram(t, q, false)
	for _, whole := range []bool{false, true} {
		vp := vjpProgram(t, p, whole)
		sameProgram(t, fmt.Sprint("vjp ", whole), vp, vq, in)
		sameProgram(t, fmt.Sprint("jvp of vjp ", whole), jvpProgram(t, vp), jvpProgram(t, vq), in)
		sameProgram(t, fmt.Sprint("vjp of vjp ", whole), vjpProgram(t, vp, whole), vjpProgram(t, vq, false), in)
		both(fmt.Sprint("vjp ", whole), vp, vq)
		vm := vmapProgram(t, p, 2, axesOf(p, -1))
		sameProgram(t, fmt.Sprint("vjp of vmap ", whole), vjpProgram(t, vm, whole), vjpProgram(t, vmapProgram(t, q, 2, axesOf(q, -1)), false), nil)
	}
}

// unrolled is a scan as a Go loop.
func unrolled(f func(c, x []*trace.Value) (c2, y []*trace.Value), c, xs []*trace.Value, n int, reverse bool) (carry, ys []*trace.Value) {
	var out [][]*trace.Value
	for k := range n {
		i := k
		if reverse {
			i = n - 1 - k
		}
		x := make([]*trace.Value, len(xs))
		for j, v := range xs {
			x[j] = ops.IndexInDim(v, i, 0, false)
		}
		var y []*trace.Value
		c, y = f(c, x)
		out = append(out, y)
	}
	if reverse {
		slices.Reverse(out)
	}
	for j := range out[0] {
		var col []*trace.Value
		for k := range out {
			col = append(col, ops.ExpandDims(out[k][j], []int{0}))
		}
		ys = append(ys, ops.Concatenate(col, 0))
	}
	return c, ys
}

func leaves(x []*trace.Value) []A {
	y := make([]A, len(x))
	for i, v := range x {
		y[i] = A{v}
	}
	return y
}

func values(x []A) []*trace.Value {
	y := make([]*trace.Value, len(x))
	for i, a := range x {
		y[i] = a.v
	}
	return y
}

// scanned is a scan of the same step.
func scanned(f func(c, x []*trace.Value) (c2, y []*trace.Value), c, xs []*trace.Value, opts ...lax.ScanOptions) (carry, ys []*trace.Value) {
	r, y := lax.Scan(func(c, x []A) ([]A, []A) {
		c2, y := f(values(c), values(x))
		return leaves(c2), leaves(y)
	}, leaves(c), leaves(xs), opts...)
	return values(r), values(y)
}

const float64Type = ir.Float64

func TestScanAgainstUnrolled(t *testing.T) {
	w, h0, x := ramp(float64Type, -0.4, 0.1, 3, 3), ramp(float64Type, 0.2, 0.3, 3), ramp(float64Type, -1, 0.17, 4, 3)
	// An RNN whose weights are captured; both its states and its inputs are returned.
	rnn := func(w *trace.Value) func(c, x []*trace.Value) ([]*trace.Value, []*trace.Value) {
		return func(c, x []*trace.Value) ([]*trace.Value, []*trace.Value) {
			big := ops.Mul(w, ops.Exp(w)) // the same at every step
			h := ops.Tanh(ops.Add(ops.Dot(big, c[0]), x[0]))
			return []*trace.Value{h}, []*trace.Value{h, ops.Sin(c[0]), x[0]}
		}
	}
	type stepOf = func(in []*trace.Value) (step func(c, x []*trace.Value) ([]*trace.Value, []*trace.Value), c, xs []*trace.Value)
	for _, c := range []struct {
		name string
		in   []arr
		make stepOf
	}{
		{"rnn", []arr{w, h0, x}, func(in []*trace.Value) (func(c, x []*trace.Value) ([]*trace.Value, []*trace.Value), []*trace.Value, []*trace.Value) {
			return rnn(in[0]), in[1:2], in[2:3]
		}},
		// Integers are carried and indexed with, a bool comes out, a carry is left as it is and another overwritten.
		{"mixed", []arr{scalar(ir.Int32, 1), h0, scalar(float64Type, 0.7), ramp(float64Type, 0.5, 0.25, 4)}, func(in []*trace.Value) (func(c, x []*trace.Value) ([]*trace.Value, []*trace.Value), []*trace.Value, []*trace.Value) {
			return func(c, x []*trace.Value) ([]*trace.Value, []*trace.Value) {
				i, h, fixed := c[0], c[1], c[2]
				v := ops.DynamicIndexInDim(h, i, 0, false)
				y := ops.Mul(ops.Mul(v, x[0]), ops.Add(fixed, ops.Convert(i, float64Type)))
				h = ops.DynamicUpdateIndexInDim(h, ops.Mul(y, litOf(float64Type, 0.5)), ops.Rem(ops.Add(i, ScalarInt(2)), ScalarInt(3)), 0)
				return []*trace.Value{ops.Rem(ops.Add(i, ScalarInt(1)), ScalarInt(3)), h, fixed, y}, []*trace.Value{y, ops.Gt(y, fixed), i}
			}, append(slices.Clone(in[:3]), in[2]), in[3:]
		}},
		// The tangent of a carry starts at zero: the carry starts as a constant.
		{"zero start", []arr{ramp(float64Type, 0.1, 0.3, 4)}, func(in []*trace.Value) (func(c, x []*trace.Value) ([]*trace.Value, []*trace.Value), []*trace.Value, []*trace.Value) {
			return func(c, x []*trace.Value) ([]*trace.Value, []*trace.Value) {
				s := ops.Add(c[0], ops.Mul(x[0], x[0]))
				return []*trace.Value{s, ops.Mul(c[1], litOf(float64Type, 1.5))}, []*trace.Value{ops.Mul(s, c[1])}
			}, []*trace.Value{litOf(float64Type, 0), litOf(float64Type, 1)}, in
		}},
	} {
		for _, o := range []lax.ScanOptions{{}, {Reverse: true}, {Unroll: 3}, {Reverse: true, Unroll: 4}} {
			t.Run(fmt.Sprint(c.name, o), func(t *testing.T) {
				t.Parallel()
				f := func(in []*trace.Value) []*trace.Value {
					step, s, xs := c.make(in)
					r, ys := scanned(step, s, xs, o)
					return append(r, ys...)
				}
				g := func(in []*trace.Value) []*trace.Value {
					step, s, xs := c.make(in)
					r, ys := unrolled(step, s, xs, 4, o.Reverse)
					return append(r, ys...)
				}
				if o != (lax.ScanOptions{}) { // the rules do not depend on these
					p, q := program(t, f, avals(c.in)), program(t, g, avals(c.in))
					sameProgram(t, "values", p, q, c.in)
					sameProgram(t, "vjp", vjpProgram(t, p, false), vjpProgram(t, q, false), c.in)
					return
				}
				sameAsUnrolled(t, f, g, c.in, true)
			})
		}
	}
}

// ScalarInt is an int32 literal.
func ScalarInt(n int) *trace.Value { return trace.FromLit(ir.IntLit(int64(n), ir.Int32)) }

// TestControlInReverse nests loops and branches three deep and compares with Go loops.
func TestControlInReverse(t *testing.T) {
	sum := func(x *trace.Value) *trace.Value { return ops.ReduceSum(x, []int{0}) }
	x, m := ramp(float64Type, -0.5, 0.31, 4), ramp(float64Type, -1, 0.23, 3, 2)
	positive := func(v *trace.Value) *trace.Value { return ops.Gt(v, litOf(float64Type, 0)) }
	for _, c := range []struct {
		name string
		in   []arr
		f, g fn
	}{
		{"branches that save different values", []arr{scalar(float64Type, 0.4), x}, func(in []*trace.Value) []*trace.Value {
			pick := func(p *trace.Value) *trace.Value {
				return lax.Cond(A{p}, func() A { return A{ops.Mul(ops.Sin(in[1]), ops.Broadcast(ops.Exp(in[0]), []int{4}))} },
					func() A { return A{ops.Mul(ops.Tanh(in[1]), litLike(in[1], 2))} }).v
			}
			return []*trace.Value{pick(positive(in[0])), pick(ops.Not(positive(in[0])))}
		}, func(in []*trace.Value) []*trace.Value {
			a := ops.Mul(ops.Sin(in[1]), ops.Broadcast(ops.Exp(in[0]), []int{4}))
			b := ops.Mul(ops.Tanh(in[1]), litLike(in[1], 2))
			p := ops.Broadcast(positive(in[0]), []int{4})
			return []*trace.Value{ops.Select(p, a, b), ops.Select(p, b, a)}
		}},
		{"a branch that depends on nothing, of three", []arr{x}, func(in []*trace.Value) []*trace.Value {
			var y []*trace.Value
			for i := range 3 {
				r := lax.Switch(A{ops.Add(ops.Convert(ops.Mul(sum(in[0]), litOf(float64Type, 1e-9)), ir.Int32), ScalarInt(i))},
					func() pair { return pair{A{litLike(in[0], 7)}, A{in[0]}, ""} },
					func() pair { return pair{A{ops.Mul(in[0], in[0])}, A{litLike(in[0], 1)}, ""} },
					func() pair { return pair{A{in[0]}, A{ops.Cos(in[0])}, ""} })
				y = append(y, r.X.v, r.Y.v)
			}
			return y
		}, func(in []*trace.Value) []*trace.Value {
			return []*trace.Value{litLike(in[0], 7), in[0], ops.Mul(in[0], in[0]), litLike(in[0], 1), in[0], ops.Cos(in[0])}
		}},
		{"scan of cond", []arr{scalar(float64Type, 0.8), x}, func(in []*trace.Value) []*trace.Value {
			c, ys := lax.Scan(func(c, x A) (A, A) {
				r := lax.Cond(A{positive(x.v)}, func() A { return A{ops.Mul(ops.Sin(c.v), x.v)} }, func() A { return A{ops.Add(c.v, ops.Exp(in[0]))} })
				return r, A{ops.Mul(r.v, x.v)}
			}, A{in[0]}, A{in[1]})
			return []*trace.Value{c.v, ys.v}
		}, func(in []*trace.Value) []*trace.Value {
			c, ys := unrolled(func(c, x []*trace.Value) ([]*trace.Value, []*trace.Value) {
				r := ops.Select(positive(x[0]), ops.Mul(ops.Sin(c[0]), x[0]), ops.Add(c[0], ops.Exp(in[0])))
				return []*trace.Value{r}, []*trace.Value{ops.Mul(r, x[0])}
			}, in[:1], in[1:], 4, false)
			return append(c, ys...)
		}},
		// A scan over rows of a ForiLoop of a branch with a scan in it, which all capture from all levels.
		{"three deep", []arr{scalar(float64Type, 0.6), scalar(float64Type, -0.3), m}, func(in []*trace.Value) []*trace.Value {
			c, ys := lax.Scan(func(c, row A) (A, A) {
				r := lax.ForiLoop(1, 3, func(i A, s A) A {
					return lax.Cond(A{positive(s.v)}, func() A {
						last, _ := lax.Scan(func(u, v A) (A, struct{}) {
							return A{ops.Add(ops.Mul(u.v, in[1]), ops.Mul(ops.Sin(v.v), ops.Convert(i.v, float64Type)))}, struct{}{}
						}, s, row)
						return last
					}, func() A { return A{ops.Add(ops.Mul(s.v, sum(row.v)), in[0])} })
				}, c)
				return r, A{ops.Mul(r.v, in[1])}
			}, A{in[0]}, A{in[2]})
			return []*trace.Value{c.v, ys.v}
		}, func(in []*trace.Value) []*trace.Value {
			c, ys := unrolled(func(c, row []*trace.Value) ([]*trace.Value, []*trace.Value) {
				s := c[0]
				for i := 1; i < 3; i++ {
					u := s
					for j := range 2 {
						u = ops.Add(ops.Mul(u, in[1]), ops.Mul(ops.Sin(ops.IndexInDim(row[0], j, 0, false)), litOf(float64Type, float64(i))))
					}
					s = ops.Select(positive(s), u, ops.Add(ops.Mul(s, sum(row[0])), in[0]))
				}
				return []*trace.Value{s}, []*trace.Value{ops.Mul(s, in[1])}
			}, in[:1], in[2:], 3, false)
			return append(c, ys...)
		}},
		// Indices that count are not kept for the way back but counted again.
		{"counters", []arr{scalar(float64Type, 0.7), ramp(float64Type, 0.2, 0.3, 7)}, func(in []*trace.Value) []*trace.Value {
			at := func(i *trace.Value) *trace.Value { return ops.DynamicIndexInDim(in[1], i, 0, false) }
			a := lax.ForiLoop(1, 4, func(i, s A) A { return A{ops.Mul(ops.Sin(s.v), at(i.v))} }, A{in[0]})
			b, _ := lax.Scan(func(c [2]A, x A) ([2]A, struct{}) {
				return [2]A{{ops.Add(c[0].v, ScalarInt(2))}, {ops.Mul(ops.Add(ops.Sin(c[1].v), x.v), at(c[0].v))}}, struct{}{}
			}, [2]A{{ScalarInt(1)}, {in[0]}}, A{ops.SliceInDim(in[1], 0, 3, 1, 0)}, lax.ScanOptions{Reverse: true})
			return []*trace.Value{a.v, b[1].v}
		}, func(in []*trace.Value) []*trace.Value {
			at := func(i int) *trace.Value { return ops.IndexInDim(in[1], i, 0, false) }
			a, b := in[0], in[0]
			for i := 1; i < 4; i++ {
				a = ops.Mul(ops.Sin(a), at(i))
				b = ops.Mul(ops.Add(ops.Sin(b), at(3-i)), at(2*i-1))
			}
			return []*trace.Value{a, b}
		}},
		// A function that is called in a loop, and map.
		{"map", []arr{scalar(float64Type, 0.6), x}, func(in []*trace.Value) []*trace.Value {
			y := lax.Map(func(v A) pair { return pair{A{ops.Mul(ops.Sin(v.v), in[0])}, A{ops.Exp(v.v)}, "s"} }, A{in[1]})
			z := lax.Map(func(v A) A { return A{ops.Mul(ops.Cos(v.v), in[0])} }, A{in[1]}, lax.MapOptions{BatchSize: 3})
			return []*trace.Value{y.X.v, y.Y.v, z.v}
		}, func(in []*trace.Value) []*trace.Value {
			a := ops.Broadcast(in[0], []int{4})
			return []*trace.Value{ops.Mul(ops.Sin(in[1]), a), ops.Exp(in[1]), ops.Mul(ops.Cos(in[1]), a)}
		}},
		{"associative scan", []arr{x}, func(in []*trace.Value) []*trace.Value {
			affine := func(a, b [2]A) [2]A {
				return [2]A{{ops.Mul(a[0].v, b[0].v)}, {ops.Add(ops.Mul(a[1].v, b[0].v), b[1].v)}}
			}
			xs := [2]A{{in[0]}, {ops.Sin(in[0])}}
			y, z := lax.AssociativeScan(affine, xs), lax.AssociativeScan(affine, xs, lax.AssociativeScanOptions{Reverse: true, Axis: -1})
			return []*trace.Value{y[1].v, z[1].v}
		}, func(in []*trace.Value) []*trace.Value {
			step := func(c, x []*trace.Value) ([]*trace.Value, []*trace.Value) {
				s := ops.Add(ops.Mul(c[0], x[0]), x[1])
				return []*trace.Value{s}, []*trace.Value{s}
			}
			xs := []*trace.Value{in[0], ops.Sin(in[0])}
			_, y := unrolled(step, []*trace.Value{litOf(float64Type, 0)}, xs, 4, false)
			_, z := unrolled(step, []*trace.Value{litOf(float64Type, 0)}, xs, 4, true)
			return append(y, z...)
		}},
	} {
		t.Run(c.name, func(t *testing.T) { sameAsUnrolled(t, c.f, c.g, c.in, true) })
	}
}

// TestWhileForward differentiates a loop of unknown length forward, in a scan that is differentiated in reverse where it does not
// matter, and asks for its way back.
func TestWhileForward(t *testing.T) {
	grow := func(x *trace.Value) *trace.Value {
		return lax.WhileLoop(func(c A) A { return A{ops.Lt(c.v, litOf(float64Type, 10))} },
			func(c A) A { return A{ops.Mul(c.v, litOf(float64Type, 1.7))} }, A{x}).v
	}
	in := []arr{scalar(float64Type, 1.3)}
	f := func(in []*trace.Value) []*trace.Value { return []*trace.Value{ops.Sin(grow(in[0]))} }
	g := func(in []*trace.Value) []*trace.Value {
		x := in[0]
		for range 12 { // as many as any of the examples needs
			x = ops.Select(ops.Lt(x, litOf(float64Type, 10)), ops.Mul(x, litOf(float64Type, 1.7)), x)
		}
		return []*trace.Value{ops.Sin(x)}
	}
	sameAsUnrolled(t, f, g, in, false)
	// Linearised, the tangent loop is applied to any tangent, under vmap and differentiated again.
	linear := func(f fn) fn {
		return func(in []*trace.Value) []*trace.Value {
			p, _ := trace.Trace("f", trace.Avals(in), f)
			y, m := grad.Linearize(p, in, []bool{true})
			return append(y, m.Apply([]*trace.Value{ops.Mul(in[0], in[0])}, m.Res)...)
		}
	}
	sameAsUnrolled(t, linear(f), linear(g), in, false)
	err := trace.Try(func() { vjpProgram(t, program(t, f, avals(in)), false) })
	wantText(t, err, "scan_test.go:", "while", "lax.Scan", "reverse")
	// No cotangent comes to the loop, so it needs no way back.
	h := func(in []*trace.Value) []*trace.Value {
		steps := ops.Convert(grow(in[0]), ir.Int32)
		c, _ := lax.Scan(func(c A, _ struct{}) (A, struct{}) {
			return A{ops.Mul(c.v, ops.Add(ops.Convert(ops.Convert(grow(c.v), ir.Int32), float64Type), ops.Sin(in[0])))}, struct{}{}
		}, A{ops.Mul(in[0], ops.Convert(steps, float64Type))}, struct{}{}, lax.ScanOptions{Length: 1})
		return []*trace.Value{c.v}
	}
	k := func(in []*trace.Value) []*trace.Value {
		return []*trace.Value{ops.Mul(ops.Mul(in[0], litOf(float64Type, 10)), ops.Add(litOf(float64Type, 13), ops.Sin(in[0])))}
	}
	sameProgram(t, "vjp", vjpProgram(t, program(t, h, avals(in)), false), vjpProgram(t, program(t, k, avals(in)), false), in)
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

// TestScanResiduals counts the bytes that the way back keeps. JAX 0.10.2 keeps those given as jax (the leaves of its vjp function).
func TestScanResiduals(t *testing.T) {
	const n, h, d = 1000, 32, 16
	mat := func(x, y *trace.Value) *trace.Value { return ops.Dot(x, y) }
	zero := func(shape ...int) ir.Aval { return ir.Aval{Shape: shape, DType: ir.Float32} }
	one := litOf(ir.Float32, 1)
	for _, c := range []struct {
		name string
		in   []ir.Aval
		f    fn
		jax  int
	}{
		{"rnn", []ir.Aval{zero(h, h), zero(h, d), zero(h), zero(h), zero(n, d)}, func(in []*trace.Value) []*trace.Value {
			c, y := lax.Scan(func(c, x A) (A, A) {
				r := A{ops.Tanh(ops.Add(ops.Add(mat(in[0], c.v), mat(in[1], x.v)), in[2]))}
				return r, r
			}, A{in[3]}, A{in[4]})
			return []*trace.Value{c.v, y.v}
		}, 454144},
		{"rnn of exp(w), no output", []ir.Aval{zero(h, h), zero(h, d), zero(h), zero(h), zero(n, d)}, func(in []*trace.Value) []*trace.Value {
			c, _ := lax.Scan(func(c, x A) (A, struct{}) {
				return A{ops.Tanh(ops.Add(ops.Add(mat(ops.Exp(in[0]), c.v), mat(in[1], x.v)), in[2]))}, struct{}{}
			}, A{in[3]}, A{in[4]})
			return []*trace.Value{c.v}
		}, 454144},
		{"rnn of checkpoints", []ir.Aval{zero(h, h), zero(h, d), zero(h), zero(h), zero(n, d)}, func(in []*trace.Value) []*trace.Value {
			c, _ := lax.Scan(func(c, x A) (A, struct{}) {
				step := []*trace.Value{c.v, x.v}
				p, captured := trace.Trace("step", trace.Avals(step), func(a []*trace.Value) []*trace.Value {
					return []*trace.Value{ops.Tanh(ops.Add(ops.Add(mat(ops.Exp(in[0]), a[0]), mat(in[1], a[1])), in[2]))}
				})
				return A{ops.Checkpoint(p, ops.SaveNothing, append(step, captured...))[0]}, struct{}{}
			}, A{in[3]}, A{in[4]})
			return []*trace.Value{c.v}
		}, 198272},
		{"fori", []ir.Aval{zero(n)}, func(in []*trace.Value) []*trace.Value {
			s := lax.ForiLoop(0, n, func(i, s A) A {
				return A{ops.Mul(ops.Sin(s.v), ops.DynamicIndexInDim(in[0], i.v, 0, false))}
			}, A{one})
			return []*trace.Value{s.v}
		}, 20000},
		{"gru", []ir.Aval{zero(h, h), zero(h, d), zero(h, h), zero(h, d), zero(h, h), zero(h, d), zero(h), zero(n, d)}, func(in []*trace.Value) []*trace.Value {
			c, y := lax.Scan(func(c, x A) (A, A) {
				z := ops.Logistic(ops.Add(mat(in[0], c.v), mat(in[1], x.v)))
				r := ops.Logistic(ops.Add(mat(in[2], c.v), mat(in[3], x.v)))
				u := ops.Tanh(ops.Add(mat(in[4], ops.Mul(r, c.v)), mat(in[5], x.v)))
				s := A{ops.Add(ops.Mul(ops.Sub(ops.FullLike(z, 1), z), c.v), ops.Mul(z, u))}
				return s, s
			}, A{in[6]}, A{in[7]})
			return []*trace.Value{c.v, y.v}
		}, 1234432},
	} {
		p := program(t, c.f, c.in)
		nz := make([]bool, len(p.In))
		for i := range nz {
			nz[i] = true
		}
		var res []ir.Aval
		trace.Trace("Linearize", c.in, func(a []*trace.Value) []*trace.Value {
			y, m := grad.Linearize(p, a, nz)
			res = trace.Avals(m.Res)
			return y
		})
		bytes := 0
		for _, a := range res {
			bytes += a.Bytes()
		}
		if bytes > c.jax || bytes == 0 {
			t.Errorf("%s: keeps %d bytes, JAX %d: %v", c.name, bytes, c.jax, res)
		}
	}
}
