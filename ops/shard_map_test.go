package ops_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/gojax/gojax/ir"
	"github.com/gojax/gojax/jnp"
	"github.com/gojax/gojax/lax"
	"github.com/gojax/gojax/lower"
	"github.com/gojax/gojax/ops"
	"github.com/gojax/gojax/tests/fails"
	"github.com/gojax/gojax/trace"
)

var shardMapRows = []struct {
	name    string
	f       fn
	manual  string
	in, out []string
	args    []arr
	want    fn // on whole arrays
}{
	{
		"a sum along an axis", f1(func(x *trace.Value) *trace.Value { return psum(ops.Sin(x), "x") }),
		"", []string{"x"}, []string{""}, []arr{ramp(float64Type, 0.3, 0.4, 4)},
		f1(func(x *trace.Value) *trace.Value {
			return ops.ReduceSum(ops.Reshape(ops.Sin(x), []int{2, 2}), []int{0})
		}),
	},
	{
		"scalars are kept", f1(func(x *trace.Value) *trace.Value {
			return ops.Mul(x, likeOf(ops.Exp(ops.Neg(sumAll(ops.Square(x)))), x))
		}),
		"", []string{"|x"}, []string{"|x"}, []arr{ramp(float64Type, 0.3, 0.1, 2, 2)},
		f1(func(x *trace.Value) *trace.Value {
			n := ops.Exp(ops.Neg(ops.ReduceSum(ops.Square(x), []int{0})))
			return ops.Mul(x, ops.BroadcastInDim(n, x.Shape(), []int{1}))
		}),
	},
	{
		"whole arguments and results", f2(func(w, x *trace.Value) *trace.Value {
			return psum(sumAll(ops.Tanh(ops.Mul(w, x))), "x", "y")
		}),
		"", []string{"()", "x,y|"}, []string{"()"},
		[]arr{ramp(float64Type, 0.5, 0.3, 1, 2), ramp(float64Type, -0.4, 0.17, 6, 2)},
		f2(func(w, x *trace.Value) *trace.Value {
			return sumAll(ops.Tanh(ops.Mul(ops.BroadcastInDim(w, x.Shape(), []int{0, 1}), x)))
		}),
	},
	{
		"nothing is cut", f1(func(x *trace.Value) *trace.Value {
			return ops.Mul(ops.Sin(x), likeOf(sumAll(x), x))
		}),
		"", []string{"()"}, []string{"()"}, []arr{ramp(float64Type, 0.3, 0.4, 3)},
		f1(func(x *trace.Value) *trace.Value { return ops.Mul(ops.Sin(x), likeOf(sumAll(x), x)) }),
	},
	{
		"a whole argument that devices treat differently", f1(func(x *trace.Value) *trace.Value {
			return ops.Mul(ops.Square(x), ops.Add(index(x, "y"), litLike(x, 1)))
		}),
		"", []string{"()"}, []string{"y"}, []arr{ramp(float64Type, 0.3, 0.4, 2)},
		f1(func(x *trace.Value) *trace.Value {
			y := ops.Square(x)
			return ops.Concatenate([]*trace.Value{y, ops.Mul(y, litLike(y, 2)), ops.Mul(y, litLike(y, 3))}, 0)
		}),
	},
	{
		"one axis is the compiler's", f2(func(x, w *trace.Value) *trace.Value {
			return ops.Sub(ops.Mul(x, w), psum(ops.Exp(x), "y"))
		}),
		"y", []string{"y", "()"}, []string{"y"},
		[]arr{ramp(float64Type, 0.3, 0.2, 3), ramp(float64Type, 1, 1, 1)},
		f2(func(x, w *trace.Value) *trace.Value {
			return ops.Sub(ops.Mul(x, likeOf(ops.Reshape(w, []int{}), x)), likeOf(sumAll(ops.Exp(x)), x))
		}),
	},
	{
		"each axis another way", f1(func(x *trace.Value) *trace.Value {
			return ops.Sub(psum(ops.Sin(x), "x"), ops.PMean(ops.Square(x), over("y")))
		}),
		"", []string{"x|y"}, []string{"x|y"}, []arr{ramp(float64Type, 0.3, 0.2, 2, 3)},
		f1(func(x *trace.Value) *trace.Value {
			s := ops.ReduceSum(ops.Sin(x), []int{0})
			m := ops.Div(ops.ReduceSum(ops.Square(x), []int{1}), ops.Full([]int{2}, ir.FloatLit(3, ir.Float64)))
			return ops.Sub(ops.BroadcastInDim(s, x.Shape(), []int{1}), ops.BroadcastInDim(m, x.Shape(), []int{0}))
		}),
	},
	{
		"a second result, of integers", func(x []*trace.Value) []*trace.Value {
			g := ops.AllGather("AllGather", x[0], over("y"), 0, true)
			return []*trace.Value{
				ops.Mul(sumToRow(g), x[0]), ops.Reshape(ops.AxisIndex(over("x")), []int{1}),
			}
		},
		"", []string{"y", "y"}, []string{"y", "x"},
		[]arr{ramp(float64Type, 0.3, 0.2, 3), ramp(float64Type, 0, 1, 3)},
		func(x []*trace.Value) []*trace.Value {
			return []*trace.Value{ops.Mul(likeOf(sumAll(x[0]), x[0]), x[0]), ops.Iota(ir.Int32, []int{2}, 0)}
		},
	},
	{
		"computed again", f1(func(x *trace.Value) *trace.Value {
			f := f1(func(x *trace.Value) *trace.Value { return ops.Mul(ops.Tanh(psum(x, "y")), x) })
			return checkpointed(f)([]*trace.Value{x})[0]
		}),
		"", []string{"y"}, []string{"y"}, []arr{ramp(float64Type, 0.3, 0.2, 3)},
		f1(func(x *trace.Value) *trace.Value { return ops.Mul(ops.Tanh(likeOf(sumAll(x), x)), x) }),
	},
	{
		"a rule of the user's", f1(func(x *trace.Value) *trace.Value {
			p, _ := trace.Trace("sin", trace.Avals([]*trace.Value{x}), f1(ops.Sin))
			return psum(ops.CustomJVP(p, []*trace.Value{x}, nil, func(x, t []*trace.Value) (y, yt []*trace.Value) {
				mean := ops.PMean(t[0], over("y")) // as all have the same argument, it is the tangent
				return []*trace.Value{ops.Sin(x[0])}, []*trace.Value{ops.Mul(ops.Cos(x[0]), mean)}
			})[0], "x")
		}),
		"", []string{"x"}, []string{"()"}, []arr{ramp(float64Type, 0.3, 0.2, 4)},
		f1(func(x *trace.Value) *trace.Value {
			return ops.ReduceSum(ops.Reshape(ops.Sin(x), []int{2, 2}), []int{0})
		}),
	},
	{
		"blocks that travel", f1(func(x *trace.Value) *trace.Value {
			next := ops.PPermute("PPermute", x, over("y"), [][2]int{{0, 1}, {1, 2}})
			return ops.Sub(ops.Mul(x, next), ops.PSumScatter("PSumScatter", ops.Concatenate([]*trace.Value{
				x, ops.Square(x), ops.Sin(x)}, 0), over("y"), 0, true))
		}),
		"", []string{"y"}, []string{"y"}, []arr{ramp(float64Type, 0.3, 0.2, 3)},
		f1(func(x *trace.Value) *trace.Value {
			all := []*trace.Value{sumToRow(x), sumToRow(ops.Square(x)), sumToRow(ops.Sin(x))}
			before := ops.Slice(ops.Concatenate([]*trace.Value{ops.Zeros(x.Aval().With([]int{1})), x}, 0), []int{0},
				[]int{3}, nil)
			return ops.Sub(ops.Mul(x, before), ops.Concatenate(all, 0))
		}),
	},
}

