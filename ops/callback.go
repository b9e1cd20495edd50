package ops

import (
	"fmt"
	"slices"
	"strings"

	"github.com/gojax/gojax/ir"
	"github.com/gojax/gojax/trace"
)

// The name of the custom call; backend/kernels has the handler.
const goCall = "gojax_call_go"

// hostCall is what the two operations that call Go functions share. Operand 0 is the function's handle; Out are the
// types of the results of one call, Rows how the calls are mapped.
type hostCall struct {
	Out  []ir.Aval
	Rows ir.Rows
}

// infer gives the types of the results of all calls, in is the handle and the operands.
func (o hostCall) infer(in []ir.Aval) ([]ir.Aval, error) {
	if len(in) == 0 || in[0].DType != ir.Int64 || in[0].Rank() != 0 {
		return nil, fmt.Errorf("operand 0 must be the handle of a function")
	}
	for _, l := range o.Rows {
		if len(l.In) != len(in)-1 {
			return nil, fmt.Errorf("says which of %d operands are mapped, and has %d", len(l.In), len(in)-1)
		}
	}
	out := make([]ir.Aval, len(o.Out))
	for i, t := range o.Out {
		var lead []int
		for _, l := range o.Rows {
			lead = append(lead, l.Size)
		}
		out[i] = t.With(slices.Concat(lead, t.Shape))
	}
	return out, nil
}

// lower writes op, which o is of; more are further settings of the handler.
func (o hostCall) lower(e trace.Emitter, op ir.Op, x []trace.Operand, more ...string) []trace.Operand {
	if !e.HasKernel(goCall) {
		trace.Fail("callback", nil, "Go functions cannot be called from programs that run on %s; put the computation "+
			"on the CPU (gojax.WithDevice, GOJAX_PLATFORM=cpu), or call the function outside Jit", e.Platform())
	}
	m, manual := e.Manual()
	if auto := e.Mesh(); auto != nil && !auto.OverProcesses() {
		if m != nil {
			trace.Fail("callback", nil, "a Go function cannot be called where some axes of %v are the compiler's: "+
				"only %q are in gojax.ManualAxes; leave that option out", m, manual)
		}
		types := make([]ir.Aval, len(x))
		for i, v := range x {
			types[i] = v.Aval
		}
		out := e.Out()
		return e.ManualRegion(auto, auto.Names, make([]ir.Spec, len(x)), make([]ir.Spec, len(out)),
			onFirst(op, auto, types, out), x)
	}
	if m != nil && !m.OverProcesses() {
		more = append(more, `mesh = "yes"`)
	}
	config := "backend_config = {" + strings.Join(append(more, fmt.Sprintf("rows = %q", o.Rows.String())), ", ") + "}"
	return hlo(e, "stablehlo.custom_call", x, attrs(`call_target_name = "`+goCall+`"`, "api_version = 4 : i32",
		"has_side_effect = true", config))
}

// onFirst is op, of operands that all devices of m have, done by the first one, which gives all of them its results.
func onFirst(op ir.Op, m *ir.Mesh, in, out []ir.Aval) (p *ir.Program) {
	call, _ := trace.Trace("call", in, func(x []*Value) []*Value { return trace.Bind(op, x...) })
	none, _ := trace.Trace("none", in, func([]*Value) []*Value {
		y := make([]*Value, len(out))
		for i, t := range out {
			y[i] = Zeros(t)
		}
		return y
	})
	trace.WithMesh(m, m.Names, func() {
		p, _ = trace.Trace("callback", in, func(x []*Value) []*Value {
			a := OpenAxes("callback", m.Names, nil)
			i := AxisIndex(a)
			first := Convert(Eq(i, ZerosLike(i)), ir.Int32)
			y := trace.Bind(cond{[]*ir.Program{none, call}}, slices.Concat([]*Value{first}, x)...)
			for i, v := range y {
				y[i] = sumOfBits(v, a)
			}
			return y
		})
	})
	return p
}

// sumOfBits is the one v that is not zero, on all devices: to the bit, other than a sum of floats, which has no -0.
func sumOfBits(v *Value, a Across) *Value {
	switch d := v.DType(); {
	case d == ir.Bool:
		return Convert(PSum(Convert(v, ir.Int8), a), d)
	case d.IsComplex():
		return Complex(sumOfBits(Real(v), a), sumOfBits(Imag(v), a))
	case d.IsInexact():
		return Bitcast(PSum(Bitcast(v, signedOf(d)), a), d)
	}
	return PSum(v, a)
}

// mapped is o over one more axis, called once a row.
func (o hostCall) mapped(c trace.BatchCtx, x []*Value, d []int) (hostCall, []*Value) {
	x, d = slices.Clone(x), slices.Clone(d)
	if d[0] != trace.NotMapped { // every row has the same function
		x[0], d[0] = Reshape(Slice(moveTo(x[0], d[0], 0), []int{0}, []int{1}, nil), nil), trace.NotMapped
	}
	level := ir.Level{Size: c.AxisSize(), In: isMapped(d[1:])}
	return hostCall{o.Out, append(ir.Rows{level}, o.Rows...)}, mappedToFront(x, d)
}

// callback calls a Go function for what it does, and maybe its results; such calls keep their order. With Token, which
// it has once it is compiled, a token passes through as its last operand and output.
type callback struct {
	hostCall
	Token bool
}

