package architecture

import (
	"bytes"
	"go/scanner"
	"go/token"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"
)

// maxColumns is how wide a line may be, with tabs of 4 columns.
const maxColumns = 120

// columns is the width of a line.
func columns(line string) int {
	n := 0
	for _, r := range line {
		if r == '\t' {
			n += 4 - n%4
		} else {
			n++
		}
	}
	return n
}

// rawLines are the lines, from 0, of the raw strings of a Go file that cannot be broken: they are data, or text for a
// compiler.
func rawLines(text []byte) map[int]bool {
	set := token.NewFileSet()
	file := set.AddFile("", set.Base(), len(text))
	var s scanner.Scanner
	s.Init(file, text, nil, 0)
	out := map[int]bool{}
	for {
		pos, tok, lit := s.Scan()
		if tok == token.EOF {
			return out
		}
		if tok != token.STRING || lit[0] != '`' {
			continue
		}
		if n := strings.Count(lit, "\n"); n > 0 || columns(lit) > maxColumns-12 {
			for k := range n + 1 {
				out[file.Line(pos)-1+k] = true
			}
		}
	}
}

// wide lists the numbers, from 1, of the lines of a file that are too wide. In Markdown only prose counts: tables and
// code blocks are as wide as they are, as are raw strings of Go. A line that holds a URL, or one word alone, cannot be
// broken.
func wide(name string, text []byte) []int {
	var out []int
	var raw map[int]bool
	if filepath.Ext(name) == ".go" {
		raw = rawLines(text)
	}
	code := false
	for i, line := range strings.Split(string(text), "\n") {
		trimmed := strings.TrimSpace(line)
		if filepath.Ext(name) == ".md" {
			if strings.HasPrefix(trimmed, "```") {
				code = !code
			}
			if code || strings.HasPrefix(trimmed, "|") {
				continue
			}
		}
		words := strings.Fields(strings.TrimLeft(trimmed, "/#*- "))
		unbreakable := len(words) <= 1 ||
			slices.ContainsFunc(words, func(w string) bool { return strings.Contains(w, "://") })
		if columns(line) > maxColumns && !raw[i] && !unbreakable {
			out = append(out, i+1)
		}
	}
	return out
}

// No line that a person reads is wider than 120 columns.
func TestWidth(t *testing.T) {
	for _, name := range tracked(t) {
		switch filepath.Ext(name) {
		case ".go", ".c", ".h", ".s", ".sh", ".py", ".md", ".yml":
		default:
			if filepath.Base(name) != "Makefile" && filepath.Dir(name) != ".ci" {
				continue
			}
		}
		text, err := os.ReadFile(filepath.Join(root(t), name))
		if err != nil || bytes.HasPrefix(text, []byte("// Code generated")) || !utf8.Valid(text) {
			continue // deleted in the working tree, or nobody's prose
		}
		if lines := wide(name, text); len(lines) > 0 {
			t.Errorf("%s: wider than %d columns: lines %v", name, maxColumns, lines)
		}
	}
}

func TestWideCanFail(t *testing.T) {
	long := strings.Repeat("word ", 24) + "."
	for _, c := range []struct {
		name, text string
		want       []int
	}{
		{"a.go", "x\n" + long + "\n", []int{2}},
		{"a.go", long[1:], nil},
		{"a.go", "\t\t// " + long[:109], nil},
		{"a.go", "\t\t// " + long[:109] + "\n\t\t\t// " + long[:109], []int{2}},
		{"a.go", "// see https://example.org/" + long, nil},
		{"a.go", "\t\"" + strings.Repeat("x", 130) + "\",", nil},
		{"a.go", "package a\n\nvar x = `\n" + long + "\n`\nvar y = 1 // " + long, []int{6}},
		{"a.md", long + "\n| " + long + " |\n```sh\n" + long + "\n```\n" + long, []int{1, 6}},
	} {
		if got := wide(c.name, []byte(c.text)); !slices.Equal(got, c.want) {
			t.Errorf("%s: %q: lines %v are too wide, want %v", c.name, c.text, got, c.want)
		}
	}
}
