package ops

import (
	"os"
	"strings"
	"testing"

	"github.com/gojax/gojax/ir"
	"github.com/gojax/gojax/trace"
)

// The operation that the documentation has as its example.

// flip reverses its operand along Axis.
type flip struct{ Axis int }

func (flip) Name() string { return "flip" }

// Flip is x reversed along axis.
func Flip(x *Value, axis int) *Value { return one(flip{axis}, x) }

func (o flip) Infer(in []ir.Aval) ([]ir.Aval, error) {
	if err := wantOperands(in, 1); err != nil {
		return nil, err
	}
	return in[:1:1], checkAxes("axis", []int{o.Axis}, in[0].Rank())
}

func (o flip) Lower(e trace.Emitter, x []trace.Operand) []trace.Operand {
	return hlo(e, "stablehlo.reverse", x, "dimensions = "+i64s([]int{o.Axis}))
}

// Batch leaves the mapped axis where it is. Where that is before Axis, Axis lies one further.
func (o flip) Batch(c trace.BatchCtx, x []*Value, d []int) ([]*Value, []int) {
	return []*Value{Flip(x[0], shifted([]int{o.Axis}, d[0])[0])}, d
}

// JVP: the tangent of a linear operation is the operation on the tangent.
func (flip) JVP(c trace.JVPCtx, x, t []*Value) (y, yt []*Value) { return jvpLinear(c, x, t) }

// Transpose: to reverse twice changes nothing.
func (o flip) Transpose(_ trace.TransposeCtx, ct []*Value, _ []trace.Linear) []*Value {
	return transpose1(ct, func(ct *Value) *Value { return Flip(ct, o.Axis) })
}

func TestExampleInDoc(t *testing.T) {
	read := func(name string) string {
		b, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		return string(b)
	}
	code := read("doc_test.go")
	code = code[strings.Index(code, "// flip reverses"):strings.Index(code, "\nfunc TestExampleInDoc")]
	var doc []string
	for line := range strings.SplitSeq(strings.TrimRight(code, "\n"), "\n") {
		if line != "" {
			line = "\t" + line
		}
		doc = append(doc, "//"+line)
	}
	if !strings.Contains(read("doc.go"), strings.Join(doc, "\n")) {
		t.Error("the code of flip in doc.go is not the one here")
	}
	p, _ := trace.Trace("flip", []ir.Aval{{Shape: []int{2, 3}, DType: ir.Float32}}, func(x []*Value) []*Value {
		y, d := flip{0}.Batch(nil, x, []int{0}) // of a vector
		if d[0] != 0 {
			t.Errorf("the mapped axis has moved to %d", d[0])
		}
		return flip{1}.Transpose(nil, y, nil)
	})
	if err := p.Verify(); err != nil || len(p.Eqns) != 2 || p.Eqns[0].Op.(flip).Axis != 1 {
		t.Errorf("%v in\n%v", err, p)
	}
}
