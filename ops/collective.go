package ops

import (
	"slices"
	"strconv"

	"github.com/gojax/gojax/ir"
	"github.com/gojax/gojax/trace"
)

// How collective operations over the axes of a mesh are written: they name the partitions of the program that work
// together, which are the places of the mesh.

// onMesh is the mesh that has the named axes, where the equation stands; the operation op has no meaning elsewhere.
func onMesh(e trace.Emitter, op ir.Op, axes []string) *ir.Mesh {
	m, manual := e.Manual()
	for _, a := range axes {
		if m == nil || !slices.Contains(manual, a) {
			trace.Fail(op.Name(), nil, "the axis %q is not open where the program is run; run it in a function under "+
				"gojax.Vmap with the option gojax.AxisName(%q), or under gojax.ShardMap over a mesh that has that axis",
				a, a)
		}
	}
	return m
}

// partitions are the partitions that work together.
func (a Across) partitions(m *ir.Mesh) [][]int {
	all := m.Groups(a.Axes)
	if a.Groups == nil {
		return all
	}
	var out [][]int
	for _, g := range all {
		for _, members := range a.Groups {
			out = append(out, sizesAt(g, members))
		}
	}
	return out
}

// collective writes one operation across devices. Only its attributes of its own are to be given; those of the groups
// and of the channel are added.
func collective(e trace.Emitter, a Across, op ir.Op, name string, x trace.Operand, attr string, out ir.Aval,
	combine ...monoid) trace.Operand {
	m := onMesh(e, op, a.Axes)
	groups := a.partitions(m)
	if a.even() && a.Size() == 1 {
		return x
	}
	if m.OverProcesses() {
		return exchange(e, memberOf(m, groups, e.Place()), op, x, combine)
	}
	attr = attrs(attr, "replica_groups = "+table(groups), channel(e))
	var regions []trace.Region
	scalar := ir.Scalar(out.DType)
	for _, m := range combine {
		regions = append(regions, e.Region([]ir.Aval{scalar, scalar}, func(v []trace.Operand) []trace.Operand {
			return []trace.Operand{m.write(e, v[0], v[1])}
		}))
	}
	if name != "stablehlo.all_to_all" {
		attr = attrs(attr, "use_global_device_ids")
	}
	return e.OpRegions(name, []trace.Operand{x}, attr, regions, out)[0]
}

// sumAcross writes a collective operation that adds: float16 and bfloat16 in float32, rounded once.
func sumAcross(e trace.Emitter, a Across, op ir.Op, name string, x trace.Operand, attr string) []trace.Operand {
	out := e.Out()[0]
	if d := out.DType; d != ir.Float16 && d != ir.BFloat16 {
		return []trace.Operand{collective(e, a, op, name, x, attr, out, monoidAdd)}
	}
	w := writer{e}
	y := collective(e, a, op, name, w.to("stablehlo.convert", x, ir.Float32), attr, out.As(ir.Float32), monoidAdd)
	return []trace.Operand{w.to("stablehlo.convert", y, out.DType)}
}

// channel is the attribute that tells communication between devices apart.
func channel(e trace.Emitter) string {
	return "channel_handle = #stablehlo.channel_handle<handle = " + strconv.Itoa(e.Channel()) + ", type = 1>"
}

// table is a constant of rows of numbers, short ones filled up with -1.
func table(rows [][]int) string {
	width := 0
	for _, r := range rows {
		width = max(width, len(r))
	}
	b := []byte("dense<[")
	for i, r := range rows {
		if i > 0 {
			b = append(b, ", "...)
		}
		b = append(append(b, '['), commas(append(slices.Clone(r), repeated(-1, width-len(r))...))...)
		b = append(b, ']')
	}
	b = append(b, "]> : tensor<"...)
	b = append(strconv.AppendInt(b, int64(len(rows)), 10), 'x')
	return string(append(strconv.AppendInt(b, int64(width), 10), "xi64>"...))
}
