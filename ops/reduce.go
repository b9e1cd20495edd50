package ops

import (
	"slices"

	"github.com/gojax/gojax/ir"
	"github.com/gojax/gojax/trace"
)

// reduce reduces several arrays together by a program of scalars.
type reduce struct {
	Body *ir.Program
	Axes []int
}

func (reduce) Name() string              { return "reduce" }
func (r reduce) Programs() []*ir.Program { return []*ir.Program{r.Body} }

// Reduce reduces arrays of one shape together over axes, as lax.reduce. body combines two tuples of scalars, one from
// each array, into one; it must be associative and commutative, and inits, scalars of the arrays' dtypes, must not
// change what they are combined with: how often and in what order they are is not specified. body may use concrete
// scalars from outside, but no traced values.
func Reduce(xs, inits []*Value, body func(a, b []*Value) []*Value, axes []int) []*Value {
	p := scalarBody("lax.Reduce", xs, body)
	return trace.Bind(reduce{p, sortedAxes(axes)}, append(slices.Clone(xs), inits...)...)
}

func (r reduce) Infer(in []ir.Aval) ([]ir.Aval, error) {
	if err := checkReduced(r.Body, in); err != nil {
		return nil, err
	}
	n := len(in) / 2
	out := make([]ir.Aval, n)
	for i, x := range in[:n] {
		out[i] = ir.Aval{Shape: without(x.Shape, r.Axes), DType: x.DType, Weak: x.Weak && in[n+i].Weak}
	}
	return out, checkAxes("axis", r.Axes, in[0].Rank())
}

func (r reduce) Lower(e trace.Emitter, x []trace.Operand) []trace.Operand {
	if m, ok := monoidIn(r.Body); ok && m.isExtreme() { // which are more than a body, see reduction
		return lowerFun(e, x, func(v []*Value) []*Value {
			y := one(reduction{m, r.Axes}, v[0])
			return []*Value{m.apply(y, BroadcastInDim(v[1], y.Shape(), nil))}
		})
	}
	body := scalarRegion(e, r.Body, x[:len(x)/2])
	return e.OpRegions("stablehlo.reduce", x, "dimensions = "+i64s(r.Axes), []trace.Region{body}, e.Out()...)
}

// Batch. XLA takes scalar initial values only: where they are mapped, each element of the batch is reduced by itself.
func (r reduce) Batch(c trace.BatchCtx, x []*Value, d []int) ([]*Value, []int) {
	n := len(x) / 2
	if allEqual(d[n:], trace.NotMapped) {
		xs, at := alignBatch(c, x[:n], d[:n])
		axes, to := batchedAxes(r.Axes, at)
		return trace.Bind(reduce{r.Body, axes}, append(xs, x[n:]...)...), repeated(to, n)
	}
	return oneByOne(c, r, x, d)
}

// JVP is that of the same combination written out: the array in halves, and so on.
func (r reduce) JVP(c trace.JVPCtx, x, t []*Value) ([]*Value, []*Value) {
	return jvpWritten(c, x, t, func(x []*Value) []*Value {
		n, shape := len(x)/2, x[0].Shape()
		perm := append(rest(len(shape), r.Axes), r.Axes...)
		flat := append(without(shape, r.Axes), ir.SizeOf(sizesAt(shape, r.Axes)))
		rows := mapEach(x[:n], func(v *Value) *Value { return Reshape(Transpose(v, perm), flat) })
		return foldLast(r.Body, rows, x[n:], len(flat)-1)
	})
}
