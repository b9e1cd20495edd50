package ops_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/gojax/gojax/ir"
	"github.com/gojax/gojax/jnp"
	"github.com/gojax/gojax/lax"
	"github.com/gojax/gojax/lower"
	"github.com/gojax/gojax/ops"
	"github.com/gojax/gojax/trace"
)

// How many steps of a scan a round writes out, by an operation that each of them has once.
func TestUnroll(t *testing.T) {
	mul := func(c *trace.Value) *trace.Value { return ops.Mul(c, c) }
	for _, c := range []struct {
		name     string
		shape    []int
		platform string
		o        lax.ScanOptions
		step     func(c *trace.Value) *trace.Value
		op       string
		want     int
	}{
		{"scalars", nil, "cpu", lax.ScanOptions{}, mul, "multiply", 8},
		{"scalars as asked", nil, "cpu", lax.ScanOptions{Unroll: 1}, mul, "multiply", 1},
		{"scalars as asked", nil, "cpu", lax.ScanOptions{Unroll: 20}, mul, "multiply", 20},
		{"scalars on a GPU", nil, "cuda", lax.ScanOptions{}, mul, "multiply", 1},
		{"a function of scalars", nil, "cpu", lax.ScanOptions{},
			func(c *trace.Value) *trace.Value { return ops.Exp(ops.Exp(ops.Neg(c))) }, "negate", 3},
		{"a small matrix", []int{3, 3}, "cpu", lax.ScanOptions{},
			func(c *trace.Value) *trace.Value { return ops.Dot(c, c) }, "dot_general", 4},
		{"a function of a small array", []int{3, 3}, "cpu", lax.ScanOptions{},
			func(c *trace.Value) *trace.Value { return ops.Exp(ops.Neg(c)) }, "negate", 1},
		{"an array", []int{17}, "cpu", lax.ScanOptions{}, mul, "multiply", 1},
		{"a loop", nil, "cpu", lax.ScanOptions{}, func(c *trace.Value) *trace.Value {
			y, _ := lax.Scan(func(c jnp.Array, _ struct{}) (jnp.Array, struct{}) { return jnp.Exp(c), struct{}{} },
				jnp.Wrap(ops.Neg(c)), struct{}{}, lax.ScanOptions{Length: 100})
			return y.TraceValue()
		}, "negate", 1},
	} {
		p := program(t, func(x []*trace.Value) []*trace.Value {
			c.o.Length = 1000
			y, _ := lax.Scan(func(x jnp.Array, _ struct{}) (jnp.Array, struct{}) {
				return jnp.Wrap(c.step(x.TraceValue())), struct{}{}
			}, jnp.Wrap(x[0]), struct{}{}, c.o)
			return []*trace.Value{y.TraceValue()}
		}, []ir.Aval{{Shape: c.shape, DType: ir.Float32}})
		text := string(lower.Text(p, lower.Options{Platform: c.platform}).Text)
		// What is left over after the last round is written behind the loop.
		if got := strings.Count(text, `"stablehlo.`+c.op+`"`); got != c.want+1000%c.want {
			t.Errorf("%s: %d steps, want %d and %d:\n%s", c.name, got, c.want, 1000%c.want, text)
		}
	}
}

// The way back of a loop has no sum in its carry to which each step adds a small product.
func TestSumsAfterTheLoop(t *testing.T) {
	for _, c := range []struct {
		name   string
		rows   int // of the carry
		step   func(w, c *trace.Value) *trace.Value
		inLoop bool
	}{
		{"a product", 1, func(w, c *trace.Value) *trace.Value { return ops.Dot(c, w) }, false},
		{"two products", 1, func(w, c *trace.Value) *trace.Value {
			return ops.Dot(ops.Tanh(ops.Dot(c, w)), ops.Transpose(w, []int{1, 0}))
		}, false},
		{"one with the carry itself", 1, func(w, c *trace.Value) *trace.Value {
			return ops.Add(c, ops.Dot(ops.Sin(c), w))
		}, false},
		{"factors larger than the sum", 64, func(w, c *trace.Value) *trace.Value { return ops.Dot(c, w) }, true},
		{"no product", 8, func(w, c *trace.Value) *trace.Value { return ops.Mul(c, w) }, true},
	} {
		f := program(t, func(x []*trace.Value) []*trace.Value {
			y, _ := lax.Scan(func(a jnp.Array, _ struct{}) (jnp.Array, struct{}) {
				return jnp.Wrap(ops.Tanh(c.step(x[0], a.TraceValue()))), struct{}{}
			}, jnp.Wrap(x[1]), struct{}{}, lax.ScanOptions{Length: 5})
			return []*trace.Value{y.TraceValue()}
		}, []ir.Aval{{Shape: []int{8, 8}, DType: ir.Float32}, {Shape: []int{c.rows, 8}, DType: ir.Float32}})
		back := vjpProgram(t, f, false)
		var out []string // of the last loop
		for i := range back.Eqns {
			if e := &back.Eqns[i]; e.Op.Name() == "scan" {
				out = nil
				for _, v := range e.Out {
					out = append(out, v.Ty.String())
				}
			}
		}
		out = slices.DeleteFunc(out, func(s string) bool { return s != "float32[8,8]" })
		if got := len(out) > btoi(c.rows == 8); got != c.inLoop {
			t.Errorf("%s: the sum is in the loop: %v, want %v:\n%v", c.name, got, c.inLoop, back)
		}
	}
}
