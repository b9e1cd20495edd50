package main

import (
	"bytes"
	_ "embed"
	"image/png"
	"io"
	"os"
	"path/filepath"
	"testing"

	"github.com/gojax/gojax"
	"github.com/gojax/gojax/examples/internal/showtest"
	"github.com/gojax/gojax/tests/leak"
)

// jaxFigures were made by testdata/figures.py.
//
//go:embed testdata/jax.json
var jaxFigures []byte

func TestTraining(t *testing.T) {
	o := defaults
	o.plot = filepath.Join(t.TempDir(), "loss.png")
	var out bytes.Buffer
	r, err := run(&out, o)
	if err != nil {
		t.Fatalf("%v\n%s", err, &out)
	}
	showtest.AgreesWithJAX(t, r, jaxFigures, 2e-3) // training in float32 takes rounding apart
	f, err := os.Open(o.plot)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	img, err := png.Decode(f)
	if err != nil {
		t.Fatal(err)
	}
	colors := map[any]bool{}
	for y := range img.Bounds().Dy() {
		for x := range img.Bounds().Dx() {
			colors[img.At(x, y)] = true
		}
	}
	if len(colors) < 10 {
		t.Errorf("the plot of %v has %d colours: nothing is drawn", img.Bounds(), len(colors))
	}
	if n := leak.Settle(gojax.LiveBuffers, 0); n > 0 {
		t.Errorf("%d buffers are still held", n)
	}
}

func TestBadFlags(t *testing.T) {
	for _, o := range []options{{steps: 10, batch: 5, n: 5}, {steps: 1000, batch: 0, n: 5},
		{steps: 1000, batch: 5, n: 0}} {
		if _, err := run(io.Discard, o); err == nil {
			t.Errorf("%+v was taken", o)
		}
	}
	plot := filepath.Join(t.TempDir(), "loss.nosuchformat")
	if _, err := run(io.Discard, options{steps: 2 * window, batch: 8, n: 50, plot: plot}); err == nil {
		t.Error("a plot of an unknown format was taken")
	}
}
