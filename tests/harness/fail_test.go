package harness

import (
	"encoding/json"
	"strings"
	"testing"
)

// small is a program of two equations.
const small = `{"id":"x","prim":"sin","x64":false,"tol":{"rtol":0.001,"atol":0},
	"jaxpr":{"constvars":[],"consts":[],"invars":[{"v":0,"aval":{"shape":[2],"dtype":"float32"}}],"eqns":[
		{"prim":"sin","in":[{"v":0}],"params":{"accuracy":null},"out":[{"v":1,"aval":{"shape":[2],"dtype":"float32"}}]},
		{"prim":"cumsum","in":[{"v":1}],"params":{"axis":0,"reverse":false},"out":[{"v":2,"aval":{"shape":[2],"dtype":"float32"}}]}],
		"outvars":[{"v":2}]},
	"args":[{"dtype":"float32","shape":[2],"data":[0.5,1.0]}],"outs":[{"dtype":"float32","shape":[2],"data":[0.479426,1.320897]}]}`

// TestHarnessCanFail changes one thing of a program at a time.
func TestHarnessCanFail(t *testing.T) {
	for _, c := range []struct{ name, old, new, want string }{
		{"nothing", "", "", ""},
		{"a value", "1.320897", "1.33", "out[0][1] is 1.32"},
		{"a dtype", `"outs":[{"dtype":"float32"`, `"outs":[{"dtype":"float16"`, "float16"},
		{"a shape", `"outs":[{"dtype":"float32","shape":[2]`, `"outs":[{"dtype":"float32","shape":[2,1]`, "[2,1]"},
		{"weakness", `1.320897]}`, `1.320897],"weak":true}`, "weak"},
		{"the number of outputs", `1.320897]}`, `1.320897]},{"dtype":"float32","shape":[],"data":[1]}`,
			"1 elements, want 2"},
		{"a parameter's value", `"reverse":false`, `"reverse":true`, "out[0][0] is 1.32"},
		{"an unknown parameter", `"axis":0`, `"axis":0,"modulo":3`, "cumsum: the parameters modulo are not read"},
		{"a missing parameter", `"axis":0,`, ``, "cumsum: no parameter axis"},
		{"a parameter's type", `"axis":0`, `"axis":"x"`, "cumsum: cannot read the parameter axis"},
		{"an unknown primitive", `"prim":"cumsum"`, `"prim":"cumfoo"`, "cumfoo: there is no such primitive"},
		{"a type on the way", `"out":[{"v":1,"aval":{"shape":[2]`, `"out":[{"v":1,"aval":{"shape":[3]`,
			"sin: output 0 is float32[2], want float32[3]"},
		{"a variable", `"in":[{"v":1}]`, `"in":[{"v":7}]`, "variable 7 is not defined"},
		{"an operand too few", `"in":[{"v":1}]`, `"in":[]`, "cumsum: has 0 operands"},
		{"an axis", `"axis":0`, `"axis":1`, "CumSum(float32[2]): axis 1 is out of range"},
	} {
		text := strings.Replace(small, c.old, c.new, 1)
		if c.old != "" && text == small {
			t.Fatalf("%s: nothing has changed", c.name)
		}
		load := func() *Case {
			k := new(Case)
			if err := decode(json.RawMessage(text), k); err != nil {
				t.Fatal(err)
			}
			return k
		}
		good := new(Case)
		if err := decode(json.RawMessage(small), good); err != nil {
			t.Fatal(err)
		}
		for how, err := range map[string]error{"eager": load().Eager(), "alone": Jitted([]*Case{load()})[0],
			"beside another": Jitted([]*Case{good, load()})[1]} {
			switch {
			case c.want == "" && err != nil, c.want != "" && err == nil:
				t.Errorf("with another %s, %s: %v", c.name, how, err)
			case c.want != "" && !strings.Contains(err.Error(), c.want):
				t.Errorf("with another %s, %s: %v; want %q", c.name, how, err, c.want)
			}
		}
		// A program that fails does not take others of its group with it.
		if err := Jitted([]*Case{load(), good, load()})[1]; err != nil {
			t.Errorf("beside another %s: %v", c.name, err)
		}
	}
}

// TestTables looks for primitives in two tables.
func TestTables(t *testing.T) {
	seen := map[string]bool{}
	note := func(prim string) {
		if seen[prim] {
			t.Errorf("%s is in two tables", prim)
		}
		seen[prim] = true
	}
	for _, table := range arrayTables {
		for p := range table {
			note(p)
		}
	}
	for _, table := range valueTables {
		for p := range table {
			note(p)
		}
	}
	if len(seen) < 150 {
		t.Errorf("there are only %d primitives", len(seen))
	}
}
