package main

import (
	"bytes"
	"os"
	"path/filepath"
	"testing"

	"github.com/gojax/gojax"
	"github.com/gojax/gojax/tests/leak"
	"gonum.org/v1/plot/vg"
)

func TestMain(m *testing.M) { leak.Main(m, gojax.LiveBuffers) }

// The pictures of the tree can be made anew, and are small.
func TestPictures(t *testing.T) {
	images := t.TempDir()
	if err := run("../../docs", images); err != nil {
		t.Fatal(err)
	}
	for _, name := range []string{"benchmark.svg", "line.svg", "loss.svg", "spiral.png"} {
		for _, dir := range []string{images, "../../docs/images"} {
			info, err := os.Stat(filepath.Join(dir, name))
			if err != nil {
				t.Error(err)
			} else if size := info.Size(); size < 1000 || size > 60_000 {
				t.Errorf("%s has %d bytes", info.Name(), size)
			}
		}
	}
}

// The picture of README.md shows the table that is in PERFORMANCE.md.
func TestBenchmarkIsUpToDate(t *testing.T) {
	table, err := os.ReadFile("../../docs/PERFORMANCE.md")
	if err != nil {
		t.Fatal(err)
	}
	p, err := benchmark(string(table))
	if err != nil {
		t.Fatal(err)
	}
	made := filepath.Join(t.TempDir(), "benchmark.svg")
	if err := p.Save(18*vg.Centimeter, 18*vg.Centimeter, made); err != nil {
		t.Fatal(err)
	}
	got, err := os.ReadFile(made)
	if err != nil {
		t.Fatal(err)
	}
	if want, err := os.ReadFile("../../docs/images/benchmark.svg"); err != nil || !bytes.Equal(got, want) {
		t.Errorf("docs/images/benchmark.svg is of other figures: go run ./examples/pictures (%v)", err)
	}
}

// Those of PARALLEL.md are what debug.ShardingSVG draws now.
func TestShardingsAreUpToDate(t *testing.T) {
	all, err := shardings()
	if err != nil {
		t.Fatal(err)
	}
	for name, want := range all {
		if got, err := os.ReadFile("../../docs/images/" + name); err != nil || string(got) != want {
			t.Errorf("docs/images/%s is another picture: go run ./examples/pictures (%v)", name, err)
		}
	}
}

func TestRows(t *testing.T) {
	const page = "| a | b |\n|---|---|\n| 1 | 2 |\n\n| row | gojax | numpy | jax |\n|---|---|---|---|\n" +
		"| sum | 2 | 1 | 6 |\n| a \\* b \\| c | 4 |  | 2 |\n| none | 1 |  |  |\n\n" +
		"| row | gojax | numpy |\n|---|---|---|\n| later | 1 | 1 |\n"
	got, err := rows(page)
	if err != nil || len(got) != 2 || got[0] != (row{"sum", 0.5, 3}) || got[1] != (row{"a × b ¦ c", 0, 0.5}) {
		t.Errorf("%v, %v", got, err)
	}
	if _, err := rows("no table"); err == nil {
		t.Error("a page without a table is no error")
	}
}
