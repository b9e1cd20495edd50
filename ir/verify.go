package ir

import "fmt"

// Verify checks that p is well formed: every variable defined once and before its use, every equation's outputs of the
// types that its operation infers, nested programs included. It is run on every program in tests, and after each pass
// there.
func (p *Program) Verify() error { return p.verify("") }

func (p *Program) verify(path string) error {
	v := verifier{path, make(map[*Var]bool, len(p.In)+len(p.Eqns))}
	for i, in := range p.In {
		if err := v.define(in, fmt.Sprintf("input %d", i)); err != nil {
			return err
		}
	}
	for i := range p.Eqns {
		e := &p.Eqns[i]
		if err := v.eqn(e, fmt.Sprintf("equation %d, %s (%v)", i, e.Op.Name(), e.Src)); err != nil {
			return err
		}
	}
	for i, out := range p.Out {
		if err := v.use(out, fmt.Sprintf("output %d", i)); err != nil {
			return err
		}
	}
	return nil
}

// verifier checks one program. where, in its methods, is the place within that program.
type verifier struct {
	path    string // of the program, where it is held by an operation of another
	defined map[*Var]bool
}

func (v verifier) errorf(where, format string, args ...any) error {
	return fmt.Errorf("%s%s: %w", v.path, where, fmt.Errorf(format, args...))
}

// define checks a variable where it is defined.
func (v verifier) define(w *Var, where string) error {
	switch {
	case w == nil:
		return v.errorf(where, "nil variable")
	case v.defined[w]:
		return v.errorf(where, "variable of type %v defined twice", w.Ty)
	}
	if err := checkType(w.Ty); err != nil {
		return v.errorf(where, "%w", err)
	}
	v.defined[w] = true
	return nil
}

// use checks an operand or output.
func (v verifier) use(x Value, where string) error {
	switch x := x.(type) {
	case Lit:
		if !x.DType.Valid() {
			return v.errorf(where, "literal without a type")
		}
		return nil
	case *Var:
		if x == nil || !v.defined[x] {
			return v.errorf(where, "variable used before it is defined")
		}
		return nil
	}
	return v.errorf(where, "%T is not an operand", x)
}

// eqn checks one equation, and the programs that its operation holds.
func (v verifier) eqn(e *Eqn, where string) error {
	in := make([]Aval, len(e.In))
	for i, x := range e.In {
		if err := v.use(x, where); err != nil {
			return err
		}
		in[i] = x.Aval()
	}
	if n, ok := e.Op.(Nested); ok {
		for _, q := range n.Programs() {
			if err := q.verify(v.path + where + ": "); err != nil {
				return err
			}
		}
	}
	out, err := Infer(e.Op, in)
	if err != nil {
		return v.errorf(where, "%w", err)
	}
	if len(out) != len(e.Out) {
		return v.errorf(where, "has %d outputs, infers %d", len(e.Out), len(out))
	}
	for i, o := range e.Out {
		if o != nil && !out[i].Equal(o.Ty) {
			return v.errorf(where, "output %d is %v, infers %v", i, o.Ty, out[i])
		}
		if err := v.define(o, where); err != nil {
			return err
		}
	}
	return nil
}

func checkType(a Aval) error {
	if !a.DType.Valid() {
		return fmt.Errorf("type %v has no dtype", a)
	}
	for _, d := range a.Shape {
		if d < 0 {
			return fmt.Errorf("type %v has a negative size", a)
		}
	}
	return nil
}
