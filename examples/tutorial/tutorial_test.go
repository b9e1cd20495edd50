package main

import (
	"bytes"
	_ "embed"
	"encoding/json"
	"io"
	"math"
	"strings"
	"testing"
)

// jaxFigures were made by testdata/figures.py.
//
//go:embed testdata/jax.json
var jaxFigures []byte

// bounds are for figures that are errors: they are to be small, not equal to anyone's.
var bounds = map[string]float64{
	"precision float32 error": 1e-5, "precision float64 error": 1e-13,
	"vmap largest column mean": 1e-5, "vmap largest column std error": 1e-5,
}

func TestFiguresAgreeWithJAX(t *testing.T) {
	var want map[string]float64
	if err := json.Unmarshal(jaxFigures, &want); err != nil {
		t.Fatal(err)
	}
	var out bytes.Buffer
	got, err := run(&out, true, 0, "")
	if err != nil {
		t.Fatalf("%v\n%s", err, &out)
	}
	for name, v := range got {
		if bound, ok := bounds[name]; ok {
			if !(math.Abs(v) <= bound) {
				t.Errorf("%s is %g, want at most %g", name, v, bound)
			}
			continue
		}
		w, ok := want[name]
		if !ok {
			t.Errorf("no figure to compare %q with", name)
		}
		if !(math.Abs(v-w) <= 2e-5*math.Max(1, math.Abs(w))) {
			t.Errorf("%s is %.9g, JAX has %.9g", name, v, w)
		}
	}
	for name := range want {
		if _, ok := got[name]; !ok {
			t.Errorf("the tutorial does not show %q", name)
		}
	}
	for _, s := range sections {
		if !strings.Contains(out.String(), s.title) {
			t.Errorf("section %q is not printed", s.title)
		}
	}
}

func TestBadFlags(t *testing.T) {
	if _, err := run(io.Discard, true, 0, "nosuch"); err == nil || !strings.Contains(err.Error(), "vmap2") {
		t.Errorf("an unknown section gives %v", err)
	}
	if _, err := run(io.Discard, true, -1, "blas"); err == nil {
		t.Error("a negative size was taken")
	}
}
