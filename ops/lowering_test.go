package ops_test

import (
	"regexp"
	"testing"

	"github.com/gojax/gojax/ir"
	"github.com/gojax/gojax/lower"
	"github.com/gojax/gojax/ops"
	"github.com/gojax/gojax/trace"
)

// What an operation is lowered to reports the line of the operation, wherever it is compiled.
func TestLoweringKeepsTheLine(t *testing.T) {
	in := []ir.Aval{{Shape: []int{100}, DType: ir.Float32}}
	p, _ := trace.Trace("f", in,
		func(x []*trace.Value) []*trace.Value { return []*trace.Value{ops.CumSum(x[0], 0, false)} })
	text := string(lower.Text(p, lower.Options{Platform: "cpu", Locations: true}).Text)
	want := p.Eqns[0].Src.String()
	found := regexp.MustCompile(`"([^"]*_test\.go)":(\d+)`).FindAllStringSubmatch(text, -1)
	if len(found) == 0 {
		t.Fatalf("no locations in %.500s", text)
	}
	for _, m := range found {
		if got := m[1] + ":" + m[2]; got != want {
			t.Fatalf("an operation reports %s, want %s", got, want)
		}
	}
}
