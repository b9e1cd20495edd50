package ops_test

import (
	"slices"
	"testing"

	"github.com/gojax/gojax/ir"
	"github.com/gojax/gojax/jnp"
	"github.com/gojax/gojax/lax"
	"github.com/gojax/gojax/ops"
	"github.com/gojax/gojax/trace"
)

// reverseRow is control flow f, and g, which computes the same by Go's loops and ops.Select.
type reverseRow struct {
	name string
	in   []arr
	f, g fn
}

// run tests a row, by default to the first order if it is one of those named.
func (r reverseRow) run(t *testing.T, first ...string) {
	t.Run(r.name, func(t *testing.T) {
		sameToOrder(t, r.f, r.g, r.in, true, 2-btoi(slices.Contains(first, r.name)))
	})
}

func total(x *trace.Value) *trace.Value { return ops.ReduceSum(x, []int{0}) }

func positive(v *trace.Value) *trace.Value { return ops.Gt(v, litOf(float64Type, 0)) }

func TestBranchesInReverse(t *testing.T) {
	x := ramp(float64Type, -0.5, 0.31, 4)
	for _, r := range []reverseRow{
		{"branches that save different values", []arr{scalar(float64Type, 0.4), x},
			func(in []*trace.Value) []*trace.Value {
				pick := func(p *trace.Value) *trace.Value {
					return lax.Cond(jnp.Wrap(p),
						func() A { return jnp.Wrap(ops.Mul(ops.Sin(in[1]), ops.Broadcast(ops.Exp(in[0]), []int{4}))) },
						func() A { return jnp.Wrap(ops.Mul(ops.Tanh(in[1]), litLike(in[1], 2))) }).TraceValue()
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
				r := lax.Switch(
					jnp.Wrap(
						ops.Add(ops.Convert(ops.Mul(total(in[0]), litOf(float64Type, 1e-9)), ir.Int32), ScalarInt(i))),
					func() pair { return pair{jnp.Wrap(litLike(in[0], 7)), jnp.Wrap(in[0]), ""} },
					func() pair { return pair{jnp.Wrap(ops.Mul(in[0], in[0])), jnp.Wrap(litLike(in[0], 1)), ""} },
					func() pair { return pair{jnp.Wrap(in[0]), jnp.Wrap(ops.Cos(in[0])), ""} })
				y = append(y, r.X.TraceValue(), r.Y.TraceValue())
			}
			return y
		}, func(in []*trace.Value) []*trace.Value {
			return []*trace.Value{litLike(in[0], 7), in[0], ops.Mul(in[0], in[0]), litLike(in[0], 1), in[0],
				ops.Cos(in[0])}
		}},
		{"scan of cond", []arr{scalar(float64Type, 0.8), x}, func(in []*trace.Value) []*trace.Value {
			c, ys := lax.Scan(func(c, x A) (A, A) {
				r := lax.Cond(jnp.Wrap(positive(x.TraceValue())),
					func() A { return jnp.Wrap(ops.Mul(ops.Sin(c.TraceValue()), x.TraceValue())) },
					func() A { return jnp.Wrap(ops.Add(c.TraceValue(), ops.Exp(in[0]))) })
				return r, jnp.Wrap(ops.Mul(r.TraceValue(), x.TraceValue()))
			}, jnp.Wrap(in[0]), jnp.Wrap(in[1]))
			return []*trace.Value{c.TraceValue(), ys.TraceValue()}
		}, func(in []*trace.Value) []*trace.Value {
			c, ys := unrolled(func(c, x []*trace.Value) ([]*trace.Value, []*trace.Value) {
				r := ops.Select(positive(x[0]), ops.Mul(ops.Sin(c[0]), x[0]), ops.Add(c[0], ops.Exp(in[0])))
				return []*trace.Value{r}, []*trace.Value{ops.Mul(r, x[0])}
			}, in[:1], in[1:], 4, false)
			return append(c, ys...)
		}},
	} {
		r.run(t, "a branch that depends on nothing, of three")
	}
}

