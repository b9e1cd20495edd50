package jnp_test

import (
	"encoding/hex"
	"encoding/json"
	"fmt"
	"os"
	"strings"
	"testing"

	. "github.com/gojax/gojax/jnp"

	"github.com/gojax/gojax/ir"
	"github.com/gojax/gojax/trace"
)

// print.json holds arrays and what NumPy's str, and for most JAX's repr, make of them, with options where there are
// any. Large ones are counted: 0, 1, 2, ..., over a divisor.
func TestPrint(t *testing.T) {
	data, err := os.ReadFile("testdata/print.json")
	if err != nil {
		t.Fatal(err)
	}
	var cases []struct {
		DType   string
		Shape   []int
		Str     string
		Repr    string
		Options PrintOptions
		Hex     *string
		Divisor float64
	}
	if err := json.Unmarshal(data, &cases); err != nil {
		t.Fatal(err)
	}
	for i, c := range cases {
		d, err := ir.ParseDType(c.DType)
		if err != nil {
			t.Fatal(err)
		}
		var b []byte
		if c.Hex != nil {
			if b, err = hex.DecodeString(*c.Hex); err != nil {
				t.Fatal(err)
			}
		} else {
			for j := range ir.SizeOf(c.Shape) {
				b = ir.FloatLit(float64(j)/c.Divisor, d).AppendBytes(b)
			}
		}
		trace.WithX64(true, func() {
			x := Wrap(trace.TheRuntime().FromHost(b, ir.Aval{Shape: c.Shape, DType: d}))
			if got := c.Options.String(x); got != c.Str {
				t.Errorf("case %d, %s%v, %+v:\n%s\nwant\n%s", i, c.DType, c.Shape, c.Options, got, c.Str)
			}
			if got := c.Options.Repr(x); c.Repr != "" && got != c.Repr {
				t.Errorf("case %d, %s%v, %+v:\n%s\nwant\n%s", i, c.DType, c.Shape, c.Options, got, c.Repr)
			}
		})
	}
}

func TestPrintOther(t *testing.T) {
	// Larger than what is read whole: only the ends leave the device.
	big := Creation{DType: Int32}.Arange(0, 1<<20).Reshape(1<<10, 1<<10)
	if got, want := big.String(),
		"[[      0       1       2 ...    1021    1022    1023]\n"; !strings.HasPrefix(got, want) ||
		strings.Count(got, "\n") != 6 {
		t.Errorf("a large array prints as\n%s", got)
	}
	b := Creation{DType: BFloat16}.AsArray([]float64{1.5, 2, -1e10})
	if got := b.String(); got != "[1.5 2 -9.99922e+09]" {
		t.Errorf("bfloat16 prints as %s", got)
	}
	if got, want := fmt.Sprintf("%#v", Ones(2, 2)), "Array([[1., 1.],\n       [1., 1.]], dtype=float32)"; got != want {
		t.Errorf("%%#v prints\n%s\nwant\n%s", got, want)
	}
	if got, want := fmt.Sprintf("%#v", AsArray(2.5)), "Array(2.5, dtype=float32, weak_type=True)"; got != want {
		t.Errorf("%%#v prints\n%s\nwant\n%s", got, want)
	}
	if got := fmt.Sprint(Array{}); got != "Array(unset)" {
		t.Errorf("the zero Array prints as %s", got)
	}
	x := Ones(3)
	x.Delete()
	if got := fmt.Sprint(x); got != "Array(float32[3], deleted)" {
		t.Errorf("a deleted array prints as %s", got)
	}
	var traced string
	trace.Trace("the test", []ir.Aval{{Shape: []int{3}, DType: Float32}}, func(x []*trace.Value) []*trace.Value {
		traced = fmt.Sprint(Wrap(x[0]))
		return x
	})
	if !strings.HasPrefix(traced, "Traced<float32[3]> (the test at print_test.go:") {
		t.Errorf("a traced array prints as %s", traced)
	}
}
