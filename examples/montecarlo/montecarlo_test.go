package main

import (
	"bytes"
	_ "embed"
	"encoding/xml"
	"errors"
	"image/png"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/gojax/gojax/examples/internal/showtest"
)

// jaxFigures were made by testdata/figures.py.
//
//go:embed testdata/jax.json
var jaxFigures []byte

// The figures do not depend on the number of goroutines.
func TestFiguresAgreeWithJAX(t *testing.T) {
	for _, workers := range []int{1, 2, 8} {
		o := defaults
		o.workers, o.plots = workers, ""
		if workers == 2 {
			o.plots = t.TempDir()
		}
		var out bytes.Buffer
		r, err := run(&out, o)
		if err != nil {
			t.Fatalf("%v\n%s", err, &out)
		}
		showtest.AgreesWithJAX(t, r, jaxFigures, 1e-12)
		if o.plots != "" {
			checkPictures(t, o.plots)
		}
	}
}

// checkPictures reads the three histograms in both formats.
func checkPictures(t *testing.T, folder string) {
	for _, name := range []string{"bootstrap", "permutation", "integral"} {
		f, err := os.Open(filepath.Join(folder, name+".png"))
		if err != nil {
			t.Fatal(err)
		}
		defer f.Close()
		img, err := png.Decode(f)
		if err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		colors := map[any]bool{}
		for y := range img.Bounds().Dy() {
			for x := range img.Bounds().Dx() {
				colors[img.At(x, y)] = true
			}
		}
		if len(colors) < 10 {
			t.Errorf("%s of %v has %d colours: nothing is drawn", name, img.Bounds(), len(colors))
		}
		svg, err := os.ReadFile(filepath.Join(folder, name+".svg"))
		if err != nil {
			t.Fatal(err)
		}
		paths := 0
		for d := xml.NewDecoder(bytes.NewReader(svg)); ; {
			token, err := d.Token()
			if errors.Is(err, io.EOF) {
				break
			} else if err != nil {
				t.Fatalf("%s: %v", name, err)
			}
			if e, ok := token.(xml.StartElement); ok && e.Name.Local == "path" {
				paths++
			}
		}
		if paths < 20 {
			t.Errorf("%s.svg has %d paths: nothing is drawn", name, paths)
		}
	}
}

func TestHistogram(t *testing.T) {
	p := picture{step: 0.5, values: []float64{1, 1.5, 1.5, 4, 4, 4, 4, 6}, marks: []float64{4}}
	for _, c := range []struct {
		n    int
		want []float64
	}{{100, []float64{1, 2, 0, 0, 0, 0, 4, 0, 0, 0, 1}}, {4, []float64{3, 0, 4, 1}}, {1, []float64{8}}} {
		bins, total := p.bins(c.n), 0.0
		if len(bins) != len(c.want) {
			t.Fatalf("%d bins at most: %v, want %v", c.n, bins, c.want)
		}
		for i, b := range bins {
			total += b.Weight
			if b.Weight != c.want[i] {
				t.Errorf("%d bins at most: %v, want %v", c.n, bins, c.want)
			}
		}
	}
	want := "" +
		"         1  " + strings.Repeat("█", 12) + "\n" +
		"       1.5  " + strings.Repeat("█", 24) + "\n"
	text := p.text()
	if !strings.HasPrefix(text, want) || !strings.Contains(text, "         4 ▸"+strings.Repeat("█", 48)+"\n") {
		t.Errorf("drawn as\n%s", text)
	}
	p.values = []float64{0, 1, 1, 1, 1, 1, 1, 1}
	if text := p.text(); !strings.Contains(text, "         0  ██████▉\n") {
		t.Errorf("a seventh of %d columns is drawn as\n%s", 48, text)
	}
}

func TestBadFlags(t *testing.T) {
	for _, o := range []options{{tasks: 10, workers: 1}, {tasks: 100, workers: 0}} {
		if _, err := run(io.Discard, o); err == nil {
			t.Errorf("%+v was taken", o)
		}
	}
	file := filepath.Join(t.TempDir(), "file")
	if err := os.WriteFile(file, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	if _, err := run(io.Discard, options{tasks: 100, workers: 1, plots: file}); err == nil {
		t.Error("a file was taken for a folder")
	}
}
