package main

import (
	"strings"
	"testing"

	"github.com/gojax/gojax/jnp"
)

// A contender with another result is found out and not timed; one with the same is timed, and compared.
func TestMeasure(t *testing.T) {
	r := work("double", "", one(func(x jnp.Array) jnp.Array { return x.Add(x) }), normal(100)).eager().
		gonum(each(func(x float32) float32 { return x + x })).
		rival("gomlx", each(func(x float32) float32 { return 3 * x }))
	s := &suite{effort: effort{2, 0.001, 1}, against: map[string]bool{"gonum": true, "gomlx": true}}
	res := s.measure(r)
	if res.Error != "" {
		t.Fatal(res.Error)
	}
	if wrong := res.Cells["gomlx"]; !strings.Contains(wrong.Error, "differ") || wrong.Median != 0 {
		t.Errorf("a wrong result gives %+v", wrong)
	}
	for _, name := range []string{oursJitted, oursEager, oursDropped, "gonum"} {
		if c := res.Cells[name]; c.Error != "" || c.Median <= 0 || c.Least > c.Q3 {
			t.Errorf("%s: %+v", name, c)
		}
	}
	if res.Fastest != "gonum" || res.Ratio <= 0 || res.Met == nil {
		t.Errorf("the fastest is %q, the ratio %v, the goal met %v", res.Fastest, res.Ratio, res.Met)
	}
}

// A row that panics is an error of the row.
func TestMeasureFailure(t *testing.T) {
	r := work("bad", "", two(jnp.MatMul), normal(2, 3), normal(2, 3))
	if res := (&suite{effort: effort{1, 0.001, 1}}).measure(r); !strings.Contains(res.Error, "MatMul") {
		t.Errorf("a row that fails has the error %q", res.Error)
	}
}

// The rows that check themselves.
func TestFigures(t *testing.T) {
	for name, f := range map[string]func() (float64, error){"recompilations": recompilations,
		"goroutines": goroutines} {
		if v, err := f(); err != nil || v != 0 {
			t.Errorf("%s: %v, %v", name, v, err)
		}
	}
	if v, err := cached(); err != nil || v <= 1 {
		t.Errorf("a program from the disk cache comes %v times as fast as compiled, %v", v, err)
	}
}
