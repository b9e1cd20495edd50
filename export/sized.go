package export

import (
	"bytes"
	"errors"
	"fmt"
	"slices"
	"sync"

	"github.com/gojax/gojax/internal/mlir"
	"github.com/gojax/gojax/ir"
)

// maxSizes is how many sets of sizes of a program with variables are kept compiled.
const maxSizes = 256

// sizes are the programs of fixed sizes that were made of one with variables.
type sizes struct {
	mu  sync.Mutex
	all map[string]*variant
}

// bytecode is a program that is read when it is first asked for.
type bytecode struct {
	once sync.Once
	m    *mlir.Module
	err  error
}

// module is the program as data, where it is MLIR's bytecode.
func (r *record) program() (*mlir.Module, error) {
	r.parsed.once.Do(func() {
		if !bytes.HasPrefix(r.code, []byte(mlir.Magic)) {
			r.parsed.err = errors.New("the program is text, and those whose shapes have variables are bytecode")
			return
		}
		r.parsed.m, r.parsed.err = mlir.Read(r.code)
	})
	return r.parsed.m, r.parsed.err
}

// place is where r makes a custom call, in the source that it was made of, " (model.py:12)"; "" if that was not kept.
func (r *record) place(call string) string {
	if m, err := r.program(); err == nil {
		if at := m.CallPlace(call); at != "" {
			return " (" + at + ")"
		}
	}
	return ""
}

// symbolic reports whether shapes of r have variables.
func (r *record) symbolic() bool {
	has := func(t Type) bool { return t.symbolic }
	return slices.ContainsFunc(r.in, has) || slices.ContainsFunc(r.out, has)
}

// of is t for an array of type a, whose lengths are known.
func (t Type) of(a ir.Aval) Type {
	shape := a.Shape
	if t.kind.words > 0 {
		shape = shape[:len(shape)-1]
	}
	out := typeOf(ir.Aval{Shape: shape, DType: a.DType})
	out.kind = t.kind
	return out
}

// takes reports whether an array of type a may be where t is asked for; variables are compared by the program.
func (t Type) takes(a ir.Aval) bool {
	want := t.aval()
	if !t.symbolic {
		return a.SameType(want)
	}
	if a.DType != want.DType || len(a.Shape) != len(want.Shape) {
		return false
	}
	for i, n := range want.Shape {
		if n >= 0 && n != a.Shape[i] {
			return false
		}
	}
	return true
}

// sized is v for arrays of the given types: v itself, unless its shapes have variables.
func (v *variant) sized(in []ir.Aval) (*variant, error) {
	if !v.symbolic() {
		return v, nil
	}
	key := fmt.Sprint(in)
	v.sizes.mu.Lock()
	defer v.sizes.mu.Unlock()
	if s := v.sizes.all[key]; s != nil {
		return s, nil
	}
	s, err := v.refine(in)
	if err != nil {
		return nil, err
	}
	if v.sizes.all == nil {
		v.sizes.all = map[string]*variant{}
	}
	for k := range v.sizes.all {
		if len(v.sizes.all) < maxSizes {
			break
		}
		delete(v.sizes.all, k)
	}
	v.sizes.all[key] = s
	return s, nil
}

// refine makes the program for arrays of the given types.
func (v *variant) refine(in []ir.Aval) (*variant, error) {
	m, err := v.program()
	if err != nil {
		return nil, err
	}
	var types []mlir.Type
	if len(v.platforms) > 1 {
		types = append(types, mlir.TensorOf("i32"))
	}
	r := *v.record
	r.in, r.out, r.vjp = nil, nil, nil
	for i, a := range in {
		r.in = append(r.in, v.in[i].of(a))
	}
	for _, i := range v.kept {
		types = append(types, mlir.TensorOf(in[i].DType.MLIR(), in[i].Shape...))
	}
	if m, err = m.Refine(types); err != nil {
		return nil, err
	}
	out := m.Main().Type.Out
	if len(out) != len(v.out) {
		return nil, mlir.ErrFormat
	}
	for i, t := range v.out {
		a := ir.Aval{Shape: out[i].Shape, DType: t.kind.dtype}
		if !t.takes(a) || out[i].Kind != mlir.Tensor || out[i].Elem != a.DType.MLIR() || a.Check() != nil {
			return nil, fmt.Errorf("a result is %v, and the program says that it is %v", out[i], t)
		}
		r.out = append(r.out, t.of(a))
	}
	r.code, r.parsed = []byte(m.Text()), v.parsed // which knows the lines
	s, err := newVariant(&r, nil)
	if err == nil {
		s.derivative = v.derivative
	}
	return s, err
}

// Sized is the program for certain values of the variables in its shapes, by their names: one of fixed sizes, which
// Compile can compile before the first call. The other variables of expressions must be there too. Calls of e itself
// find the sizes of their arguments; this is for who knows them before. It has no counterpart in JAX.
func (e *Exported) Sized(values map[string]int) (*Exported, error) {
	out := &Exported{name: e.name}
	for _, v := range e.variants {
		var in []ir.Aval
		for i, t := range v.in {
			a := t.aval()
			a.Shape = slices.Clone(a.Shape)
			for k, text := range t.text {
				n, err := length(text, values)
				if err != nil {
					return nil, fmt.Errorf("export.Exported.Sized: %s is %v: %w", v.paths()[i], t, err)
				}
				a.Shape[k] = n
			}
			in = append(in, a)
		}
		s, err := v.sized(in)
		if err != nil {
			return nil, fmt.Errorf("export.Exported.Sized: %s: %w", e.name, err)
		}
		out.variants = append(out.variants, s)
	}
	return out, nil
}
