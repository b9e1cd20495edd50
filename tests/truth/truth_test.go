package main

import (
	"fmt"
	"math"
	"os"
	"regexp"
	"testing"

	"github.com/gojax/gojax"
	"github.com/gojax/gojax/tests/leak"
	"github.com/gojax/gojax/tests/sample"
)

func TestMain(m *testing.M) { leak.Main(m, gojax.LiveBuffers) }

// TestTruth compares every function with its file, and prints the largest errors (seen with -v). Everyday it computes
// values of every second function eagerly, in 32 bits of one and in 64 of the next, as far as time allows; with
// GOJAX_TEST_ALL=1 of all in both, compiled too, and derivatives.
func TestTruth(t *testing.T) {
	files, err := load("testdata")
	if err != nil {
		t.Fatal(err)
	}
	ways := modes[:1]
	if sample.All() {
		ways = modes
	}
	for i, f := range files {
		if deadline, limited := t.Deadline(); sample.Late(deadline, limited) {
			break
		}
		if !sample.All() && i%2 == 1 {
			continue
		}
		t.Run(f.Function, func(t *testing.T) {
			n := len(f.points)
			if !sample.All() {
				f = f.of([]int{24, 53}[i/2%2])
			}
			m := f.measure(ways...)
			for _, miss := range m.misses {
				t.Error(miss)
			}
			fmt.Printf("%s: float32 %s, float64 %s ulp\n", f.Function,
				ulp(m.values, "float32"), ulp(m.values, "float64"))
			if n < 60 {
				t.Errorf("has %d points, and ought to have 60", n)
			}
		})
	}
}

// TestReported holds docs/ACCURACY.md to the files: each has a row.
func TestReported(t *testing.T) {
	text, err := os.ReadFile("../../docs/ACCURACY.md")
	if err != nil {
		t.Fatal(err)
	}
	files, err := load("testdata")
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range files {
		name := f.Function[len(regexp.MustCompile(`^\w+\.`).FindString(f.Function)):]
		if !regexp.MustCompile(`(?m)^\| ` + regexp.QuoteMeta(name) + ` \| `).Match(text) {
			t.Errorf("docs/ACCURACY.md has no row for %s: go run ./tests/truth -w", f.Function)
		}
	}
}

func TestErrorOf(t *testing.T) {
	inf := math.Inf(1)
	for _, c := range []struct {
		dtype, want string
		got, err    float64
	}{
		{"float64", "1", 1, 0},
		{"float64", "1", 1 + 0x1p-52, 1},
		{"float64", "1", 1 - 0x1p-53, 0.5},
		{"float64", "-3", -3 - 0x1p-51, 1},
		{"float32", "1", 1 + 0x1p-23, 1},
		{"float64", "nan", math.NaN(), 0},
		{"float64", "nan", 1, inf},
		{"float64", "1", math.NaN(), inf},
		{"float64", "1e400", inf, 0},
		{"float64", "-1e400", inf, inf},
		{"float64", "-inf", -inf, 0},
		{"float64", "inf", 1e308, inf},
		{"float64", "1", 0, inf},
		{"float64", "1e-310", 0, 0},
		{"float64", "1e-310", 1, inf},
		{"float32", "1e-42", 1e-42, 0},
		{"float64", "-0", 0, inf},
		{"float64", "-0", math.Copysign(0, -1), 0},
		{"float64", "0", math.Copysign(0, -1), 0},
		{"float64", "0", 0x1p-1000, inf},
		{"float32", "1e38", inf, inf},
	} {
		if e := formatOf(c.dtype).errorOf(c.got, c.want); e != c.err {
			t.Errorf("the error of %v for %s in %s is %v, want %v", c.got, c.want, c.dtype, e, c.err)
		}
	}
	for _, c := range []struct {
		want number
		got  []float64
		err  float64
	}{
		{number{"3", "4"}, []float64{3, 4 + 0x1p-50}, 1},
		{number{"inf", "0"}, []float64{inf, 0}, 0},
		{number{"0", "-0"}, []float64{0, 0}, inf},
		{number{"1", "2"}, []float64{1, math.NaN()}, inf},
	} {
		if e := errorOf("complex128", c.got, c.want); e != c.err {
			t.Errorf("the error of %v for %v is %v, want %v", c.got, c.want, e, c.err)
		}
	}
}
