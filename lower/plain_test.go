package lower_test

import (
	"strings"
	"testing"

	"github.com/gojax/gojax/ir"
	"github.com/gojax/gojax/lower"
	"github.com/gojax/gojax/trace"
)

// as is an operation that is written as a StableHLO operation of the name Op, with one result of type T.
type as struct {
	Op string
	T  ir.Aval
}

func (as) Name() string                            { return "as" }
func (o as) Infer(in []ir.Aval) ([]ir.Aval, error) { return []ir.Aval{o.T}, nil }
func (o as) Lower(e trace.Emitter, x []trace.Operand) []trace.Operand {
	return e.Op("stablehlo."+o.Op, x, "", o.T)
}

func TestPlain(t *testing.T) {
	const few, many = 128, 129
	of := func(d ir.DType, shape ...int) ir.Aval { return ir.Aval{Shape: shape, DType: d} }
	for _, c := range []struct {
		ops  string // in a row, each of the one before and the second argument; "!" behind one that gives bools
		t    ir.Aval
		want lower.Plain
	}{
		{"add", f32(few), lower.PlainSmall},
		{"add", f32(many), lower.PlainLoop},
		{"add", of(ir.Float16, few), lower.NotPlain},
		{"multiply", of(ir.Complex64, few), lower.NotPlain},
		{"exponential", f32(few), lower.NotPlain},
		{"reshape", f32(few), lower.NotPlain}, // there is nothing to save
		{"transpose", f32(2, 3), lower.NotPlain},
		{"divide", f32(many), lower.PlainLoop},
		{"divide", of(ir.Int32, many), lower.NotPlain},
		{"convert", f32(many), lower.NotPlain},
		{"convert", f32(few), lower.PlainSmall},
		{"add subtract maximum", f32(few), lower.PlainSmall},
		{"add subtract maximum minimum", f32(few), lower.NotPlain},
		{"add subtract", f32(many), lower.NotPlain},
		{"add multiply", f32(few), lower.NotPlain},
		{"add multiply", of(ir.Int64, few), lower.PlainSmall},
		{"add compare! select", f32(few), lower.NotPlain},
		{"add constant", f32(), lower.NotPlain},
		{"add constant", of(ir.Int32), lower.PlainSmall},
		{"constant", f32(few), lower.PlainSmall},
		{"constant", f32(many), lower.NotPlain},
	} {
		p := prog([]ir.Aval{c.t, c.t}, func(x []*trace.Value) []*trace.Value {
			y := x[0]
			for op := range strings.FieldsSeq(c.ops) {
				name, bools := strings.CutSuffix(op, "!")
				out := c.t
				if bools {
					out.DType = ir.Bool
				}
				if name == "constant" {
					zero := bind(consts{[]ir.Lit{{DType: c.t.DType}}, c.t.Shape, false})
					if y != x[0] {
						zero = bind(as{"maximum", c.t}, y, zero)
					}
					y = zero
					continue
				}
				y = bind(as{name, out}, y, x[1])
			}
			return []*trace.Value{y}
		})
		m := lower.Text(p, lower.Options{Platform: "cpu"})
		if m.Plain != c.want {
			t.Errorf("%s of %v is %d, want %d\n%s", c.ops, c.t, m.Plain, c.want, m.Text)
		}
	}
	p := prog([]ir.Aval{f32()}, func(x []*trace.Value) []*trace.Value {
		inner := prog([]ir.Aval{f32()}, func(x []*trace.Value) []*trace.Value { return trace.Bind(add{}, x[0], x[0]) })
		return trace.Bind(apply{inner}, x[0])
	})
	if m := lower.Text(p, lower.Options{}); m.Plain != lower.NotPlain {
		t.Errorf("a call is %d", m.Plain)
	}
}
