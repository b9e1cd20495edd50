// Package jsonl reads test data that is kept as one JSON value a line, plain or compressed.
package jsonl

import (
	"bufio"
	"bytes"
	"compress/gzip"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"
)

// Folder calls each for every line of the .jsonl and .jsonl.gz files of a folder, in the order of the files' names.
// name is the file's without its ending. An error names the file and the line.
func Folder(dir string, each func(name string, line []byte) error) error {
	var files []string
	for _, pattern := range []string{"*.jsonl", "*.jsonl.gz"} {
		f, err := filepath.Glob(filepath.Join(dir, pattern))
		if err != nil {
			return err
		}
		files = append(files, f...)
	}
	if len(files) == 0 {
		return fmt.Errorf("no .jsonl or .jsonl.gz file in %q", dir)
	}
	slices.Sort(files)
	for _, file := range files {
		name := strings.TrimSuffix(strings.TrimSuffix(filepath.Base(file), ".gz"), ".jsonl")
		if err := File(file, func(line []byte) error { return each(name, line) }); err != nil {
			return err
		}
	}
	return nil
}

// File calls each for every line of a file that is not blank. A line is valid until each returns.
func File(file string, each func(line []byte) error) error {
	r, err := os.Open(file)
	if err != nil {
		return err
	}
	defer r.Close()
	in := io.Reader(r)
	if strings.HasSuffix(file, ".gz") {
		z, err := gzip.NewReader(r)
		if err != nil {
			return fmt.Errorf("%s: %w", file, err)
		}
		defer z.Close()
		in = z
	}
	lines := bufio.NewReader(in)
	for n := 1; ; n++ {
		line, err := lines.ReadBytes('\n')
		if len(bytes.TrimSpace(line)) > 0 {
			if err := each(line); err != nil {
				return fmt.Errorf("%s: line %d: %w", file, n, err)
			}
		}
		if err == io.EOF {
			return nil
		}
		if err != nil {
			return fmt.Errorf("%s: %w", file, err)
		}
	}
}
