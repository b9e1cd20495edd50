package ops

import (
	"fmt"

	"github.com/gojax/gojax/ir"
	"github.com/gojax/gojax/trace"
)

// arrayConst is an array whose elements are part of the program: for what a rule takes from outside inside a held
// program, which has no inputs of its own for it. Everywhere else arrays are inputs, so that programs do not depend on
// data.
type arrayConst struct {
	Data rawBytes // row-major
	Type ir.Aval
}

func (arrayConst) Name() string { return "array_const" }

func (o arrayConst) Infer(in []ir.Aval) ([]ir.Aval, error) {
	return []ir.Aval{o.Type}, wantOperands(in, 0)
}

func (o arrayConst) Lower(e trace.Emitter, _ []trace.Operand) []trace.Operand {
	n := o.Type.Size()
	elems := make([]ir.Lit, n)
	size := o.Type.DType.Size()
	for i := range elems {
		elems[i] = ir.LitFromBytes([]byte(o.Data[i*size:(i+1)*size]), o.Type.DType)
	}
	return []trace.Operand{e.Dense(elems, o.Type.DType, o.Type.Shape)}
}

func (arrayConst) JVP(c trace.JVPCtx, x, _ []*Value) (y, yt []*Value) { return jvpZero(c, x) }

// rawBytes are elements as the host stores them.
type rawBytes string

// String does not write them out.
func (r rawBytes) String() string { return fmt.Sprintf("(%d bytes)", len(r)) }

// Constants is the numbers v as a vector of floats of dtype d, which is a part of the program that is recorded: an
// array would be one of its captures, and stay on the device as long as the program is kept.
func Constants(v []float64, d ir.DType) *Value {
	return one(arrayConst{rawBytes(ir.FloatBytes(v, d)), ir.Aval{Shape: []int{len(v)}, DType: d}})
}

// maxConst bounds the elements of an arrayConst: they are written into the program's text.
const maxConst = 1 << 20

// Closed is p without the inputs for what its trace captured, as passes must return it. Custom rules are Go functions:
// what they take from outside becomes known only when they run. Concrete arrays become constants.
func Closed(p *ir.Program, captured []*Value) *ir.Program {
	if len(captured) == 0 {
		return p
	}
	k := len(p.In) - len(captured)
	q := &ir.Program{In: p.In[:k:k], Out: p.Out}
	for i, v := range captured {
		if _, handle := v.Lit(); v.Traced() || handle {
			trace.Fail(customRules, []ir.Aval{v.Aval()}, "a custom rule used inside a jitted function, a loop, a "+
				"branch or a checkpoint takes a traced value or a callback from outside of it, which cannot be "+
				"brought in; pass it to the function as an argument")
		}
		q.Eqns = append(q.Eqns, ir.Eqn{Op: constOf(v), Out: []*ir.Var{p.In[k+i]}})
	}
	q.Eqns = append(q.Eqns, p.Eqns...)
	return q
}

// customRules are the functions whose rules take something from outside, for messages.
const customRules = "gojax.CustomJVP, CustomVJP or CustomVmap"

// constOf is the concrete array v as a constant. It waits for v.
func constOf(v *Value) arrayConst {
	t := v.Aval()
	if n := t.Size(); n > maxConst {
		trace.Fail(customRules, []ir.Aval{t}, "a custom rule used inside a jitted function, a loop, a branch or a "+
			"checkpoint takes an array of %d elements from outside; only small ones can become constants there: "+
			"pass it to the function as an argument", n)
	}
	b := make([]byte, t.Bytes())
	if len(b) > 0 {
		trace.Suspended(func() { trace.TheRuntime().ToHost(v, b) })
	}
	return arrayConst{rawBytes(b), t}
}