// aroundRows are functions of a function on blocks, which are the same of one on whole arrays.
var aroundRows = []struct {
	name string
	of   func(f fn) fn
}{
	{"checkpoint", checkpointed},
	{"scan", func(f fn) fn {
		return f1(func(x *trace.Value) *trace.Value {
			c, y := lax.Scan(func(c, a A) (A, A) {
				c = jnp.Wrap(ops.Mul(f([]*trace.Value{c.TraceValue()})[0], a.TraceValue()))
				return c, c
			}, jnp.Wrap(x), jnp.Wrap(ops.Concatenate([]*trace.Value{ops.ExpandDims(x, []int{0}),
				ops.ExpandDims(ops.Cos(x), []int{0})}, 0)))
			return ops.Add(c.TraceValue(), ops.ReduceSum(y.TraceValue(), []int{0}))
		})
	}},
	{"another on blocks", func(f fn) fn {
		return sharded(f1(func(x *trace.Value) *trace.Value { return ops.Tanh(f([]*trace.Value{x})[0]) }), "x",
			[]string{"x"}, []string{"x"})
	}},
}

func checkpointed(f fn) fn {
	return func(x []*trace.Value) []*trace.Value {
		p, _ := trace.Trace("checkpoint", trace.Avals(x), f)
		return ops.Checkpoint(p, ops.SaveNothing, x)
	}
}

