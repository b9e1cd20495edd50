package golden

import (
	"errors"
	"fmt"
	"strings"

	"github.com/gojax/gojax"
	"github.com/gojax/gojax/jnp"
	"github.com/gojax/gojax/random"
	"github.com/gojax/gojax/tests/golden/functions"
)

// mode is a way to run a function: as it is, under Jit with all its arrays traced, under Vmap over a stacked copy.
type mode int

const (
	eager mode = iota
	jitted
	mapping
)

func (m mode) String() string { return [...]string{"eager", "under Jit", "under Vmap"}[m] }

// runCall runs a case of a function of package functions as it is.
func (c *Case) runCall(f functions.Func) error {
	return c.with64(func() error {
		var out any
		var call *functions.Call
		failed, err := c.attempt(func() error {
			var err error
			if call, err = c.call(); err != nil {
				return err
			}
			out = f(call)
			for _, x := range leavesOf(out) {
				gojax.BlockUntilReady(x)
			}
			return nil
		})
		if err != nil || failed != nil || c.Error {
			return c.judge(failed, err)
		}
		if u := call.Unread(); len(u) > 0 {
			return fmt.Errorf("the keywords %s are not read", strings.Join(u, ", "))
		}
		return c.compareOut(call.Args, out)
	})
}

// with64 runs f with the case's switch.
func (c *Case) with64(f func() error) (err error) {
	gojax.WithX64(c.X64, func() { err = f() })()
	return err
}

// attempt tells apart the errors of our library, failed, from what the runner cannot read, err.
func (c *Case) attempt(f func() error) (failed, err error) {
	failed = gojax.Try(func() { err = f() })
	return failed, err
}

// judge says what an attempt that did not return a result comes to.
func (c *Case) judge(failed, err error) error {
	switch {
	case err != nil:
		return err
	case c.Error && failed == nil:
		return fmt.Errorf("no error; JAX says: %s", c.Message)
	case c.Error:
		return checkError(failed)
	}
	return failed
}

// compareOut compares what the case's function returned for args.
func (c *Case) compareOut(args []any, out any) error { return c.compareWithin(c.Tol, args, out) }

// compareTypes compares the structure of what the function returned, its shapes and its types, and what is known
// without values.
func (c *Case) compareTypes(args []any, out any) error {
	return c.compareWithin(Tolerance{typesOnly: true}, args, out)
}

func (c *Case) compareWithin(tol Tolerance, args []any, out any) error {
	if c.Check != "" && !tol.typesOnly {
		var first any
		if len(args) > 0 {
			first = args[0]
		}
		return CompareBy(c.Check, first, out, c.Out, tol)
	}
	if _, ok := functions.Alternatives[c.Fn]; ok {
		var errs []error
		for _, o := range out.([]any) {
			err := Compare(o, c.Out, tol)
			if err == nil {
				return nil
			}
			errs = append(errs, err)
		}
		return errors.Join(errs...)
	}
	return Compare(out, c.Out, tol)
}

func leavesOf(x any) (out []any) {
	eachLeaf(x, func(l any) any { out = append(out, l); return l })
	return out
}

// inMode is one case made ready to run among others in a program.
type inMode struct {
	c     *Case
	f     functions.Func
	m     mode
	call  *functions.Call
	in    []any // the leaves of call, stacked if m is mapping
	axes  []any // which of them are mapped
	out   any   // the result, traced
	rest  any   // the same with its arrays counted
	err   error
	unrun string // why it is not run in this mode
}

// slot is an array of the result.
type slot int

