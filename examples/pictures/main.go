// Command pictures draws the pictures of docs/GUIDE.md, whose models it computes, those of docs/PARALLEL.md, and that
// of README.md, from the figures of docs/PERFORMANCE.md.
//
//	go run ./examples/pictures
package main

import (
	"flag"
	"fmt"
	"os"
	"path/filepath"

	"github.com/gojax/gojax"
	"gonum.org/v1/plot"
	"gonum.org/v1/plot/vg"
)

func main() {
	docs := flag.String("docs", "docs", "the folder of docs: PERFORMANCE.md is read, images are written")
	flag.Parse()
	if err := run(*docs, filepath.Join(*docs, "images")); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

// run reads what is in the folder docs, and draws all pictures in the folder images.
func run(docs, images string) error {
	table, err := os.ReadFile(filepath.Join(docs, "PERFORMANCE.md"))
	if err != nil {
		return err
	}
	var line, loss, spiral *plot.Plot
	if err := gojax.Try(func() {
		line = fitted()
		loss, spiral = trained()
	}); err != nil {
		return err
	}
	bench, err := benchmark(string(table))
	if err != nil {
		return err
	}
	svg, err := shardings()
	if err != nil {
		return err
	}
	if err := os.MkdirAll(images, 0o755); err != nil {
		return err
	}
	for name, text := range svg {
		if err := os.WriteFile(filepath.Join(images, name), []byte(text), 0o600); err != nil {
			return err
		}
	}
	for _, p := range []struct {
		name          string
		plot          *plot.Plot
		width, height vg.Length
	}{
		{"line.svg", line, 12, 8}, {"loss.svg", loss, 12, 8}, {"spiral.png", spiral, 8, 8},
		{"benchmark.svg", bench, 18, 18},
	} {
		file := filepath.Join(images, p.name)
		if err := p.plot.Save(p.width*vg.Centimeter, p.height*vg.Centimeter, file); err != nil {
			return fmt.Errorf("%s: %w", file, err)
		}
	}
	return nil
}
