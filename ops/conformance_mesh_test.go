package ops_test

import (
	"reflect"
	"slices"
	"strings"

	"github.com/gojax/gojax/ir"
	"github.com/gojax/gojax/ops"
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
			shape, err := ir.Sharding{Mesh: mesh23, Spec: ins[i]}.ShardShape(types[i].Shape)
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
		ins = append(ins, make([]ir.Spec, len(captured))...)
		return ops.ShardMap(mesh23, axes, ins, outs, p, append(slices.Clip(x), captured...))
	}
}

func sumAll(x *trace.Value) *trace.Value {
	return ops.ReduceSum(ops.Reshape(x, []int{x.Aval().Size()}), []int{0})
}

func likeOf(x, y *trace.Value) *trace.Value { return ops.BroadcastInDim(x, y.Shape(), nil) }

func over(axes ...string) ops.Across { return ops.OpenAxes("the test", axes, nil) }

func psum(x *trace.Value, axes ...string) *trace.Value { return ops.PSum(x, over(axes...)) }

// index is the number of the device along the axis, like x.
func index(x *trace.Value, axis string) *trace.Value {
	return likeOf(ops.Convert(ops.AxisIndex(over(axis)), x.DType()), x)
}

// mapOver maps f over the first axis of its arguments, cut over axes of the mesh.
func mapOver(f fn, name string, spmd ...string) fn {
	return func(x []*trace.Value) []*trace.Value {
		blocks := make([]block, len(x))
		for i := range x {
			blocks[i].v = x[i]
		}
		g := vmap.Vmap(func(b []block) []block {
			in := make([]*trace.Value, len(b))
			for i := range b {
				in[i] = b[i].v
			}
			var y []block
			for _, v := range f(in) {
				y = append(y, block{v})
			}
			return y
		}, []vmap.Option{func(o *vmap.Options) { o.Name, o.Spmd = name, spmd }})
		var y []*trace.Value
		for _, b := range g(blocks) {
			y = append(y, b.v)
		}
		return y
	}
}
