package deriv

import (
	"slices"

	"github.com/gojax/gojax/internal/mask"
	"github.com/gojax/gojax/ir"
	"github.com/gojax/gojax/ops"
	"github.com/gojax/gojax/trace"
)

// CustomVmap is gojax.CustomVmap.
func CustomVmap[P, R any](f func(P) R, rule func(axisSize int, batched []bool, p P) (R, []bool)) func(P) R {
	fn := trace.FunctionOf("gojax.CustomVmap", f)
	if rule == nil {
		trace.Fail(fn.Op, nil, "takes a function and its rule, not nil")
	}
	return func(p P) (r R) {
		t := traced(fn, &p)
		if t == nil {
			return f(p)
		}
		s := t.shape
		y := ops.CustomVmap(t.p, t.x, t.captured, func(n int, batched []bool, x []*Value) ([]*Value, []bool) {
			r, out := rule(n, slices.Clone(batched), trace.Unflatten[P](s.in, x))
			def, y := trace.Flatten(r)
			if out == nil {
				out = mask.Full(len(y))
			}
			s.mappedResult(n, def, y, out)
			return y, out
		})
		fill(&r, s.out, y)
		return r
	}
}

// mappedResult checks what a rule returned for n elements of the function's result: the leaves y, of which those marked
// in out have the elements along their first axis.
func (s *shape) mappedResult(n int, d *trace.Def, y []*Value, out []bool) {
	const what = "the value that the rule returns"
	s.sameStructure(what, d)
	if len(out) != len(y) {
		trace.Fail(s.op, nil, "the rule marks %d arrays of its result, which has %d: give one bool for each, or nil "+
			"if all have the mapped axis", len(out), len(y))
	}
	for i, v := range y {
		want, along := s.outTypes[i], "without the mapped axis, as the rule marks it"
		if out[i] {
			want = want.With(slices.Insert(slices.Clone(want.Shape), 0, n))
			along = "with the mapped axis first"
		}
		if !v.Aval().SameType(want) {
			trace.Fail(s.op, []ir.Aval{v.Aval()}, "%s is %v, and must be %v: what the function itself returns, %s",
				d.PathsFrom(what)[i], v.Aval(), want, along)
		}
	}
}

// SequentialVmap is gojax.SequentialVmap.
func SequentialVmap[P, R any](f func(P) R) func(P) R {
	fn := trace.FunctionOf("gojax.SequentialVmap", f)
	var g func(P) R
	g = CustomVmap(f, func(n int, batched []bool, p P) (r R, _ []bool) {
		in, x := take(fn, &p)
		rest := mask.Pick(x, mask.Not(batched))
		var out *trace.Def
		y := ops.MapOver(fn.Op, func(row []*Value) []*Value {
			var y []*Value
			out, y = trace.Flatten(g(trace.Unflatten[P](in[0], mask.Merge(row, rest, batched))))
			return y
		}, mask.Pick(x, batched), n, 0, ops.ScanOptions{})
		fill(&r, out, y)
		return r, nil
	})
	return g
}
