package grad

import (
	"sync"

	"github.com/gojax/gojax/internal/mask"
	"github.com/gojax/gojax/ir"
	"github.com/gojax/gojax/ops"
	"github.com/gojax/gojax/trace"
)

// Fn is a function of the leaves of its arguments to those of its results.
type Fn = func(x []*Value) []*Value

// Run records body where a trace is open or x are traced, and runs what it records as one program where not. Programs
// are found again by their structure, so that a call with other numbers compiles nothing.
func Run(what string, x []*Value, body Fn) []*Value {
	if trace.AnyTraced(x...) {
		return body(x)
	}
	q, captured := trace.TraceOf(what, x, body)
	return execute(what, q, append(x[:len(x):len(x)], captured...))
}

func execute(what string, p *ir.Program, x []*Value) []*Value {
	if trace.AnyTraced(x...) {
		return trace.Inline(p, x)
	}
	return trace.TheRuntime().RunNamed(what, p.DCE(), x)
}

// LinearizeHere traces f and linearizes it in the trace that is open. diff marks the inputs that have tangents.
func LinearizeHere(what string, x []*Value, diff []bool, f Fn) ([]*Value, *LinearMap) {
	p, captured := trace.TraceOf(what, x, f)
	p = ops.Casts(p)
	in := append(x[:len(x):len(x)], captured...)
	nz := make([]bool, len(in))
	copy(nz, diff)
	y, m := Linearize(p, in, nz)
	m.In = nz[:len(x)]
	return y, m
}

// Reverse is f's results and the gradient of the first of them, which check has seen, for the inputs marked in diff;
// nil for the others.
func Reverse(what string, x []*Value, diff []bool, f Fn, check func(y *Value)) (y, g []*Value) {
	n := 0
	r := Run(what, x, func(x []*Value) []*Value {
		y, m := LinearizeHere(what, x, diff, f)
		check(y[0])
		n = len(y)
		ct := make([]*Value, n)
		ct[0] = ops.Full(y[0].Shape(), ir.IntLit(1, y[0].DType()))
		g := m.Transpose(ct, m.Res)
		return append(y, materialized(g, x, diff)...)
	})
	return r[:n], mask.Place(r[n:], diff)
}

// materialized is the gradients for the marked inputs, zeros made explicit.
func materialized(g, x []*Value, diff []bool) []*Value {
	var out []*Value
	for i, v := range g {
		if diff[i] {
			if v == nil {
				v = zeros(x[i].Aval())
			}
			if t := x[i].Aval(); t.Weak { // the gradient of a Go number is weakly typed, as the number is
				v = ops.ConvertWeak(v, t.DType, true)
			}
			out = append(out, v)
		}
	}
	return out
}

// Forward is f's results and their tangents, given the tangents t of the inputs (nil: zero); tangents that are always
// zero are made explicit, those of integers are nil.
func Forward(what string, x, t []*Value, f Fn) (y, yt []*Value) {
	nz := mask.NonNil(t)
	n := 0
	var has []bool
	r := Run(what, append(x[:len(x):len(x)], mask.Pick(t, nz)...), func(a []*Value) []*Value {
		x := a[:len(x)]
		p, captured := trace.TraceOf(what, x, f)
		in := append(x[:len(x):len(x)], captured...)
		tan := make([]*Value, len(in))
		copy(tan, mask.Place(a[len(x):], nz))
		y, yt := Pushforward(p, in, tan)
		n = len(y)
		has = make([]bool, n)
		out := y
		for i, v := range y {
			if has[i] = differentiable(v.DType()); has[i] {
				if yt[i] == nil {
					yt[i] = zeros(v.Aval())
				}
				out = append(out, yt[i])
			}
		}
		return out
	})
	return r[:n], mask.Place(r[n:], has)
}

// Linearized is f's results and the linear map of tangents at x. Outside a trace the results and what the map needs are
// computed at once, by one program.
func Linearized(what string, x []*Value, diff []bool, f Fn) ([]*Value, *LinearMap) {
	if trace.AnyTraced(x...) {
		y, m := LinearizeHere(what, x, diff, f)
		m.types(y)
		return y, m
	}
	var m *LinearMap
	n := 0
	var from []int // for each residual: the input of q that it is, or after those the output; -1: it is there already
	q, captured := trace.TraceOf(what, x, func(a []*Value) []*Value {
		var y []*Value
		y, m = LinearizeHere(what, a, diff, f)
		m.types(y)
		n = len(y)
		input := make(map[*Value]int, len(a))
		for i, v := range a {
			input[v] = i
		}
		for _, v := range m.Res {
			i, ok := input[v]
			switch {
			case !v.Traced(): // an array that f uses from outside
				i = -1
			case !ok:
				i = len(a) + len(y)
				y = append(y, v)
			}
			from = append(from, i)
		}
		return y
	})
	m.dropConstant(q, n, len(x), &from)
	in := append(x[:len(x):len(x)], captured...)
	y := execute(what, q, in)
	for i, k := range from {
		switch {
		case k < 0:
		case k < len(x):
			m.Res[i] = x[k]
		default:
			m.Res[i] = y[k-len(x)]
		}
	}
	return y[:n], m
}

