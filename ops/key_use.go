package ops

import (
	"github.com/gojax/gojax/ir"
	"github.com/gojax/gojax/trace"
)

// keyUse passes a random key on to what uses it up, or, where Use is nil, gives leave to use it again. It is there only
// where keys that are used twice are looked for.
type keyUse struct{ Use *trace.KeyUse }

// UseKey is the key k for op, which uses it up.
func UseKey(op string, k *Value) *Value {
	if !trace.KeyReuse() {
		return k
	}
	use := trace.NewKeyUse(op)
	if trace.AnyTraced(k) {
		return one(keyUse{use}, k)
	}
	trace.UseConcreteKey(k, use)
	return k
}

// FreshKey is the key k as one that nobody has used.
func FreshKey(k *Value) *Value {
	switch {
	case !trace.KeyReuse():
		return k
	case trace.AnyTraced(k):
		return one(keyUse{}, k)
	}
	return k.Alias()
}

func (keyUse) Name() string       { return "key_use" }
func (o keyUse) Distinct() uint64 { return o.Use.Distinct() }

func (keyUse) Infer(in []ir.Aval) ([]ir.Aval, error) {
	if err := wantOperands(in, 1); err != nil {
		return nil, err
	}
	return in[:1:1], nil
}

func (keyUse) Lower(_ trace.Emitter, x []trace.Operand) []trace.Operand { return x }

func (keyUse) Batch(c trace.BatchCtx, x []*Value, d []int) ([]*Value, []int) { return c.Self(x...), d }

// JVP has no tangents: keys are integers.
func (keyUse) JVP(c trace.JVPCtx, x, _ []*Value) (y, yt []*Value) {
	return c.Self(x...), []*Value{nil}
}

// Keys makes a key of its own of what is used, which is drawn from in one place.
func (o keyUse) Keys(w *trace.KeyWalk, _ *ir.Eqn, x []trace.Keys) []trace.Keys {
	if o.Use != nil {
		w.Use(x[0], o.Use)
	}
	return nil
}

// Where the elements of keys go that other operations pass on. Those that lack a rule, as a gather at places that only
// the run will tell, make arrays of which nothing is known.

func (reshape) Keys(_ *trace.KeyWalk, _ *ir.Eqn, x []trace.Keys) []trace.Keys { return x }
func (squeeze) Keys(_ *trace.KeyWalk, _ *ir.Eqn, x []trace.Keys) []trace.Keys { return x }

func (optimizationBarrier) Keys(_ *trace.KeyWalk, _ *ir.Eqn, x []trace.Keys) []trace.Keys { return x }

func (bitcast) Keys(_ *trace.KeyWalk, e *ir.Eqn, x []trace.Keys) []trace.Keys {
	if e.In[0].Aval().Size() != e.Out[0].Ty.Size() {
		return nil
	}
	return x
}

func (o slice) Keys(_ *trace.KeyWalk, e *ir.Eqn, x []trace.Keys) []trace.Keys {
	steps, offset := rowMajor(e.In[0].Aval().Shape), 0
	for i, s := range steps {
		offset += o.Start[i] * s
		steps[i] = s * o.Strides[i]
	}
	return []trace.Keys{x[0].Strided(e.Out[0].Ty.Shape, steps, offset)}
}

func (o rev) Keys(_ *trace.KeyWalk, e *ir.Eqn, x []trace.Keys) []trace.Keys {
	s := e.In[0].Aval().Shape
	steps, offset := rowMajor(s), 0
	for _, a := range o.Axes {
		offset += (s[a] - 1) * steps[a]
		steps[a] = -steps[a]
	}
	return []trace.Keys{x[0].Strided(s, steps, offset)}
}

func (o transpose) Keys(_ *trace.KeyWalk, e *ir.Eqn, x []trace.Keys) []trace.Keys {
	in := rowMajor(e.In[0].Aval().Shape)
	steps := make([]int, len(in))
	for i, p := range o.Perm {
		steps[i] = in[p]
	}
	return []trace.Keys{x[0].Strided(e.Out[0].Ty.Shape, steps, 0)}
}

func (o broadcastInDim) Keys(_ *trace.KeyWalk, e *ir.Eqn, x []trace.Keys) []trace.Keys {
	shape := e.In[0].Aval().Shape
	in := rowMajor(shape)
	steps := make([]int, len(o.Shape))
	for i, a := range o.Dims {
		if shape[i] > 1 {
			steps[a] = in[i]
		}
	}
	return []trace.Keys{x[0].Strided(o.Shape, steps, 0)}
}

// rowMajor are the steps along the axes of an array of that shape.
func rowMajor(shape []int) []int { return stepsOf(shape, arange(0, len(shape))) }

// What operations that hold programs do with keys.

func (b body) Keys(w *trace.KeyWalk, _ *ir.Eqn, x []trace.Keys) []trace.Keys { return w.Run(b.Body, x) }

func (o call) Keys(w *trace.KeyWalk, _ *ir.Eqn, x []trace.Keys) (y []trace.Keys) {
	w.Call(o.Use, func() { y = w.Run(o.Body, x) })
	return y
}

func (o linearSolve) Keys(w *trace.KeyWalk, _ *ir.Eqn, x []trace.Keys) []trace.Keys {
	consts, b := solveParts(o, x)
	return w.Run(o.Solve, append(consts[1], b...))
}

func (o cond) Keys(w *trace.KeyWalk, _ *ir.Eqn, x []trace.Keys) []trace.Keys {
	return w.Either(o.Branches, x[1:])
}

func (o while) Keys(w *trace.KeyWalk, _ *ir.Eqn, x []trace.Keys) []trace.Keys {
	condConsts, bodyConsts, carry := whileParts(o, x)
	w.Turns(-1, func(int) {
		w.Run(o.Cond, append(condConsts, carry...))
		carry = w.Run(o.Body, append(bodyConsts[:len(bodyConsts):len(bodyConsts)], carry...))
	})
	return carry
}

func (o scan) Keys(w *trace.KeyWalk, _ *ir.Eqn, x []trace.Keys) []trace.Keys {
	consts, carry, xs := scanParts(o, x)
	w.Rows(xs, o.Length, func(row func(i int) []trace.Keys) {
		w.Turns(o.Length, func(i int) {
			in := append(append(consts[:len(consts):len(consts)], carry...), row(i)...)
			carry = w.Run(o.Body, in)[:o.Carry]
		})
	})
	return carry
}
