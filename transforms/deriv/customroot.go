package deriv

import (
	"strings"

	"github.com/gojax/gojax/ir"
	"github.com/gojax/gojax/ops"
	"github.com/gojax/gojax/trace"
)

// array is the array of trees that users do not see.
type array struct{ v *Value }

func (a array) TraceValue() *Value      { return a.v }
func (a *array) SetTraceValue(v *Value) { a.v = v }

// CustomRoot is gojax.CustomRoot.
func CustomRoot[T any](f func(y T) T, init T, solve func(f func(T) T, init T) T,
	tangentSolve func(g func(T) T, b T) T) T {
	const op = "gojax.CustomRoot"
	fn := trace.FunctionOf(op, f)
	if solve == nil || tangentSolve == nil {
		trace.Fail(fn.Op, nil, "takes three functions, not nil")
	}
	in, start := take(fn, &init)
	p, captured := residual(fn, in, start)
	// What f takes from outside becomes an argument, since it is what the root is differentiated in.
	type params struct {
		From []array
		Init T
	}
	at := func(from []array) func(T) T {
		return func(y T) (r T) {
			_, x := trace.Flatten(y)
			for _, a := range from {
				x = append(x, a.v)
			}
			fill(&r, in[0], trace.Inline(p, x))
			return r
		}
	}
	var root func(q params) T
	root = CustomJVP(
		func(q params) T { return solve(at(q.From), q.Init) },
		func(q, t params) (T, T) {
			y := root(q)
			// f(y(a), a) = 0, so df/dy dy = -df/da da.
			_, b := JVP(func(from []array) T { return at(from)(y) }, q.From, t.From)
			g := func(v T) T {
				_, d := JVP(at(q.From), y, v)
				return d
			}
			return y, negated(tangentSolve(g, b))
		})
	from := make([]array, len(captured))
	for i, v := range captured {
		from[i] = array{v}
	}
	return root(params{from, StopGradient(init)})
}

// residual traces f, whose root is looked for from start: it must return what it is given.
func residual(f *trace.Function, in trace.Trees, start []*Value) (p *ir.Program, captured []*Value) {
	return trace.Trace(f.Op, trace.Avals(start), func(y []*Value) []*Value {
		d, r := f.Apply(in, y)
		if !d[0].Equal(in[0]) {
			trace.Fail(f.Op, nil,
				"the function returns another structure than it is given: returned and given are\n\t%s",
				strings.Join(d[0].Diff(in[0], trace.ResultName(0)), "\n\t"))
		}
		for i, v := range r {
			if !v.Aval().SameType(start[i].Aval()) {
				trace.Fail(f.Op, nil,
					"the function returns %v for %v; it must return the shapes and dtypes it is given", v.Aval(),
					start[i].Aval())
			}
		}
		return r
	})
}

// negated is the tree x with its arrays negated.
func negated[T any](x T) T {
	d, leaves := trace.Flatten(x)
	for i, v := range leaves {
		leaves[i] = ops.Neg(v)
	}
	return trace.Unflatten[T](d, leaves)
}
