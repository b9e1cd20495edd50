package golden

import (
	"strings"
	"testing"

	"github.com/gojax/gojax/ir"
	"github.com/gojax/gojax/jnp"
	"github.com/gojax/gojax/tests/golden/functions"
	"github.com/gojax/gojax/trace"
)

// TestModesCanFail runs functions that are wrong in one mode only, and cases that ask for an error or give too much.
func TestModesCanFail(t *testing.T) {
	const x = `{"dtype":"float32","shape":[2],"data":[1,2]}`
	const right = `"out":{"dtype":"float32","shape":[2],"data":[2,4]}`
	double := func(c *functions.Call) any { return c.A(0).Add(c.A(0)) }
	traced := func(a jnp.Array) bool { return a.TraceValue().Traced() }
	fail := func(c *functions.Call) any {
		trace.Fail("fail", []ir.Aval{c.A(0).TraceValue().Aval()}, "always")
		return nil
	}
	for _, k := range []struct {
		name, rest string
		f          functions.Func
		fam        functions.Family
		says       string // "" passes
		ran        [mapping + 1]bool
	}{
		{name: "right", rest: right, f: double, ran: [3]bool{false, true, true}},
		{name: "wrong", rest: right, f: func(c *functions.Call) any { return c.A(0).Add(1) }, says: "out[1] is 3"},
		{name: "wrong under Jit", rest: right, says: "under Jit: out", f: func(c *functions.Call) any {
			if traced(c.A(0)) {
				return c.A(0)
			}
			return double(c)
		}},
		{name: "wrong under Vmap", rest: right, says: "under Vmap: out", f: func(c *functions.Call) any {
			return jnp.Wrap(trace.Bind(misbatched{}, c.A(0).TraceValue())[0])
		}},
		{name: "value asked for", rest: right, says: "under Jit",
			f: func(c *functions.Call) any { c.A(0).Index(0).Item(); return double(c) }},
		{name: "value may be asked for", rest: right,
			f:   func(c *functions.Call) any { c.A(0).Index(0).Item(); return double(c) },
			fam: functions.Family{Concrete: map[string]string{"f": "it reads values"}}},
		{name: "not to be mapped", rest: right, f: double,
			fam: functions.Family{Unmapped: map[string]string{"f": "so"}}, ran: [3]bool{false, true, false}},
		{name: "keyword not read", rest: right + `,"kwargs":{"axis":0}`, f: double, says: "axis are not read"},
		{name: "keyword read", rest: right + `,"kwargs":{"axis":0}`,
			f: func(c *functions.Call) any { c.Axes(); return double(c) }, ran: [3]bool{false, true, true}},
		{name: "no error", rest: `"error":true,"message":"m"`, f: double, says: "no error"},
		{name: "the error asked for", rest: `"error":true,"message":"m"`, f: fail},
		{name: "an error", rest: right, f: fail, says: "always"},
		{name: "no error under Jit", rest: `"error":true,"message":"m"`, says: "under Jit: no error",
			f: func(c *functions.Call) any {
				if traced(c.A(0)) {
					return double(c)
				}
				return fail(c)
			}},
		{name: "panic", rest: right, f: func(c *functions.Call) any { panic("no error of ours") },
			says: "panic: no error of ours"},
		{name: "static result", rest: `"out":[2,"float32",true,` + x + `]`, ran: [3]bool{false, true, true},
			f: func(c *functions.Call) any {
				return []any{c.A(0).Size(), c.A(0).DType(), true, c.A(0)}
			}},
	} {
		fam := k.fam
		fam.Tables = []functions.Table{{"f": k.f}}
		c, err := readCase(
			[]byte(`{"id":"x","fn":"f","x64":false,"tol":{"rtol":0.001,"atol":0},"args":[` + x + `],` + k.rest + `}`))
		if err != nil {
			t.Fatal(err)
		}
		in := modes{true, true, true}
		results := []result{runFunction(&fam, c, in)}
		runModes(&fam, []*Case{c}, []modes{in}, results)
		switch err := results[0].err; {
		case k.says == "" && err != nil:
			t.Errorf("%s: %v", k.name, err)
		case k.says != "" && (err == nil || !strings.Contains(err.Error(), k.says)):
			t.Errorf("%s: got %v, want an error that says %q", k.name, err, k.says)
		case k.says == "" && results[0].ran != k.ran:
			t.Errorf("%s ran under Jit, Vmap: %v, want %v", k.name, results[0].ran, k.ran)
		}
	}
}

// misbatched is x+x, but x where it is mapped.
type misbatched struct{}

func (misbatched) Name() string { return "misbatched" }

func (misbatched) Infer(in []ir.Aval) ([]ir.Aval, error) { return in, nil }

func (misbatched) Lower(e trace.Emitter, x []trace.Operand) []trace.Operand {
	return e.Op("stablehlo.add", []trace.Operand{x[0], x[0]}, "", e.Out()...)
}

func (misbatched) Batch(c trace.BatchCtx, x []*trace.Value, d []int) ([]*trace.Value, []int) {
	return x, d
}

// TestLeaves takes a call apart and puts it together.
func TestLeaves(t *testing.T) {
	c, err := readCase(
		[]byte(`{"id":"x","fn":"f","args":[{"dtype":"float32","shape":[2],"data":[1,2]},3,[{"dtype":"key<fry>","shape":[],"key_shape":[2],"data":[1,2]},"a"]],
		"kwargs":{"b":{"scalar":2.5,"kind":"float"},"a":null},
		"index":[1,{"slice":[null,-1,2]},{"newaxis":true},{"ellipsis":true},{"array":{"dtype":"int32","shape":[1],"data":[0]}},{"mask":{"dtype":"bool","shape":[2],"data":[true,false]}}]}`))
	if err != nil {
		t.Fatal(err)
	}
	call, err := c.call()
	if err != nil {
		t.Fatal(err)
	}
	l := leaves(call)
	if len(l) != 4 {
		t.Fatalf("%d leaves, want the array, the key, the scalar and the index", len(l))
	}
	for i, want := range []bool{true, false, false, true} {
		if mapped(l[i]) != want {
			t.Errorf("leaf %d is mapped: %v", i, !want)
		}
	}
	n := 0
	d := withLeaves(call, func(any) any { n++; return n })
	if d.Args[0] != 1 || d.Args[2].([]any)[0] != 2 || d.Kwargs["b"] != 3 || d.Index[4] != 4 || d.Args[1] != 3 ||
		d.Index[0] != 1 {
		t.Errorf("put together as %v %v %v", d.Args, d.Kwargs, d.Index)
	}
	if _, ok := d.Index[5].(functions.Mask); !ok {
		t.Errorf("a mask became %T", d.Index[5])
	}
}