// dropConstant takes the residuals that depend on no input out of q's outputs, such as an array of ones: to compute
// them again in the map is cheaper than to keep them. from is as in Linearized.
func (m *LinearMap) dropConstant(q *ir.Program, n, inputs int, from *[]int) {
	def := map[*ir.Var]*ir.Eqn{}
	for i := range q.Eqns {
		e := &q.Eqns[i]
		consts := len(e.Out) == 1 && !ir.OpEffects(e.Op)
		for _, v := range e.In {
			_, isVar := v.(*ir.Var)
			consts = consts && !isVar
		}
		if consts {
			def[e.Out[0]] = e
		}
	}
	tangents := len(m.P.In) - len(m.Res)
	in := m.P.In[:tangents:tangents]
	var eqns []ir.Eqn
	var res []*Value
	var left []int
	out := q.Out[:n:n]
	for i, k := range *from {
		v := m.P.In[tangents+i]
		if k >= inputs {
			o := q.Out[k-inputs]
			if w, ok := o.(*ir.Var); ok && def[w] != nil {
				e := *def[w]
				e.Out = []*ir.Var{v}
				eqns = append(eqns, e)
				continue
			}
			k = inputs + len(out)
			out = append(out, o)
		}
		in, res, left = append(in, v), append(res, m.Res[i]), append(left, k)
	}
	q.Out = out // q is ours alone still
	m.P = &ir.Program{In: in, Eqns: append(eqns, m.P.Eqns...), Out: m.P.Out}
	m.Res, *from = res, left
}

// once is a program of a linear map that is made when it is first run.
type once struct {
	sync.Mutex
	p        *ir.Program
	captured []*Value // by custom rules
}

// Push is the map applied to tangents t, one for each input of the function, nil for zero. The results have zeros made
// explicit where the function's output has tangents, and nil elsewhere.
func (m *LinearMap) Push(what string, t []*Value) []*Value {
	body := func(t, res []*Value) []*Value {
		out := m.Apply(t, res)
		var y []*Value
		for i, v := range out {
			if differentiable(m.Ty[i].DType) {
				if v == nil {
					v = zeros(m.Ty[i])
				}
				y = append(y, v)
			}
		}
		return y
	}
	return mask.Place(m.runOnce(what, &m.push, t, m.In, body), m.tangentOuts())
}

// Pull is the transposed map: cotangents ct of the outputs, nil for zero, to those of the inputs; zeros are explicit,
// and inputs that have no tangents have nil.
func (m *LinearMap) Pull(what string, ct []*Value) []*Value {
	has := m.tangentOuts()
	body := func(ct, res []*Value) []*Value {
		g := m.Transpose(ct, res)
		var out []*Value
		k := 0
		for i, v := range g {
			if m.In[i] {
				if v == nil {
					v = zeros(m.P.In[k].Ty)
				}
				out = append(out, v)
				k++
			}
		}
		return out
	}
	return mask.Place(m.runOnce(what, &m.pull, ct, has, body), m.In)
}

// runOnce runs body on the tangents marked in has and the residuals; outside a trace as a program that is made once.
func (m *LinearMap) runOnce(what string, o *once, t []*Value, has []bool,
	body func(t, res []*Value) []*Value) []*Value {
	in := make([]*Value, 0, len(t))
	k := 0
	for i, v := range t {
		if has[i] {
			if v == nil {
				v = zeros(m.typeOf(o, i, k))
			}
			in = append(in, v)
			k++
		}
	}
	n := len(in)
	in = append(in, m.Res...)
	split := func(a []*Value) []*Value { return body(mask.Place(a[:n], has), a[n:]) }
	if trace.AnyTraced(in...) {
		return split(in)
	}
	o.make(what, in, split)
	return trace.TheRuntime().RunNamed(what, o.p, append(in, o.captured...))
}

func (o *once) make(what string, in []*Value, f Fn) {
	o.Lock()
	defer o.Unlock()
	if o.p != nil {
		return
	}
	p, captured := trace.Trace(what, trace.Avals(in), f)
	o.p, o.captured = p.DCE(), captured
}

// typeOf is the type of tangent i, the k-th there is.
func (m *LinearMap) typeOf(o *once, i, k int) ir.Aval {
	if o == &m.push {
		return m.P.In[k].Ty
	}
	return m.Ty[i]
}

func (m *LinearMap) types(y []*Value) { m.Ty = trace.Avals(y) }

func (m *LinearMap) tangentOuts() []bool {
	has := make([]bool, len(m.Ty))
	for i, t := range m.Ty {
		has[i] = differentiable(t.DType)
	}
	return has
}
