package lower

import (
	"fmt"
	"slices"
	"strconv"

	"github.com/gojax/gojax/ir"
	"github.com/gojax/gojax/trace"
)

// Programs over a mesh are written for XLA's partitioner Shardy: the meshes by name, how values are cut over their
// axes, and regions that see blocks instead of whole arrays.

// manual is a region that runs on each device of a mesh along some of its axes, in the region before it.
type manual struct {
	mesh   *ir.Mesh
	axes   []string
	before *manual
}

func (e *emitter) Manual() (m *ir.Mesh, axes []string) {
	for r := e.m.manual; r != nil; r = r.before {
		m, axes = r.mesh, append(axes, r.axes...)
	}
	return m, axes
}

func (e *emitter) Mesh() *ir.Mesh {
	m, manual := e.Manual()
	if m == nil {
		m = e.m.o.Mesh
	}
	if m == nil || len(manual) == len(m.Names) || m.Size() == 1 {
		return nil
	}
	return m
}

func (e *emitter) Channel() int {
	e.m.channels++
	return e.m.channels
}

func (e *emitter) Place() int {
	if e.m.o.Mesh.OverProcesses() {
		return e.m.o.Place
	}
	return -1
}

func (e *emitter) Constrain(x trace.Operand, s ir.Sharding) trace.Operand {
	m := e.m
	if runsHere(s.Mesh) {
		return x
	}
	r := trace.Operand{ID: m.n, Aval: x.Aval}
	m.n++
	w := append(appendID(m.w, r.ID), " = sdy.sharding_constraint "...)
	w = append(append(appendID(w, x.ID), ' '), m.sharding(s.Mesh, s.Spec, x.Aval)...)
	m.w = m.appendLoc(appendType(append(w, " : "...), x.Aval))
	return r
}

func (e *emitter) ManualRegion(mesh *ir.Mesh, axes []string, in, out []ir.Spec, p *ir.Program,
	x []trace.Operand) []trace.Operand {
	m := e.m
	if runsHere(mesh) {
		m.manual = &manual{mesh, axes, m.manual}
		defer func() { m.manual = m.manual.before }()
		return m.run(p, x)
	}
	y := e.Out()
	r := m.operands(len(y))
	var head []byte
	for i, t := range y {
		r[i] = trace.Operand{ID: m.n, Aval: t}
		m.n++
		if i > 0 {
			head = append(head, ", "...)
		}
		head = appendID(head, r[i].ID)
	}
	if len(y) > 0 {
		head = append(head, " = "...)
	}
	head = append(appendIDs(append(head, "sdy.manual_computation("...), x), " in_shardings=["...)
	types := make([]ir.Aval, len(x))
	for i, v := range x {
		types[i] = v.Aval
	}
	head = m.appendShardings(head, mesh, in, types)
	head = m.appendShardings(append(head, "] out_shardings=["...), mesh, out, y)
	head = append(head, "] manual_axes={"...)
	inOrder := slices.DeleteFunc(slices.Clone(mesh.Names), func(n string) bool { return !slices.Contains(axes, n) })
	head = append(appendNames(head, inOrder), "} ("...)

	oldW, oldLits, oldSplats, eqn, outs := m.w, m.lits, m.splats, e.eqn, e.out
	m.w, m.lits, m.splats = nil, nil, nil
	m.manual = &manual{mesh, axes, m.manual}
	args := m.operands(len(p.In))
	for i, v := range p.In {
		args[i] = trace.Operand{ID: m.n, Aval: v.Ty}
		m.n++
		if i > 0 {
			head = append(head, ", "...)
		}
		head = appendType(append(appendID(head, args[i].ID), ": "...), v.Ty)
	}
	head = append(head, ") {\n"...)
	blocks := m.run(p, args)
	m.manual = m.manual.before
	e.eqn, e.out = eqn, outs
	body := append(appendReturn(m.w, "sdy.return", blocks), "\n}"...)
	m.w, m.lits, m.splats = append(append(oldW, head...), body...), oldLits, oldSplats
	m.w = m.appendTail(m.w, x, r)
	return r
}

// runsHere reports whether all of a program over m is run by one device here, as any other program: there is nothing to
// say to the partitioner, which not all plugins have for one device.
func runsHere(m *ir.Mesh) bool { return m.OverProcesses() || m.Size() == 1 }

// appendMeshes declares the meshes that the text names.
func (m *module) appendMeshes(w []byte) []byte {
	for i, mesh := range m.meshes {
		w = append(append(append(w, "sdy.mesh "...), meshName(i)...), " = <["...)
		for a, name := range mesh.Names {
			if a > 0 {
				w = append(w, ", "...)
			}
			w = append(appendName(w, name), '=')
			w = strconv.AppendInt(w, int64(mesh.Shape[a]), 10)
		}
		w = append(w, "]>\n"...)
	}
	return w
}

func meshName(i int) string {
	if i == 0 {
		return "@mesh"
	}
	return "@mesh_" + strconv.Itoa(i)
}

func (m *module) appendShardings(w []byte, mesh *ir.Mesh, specs []ir.Spec, types []ir.Aval) []byte {
	for i, s := range specs {
		if i > 0 {
			w = append(w, ", "...)
		}
		w = append(w, m.sharding(mesh, s, types[i])...)
	}
	return w
}

// sharding is how Shardy writes that an array of type t is cut as s says: `<@mesh, [{"x"}, {}]>`. A dimension that is
// Open may be cut further, along axes that no other names.
func (m *module) sharding(mesh *ir.Mesh, s ir.Spec, t ir.Aval) string {
	n := slices.IndexFunc(m.meshes, mesh.Equal)
	if n < 0 {
		n = len(m.meshes)
		m.meshes = append(m.meshes, mesh)
	}
	w := append(append([]byte("<"), meshName(n)...), ", ["...)
	for i := range t.Rank() {
		if i > 0 {
			w = append(w, ", "...)
		}
		d := s.At(i)
		w = appendNames(append(w, '{'), d.Axes)
		if d.Open {
			if len(d.Axes) > 0 {
				w = append(w, ", "...)
			}
			w = append(w, '?')
		}
		w = append(w, '}')
	}
	return string(append(w, "]>"...))
}

func appendNames(w []byte, names []string) []byte {
	for i, n := range names {
		if i > 0 {
			w = append(w, ", "...)
		}
		w = appendName(w, n)
	}
	return w
}

// appendName quotes the name of an axis, with letters, digits and underscores as they are and other bytes as -xx: XLA
// ends the process on what it takes for an escape sequence in a name.
func appendName(w []byte, name string) []byte {
	w = append(w, '"')
	for _, c := range []byte(name) {
		switch {
		case 'a' <= c && c <= 'z', 'A' <= c && c <= 'Z', '0' <= c && c <= '9', c == '_':
			w = append(w, c)
		default:
			w = fmt.Appendf(w, "-%02x", c)
		}
	}
	return append(w, '"')
}
