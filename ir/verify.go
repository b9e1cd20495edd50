package ir

import "fmt"

// Verify checks that p is well formed: every variable defined once and before its use, every equation's outputs of the
// types that its operation infers, nested programs included. It is run on every program in tests, and after each pass there.
func (p *Program) Verify() error { return p.verify("") }

func (p *Program) verify(path string) error {
	def := make(map[*Var]bool, len(p.In)+len(p.Eqns))
	define := func(v *Var, where string) error {
		if v == nil {
			return fmt.Errorf("%s%s: nil variable", path, where)
		}
		if def[v] {
			return fmt.Errorf("%s%s: variable of type %v defined twice", path, where, v.Ty)
		}
		if err := checkType(v.Ty); err != nil {
			return fmt.Errorf("%s%s: %w", path, where, err)
		}
		def[v] = true
		return nil
	}
	use := func(v Value, where string) error {
		switch v := v.(type) {
		case Lit:
			if !v.DType.Valid() {
				return fmt.Errorf("%s%s: literal without a type", path, where)
			}
			return nil
		case *Var:
			if v != nil && def[v] {
				return nil
			}
			return fmt.Errorf("%s%s: variable used before it is defined", path, where)
		}
		return fmt.Errorf("%s%s: %T is not an operand", path, where, v)
	}
	for i, v := range p.In {
		if err := define(v, fmt.Sprintf("input %d", i)); err != nil {
			return err
		}
	}
	for i := range p.Eqns {
		e := &p.Eqns[i]
		where := fmt.Sprintf("equation %d, %s (%v)", i, e.Op.Name(), e.Src)
		in := make([]Aval, len(e.In))
		for j, v := range e.In {
			if err := use(v, where); err != nil {
				return err
			}
			in[j] = v.Aval()
		}
		if n, ok := e.Op.(Nested); ok {
			for _, q := range n.Programs() {
				if err := q.verify(path + where + ": "); err != nil {
					return err
				}
			}
		}
		out, err := e.Op.Infer(in)
		if err != nil {
			return fmt.Errorf("%s%s: %w", path, where, err)
		}
		if len(out) != len(e.Out) {
			return fmt.Errorf("%s%s: has %d outputs, infers %d", path, where, len(e.Out), len(out))
		}
		for j, o := range e.Out {
			if !out[j].Equal(o.Ty) {
				return fmt.Errorf("%s%s: output %d is %v, infers %v", path, where, j, o.Ty, out[j])
			}
			if err := define(o, where); err != nil {
				return err
			}
		}
	}
	for i, v := range p.Out {
		if err := use(v, fmt.Sprintf("output %d", i)); err != nil {
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
