package nn

import (
	"math"

	"github.com/gojax/gojax/internal/kit"
	"github.com/gojax/gojax/ir"
	"github.com/gojax/gojax/jnp"
	"github.com/gojax/gojax/trace"
)

// SumOfExp holds the keyword arguments of LogSumExp; its zero value is the default.
type SumOfExp struct {
	B        any       // factors of the exponentials, broadcast against x; nil: 1
	Where    jnp.Array // bool, broadcast: elements where it is false are left out
	KeepDims bool      // reduced axes stay, with size 1
}

// LogSumExp is log(sum(exp(x))) along axes (all if none are given) without overflow: scipy.special.logsumexp.
//
// Options: SumOfExp (B, Where, KeepDims).
func LogSumExp(x jnp.Array, axes ...int) jnp.Array { return SumOfExp{}.LogSumExp(x, axes...) }

// LogSumExp is nn.LogSumExp with options. Where the factors B make the sum negative the result is NaN; see
// LogSumExpSign.
func (o SumOfExp) LogSumExp(x jnp.Array, axes ...int) jnp.Array {
	y, _ := o.logSumExp("nn.LogSumExp", false, x, axes)
	return y
}

// LogSumExpSign is the logarithm of the absolute value of the sum, and the sum's sign (of complex numbers, its
// direction) (jax.nn.logsumexp with return_sign).
func (o SumOfExp) LogSumExpSign(x jnp.Array, axes ...int) (log, sign jnp.Array) {
	return o.logSumExp("nn.LogSumExpSign", true, x, axes)
}

func (o SumOfExp) logSumExp(op string, signed bool, x jnp.Array, axes []int) (log, sign jnp.Array) {
	in := []*trace.Value{kit.Value(op, x)}
	p := struct {
		Axes           []int
		Keep, B, Where bool
	}{Keep: o.KeepDims, B: o.B != nil, Where: o.Where.TraceValue() != nil}
	p.Axes = kit.AxesOrAll(op, axes, in[0])
	if p.B {
		in = append(in, kit.LiftAlone(op, o.B, in[0]))
	}
	if p.Where {
		in = append(in, o.Where.TraceValue())
		if o.Where.DType() != ir.Bool {
			trace.Fail(op, trace.Avals(in), "Where must be bool, not %v", o.Where.DType())
		}
	}
	y := trace.Whole(op, p, in, func(in []*trace.Value) []*trace.Value {
		x := jnp.Wrap(in[0])
		var b jnp.Array
		if p.B {
			xs := jnp.BroadcastArrays(x, jnp.Wrap(in[1]))
			d := jnp.ResultType(xs[0], xs[1])
			x, b = xs[0], xs[1]
			if d != x.DType() {
				x = x.AsType(d)
			}
		}
		d := x.DType()
		if x = wide(x); p.Where { // before all else, so that no derivative runs through what is left out
			where := within(op, jnp.Wrap(in[len(in)-1]), x)
			x = jnp.Where(where, x, math.Inf(-1))
			if p.B {
				b = jnp.Where(where, b, 0)
			}
		}
		most := x.Real()
		if p.B { // a factor of 0 takes its element out, infinite or not
			most = jnp.Where(b.Ne(0), most, math.Inf(-1))
		}
		top := largest(most, p.Axes)
		least := top.Eq(math.Inf(-1))
		top = jnp.Where(jnp.IsFinite(top), top, 0)
		x = x.Sub(top)
		if p.B { // but it stays where its exponential is a number, which is the derivative by the factor
			x = jnp.Where(b.Ne(0).Or(x.Real().Lt(math.Log(jnp.FInfo(x.DType()).Max))), x, math.Inf(-1))
		}
		e := jnp.Exp(x)
		if p.B {
			e = e.Mul(b)
		}
		sum := jnp.Reduction{KeepDims: true}.Sum(e, p.Axes...)
		sgn := jnp.Sign(sum)
		if signed {
			sgn = constant(sgn)
			sum = sum.Abs()
		} else if p.B && !x.DType().IsComplex() {
			sum = jnp.Where(sum.Lt(0), math.NaN(), sum)
		}
		none := least.And(sum.Eq(0)) // it is NaN where an element is
		// Of nothing the sum is 0, whose logarithm has no derivative; that of the whole is 0.
		out := jnp.Where(none, math.Inf(-1), jnp.Log(jnp.Where(none, 1, sum)).Add(top))
		out, sgn = narrowTo(d, out), narrowTo(d, sgn)
		if !p.Keep && len(p.Axes) > 0 {
			out, sgn = jnp.Squeeze(out, p.Axes...), jnp.Squeeze(sgn, p.Axes...)
		}
		return []*trace.Value{out.TraceValue(), sgn.TraceValue()}
	})
	return jnp.Wrap(y[0]), jnp.Wrap(y[1])
}

// LogMeanExp is log(mean(exp(x))) along axes (all if none are given) without overflow (jax.nn.logmeanexp).
//
// Options: SumOfExp (Where, KeepDims).
func LogMeanExp(x jnp.Array, axes ...int) jnp.Array { return SumOfExp{}.LogMeanExp(x, axes...) }

// LogMeanExp is nn.LogMeanExp with options; the mean is of the elements that Where leaves. It has no factors B.
func (o SumOfExp) LogMeanExp(x jnp.Array, axes ...int) jnp.Array {
	const op = "nn.LogMeanExp"
	v := kit.Value(op, x)
	if o.B != nil {
		trace.Fail(op, []ir.Aval{v.Aval()}, "takes no factors B")
	}
	p := struct {
		Axes        []int
		Keep, Where bool
	}{kit.AxesOrAll(op, axes, v), o.KeepDims, o.Where.TraceValue() != nil}
	in := []*trace.Value{v}
	if p.Where {
		in = append(in, o.Where.TraceValue())
	}
	return jnp.Wrap(kit.Whole(op, p, in, func(in []*trace.Value) *trace.Value {
		x, o := jnp.Wrap(in[0]), SumOfExp{KeepDims: p.Keep}
		if !p.Where {
			n := 1
			for _, a := range p.Axes {
				n *= x.Shape()[a]
			}
			return o.LogSumExp(x, p.Axes...).Sub(math.Log(float64(n))).TraceValue()
		}
		o.Where = jnp.Wrap(in[1])
		y := o.LogSumExp(x, p.Axes...)
		d := y.DType()
		taking := jnp.BroadcastTo(o.Where, x.Shape()...).AsType(wide(y).DType())
		return narrowTo(d, y.Sub(jnp.Log(jnp.Reduction{KeepDims: p.Keep}.Sum(taking, p.Axes...)))).TraceValue()
	}))
}