// prepare decodes the case and traces it once, which finds its errors. If it is not to be run, what was traced must be
// as JAX's.
func (p *inMode) prepare(fam *functions.Family, run bool) {
	p.err = p.c.with64(func() error {
		failed, err := p.c.attempt(func() error {
			var err error
			if p.call, err = p.c.call(); err != nil {
				return err
			}
			anyMapped := false
			for _, l := range leaves(p.call) {
				var axis any
				if p.m == mapping && mapped(l) {
					l, axis, anyMapped = stacked(l.(jnp.Array)), 0, true
				}
				p.in, p.axes = append(p.in, l), append(p.axes, axis)
			}
			switch {
			case p.m == mapping && !anyMapped:
				p.unrun = "it has no array to map"
				return nil
			case len(p.in) == 0:
				p.unrun = "it has no array to trace"
				return nil
			}
			gojax.MakeProgram(p.body)(p.in)
			return nil
		})
		if why := fam.Concrete[p.c.Fn]; why != "" && failed != nil {
			p.unrun = why
			return nil
		}
		switch {
		case p.unrun != "":
			return nil
		case err == nil && failed == nil && !p.c.Error && run:
			return nil
		case err == nil && failed == nil && !p.c.Error:
			return p.leave()
		}
		err = p.c.judge(failed, err)
		if err == nil {
			p.unrun = "it is an error"
		}
		return err
	})
}

// length is that of the text of the program, whose case's switch for 64-bit types must be set.
func (p *inMode) length() int { return strings.Count(gojax.Lower(p.body)(p.in).Text(), "\n") }

// leave does not run the case, whose switch for 64-bit types must be set: it compares what is known without.
func (p *inMode) leave() error {
	p.unrun = "it was not chosen"
	return p.c.compareTypes(p.call.Args, p.out)
}

// body is the case as a function of its leaves, to be traced.
func (p *inMode) body(in []any) []any {
	one := func(in []any) []any {
		i := 0
		call := withLeaves(p.call, func(any) any { i++; return in[i-1] })
		var out []any
		p.out = eachLeaf(p.f(call), func(l any) any {
			if k, ok := l.(random.KeyArray); ok { // whose words are asked for when the trace has ended
				return random.WrapKeyData(k.Data())
			}
			return l
		})
		p.rest = eachLeaf(p.out, func(l any) any { out = append(out, l); return slot(len(out) - 1) })
		return out
	}
	if p.m == mapping {
		return gojax.Vmap(one, gojax.InAxes(p.axes))(in)
	}
	return one(in)
}

// check compares what the program returned for the case.
func (p *inMode) check(out []any) error {
	return p.c.with64(func() error {
		rows := 1
		if p.m == mapping {
			rows = 2
		}
		for i := range rows {
			at := func(x any) any {
				if p.m == mapping {
					return row(x, i)
				}
				return x
			}
			if err := p.c.compareOut(p.call.Args, fill(p.rest, func(s slot) any { return at(out[s]) })); err != nil {
				return err
			}
		}
		return nil
	})
}

// fill is x with arrays in the place of its slots.
func fill(x any, at func(s slot) any) any {
	switch x := x.(type) {
	case slot:
		return at(x)
	case []any:
		out := make([]any, len(x))
		for i, e := range x {
			out[i] = fill(e, at)
		}
		return out
	case map[string]any:
		out := make(map[string]any, len(x))
		for k, e := range x {
			out[k] = fill(e, at)
		}
		return out
	}
	return x
}

// runTogether compiles the cases, which agree in the switch for 64-bit types, as one program; if that fails each as its
// own.
func runTogether(ps []*inMode) {
	if len(ps) == 0 {
		return
	}
	var out [][]any
	err := ps[0].c.with64(func() error {
		return gojax.Try(func() {
			in := make([][]any, len(ps))
			for i, p := range ps {
				in[i] = p.in
			}
			out = gojax.BlockUntilReady(gojax.Jit(func(in [][]any) [][]any {
				out := make([][]any, len(ps))
				for i, p := range ps {
					out[i] = p.body(in[i])
				}
				return out
			})(in))
		})
	})
	switch {
	case err == nil:
		for i, p := range ps {
			p.err = p.check(out[i])
		}
	case len(ps) == 1:
		ps[0].err = err
	default:
		for _, p := range ps {
			runTogether([]*inMode{p})
		}
	}
}

// checkError refuses an error that does not say where, in what operation, and why.
func checkError(err error) error {
	var e *gojax.Error
	if !errors.As(err, &e) || e.Op == "" || e.Err == nil || e.Src == 0 {
		return fmt.Errorf("the error must name the operation and the user's line: %w", err)
	}
	return nil
}
