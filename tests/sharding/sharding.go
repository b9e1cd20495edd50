// Package sharding runs cases of programs on several devices, and what JAX 0.10.2 returns for them on eight CPU
// devices.
//
// A folder holds one file for each family, FAMILY.jsonl or FAMILY.jsonl.gz, with one case a line, in the form of
// package golden, which reads and compares the arrays. What a family does with its cases is a function in the table
// families; the functions that cases name are Go, in the package catalogue.
package sharding

import (
	"bytes"
	"encoding/json"
	"fmt"

	"github.com/gojax/gojax/tests/golden"
	"github.com/gojax/gojax/tests/jsonl"
)

// Case is one line of a family's file.
type Case struct {
	golden.Case
	// Fields are all of the case, as encoding/json reads them, numbers as json.Number: what one family alone has.
	Fields map[string]any
}

// Family is the cases of one file.
type Family struct {
	Name  string
	Cases []*Case
	// Run runs a case: nil, or an error that says how it missed. Nil: the family has no runner yet.
	Run func(c *Case) error
}

// Load reads the families of a folder, in the order of their names.
func Load(dir string) ([]*Family, error) {
	var out []*Family
	err := jsonl.Folder(dir, func(name string, line []byte) error {
		c, err := readCase(line)
		if err != nil {
			return err
		}
		if len(out) == 0 || out[len(out)-1].Name != name {
			out = append(out, &Family{Name: name, Run: families[name]})
		}
		f := out[len(out)-1]
		f.Cases = append(f.Cases, c)
		return nil
	})
	return out, err
}

func readCase(line []byte) (*Case, error) {
	c := new(Case)
	for _, to := range []any{&c.Case, &c.Fields} {
		d := json.NewDecoder(bytes.NewReader(line))
		d.UseNumber()
		if err := d.Decode(to); err != nil {
			return nil, err
		}
	}
	if c.ID == "" || c.Fn == "" {
		return nil, fmt.Errorf("a case without id or fn")
	}
	return c, nil
}

// Decode decodes a field of the case; nil, and a field that is not there, leave to as it is.
func (c *Case) Decode(field string, to any) error {
	return decode(field, c.Fields[field], to)
}

func decode(what string, x, to any) error {
	b, err := json.Marshal(x)
	if err == nil {
		d := json.NewDecoder(bytes.NewReader(b))
		d.UseNumber()
		err = d.Decode(to)
	}
	if err != nil {
		return fmt.Errorf("%s: %w", what, err)
	}
	return nil
}

// Has reports whether the case has a field, be it null.
func (c *Case) Has(field string) bool { _, ok := c.Fields[field]; return ok }
