// Coverage compares the public names of JAX with what this module exports, and writes docs/COVERAGE.md and the list
// of names that "gojax find" searches:
//
//	go run ./tests/coverage -w               write them
//	go run ./tests/coverage -missing         print the names that have neither a counterpart nor a reason
//	go run ./tests/coverage -features F...   make testdata/features.gz of listings of JAX's modules
//
// JAX's names are in testdata. The Go side is read from the source, so the program needs nothing to compile. Its
// tests hold the table to the source, and the packages to their documentation: a comment that names the
// counterpart, and an Example.
package main

import (
	"flag"
	"fmt"
	"os"
	"path/filepath"
)

func main() {
	root := flag.String("root", ".", "the module's root folder")
	write := flag.Bool("w", false, "write docs/COVERAGE.md and the names of gojax find")
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
	for path, text := range t.files() {
		if err := os.WriteFile(filepath.Join(root, path), text, 0o644); err != nil {
			return err
		}
	}
	return nil
}

// files are what the table is written to.
func (t *table) files() map[string][]byte {
	return map[string][]byte{reportPath: t.report(), indexPath: t.index()}
}
