// Coverage compares the public names of JAX with what this module exports, and writes docs/COVERAGE.md:
//
//	go run ./tests/coverage -w            write docs/COVERAGE.md
//	go run ./tests/coverage -missing      print the names that have neither a counterpart nor a reason
//	go run ./tests/coverage -features F   make testdata/features.gz of F, a listing of JAX's modules
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
	features := flag.String("features", "", "make testdata/features.gz of this listing")
	flag.Parse()
	if err := run(*root, *write, *missing, *features); err != nil {
		fmt.Fprintln(os.Stderr, "coverage:", err)
		os.Exit(1)
	}
}

func run(root string, write, missing bool, features string) error {
	if features != "" {
		return packFeatures(features, filepath.Join(root, "tests", "coverage", "testdata", "features.gz"))
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
