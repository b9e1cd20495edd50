package showtest

import "testing"

func TestLines(t *testing.T) {
	for _, c := range []struct {
		of         func(string) int
		text, what string
		want       int
	}{
		{GoLines, "// Command x.\npackage main\n\n\t// f\nfunc f() {\n}\n", "Go", 3},
		{GoLines, "//go:embed a\nvar a string // a\n", "Go with a directive", 2},
		{PythonLines, "\"\"\"A doc.\"\"\"\nimport x\n\n# y\nx = 1  # one\n", "Python", 2},
		{PythonLines, "\"\"\"A doc\n\nof lines.\n\"\"\"\n    x = \"\"\"a\"\"\"\n", "Python with a long docstring", 1},
	} {
		if n := c.of(c.text); n != c.want {
			t.Errorf("%s: %d lines of code, want %d", c.what, n, c.want)
		}
	}
}
