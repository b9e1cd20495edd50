package ops

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/gojax/gojax/ir"
	"github.com/gojax/gojax/trace"
)

// Value is an array as the engine sees it: concrete, literal or traced.
type Value = trace.Value

// one binds an operation of one output.
func one(op ir.Op, x ...*Value) *Value { return trace.Bind(op, x...)[0] }

// Text of attributes, as MLIR's generic form has it.

// i64s is "array<i64: 0, 1>".
func i64s(x []int) string {
	if len(x) == 0 {
		return "array<i64>"
	}
	return "array<i64: " + commas(x) + ">"
}

// bools is "array<i1: true, false>".
func bools(x []bool) string {
	if len(x) == 0 {
		return "array<i1>"
	}
	b := []byte("array<i1: ")
	for i, v := range x {
		if i > 0 {
			b = append(b, ", "...)
		}
		b = strconv.AppendBool(b, v)
	}
	return string(append(b, '>'))
}

// i64 is "3 : i64".
func i64(x int) string { return strconv.Itoa(x) + " : i64" }

// commas is "0, 1".
func commas(x []int) string {
	var b []byte
	for i, v := range x {
		if i > 0 {
			b = append(b, ", "...)
		}
		b = strconv.AppendInt(b, int64(v), 10)
	}
	return string(b)
}

// attrs joins the non-empty attributes: `attrs("dimension = 0 : i64", "is_stable = true")`.
func attrs(a ...string) string {
	return strings.Join(slices.DeleteFunc(a, func(s string) bool { return s == "" }), ", ")
}

// hlo writes one operation of the equation's own output types.
func hlo(e trace.Emitter, name string, x []trace.Operand, attrs string) []trace.Operand {
	return e.Op(name, x, attrs, e.Out()...)
}

// Errors of Infer. Bind puts the operation's name and the operands' types before the text.

// wantOperands checks the number of operands.
func wantOperands(in []ir.Aval, n int) error {
	if len(in) != n {
		return fmt.Errorf("takes %d operands, not %d", n, len(in))
	}
	return nil
}

// checkAxes says what is wrong with a list of axes of an array of the given rank: out of range (lax takes no negative ones) or
// named twice.
func checkAxes(what string, axes []int, rank int) error {
	for i, a := range axes {
		if a < 0 || a >= rank {
			return fmt.Errorf("%s %d is out of range for %d axes; lax counts axes from 0 and takes no negative ones (jnp does)", what, a, rank)
		}
		if slices.Contains(axes[:i], a) {
			return fmt.Errorf("%s %d is named twice in %v", what, a, axes)
		}
	}
	return nil
}

// without is shape with the axes at the given positions left out.
func without(shape, axes []int) []int {
	out := make([]int, 0, len(shape))
	for i, n := range shape {
		if !slices.Contains(axes, i) {
			out = append(out, n)
		}
	}
	return out
}

// inserted is shape with size n put at axis.
func inserted(shape []int, axis, n int) []int {
	out := make([]int, 0, len(shape)+1)
	out = append(out, shape[:axis]...)
	out = append(out, n)
	return append(out, shape[axis:]...)
}

// arange is lo, lo+1, ..., hi-1.
func arange(lo, hi int) []int {
	out := make([]int, 0, max(hi-lo, 0))
	for i := lo; i < hi; i++ {
		out = append(out, i)
	}
	return out
}

// repeated is n times v.
func repeated(v, n int) []int {
	out := make([]int, n)
	for i := range out {
		out[i] = v
	}
	return out
}

// allEqual reports whether every element of x is v.
func allEqual(x []int, v int) bool {
	for _, n := range x {
		if n != v {
			return false
		}
	}
	return true
}

// Batching.

// shifted is axes of an unbatched array as they are once an axis is inserted at position d.
func shifted(axes []int, d int) []int {
	out := make([]int, len(axes))
	for i, a := range axes {
		if a >= d {
			a++
		}
		out[i] = a
	}
	return out
}

