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
}

func TestBadFlags(t *testing.T) {
	for _, o := range []options{{n: 10, p: 10}, {n: 10, p: 3}, {n: -1, p: -5}} {
		if _, err := run(io.Discard, o); err == nil {
			t.Errorf("%+v was taken", o)
		}
	}
}
