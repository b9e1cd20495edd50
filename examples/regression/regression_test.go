package main

import (
	"bytes"
	_ "embed"
	"io"
	"testing"

	"github.com/gojax/gojax/examples/internal/showtest"
)

// jaxFigures were made by testdata/figures.py.
//
//go:embed testdata/jax.json
var jaxFigures []byte

func TestFiguresAgreeWithJAX(t *testing.T) {
	var out bytes.Buffer
	r, err := run(&out, defaults)
	if err != nil {
		t.Fatalf("%v\n%s", err, &out)
	}
	showtest.AgreesWithJAX(t, r, jaxFigures, 1e-8)
	// A figure that theory does not have: the checks are not empty.
	r.AtMost(r.Figures["last loss"], 0.5, "the last loss")
	if r.Err() == nil {
		t.Error("a check that fails is no error")
	}
}

func TestBadFlags(t *testing.T) {
	for _, o := range []options{{n: 10, steps: 5, replicates: 5}, {n: 1000, steps: 0, replicates: 5},
		{n: 1000, steps: 5, replicates: 1}} {
		if _, err := run(io.Discard, o); err == nil {
			t.Errorf("%+v was taken", o)
		}
	}
}

// Too few steps do not reach the optimum, and the program says so.
func TestUnfinishedDescentIsTold(t *testing.T) {
	if _, err := run(io.Discard, options{n: 1000, steps: 3, replicates: 2}); err == nil {
		t.Error("three steps of gradient descent pass for a fit")
	}
}
