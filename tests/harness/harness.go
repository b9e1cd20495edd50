// Package harness runs programs of JAX's primitives, kept as JSON, with the operations of package lax.
//
// A folder holds one file for each primitive, PRIMITIVE.jsonl or PRIMITIVE.jsonl.gz, with one case a line: a program as
// JAX traced it, its arguments and what JAX returned. Every primitive has an entry in one of the tables (see run in
// eval.go), which reads all of its parameters: one that no entry reads fails the case, since it may change the result.
package harness

import (
	"bytes"
	"encoding/json"
	"fmt"
	"strings"

	"github.com/gojax/gojax/tests/golden"
	"github.com/gojax/gojax/tests/jsonl"
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
	var out []*Case
	err := jsonl.Folder(dir, func(_ string, line []byte) error {
		c := new(Case)
		if err := decode(line, c); err != nil {
			return err
		}
		if c.ID == "" || c.Prim == "" || c.Jaxpr == nil {
			return fmt.Errorf("a case without id, prim or jaxpr")
		}
		out = append(out, c)
		return nil
	})
	return out, err
}
