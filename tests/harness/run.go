package harness

import (
	"fmt"
	"maps"
	"runtime/debug"

	"github.com/gojax/gojax"
	"github.com/gojax/gojax/tests/golden"
)

// run evaluates the program of a case on its arguments.
func (c *Case) run(args []any) []any { return tree(c.Jaxpr.eval(nil, vals(args))) }

// args puts the arguments on the device. The case's switch for 64-bit types must be set. Arguments are kept as JAX was
// given them; it makes 64-bit types 32-bit ones on the way in where they are off, as the program's inputs show.
func (c *Case) args() (out []any, err error) {
	for i, x := range c.Args {
		if m, ok := x.(map[string]any); ok && i < len(c.Jaxpr.InVars) && !c.Jaxpr.InVars[i].isKey() {
			m = maps.Clone(m)
			m["dtype"] = c.Jaxpr.InVars[i].Aval.DType
			x = m
		}
		a, err := golden.Arg(x)
		if err != nil {
			return nil, fmt.Errorf("argument %d: %w", i, err)
		}
		out = append(out, a)
	}
	return out, nil
}

// try turns what f panics with into an error: ours, of the engine, and of the program itself.
func try(f func()) (err error) {
	defer func() {
		switch r := recover().(type) {
		case nil:
		case failure:
			err = r.error
		case *gojax.Error:
			err = r
		default:
			err = fmt.Errorf("panic: %v\n%s", r, debug.Stack())
		}
	}()
	f()
	return nil
}

// Eager runs the case one operation after the other and compares.
func (c *Case) Eager() (err error) {
	gojax.WithX64(c.X64, func() {
		args, e := c.args()
		if err = e; err != nil {
			return
		}
		var out []any
		if err = try(func() { out = c.run(args) }); err == nil {
			err = c.compare(args, out)
		}
	})()
	return err
}

// Jitted runs cases, of one switch for 64-bit types, as one compiled program, and compares each: a program takes longer
// to compile than the few operations in it. If the whole does not run, each case is run by itself.
func Jitted(cases []*Case) []error {
	errs := make([]error, len(cases))
	gojax.WithX64(cases[0].X64, func() {
		args := make([][]any, len(cases))
		for i, c := range cases {
			args[i], errs[i] = c.args()
		}
		all := gojax.Jit(func(args [][]any) [][]any {
			out := make([][]any, len(cases))
			for i, c := range cases {
				if errs[i] == nil {
					errs[i] = try(func() { out[i] = c.run(args[i]) })
				}
			}
			return out
		})
		var out [][]any
		err := try(func() { out = gojax.BlockUntilReady(all(args)) })
		for i, c := range cases {
			switch {
			case errs[i] != nil:
			case err != nil && len(cases) > 1:
				errs[i] = Jitted(cases[i : i+1])[0]
			case err != nil:
				errs[i] = err
			default:
				errs[i] = c.compare(args[i], out[i])
			}
		}
	})()
	return errs
}

// checks says, for programs whose outputs are not unique, what makes them right, as package golden has it, and the
// order that it wants the outputs in.
var checks = map[string]struct {
	name  string
	order []int
}{
	"qr": {"qr", []int{0, 1}}, "svd": {"svd", []int{1, 0, 2}}, "eigh": {"eigh_lax", []int{0, 1}},
}

// compare tells how the outputs differ from JAX's. Those that only "backend_specific" keeps from being unique are the
// same on a CPU.
func (c *Case) compare(args, out []any) error {
	if c.Prim == "eig" && c.Check == "ambiguous" {
		return c.compareEig(args, out)
	}
	if k, ok := checks[c.Prim]; ok && c.Check == "ambiguous" && len(out) == len(c.Outs) && len(out) == len(k.order) {
		got, want := make([]any, len(out)), make([]any, len(out))
		for to, from := range k.order {
			got[to], want[to] = out[from], c.Outs[from]
		}
		return golden.CompareBy(k.name, args[0], got, want, c.Tol)
	}
	return golden.Compare(out, c.Outs, c.Tol)
}

// compareEig checks eigenvalues, and the eigenvectors with them that the program gives.
func (c *Case) compareEig(args, out []any) error {
	if len(out) != len(c.Outs) {
		return fmt.Errorf("gives %d outputs, want %d", len(out), len(c.Outs))
	}
	if len(out) == 1 {
		return golden.CompareBy("multiset", args[0], out[0], c.Outs[0], c.Tol)
	}
	at := 1
	for _, side := range []struct{ param, check string }{
		{"compute_left_eigenvectors", "eig_left"}, {"compute_right_eigenvectors", "eig"}} {
		if string(c.Jaxpr.Eqns[0].Params[side.param]) != "true" {
			continue
		}
		if err := golden.CompareBy(side.check, args[0], []any{out[0], out[at]}, []any{c.Outs[0], c.Outs[at]},
			c.Tol); err != nil {
			return err
		}
		at++
	}
	return nil
}
