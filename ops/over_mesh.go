package ops

import (
	"slices"

	"github.com/gojax/gojax/ir"
	"github.com/gojax/gojax/trace"
)

// OverMesh is ShardMap of p and what it captured, recorded of the function that messages call name. Outside of a trace
// it runs a program of its own, which is found again by its structure whatever Go numbers the function has.
func OverMesh(name string, m *ir.Mesh, manual []string, in, out []ir.Spec, p *ir.Program, x []*Value) []*Value {
	p = p.DCE()
	traced := trace.AnyTraced(x...)
	if !traced {
		p, x = LiftNumbers(p, x)
	}
	in = append(slices.Clip(in), make([]ir.Spec, len(x)-len(in))...)
	if traced {
		return ShardMap(m, manual, in, out, p, x)
	}
	q, _ := trace.Trace(name, trace.Avals(x), func(x []*Value) []*Value { return ShardMap(m, manual, in, out, p, x) })
	return trace.TheRuntime().RunNamed(name, q, x)
}
