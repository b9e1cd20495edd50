package ops_test

import (
	"reflect"
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
	"github.com/gojax/gojax/transforms/vmap"
)

// block is an array of a vmapped function.
type block struct{ v *trace.Value }

func (b block) TraceValue() *trace.Value      { return b.v }
func (b *block) SetTraceValue(v *trace.Value) { b.v = v }

// onOneDevice computes what op does over a mesh by Vmap: each axis that it runs along is a mapped one.
func onOneDevice(op ir.Op, x []*trace.Value) []*trace.Value {
	if op.Name() == "sharding_constraint" {
		return x
	}
	v := reflect.ValueOf(op)
	mesh, axes := field[*ir.Mesh](v, "Mesh"), field[[]string](v, "Manual")
	in, out, body := field[[]ir.Spec](v, "In"), field[[]ir.Spec](v, "Out"), field[*ir.Program](v, "Body")
	blocks := make([]block, len(x))
	for i := range x {
		blocks[i].v = blocksOf(mesh, axes, in[i], x[i])
	}
	f := func(b []block) []block {
		in := make([]*trace.Value, len(b))
		for i := range b {
			in[i] = b[i].v
		}
		y := make([]block, 0, len(body.Out))
		for _, v := range replay(body, in) {
			y = append(y, block{v})
		}
		return y
	}
	for _, a := range slices.Backward(axes) {
		f = vmap.Vmap(f, []vmap.Option{func(o *vmap.Options) { o.Name, o.Size = a, mesh.AxisSize(a) }})
	}
	y := make([]*trace.Value, len(out))
	for i, b := range f(blocks) {
		y[i] = wholeOf(mesh, axes, out[i], b.v)
	}
	return y
}

func field[T any](v reflect.Value, name string) T { return v.FieldByName(name).Interface().(T) }

// blocksOf is v with the axes of the mesh in front, along which the blocks lie.
func blocksOf(m *ir.Mesh, axes []string, s ir.Spec, v *trace.Value) *trace.Value {
	var cut, front, back, places, lead []int
	at := map[string]int{}
	for k, n := range v.Shape() {
		for _, a := range s.At(k).Axes {
			at[a] = len(cut)
			cut = append(cut, m.AxisSize(a))
		}
		back = append(back, len(cut))
		cut = append(cut, n/m.SizeOf(s.At(k).Axes))
	}
	for i, a := range axes {
		lead = append(lead, m.AxisSize(a))
		if k, ok := at[a]; ok {
			front, places = append(front, k), append(places, i)
		}
	}
	v = ops.Transpose(ops.Reshape(v, cut), append(front, back...))
	for i := range back {
		places = append(places, len(axes)+i)
	}
	return ops.BroadcastInDim(v, append(lead, v.Shape()[len(front):]...), places)
}

// wholeOf undoes blocksOf. Of what the last devices have is taken where all should have the same.
func wholeOf(m *ir.Mesh, axes []string, s ir.Spec, v *trace.Value) *trace.Value {
	at, n := map[string]int{}, 0
	for _, a := range axes {
		if slices.Contains(s.Names(), a) {
			at[a] = n
			n++
		} else {
			v = ops.IndexInDim(v, m.AxisSize(a)-1, n, false)
		}
	}
	var perm, shape []int
	for k := range v.Rank() - n {
		size := v.Shape()[n+k]
		for _, a := range s.At(k).Axes {
			perm = append(perm, at[a])
			size *= m.AxisSize(a)
		}
		perm, shape = append(perm, n+k), append(shape, size)
	}
	return ops.Reshape(ops.Transpose(v, perm), append([]int{}, shape...))
}

var mesh23 = &ir.Mesh{Platform: "cpu", Names: []string{"x", "y"}, Shape: []int{2, 3}, Devices: []int{0, 1, 2, 3, 4, 5}}

// cutBy is the Spec of which each entry has the axes named, separated by commas: "x,y|" is P([]string{"x", "y"}, nil).
func cutBy(entries string) ir.Spec {
	s := ir.Spec{}
	for e := range strings.SplitSeq(entries, "|") {
		switch e {
		case "":
			s = append(s, ir.Dim{})
		default:
			s = append(s, ir.Dim{Axes: strings.Split(e, ",")})
		}
	}
	return s
}

// sharded is f on blocks. manual, in and out are as in cutBy, an argument each.
func sharded(f fn, manual string, in, out []string) fn {
	return func(x []*trace.Value) []*trace.Value {
		axes := mesh23.Names
		if manual != "" {
			axes = strings.Split(manual, ",")
		}
		types := trace.Avals(x)
		var ins, outs []ir.Spec
		for i, e := range in {
			ins = append(ins, cutBy(e))
			if e == "()" {
				ins[i] = nil
			}
			shape, err := ins[i].Block(mesh23, types[i].Shape)
			if err != nil {
				shape = types[i].Shape
			}
			types[i] = types[i].With(shape)
		}
		for i, e := range out {
			outs = append(outs, cutBy(e))
			if e == "()" {
				outs[i] = nil
			}
		}
		var p *ir.Program
		var captured []*trace.Value
		trace.WithMesh(mesh23, axes, func() { p, captured = trace.Trace("the function on blocks", types, f) })
		if len(captured) > 0 {
			panic("the function on blocks captures")
		}
		return ops.ShardMap(mesh23, axes, ins, outs, p, x)
	}
}

func sumAll(x *trace.Value) *trace.Value {
	return ops.ReduceSum(ops.Reshape(x, []int{x.Aval().Size()}), []int{0})
}

func likeOf(x, y *trace.Value) *trace.Value { return ops.BroadcastInDim(x, y.Shape(), nil) }

func psum(x *trace.Value, axes ...string) *trace.Value { return ops.PSum(x, axes) }

// index is the number of the device along the axis, like x.
func index(x *trace.Value, axis string) *trace.Value {
	return likeOf(ops.Convert(ops.AxisIndex(axis), x.DType()), x)
}

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
			return ops.Sub(psum(ops.Sin(x), "x"), ops.PMean(ops.Square(x), []string{"y"}))
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
			g := ops.AllGather("AllGather", x[0], "y", 0, true)
			return []*trace.Value{ops.Mul(sumToRow(g), x[0]), ops.AxisIndex("x")}
		},
		"", []string{"y", "y"}, []string{"y", "()"},
		[]arr{ramp(float64Type, 0.3, 0.2, 3), ramp(float64Type, 0, 1, 3)},
		func(x []*trace.Value) []*trace.Value {
			return []*trace.Value{ops.Mul(likeOf(sumAll(x[0]), x[0]), x[0]), ops.Full(nil, ir.IntLit(1, ir.Int32))}
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
				mean := ops.PMean(t[0], []string{"y"}) // as all have the same argument, it is the tangent
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
			next := ops.PPermute(x, "y", [][2]int{{0, 1}, {1, 2}})
			return ops.Sub(ops.Mul(x, next), ops.PSumScatter("PSumScatter", ops.Concatenate([]*trace.Value{
				x, ops.Square(x), ops.Sin(x)}, 0), "y", 0, true))
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
			onBench(t, func(b *bench) { b.sameRules(program(t, r.of(blocks), avals(in)), program(t, want, avals(in)), in) })
		})
	}
}

// sameRules compares two programs of which the second has no blocks.
func (b *bench) sameRules(p, q *ir.Program, in []arr) {
	t := b.t
	t.Helper()
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

var _ = []any{lower.Text, fails.With}
