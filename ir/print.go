package ir

import (
	"fmt"
	"reflect"
	"strings"
)

// String prints p as JAX prints a jaxpr: inputs with their types, one equation a line with the user's file and line,
// outputs.
//
//	{ lambda ; a:float32[3] b:~float32[]. let
//	    c:float32[3] = broadcast_in_dim[Shape=[3] Dims=[]] b    # main.go:12
//	    d:float32[3] = add a c                                  # main.go:12
//	  in (d) }
func (p *Program) String() string { return p.Format(true) }

// Format is String with or without source lines (without them the text is the same wherever the program was written).
func (p *Program) Format(lines bool) string {
	var s strings.Builder
	w := writer{&s, lines, map[*Var]string{}}
	w.program(p, "")
	return s.String()
}

type writer struct {
	s     *strings.Builder
	lines bool
	names map[*Var]string
}

// name gives a, b, ..., z, aa, ab, ... in order of appearance.
func (w writer) name(v *Var) string {
	n, ok := w.names[v]
	if !ok {
		for i := len(w.names) + 1; i > 0; i = (i - 1) / 26 {
			n = string(rune('a'+(i-1)%26)) + n
		}
		w.names[v] = n
	}
	return n
}

func (w writer) typed(v *Var) string { return w.name(v) + ":" + v.Ty.String() }

func (w writer) value(v Value) string {
	if l, ok := v.(Lit); ok {
		return l.String() + ":" + l.Aval().String()
	}
	return w.name(v.(*Var))
}

func (w writer) program(p *Program, indent string) {
	s := w.s
	s.WriteString("{ lambda ;")
	for _, v := range p.In {
		s.WriteString(" " + w.typed(v))
	}
	s.WriteString(". let\n")
	for i := range p.Eqns {
		w.eqn(&p.Eqns[i], indent+"    ")
	}
	out := make([]string, len(p.Out))
	for i, v := range p.Out {
		out[i] = w.value(v)
	}
	s.WriteString(indent + "  in (" + strings.Join(out, ", ") + ") }")
}

func (w writer) eqn(e *Eqn, indent string) {
	s := w.s
	s.WriteString(indent)
	for _, o := range e.Out {
		s.WriteString(w.typed(o) + " ")
	}
	if len(e.Out) > 0 {
		s.WriteString("= ")
	}
	s.WriteString(e.Op.Name() + params(e.Op))
	for _, v := range e.In {
		s.WriteString(" " + w.value(v))
	}
	if w.lines && e.Src != 0 {
		s.WriteString("    # " + e.Src.String())
	}
	s.WriteString("\n")
	if n, ok := e.Op.(Nested); ok {
		for _, q := range n.Programs() {
			s.WriteString(indent + "  ")
			// A nested program has names of its own.
			writer{s, w.lines, map[*Var]string{}}.program(q, indent+"  ")
			s.WriteString("\n")
		}
	}
}

// params prints the fields of an operation, programs and empty fields left out.
func params(op Op) string {
	v := reflect.ValueOf(op)
	if v.Kind() != reflect.Struct {
		return ""
	}
	var f []string
	collectParams(v, &f)
	if len(f) == 0 {
		return ""
	}
	return "[" + strings.Join(f, " ") + "]"
}

func collectParams(v reflect.Value, out *[]string) {
	t := v.Type()
	for i := range t.NumField() {
		f := t.Field(i)
		if f.Anonymous && f.Type.Kind() == reflect.Struct {
			collectParams(v.Field(i), out)
			continue
		}
		if f.Type == programType || f.Type == reflect.SliceOf(programType) {
			continue
		}
		if f.Type.Implements(unkeyedType) && v.Field(i).IsNil() {
			continue
		}
		*out = append(*out, f.Name+"="+fmt.Sprint(v.Field(i)))
	}
}