// A function on blocks serves within others as one on whole arrays does.
func TestShardMapWithin(t *testing.T) {
	sharp := f1(func(x *trace.Value) *trace.Value { return ops.Mul(ops.Exp(ops.Neg(likeOf(sumAll(x), x))), x) })
	blocks := sharded(f1(func(x *trace.Value) *trace.Value {
		return ops.Mul(ops.Exp(ops.Neg(likeOf(psum(sumAll(x), "y"), x))), x)
	}), "y", []string{"y"}, []string{"y"})
	in := []arr{ramp(float64Type, 0.1, 0.07, 6)}
	for _, r := range aroundRows {
		t.Run(r.name, func(t *testing.T) {
			want := r.of(sharp)
			if r.name == "another on blocks" { // each of its devices has half
				want = f1(func(x *trace.Value) *trace.Value {
					var y []*trace.Value
					for i := range 2 {
						half := ops.Slice(x, []int{3 * i}, []int{3*i + 3}, nil)
						y = append(y, ops.Tanh(sharp([]*trace.Value{half})[0]))
					}
					return ops.Concatenate(y, 0)
				})
			}
			p, q := program(t, r.of(blocks), avals(in)), program(t, want, avals(in))
			onBench(t, func(b *bench) { b.sameRules(p, q, in) })
		})
	}
}

// sameRules compares two programs of which the second has no blocks, with their derivatives to the second order.
func (b *bench) sameRules(p, q *ir.Program, in []arr) {
	t := b.t
	t.Helper()
	covered.note(p)
	all := make([]int, len(in))
	b.same("values", p, q, in)
	b.same("jvp", jvpProgram(t, p), jvpProgram(t, q), in)
	b.sameMapped("values", p, q, true)
	vp, vq := vjpProgram(t, p, true), vjpProgram(t, q, false)
	b.same("vjp", vp, vq, in)
	b.same("vjp, equation by equation", vjpProgram(t, p, false), vq, in)
	b.same("jvp of vjp", jvpProgram(t, vp), jvpProgram(t, vq), in)
	b.same("vjp of vjp", vjpProgram(t, vp, true), vjpProgram(t, vq, false), in)
	b.sameMapped("vjp", vp, vq, false)
	b.same("vjp of vmap", vjpProgram(t, vmapProgram(t, p, 2, all), true),
		vjpProgram(t, vmapProgram(t, q, 2, all), false), nil)
}

func sumToRow(x *trace.Value) *trace.Value { return ops.Reshape(sumAll(x), []int{1}) }

// Values, derivatives and mapped functions are those of the same on whole arrays.
func TestShardMap(t *testing.T) {
	for _, r := range shardMapRows {
		t.Run(r.name, func(t *testing.T) {
			t.Parallel()
			f := sharded(r.f, r.manual, r.in, r.out)
			onBench(t, func(b *bench) {
				b.sameRules(program(t, f, avals(r.args)), program(t, r.want, avals(r.args)), r.args)
			})
		})
	}
}

