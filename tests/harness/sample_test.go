package harness

import (
	"bytes"
	"fmt"
	"os"
	"strings"

	"github.com/gojax/gojax"
	"github.com/gojax/gojax/tests/sample"
)

// everything reports whether all cases are to be run: with GOJAX_TEST_ALL=1, and where someone picks cases or brings
// their own.
func everything() bool { return sample.All() || *only != "" || os.Getenv("GOJAX_HARNESS") != "" }

// choose picks the cases that are run: of every primitive those that differ in a parameter, in the class of the types
// or in the rank of an operand. The others are only traced, which checks the types of everything in them.
func choose(cases []*Case) map[*Case]bool {
	var kinds sample.Kinds
	out := make(map[*Case]bool, len(cases))
	for _, c := range cases {
		out[c] = kinds.Add(c.kinds()...) || everything()
	}
	return out
}

func (c *Case) kinds() []string {
	out := []string{fmt.Sprint(c.Prim, " x64 ", c.X64), c.Prim + " check " + c.Check}
	for _, e := range c.Jaxpr.Eqns {
		if e.Prim != c.Prim { // a program of several primitives, named by one
			out = append(out, c.Prim+" with "+e.Prim)
			continue
		}
		for name, p := range e.Params {
			if bytes.Contains(p, []byte(`"jaxpr"`)) {
				p = nil // a program, whose variables' shapes are those of the operands
			}
			out = append(out, fmt.Sprintf("%s %s=%s", c.Prim, name, p))
		}
	}
	for i, v := range c.Jaxpr.InVars {
		d := v.Aval.DType
		if d == "float16" || d == "bfloat16" {
			d = "half"
		}
		out = append(out, fmt.Sprintf("%s operand %d is %s", c.Prim, i, strings.TrimRight(d, "0123456789")),
			fmt.Sprintf("%s operand %d has %d axes", c.Prim, i, len(v.Aval.Shape)))
		for _, n := range v.Aval.Shape {
			if n == 0 {
				out = append(out, c.Prim+" empty")
			}
		}
	}
	return out
}

// trace records the case's program, which compares the types of all that it computes with JAX's.
func (c *Case) trace() (err error) {
	gojax.WithX64(c.X64, func() {
		args, e := c.args()
		if err = e; err != nil {
			return
		}
		err = try(func() { gojax.MakeProgram(c.run)(args) })
	})()
	return err
}