func (callback) Name() string            { return "callback" }
func (callback) Effect() string          { return "Go callback" }
func (callback) CallsHost() ir.HostCalls { return ir.AnyHostCalls }

// Callback calls f, for its effect, with x when the program that records it runs; with no trace open it calls it at
// once. Calls of one program happen in the order in which they were recorded.
func Callback(f trace.HostFunc, x ...*Value) {
	if !trace.AnyTraced(x...) {
		callNow("callback", f, nil, x)
		return
	}
	trace.Bind(callback{}, append([]*Value{trace.Handle(f)}, x...)...)
}

// IOCallback is Callback for an f that returns arrays of the types out.
func IOCallback(f trace.HostFunc, out []ir.Aval, x ...*Value) []*Value {
	if !trace.AnyTraced(x...) {
		return callNow("io_callback", f, out, x)
	}
	return trace.Bind(callback{hostCall: hostCall{Out: out}}, append([]*Value{trace.Handle(f)}, x...)...)
}

func (o callback) Infer(in []ir.Aval) ([]ir.Aval, error) {
	if !o.Token {
		return o.infer(in)
	}
	n := len(in) - 1
	if n < 1 || !in[n].SameType(ir.TokenType()) {
		return nil, fmt.Errorf("the last operand must be a token")
	}
	out, err := o.infer(in[:n])
	return append(out, ir.TokenType()), err
}

func (o callback) Lower(e trace.Emitter, x []trace.Operand) []trace.Operand {
	if o.Token {
		return o.lower(e, o, x, `token = "last"`)
	}
	return o.lower(e, o, x)
}

func (o callback) Batch(c trace.BatchCtx, x []*Value, d []int) ([]*Value, []int) {
	h, x := o.mapped(c, x, d)
	y := trace.Bind(callback{hostCall: h}, x...)
	return y, make([]int, len(y))
}

// JVP calls the function with the values alone. What it returns has no derivative.
func (o callback) JVP(c trace.JVPCtx, x, t []*Value) (y, yt []*Value) {
	if len(o.Out) > 0 {
		return withoutDerivative("IOCallback", c, x, t)
	}
	return jvpZero(c, x)
}

// Transpose drops the call: what a callback in a linear program is given are tangents, which the way back does not
// have.
func (callback) Transpose(_ trace.TransposeCtx, _ []*Value, x []trace.Linear) []*Value {
	return make([]*Value, len(x))
}

func (o callback) Sequence(ir.OrderFunc) (op ir.Op, in, out int) {
	n := len(o.Out)
	o.Token = true
	return o, -1, n
}

// pureCallback calls a Go function for its results: it may be left out, and done more than once.
type pureCallback struct{ hostCall }

func (pureCallback) Name() string            { return "pure_callback" }
func (pureCallback) CallsHost() ir.HostCalls { return ir.AnyHostCalls }

// PureCallback returns what f, a function without effects, makes of x: arrays of the types out.
func PureCallback(f trace.HostFunc, out []ir.Aval, x ...*Value) []*Value {
	if !trace.AnyTraced(x...) {
		return callNow("pure_callback", f, out, x)
	}
	return trace.Bind(pureCallback{hostCall{Out: out}}, append([]*Value{trace.Handle(f)}, x...)...)
}

func (o pureCallback) Infer(in []ir.Aval) ([]ir.Aval, error) { return o.infer(in) }

func (o pureCallback) Lower(e trace.Emitter, x []trace.Operand) []trace.Operand {
	return o.lower(e, o, x)
}

func (o pureCallback) Batch(c trace.BatchCtx, x []*Value, d []int) ([]*Value, []int) {
	h, x := o.mapped(c, x, d)
	y := trace.Bind(pureCallback{h}, x...)
	return y, make([]int, len(y))
}

func (o pureCallback) JVP(c trace.JVPCtx, x, t []*Value) (y, yt []*Value) {
	return withoutDerivative("PureCallback", c, x, t)
}

// withoutDerivative is the JVP of a call of a Go function: an error, unless no operand has a tangent.
func withoutDerivative(op string, c trace.JVPCtx, x, t []*Value) (y, yt []*Value) {
	if anyTangent(t) {
		trace.Fail(op, trace.Avals(x[1:]), "gojax cannot differentiate a Go function; give its "+
			"derivative with gojax.CustomJVP or gojax.CustomVJP around it, or cut it off with gojax.StopGradient on "+
			"its arguments")
	}
	return jvpZero(c, x)
}

// callNow calls f on concrete x.
func callNow(name string, f trace.HostFunc, out []ir.Aval, x []*Value) []*Value {
	rt := trace.TheRuntime()
	host := func(t ir.Aval) ir.HostArray {
		n := t.Bytes()
		if n < 0 {
			trace.Fail(name, trace.Avals(x), "%v is too large", t)
		}
		return ir.HostArray{Aval: t.Clone(), Data: make([]byte, n)}
	}
	in, res := make([]ir.HostArray, len(x)), make([]ir.HostArray, len(out))
	for i, v := range x {
		in[i] = host(v.Aval())
		rt.ToHost(v, in[i].Data)
	}
	for i, t := range out {
		res[i] = host(t)
	}
	trace.Must(f.Recovered(in, res), name, trace.Avals(x))
	y := make([]*Value, len(out))
	for i, t := range out {
		y[i] = rt.FromHost(res[i].Data, t)
	}
	return y
}