// What is wrong with how arrays are cut is said with the argument, its shape and what to do.
func TestShardMapErrors(t *testing.T) {
	same := f1(func(x *trace.Value) *trace.Value { return x })
	for _, c := range []struct {
		in, out string
		shape   []int
		want    []string
	}{
		{"x", "x", []int{3}, []string{"argument 0", "into 2 parts", "size 3", "pad it to 4"}},
		{"x||y", "x", []int{2, 2}, []string{"argument 0", `P("x", nil, "y") has 3 entries`, "2 dimensions", "[2,2]"}},
		{"x", "x|y", []int{2}, []string{"result 0", `P("x", "y") has 2 entries`, "1 dimensions"}},
		{"x", "z", []int{2}, []string{"result 0", `"z"`, "Mesh(x: 2, y: 3)"}},
		{"z", "x", []int{2}, []string{"argument 0", `"z"`}},
		{"x|x", "x", []int{2, 2}, []string{"argument 0", `"x" twice`}},
		{"y,y", "x", []int{9}, []string{"argument 0", `"y" twice`}},
	} {
		fails.With(t, func() {
			f := sharded(same, "", []string{c.in}, []string{c.out})
			program(t, f, []ir.Aval{{Shape: c.shape, DType: ir.Float32}})
		}, append(c.want, "ShardMap(float32"+ir.ShapeString(c.shape)+")")...)
	}
	vector := []ir.Aval{{Shape: []int{6}, DType: ir.Float32}}
	fails.With(t, func() { program(t, sharded(same, "x", []string{"y"}, []string{"x"}), vector) },
		"argument 0", `the axis "y"`, `the manual axes ["x"]`, "gojax.ManualAxes")
	fails.With(t, func() { program(t, sharded(same, "x", []string{"x"}, []string{"y"}), vector) },
		"result 0", `the axis "y"`)
	inner := sharded(same, "x", []string{"x"}, []string{"x"})
	fails.With(t, func() { program(t, sharded(inner, "x", []string{"x"}, []string{"x"}), vector) },
		`an axis named "x" is open here already`)
	fails.With(t, func() {
		trace.WithAxis("x", 2, func() { program(t, inner, vector) })
	}, `an axis named "x" is open here already`)
	p := program(t, same, vector)
	bind := func(manual []string, in []ir.Spec) func() {
		return func() {
			program(t, func(x []*trace.Value) []*trace.Value {
				return ops.ShardMap(mesh23, manual, in, []ir.Spec{nil}, p, x)
			}, vector)
		}
	}
	fails.With(t, bind([]string{"z"}, []ir.Spec{nil}), `the manual axis "z" is not one of Mesh(x: 2, y: 3)`)
	fails.With(t, bind(nil, nil), "0 specs for 1 arguments")
	fails.With(t, bind(nil, []ir.Spec{{{Open: true}}}), "argument 0", "leaves a dimension to the compiler")
	fails.With(t, bind(nil, []ir.Spec{cutBy("x")}), "operand 0", "float32[3]", "float32[6]")
}

// The mapped axis is cut over the axes that Vmap is given for it, unless the function needs all of it, or the axes
// themselves. Values stay what they are.
func TestShardMapSpmd(t *testing.T) {
	center := f1(func(x *trace.Value) *trace.Value { return ops.Sub(x, ops.PMean(x, over("y"))) })
	across := f1(func(x *trace.Value) *trace.Value { return ops.Mul(x, psum(psum(x, "v"), "y")) })
	along := f1(func(x *trace.Value) *trace.Value { return ops.Mul(x, ops.Add(index(x, "x"), psum(x, "y", "x"))) })
	in := []arr{ramp(float64Type, 0.3, 0.2, 4, 3)}
	for _, c := range []struct {
		name, manual string
		f            fn
		text         string
	}{
		{"cut", "", center, `In=[P("x", "y")] Out=[P("x", "y")]`},
		{"by name", "", across, `In=[P(nil, "y")] Out=[P(nil, "y")]`},
		{"axis in use", "", along, `In=[P(nil, "y")] Out=[P(nil, "y")]`},
		{"the compiler's", "y", center, `sharding_constraint[Sharding=P("x", Unconstrained) over Mesh(x: 2, y: 3)]`},
	} {
		f := sharded(c.f, c.manual, []string{"y"}, []string{"y"})
		p, q := program(t, mapOver(f, "v", "x"), avals(in)), program(t, mapOver(f, "v"), avals(in))
		if s := p.Format(false); !strings.Contains(s, c.text) {
			t.Errorf("%s: the program lacks %s:\n%s", c.name, c.text, s)
		}
		onBench(t, func(b *bench) {
			b.same(c.name, p, q, in)
			b.same(c.name+", vjp", vjpProgram(t, p, true), vjpProgram(t, q, true), in)
		})
	}
	f := sharded(center, "", []string{"y"}, []string{"y"})
	fails.With(t, func() { program(t, mapOver(f, "", "z"), avals(in)) }, "gojax.SPMDAxisName", `no axis "z"`)
	fails.With(t, func() { program(t, mapOver(f, "", "y"), avals(in)) }, `the axis "y" cuts a mapped array already`)
	odd := []ir.Aval{{Shape: []int{5, 3}, DType: ir.Float64}}
	fails.With(t, func() { program(t, mapOver(f, "", "x"), odd) }, "of size 5", "2 equal parts", `["x"]`)
}

