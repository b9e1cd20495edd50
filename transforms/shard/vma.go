package shard

import (
	"slices"

	"github.com/gojax/gojax/ir"
	"github.com/gojax/gojax/ops"
	"github.com/gojax/gojax/trace"
)

// checked is p, the function on blocks, with the derivatives in it settled (see ops.SettleCasts). It refuses a result
// that may vary over an axis that its spec does not name.
func (m *mapped) checked(p *ir.Program, in []ir.Spec, paths []string, out []ir.Spec) *ir.Program {
	p, varying := ops.SettleCasts(m.mesh, m.manual, in, p)
	for i, axes := range varying {
		for _, a := range axes {
			if slices.Contains(out[i].Names(), a) {
				continue
			}
			trace.Fail(m.f.Op, []ir.Aval{p.Out[i].Aval()}, "%s may differ between the devices along the axis %q, "+
				"which its %v does not name: reduce it over the axis, as by lax.PSum or lax.PMean, or name the axis. "+
				"Where all devices have the same though it does not show, as after lax.AllGather, leave out "+
				"gojax.CheckVMA", paths[i], a, out[i])
		}
	}
	return p
}