// TestLoopsInReverse nests loops and branches three deep.
func TestLoopsInReverse(t *testing.T) {
	x, m := ramp(float64Type, -0.5, 0.31, 4), ramp(float64Type, -1, 0.23, 3, 2)
	for _, r := range []reverseRow{
		// A scan over rows of a ForiLoop of a branch with a scan in it, which all capture from all levels.
		{"three deep", []arr{scalar(float64Type, 0.6), scalar(float64Type, -0.3), m},
			func(in []*trace.Value) []*trace.Value {
				c, ys := lax.Scan(func(c, row A) (A, A) {
					r := lax.ForiLoop(1, 3, func(i A, s A) A {
						return lax.Cond(jnp.Wrap(positive(s.TraceValue())), func() A {
							last, _ := lax.Scan(func(u, v A) (A, struct{}) {
								return jnp.Wrap(
										ops.Add(ops.Mul(u.TraceValue(), in[1]),
											ops.Mul(ops.Sin(v.TraceValue()),
												ops.Convert(i.TraceValue(), float64Type)))),
									struct{}{}
							}, s, row)
							return last
						}, func() A {
							return jnp.Wrap(ops.Add(ops.Mul(s.TraceValue(), total(row.TraceValue())), in[0]))
						})
					}, c)
					return r, jnp.Wrap(ops.Mul(r.TraceValue(), in[1]))
				}, jnp.Wrap(in[0]), jnp.Wrap(in[2]))
				return []*trace.Value{c.TraceValue(), ys.TraceValue()}
			}, func(in []*trace.Value) []*trace.Value {
				c, ys := unrolled(func(c, row []*trace.Value) ([]*trace.Value, []*trace.Value) {
					s := c[0]
					for i := 1; i < 3; i++ {
						u := s
						for j := range 2 {
							u = ops.Add(ops.Mul(u, in[1]),
								ops.Mul(ops.Sin(ops.IndexInDim(row[0], j, 0, false)), litOf(float64Type, float64(i))))
						}
						s = ops.Select(positive(s), u, ops.Add(ops.Mul(s, total(row[0])), in[0]))
					}
					return []*trace.Value{s}, []*trace.Value{ops.Mul(s, in[1])}
				}, in[:1], in[2:], 3, false)
				return append(c, ys...)
			}},
		// Indices that count are not kept for the way back but counted again.
		{"counters", []arr{scalar(float64Type, 0.7), ramp(float64Type, 0.2, 0.3, 7)},
			func(in []*trace.Value) []*trace.Value {
				at := func(i *trace.Value) *trace.Value { return ops.DynamicIndexInDim(in[1], i, 0, false) }
				a := lax.ForiLoop(1, 4,
					func(i, s A) A { return jnp.Wrap(ops.Mul(ops.Sin(s.TraceValue()), at(i.TraceValue()))) },
					jnp.Wrap(in[0]))
				b, _ := lax.Scan(func(c [2]A, x A) ([2]A, struct{}) {
					return [2]A{jnp.Wrap(ops.Add(c[0].TraceValue(), ScalarInt(2))),
							jnp.Wrap(
								ops.Mul(ops.Add(ops.Sin(c[1].TraceValue()), x.TraceValue()), at(c[0].TraceValue())))},
						struct{}{}
				}, [2]A{jnp.Wrap(ScalarInt(1)), jnp.Wrap(in[0])}, jnp.Wrap(ops.SliceInDim(in[1], 0, 3, 1, 0)),
					lax.ScanOptions{Reverse: true})
				return []*trace.Value{a.TraceValue(), b[1].TraceValue()}
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
			y := lax.Map(func(v A) pair {
				return pair{jnp.Wrap(ops.Mul(ops.Sin(v.TraceValue()), in[0])), jnp.Wrap(ops.Exp(v.TraceValue())), "s"}
			}, jnp.Wrap(in[1]))
			z := lax.Map(func(v A) A { return jnp.Wrap(ops.Mul(ops.Cos(v.TraceValue()), in[0])) }, jnp.Wrap(in[1]),
				lax.MapOptions{BatchSize: 3})
			return []*trace.Value{y.X.TraceValue(), y.Y.TraceValue(), z.TraceValue()}
		}, func(in []*trace.Value) []*trace.Value {
			a := ops.Broadcast(in[0], []int{4})
			return []*trace.Value{ops.Mul(ops.Sin(in[1]), a), ops.Exp(in[1]), ops.Mul(ops.Cos(in[1]), a)}
		}},
		{"associative scan", []arr{x}, func(in []*trace.Value) []*trace.Value {
			affine := func(a, b [2]A) [2]A {
				return [2]A{jnp.Wrap(ops.Mul(a[0].TraceValue(), b[0].TraceValue())),
					jnp.Wrap(ops.Add(ops.Mul(a[1].TraceValue(), b[0].TraceValue()), b[1].TraceValue()))}
			}
			xs := [2]A{jnp.Wrap(in[0]), jnp.Wrap(ops.Sin(in[0]))}
			y, z := lax.AssociativeScan(affine, xs),
				lax.AssociativeScan(affine, xs, lax.AssociativeScanOptions{Reverse: true, Axis: -1})
			return []*trace.Value{y[1].TraceValue(), z[1].TraceValue()}
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
		r.run(t, "three deep", "map", "associative scan")
	}
}
