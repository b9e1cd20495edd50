// Truth holds the special functions, the distributions and the elementwise functions to values of 20 digits, which the
// scripts in make compute with mpmath and which lie in testdata. Its test fails where an error is larger than the
// function's file allows. As a program it measures, and writes what it finds:
//
//	go run ./tests/truth [-only REGEXP]      print the largest error of each function
//	go run ./tests/truth -w                  and write docs/ACCURACY.md
package main

import (
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"strings"
)

func main() {
	root := flag.String("root", ".", "the module's root folder")
	write := flag.Bool("w", false, "write docs/ACCURACY.md")
	only := flag.String("only", "", "measure the functions whose name matches this regular expression")
	flag.Parse()
	if err := run(*root, *only, *write); err != nil {
		fmt.Fprintln(os.Stderr, "truth:", err)
		os.Exit(1)
	}
}

func run(root, only string, write bool) error {
	pick, err := regexp.Compile(only)
	if err != nil {
		return err
	}
	files, err := load(filepath.Join(root, "tests", "truth", "testdata"))
	if err != nil {
		return err
	}
	var measured []measurement
	for _, f := range files {
		if pick.MatchString(f.Function) {
			measured = append(measured, f.measure(modes...))
		}
	}
	text := report(measured)
	fmt.Print(text)
	for _, m := range measured {
		for _, miss := range m.misses {
			fmt.Fprintln(os.Stderr, miss)
		}
	}
	if !write {
		return nil
	}
	path := filepath.Join(root, "docs", "ACCURACY.md")
	old, err := os.ReadFile(path)
	if err != nil {
		return err
	}
	head, _, found := strings.Cut(string(old), marker)
	if !found {
		return fmt.Errorf("%s has no line %q, behind which the tables stand", path, marker)
	}
	return os.WriteFile(path, []byte(head+marker+"\n\n"+text), 0o644)
}
