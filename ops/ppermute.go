package ops

import (
	"slices"

	"github.com/gojax/gojax/ir"
	"github.com/gojax/gojax/trace"
)

// ppermute gives element Perm[k][1] the array of element Perm[k][0], and zeros to those that get none.
type ppermute struct {
	Axis string
	Size int
	Perm [][2]int
}

func (ppermute) Name() string          { return "ppermute" }
func (o ppermute) AxisNames() []string { return []string{o.Axis} }

// PPermute gives the array of element perm[k][0] of the named axis to element perm[k][1]; elements that are given none
// have zeros.
func PPermute(v *Value, axis string, perm [][2]int) *Value {
	const op = "lax.PPermute"
	n := OpenAxis(op, axis)
	from, to := map[int]bool{}, map[int]bool{}
	for _, p := range perm {
		if p[0] < 0 || p[0] >= n || p[1] < 0 || p[1] >= n {
			trace.Fail(op, nil, "the pair %v is out of range for the axis %q of size %d", p, axis, n)
		}
		if from[p[0]] || to[p[1]] {
			trace.Fail(op, nil, "%v is not a permutation: sources, and destinations, must differ", perm)
		}
		from[p[0]], to[p[1]] = true, true
	}
	return one(ppermute{axis, n, slices.Clone(perm)}, v)
}

func (ppermute) Infer(in []ir.Aval) ([]ir.Aval, error)                  { return sameType(in) }
func (o ppermute) Lower(trace.Emitter, []trace.Operand) []trace.Operand { return unbound(o) }

func (o ppermute) Batch(c trace.BatchCtx, x []*Value, d []int) ([]*Value, []int) {
	if !overAxis(c, o) {
		return c.Self(x...), d
	}
	v := bdimAt(c, x[0], d[0], 0)
	from := repeated(-1, o.Size)
	for _, p := range o.Perm {
		from[p[1]] = p[0]
	}
	var parts []*Value
	for i := 0; i < o.Size; { // runs of neighbours move together
		n := 1
		for i+n < o.Size && (from[i] < 0 && from[i+n] < 0 || from[i] >= 0 && from[i+n] == from[i]+n) {
			n++
		}
		shape := slices.Clone(v.Shape())
		shape[0] = n
		if from[i] < 0 {
			parts = append(parts, Zeros(v.Aval().With(shape)))
		} else {
			start := repeated(0, v.Rank())
			start[0] = from[i]
			end := slices.Clone(v.Shape())
			end[0] = from[i] + n
			parts = append(parts, Slice(v, start, end, nil))
		}
		i += n
	}
	if len(parts) == 0 {
		return []*Value{v}, []int{0}
	}
	return []*Value{Concatenate(parts, 0)}, []int{0}
}

func (o ppermute) JVP(c trace.JVPCtx, x, t []*Value) (y, yt []*Value) { return jvpLinear(c, x, t) }

func (o ppermute) Transpose(_ trace.TransposeCtx, ct []*Value, _ []trace.Linear) []*Value {
	back := ppermute{o.Axis, o.Size, make([][2]int, len(o.Perm))}
	for i, p := range o.Perm {
		back.Perm[i] = [2]int{p[1], p[0]}
	}
	return transpose1(ct, func(ct *Value) *Value { return one(back, ct) })
}
