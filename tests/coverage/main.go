// Coverage compares the public names of JAX with what this module exports, and writes docs/COVERAGE.md:
//
//	go run ./tests/coverage -w               write docs/COVERAGE.md
//	go run ./tests/coverage -missing         print the names that have neither a counterpart nor a reason
//	go run ./tests/coverage -features F...   make testdata/features.gz of listings of JAX's modules
//
// JAX's names are in testdata. The Go side is read from the source, so the program needs nothing to compile. Its tests hold the
// table to the source, and the packages to their documentation: a comment that names the counterpart, and an Example.
package main

import (
	"flag"
	"fmt"
	"os"
	"path/filepath"
)

func main() {
	root := flag.String("root", ".", "the module's root folder")
	write := flag.Bool("w", false, "write docs/COVERAGE.md")
	missing := flag.Bool("missing", false, "print the names without counterpart or reason")
	features := flag.Bool("features", false, "make testdata/features.gz of the listings in the arguments")
	flag.Parse()
	var listings []string
	if *features {
		listings = flag.Args()
	}
	if err := run(*root, *write, *missing, listings); err != nil {
		fmt.Fprintln(os.Stderr, "coverage:", err)
		os.Exit(1)
	}
}

func run(root string, write, missing bool, listings []string) error {
	if len(listings) > 0 {
		return packFeatures(filepath.Join(root, "tests", "coverage", "testdata", "features.gz"), listings...)
	}
	t, err := newTable(root)
	if err != nil {
		return err
	}
	for _, m := range t.missing() {
		if missing || !write {
			fmt.Println(m)
		}
	}
	for _, p := range t.problems {
		fmt.Fprintln(os.Stderr, p)
	}
	if !write {
		return nil
	}
	return os.WriteFile(filepath.Join(root, reportPath), t.report(), 0o644)
}
