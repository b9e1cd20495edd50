package ops

import (
	"slices"

	"github.com/gojax/gojax/ir"
	"github.com/gojax/gojax/trace"
)

// ppermute gives element Perm[k][1] the array of element Perm[k][0], and zeros to those that get none.
type ppermute struct {
	Across
	Perm [][2]int
}

func (ppermute) Name() string { return "ppermute" }

// PPermute gives the array of element perm[k][0] across a to element perm[k][1]; elements that are given none have
// zeros.
func PPermute(op string, v *Value, a Across, perm [][2]int) *Value {
	n := a.Size()
	from, to := map[int]bool{}, map[int]bool{}
	for _, p := range perm {
		if p[0] < 0 || p[0] >= n || p[1] < 0 || p[1] >= n {
			trace.Fail(op, nil, "the pair %v is out of range for the %d elements of the axes %q", p, n, a.Axes)
		}
		if from[p[0]] || to[p[1]] {
			trace.Fail(op, nil, "%v is not a permutation: sources, and destinations, must differ", perm)
		}
		from[p[0]], to[p[1]] = true, true
	}
	return one(ppermute{a, slices.Clone(perm)}, v)
}

func (ppermute) Infer(in []ir.Aval) ([]ir.Aval, error) { return sameType(in) }

func (o ppermute) Lower(e trace.Emitter, x []trace.Operand) []trace.Operand {
	m := onMesh(e, o, o.Axes)
	groups := m.Groups(o.Axes)
	if len(o.Perm) == 0 {
		return []trace.Operand{writer{e}.like(x[0], 0)}
	}
	if m.OverProcesses() {
		return []trace.Operand{exchange(e, memberOf(m, groups, e.Place()), o, x[0], nil)}
	}
	var pairs [][]int
	for _, g := range groups {
		for _, p := range o.Perm {
			pairs = append(pairs, []int{g[p[0]], g[p[1]]})
		}
	}
	return hlo(e, "stablehlo.collective_permute", x, attrs("source_target_pairs = "+table(pairs), channel(e)))
}

func (o ppermute) Sequence(ir.OrderFunc) (op ir.Op, in, out int) { return sequenced{o}, -1, 1 }

func (o ppermute) Batch(c trace.BatchCtx, x []*Value, d []int) ([]*Value, []int) {
	if !overAxis(c, o) {
		return c.Self(x...), d
	}
	return o.atOnce(c, x[0], d[0], func(all *Value) *Value {
		from := repeated(-1, o.Size())
		for _, p := range o.Perm {
			from[p[1]] = p[0]
		}
		return rowsAt(all, from)
	})
}

func (o ppermute) JVP(c trace.JVPCtx, x, t []*Value) (y, yt []*Value) { return jvpLinear(c, x, t) }

func (o ppermute) Transpose(_ trace.TransposeCtx, ct []*Value, _ []trace.Linear) []*Value {
	back := ppermute{o.Across, make([][2]int, len(o.Perm))}
	for i, p := range o.Perm {
		back.Perm[i] = [2]int{p[1], p[0]}
	}
	return transpose1(ct, func(ct *Value) *Value { return one(back, ct) })
}
