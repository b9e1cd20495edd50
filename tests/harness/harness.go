// Package harness runs programs of JAX's primitives, kept as JSON, with the operations of package lax.
//
// A folder holds one file for each primitive, PRIMITIVE.jsonl or PRIMITIVE.jsonl.gz, with one case a line: a program as JAX traced
// it, its arguments and what JAX returned. Every primitive has an entry in one of the tables (see run in eval.go), which reads
// all of its parameters: one that no entry reads fails the case, since it may change the result.
package harness

import (
	"bufio"
	"bytes"
	"compress/gzip"
	"encoding/json"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/gojax/gojax/tests/golden"
)

// Case is one line of a file.
type Case struct {
	ID, Prim   string
	X64        bool
	Jaxpr      *Jaxpr
	Args, Outs []any
	Tol        golden.Tolerance
	Check      string // how to compare outputs that are not unique
}

// Jaxpr is a program. Its variables are numbered by themselves, whatever it is nested in.
type Jaxpr struct {
	ConstVars []Var
	Consts    []any // of a closed one; the constants of an open one come with the parameter that it is
	InVars    []Var
	Eqns      []*Eqn
	OutVars   []Operand
}

// Var is a variable and its type; dropped outputs have a type alone.
type Var struct {
	V    int
	Aval struct {
		Shape []int
		DType string
	}
	Drop bool
}

// isKey reports whether the variable is of random keys.
func (v Var) isKey() bool { return strings.HasPrefix(v.Aval.DType, "key<") }

// Operand is a variable or a literal.
type Operand struct {
	V   *int
	Lit any
}

// Eqn is one application of a primitive.
type Eqn struct {
	Prim   string
	In     []Operand
	Params map[string]json.RawMessage
	Out    []Var
}

// decode reads JSON with numbers as json.Number, so that 64-bit integers are exact.
func decode(b []byte, to any) error {
	d := json.NewDecoder(bytes.NewReader(b))
	d.UseNumber()
	return d.Decode(to)
}

// Load reads the cases of a folder, in the order of the files' names.
func Load(dir string) ([]*Case, error) {
	var files []string
	for _, pattern := range []string{"*.jsonl", "*.jsonl.gz"} {
		f, err := filepath.Glob(filepath.Join(dir, pattern))
		if err != nil {
			return nil, err
		}
		files = append(files, f...)
	}
	if len(files) == 0 {
		return nil, fmt.Errorf("no .jsonl or .jsonl.gz file in %q", dir)
	}
	slices.Sort(files)
	var out []*Case
	for _, file := range files {
		cases, err := loadFile(file)
		if err != nil {
			return nil, fmt.Errorf("%s: %w", file, err)
		}
		out = append(out, cases...)
	}
	return out, nil
}

func loadFile(file string) (out []*Case, err error) {
	r, err := os.Open(file)
	if err != nil {
		return nil, err
	}
	defer r.Close()
	in := io.Reader(r)
	if strings.HasSuffix(file, ".gz") {
		z, err := gzip.NewReader(r)
		if err != nil {
			return nil, err
		}
		defer z.Close()
		in = z
	}
	lines := bufio.NewReader(in)
	for n := 1; ; n++ {
		line, err := lines.ReadBytes('\n')
		if len(bytes.TrimSpace(line)) > 0 {
			c := new(Case)
			if err := decode(line, c); err != nil {
				return nil, fmt.Errorf("line %d: %w", n, err)
			}
			if c.ID == "" || c.Prim == "" || c.Jaxpr == nil {
				return nil, fmt.Errorf("line %d: a case without id, prim or jaxpr", n)
			}
			out = append(out, c)
		}
		if err == io.EOF {
			return out, nil
		}
		if err != nil {
			return nil, err
		}
	}
}