// Along an axis that nothing is cut over and no collective names, all devices do the same: no cotangent is divided.
func TestShardMapIdleAxes(t *testing.T) {
	loss := f1(func(x *trace.Value) *trace.Value { return psum(sumAll(ops.Square(x)), "y") })
	for in, want := range map[string]string{"y": "div b 3:", "x,y": "div b 6:"} {
		p := vjpProgram(t, program(t, sharded(loss, "", []string{in}, []string{"()"}),
			[]ir.Aval{{Shape: []int{6}, DType: ir.Float64}}), true)
		if s := p.Format(false); !strings.Contains(s, want) {
			t.Errorf("cut by %s, the derivative lacks %s:\n%s", in, want, s)
		}
	}
}

// Sizes of 0, functions of no argument, and axes that Vmap has named.
func TestShardMapEdges(t *testing.T) {
	number := sharded(func([]*trace.Value) []*trace.Value {
		return []*trace.Value{ops.Reshape(ops.AxisIndex(over("x", "y")), []int{1})}
	}, "", nil, []string{"x,y"})
	across := sharded(f1(func(x *trace.Value) *trace.Value { return ops.Mul(x, psum(psum(x, "v"), "y")) }), "",
		[]string{"y"}, []string{"y"})
	part := sharded(f1(func(x *trace.Value) *trace.Value { return ops.Mul(x, likeOf(psum(sumAll(x), "y"), x)) }), "",
		[]string{"y|"}, []string{"y|"})
	in := []arr{ramp(float64Type, 1, 1, 2, 3)}
	none := []arr{nums(float64Type, []int{3, 0})}
	row := []ir.Aval{{Shape: []int{3}, DType: ir.Float64}}
	onBench(t, func(b *bench) {
		for _, c := range []struct {
			p        *ir.Program
			in, want []arr
		}{
			{program(t, number, nil), nil, []arr{vec(ir.Int32, 0, 1, 2, 3, 4, 5)}},
			{program(t, mapOver(across, "v"), avals(in)), in, []arr{ramp(float64Type, 21, 21, 2, 3)}},
			{vjpProgram(t, program(t, part, avals(none)), true), append(none, none...), none},
			{vmapProgram(t, vjpProgram(t, program(t, across0, row), true), 0, []int{1, 0}),
				[]arr{none[0], nums(float64Type, []int{0, 3})}, []arr{nums(float64Type, []int{0, 3})}},
		} {
			r := b.queue(c.p, c.in)
			b.then(func() {
				for i, want := range c.want {
					if d := r.out[i].closeTo(want, 1e-12); d != "" {
						t.Errorf("%s\n%v", d, c.p)
					}
				}
			})
		}
	})
}

// across0 is the product of a vector and its sum.
var across0 = sharded(f1(func(x *trace.Value) *trace.Value { return ops.Mul(x, psum(x, "y")) }), "", []string{"y"},
	[]string{"y"})

// Keys that every device has whole are followed into the function.
func TestShardMapKeys(t *testing.T) {
	defer trace.DebugKeyReuse(trace.DebugKeyReuse(true))
	use := sharded(f1(func(k *trace.Value) *trace.Value { return ops.UseKey("draw", k) }), "", []string{"()"},
		[]string{"()"})
	key := ir.Aval{Shape: []int{2}, DType: ir.Uint32}
	for again, want := range []string{"", "a key is used again"} {
		p := program(t, func(x []*trace.Value) []*trace.Value {
			y := use(x)
			for range again {
				y = append(y, use(x)...)
			}
			return y
		}, []ir.Aval{key})
		err := trace.Try(func() { trace.CheckKeys(p) })
		if (err == nil) != (want == "") || err != nil && !strings.Contains(err.Error(), want) {
			t.Errorf("used %d times: %v", again+1, err)
		}
	}
}