// moveTo moves one axis of x; the others keep their order.
func moveTo(x *Value, from, to int) *Value {
	if from == to {
		return x
	}
	perm := slices.Delete(arange(0, x.Rank()), from, from+1)
	return Transpose(x, slices.Insert(perm, to, from))
}

// bdimAt brings the mapped axis of x from d to position to: by moving it, or, where x is not mapped, by broadcasting x.
func bdimAt(c trace.BatchCtx, x *Value, d, to int) *Value {
	if d == trace.NotMapped {
		dims := shifted(arange(0, x.Rank()), to)
		return BroadcastInDim(x, inserted(x.Shape(), to, c.AxisSize()), dims)
	}
	return moveTo(x, d, to)
}

// front is bdimAt position 0 for every operand.
func front(c trace.BatchCtx, x []*Value, d []int) []*Value {
	y := make([]*Value, len(x))
	for i := range x {
		y[i] = bdimAt(c, x[i], d[i], 0)
	}
	return y
}

// alignBatch brings operands of one shape to one batched shape: the mapped axis stays where the first mapped operand of the
// highest rank has it, so that operands which agree are not transposed.
func alignBatch(c trace.BatchCtx, x []*Value, d []int) (y []*Value, dim int) {
	dim, rank := 0, -1
	for i := range x {
		if d[i] != trace.NotMapped && x[i].Rank() > rank {
			dim, rank = d[i], x[i].Rank()
		}
	}
	y = make([]*Value, len(x))
	for i := range x {
		y[i] = bdimAt(c, x[i], d[i], dim)
	}
	return y, dim
}

// Tangents: nil is zero.

// AddTangents adds two tangents or cotangents of one type.
func AddTangents(a, b *Value) *Value {
	switch {
	case a == nil:
		return b
	case b == nil:
		return a
	}
	return Add(a, b)
}

// ZerosLike is an array of zeros of x's type.
func ZerosLike(x *Value) *Value { return Zeros(x.Aval()) }

// materialize is the tangent t, zeros of x's type where it is nil.
func materialize(t, x *Value) *Value {
	if t == nil {
		return ZerosLike(x)
	}
	return t
}

// anyTangent reports whether some tangent is not zero.
func anyTangent(t []*Value) bool {
	return slices.ContainsFunc(t, func(v *Value) bool { return v != nil })
}

// jvpLinear is the JVP of an operation linear in its one operand: the operation itself applied to the tangent.
func jvpLinear(c trace.JVPCtx, x, t []*Value) (y, yt []*Value) {
	y = c.Self(x...)
	if t[0] == nil {
		return y, make([]*Value, len(y))
	}
	return y, c.Self(t[0])
}

// jvpZero is the JVP of an operation whose outputs do not vary, or not differentiably.
func jvpZero(c trace.JVPCtx, x []*Value) (y, yt []*Value) {
	y = c.Self(x...)
	return y, make([]*Value, len(y))
}

// jvp1 is the JVP of y = f(x): rule turns the tangent g of x into that of y.
func jvp1(c trace.JVPCtx, x, t []*Value, rule func(g, y *Value) *Value) ([]*Value, []*Value) {
	y := c.Self(x...)
	if t[0] == nil {
		return y, []*Value{nil}
	}
	return y, []*Value{rule(t[0], y[0])}
}

// jvp2 is the JVP of y = f(x0, x1): the sum of what the two rules make of the operands' tangents.
func jvp2(c trace.JVPCtx, x, t []*Value, rule0, rule1 func(g, y *Value) *Value) ([]*Value, []*Value) {
	y := c.Self(x...)
	var a, b *Value
	if t[0] != nil {
		a = rule0(t[0], y[0])
	}
	if t[1] != nil {
		b = rule1(t[1], y[0])
	}
	return y, []*Value{AddTangents(a, b)}
}

// transpose1 is the transpose of an operation linear in its one operand.
func transpose1(ct []*Value, rule func(ct *Value) *Value) []*Value {
	if ct[0] == nil {
		return []*Value{nil}
	}
	return []*Value{rule(ct[0])}
}
