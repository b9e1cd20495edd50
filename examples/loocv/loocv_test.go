package main

import (
	"bytes"
	_ "embed"
	"io"
	"testing"

	"github.com/gojax/gojax/examples/internal/showtest"
	"github.com/gojax/gojax/tests/sample"
)

// What JAX gives was made by testdata/figures.py: for defaults, and for few observations and covariates.
//
//go:embed testdata/jax.json
var jaxFigures []byte

//go:embed testdata/few.json
var jaxOfFew []byte

// By default with few, whose programs compile faster.
func TestFiguresAgreeWithJAX(t *testing.T) {
	agree := func(o options, jax []byte) {
		var out bytes.Buffer
		r, err := run(&out, o)
		if err != nil {
			t.Fatalf("%v\n%s", err, &out)
		}
		showtest.AgreesWithJAX(t, r, jax, 1e-8)
	}
	agree(options{n: 60, p: 8, trees: 1, model: "ridge"}, jaxOfFew)
	if sample.All() {
		agree(defaults, jaxFigures)
	}
}

func TestBadFlags(t *testing.T) {
	for _, o := range []options{{n: 10, p: 10}, {n: 10, p: 3}, {n: -1, p: -5}, {n: 20, p: 5, model: "tree"},
		{n: 20, p: 5, model: "forest"}} {
		if _, err := run(io.Discard, o); err == nil {
			t.Errorf("%+v was taken", o)
		}
	}
}