// What is not used is not computed, and effects are in order on each device.
func TestShardMapPrograms(t *testing.T) {
	two := func(x []*trace.Value) []*trace.Value {
		return []*trace.Value{ops.Sin(x[0]), psum(ops.Cos(x[1]), "y")}
	}
	in := []ir.Aval{{Shape: []int{6}, DType: ir.Float32}, {Shape: []int{3}, DType: ir.Float32}}
	p := program(t, sharded(two, "", []string{"x,y", "y"}, []string{"x,y", "()"}), in)
	if !strings.Contains(p.Format(false), `shard_map[Mesh=Mesh(x: 2, y: 3) Manual=[x y] In=[P([]string{"x", "y"}) `+
		`P("y")] Out=[P([]string{"x", "y"}) P()]] a b`) {
		t.Errorf("printed as\n%v", p)
	}
	q, kept := p.DCEOut([]bool{false, true})
	s := q.Format(false)
	if !slices.Equal(kept, []bool{false, true}) || strings.Contains(s, "sin") ||
		!strings.Contains(s, `In=[P("y")] Out=[P()]`) {
		t.Errorf("the second result alone is\n%s", s)
	}
	if err := q.Verify(); err != nil {
		t.Error(err)
	}
	again := program(t, sharded(two, "", []string{"x,y", "y"}, []string{"x,y", "()"}), in)
	other := program(t, sharded(two, "", []string{"y,x", "y"}, []string{"x,y", "()"}), in)
	if p.Key() != again.Key() || p.Key() == other.Key() {
		t.Error("keys do not tell how arrays are cut")
	}
	if n := len(program(t, func(x []*trace.Value) []*trace.Value {
		f := sharded(two, "", []string{"x,y", "y"}, []string{"x,y", "()"})
		return append(f(x), f(x)...)
	}, in).CSE().Eqns); n != 1 {
		t.Errorf("%d equations where one serves", n)
	}
	if m, err := p.Mesh(); m != mesh23 || err != nil {
		t.Errorf("the mesh is %v, %v", m, err)
	}
	log := sharded(f1(func(x *trace.Value) *trace.Value {
		ops.Callback(func([]ir.HostArray, []ir.HostArray) error { return nil }, x)
		return x
	}), "", []string{"x"}, []string{"x"})
	logs, _ := trace.Trace("log", in[:1], log)
	ordered := logs.Sequence()
	if s := ordered.Format(false); !strings.Contains(s, `In=[P("x") P() P()] Out=[P("x") P()]] a b 0:int32[]`) {
		t.Errorf("with its effects in order:\n%s", s)
	}
	if err := ordered.Verify(); err != nil {
		t.Error(err)
	}
}

// TestShardMapText looks at what is compiled.
func TestShardMapText(t *testing.T) {
	f := f1(func(x *trace.Value) *trace.Value { return ops.Sin(x) })
	in := []ir.Aval{{Shape: []int{6, 2}, DType: ir.Float32}}
	for manual, want := range map[string]string{
		"": `%1 = sdy.manual_computation(%0) in_shardings=[<@mesh, [{"x", "y"}, {}]>] ` +
			`out_shardings=[<@mesh, [{"x", "y"}, {}]>] manual_axes={"x", "y"} (`,
		"x": `in_shardings=[<@mesh, [{"x", ?}, {?}]>] out_shardings=[<@mesh, [{"x", ?}, {?}]>] manual_axes={"x"} (`,
	} {
		cut := "x,y|"
		if manual != "" {
			cut = manual
		}
		p := program(t, sharded(f, manual, []string{cut}, []string{cut}), in)
		text := string(lower.Text(p, lower.Options{Mesh: mesh23}).Text)
		if !strings.Contains(text, want) || !strings.Contains(text, `sdy.mesh @mesh = <["x"=2, "y"=3]>`) {
			t.Errorf("manual %q: the text is\n%s", manual, text)
		}
	}
}
