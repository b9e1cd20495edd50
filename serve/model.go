package serve

import (
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/gojax/gojax/export"
	"github.com/gojax/gojax/ir"
	"github.com/gojax/gojax/transforms/jit"
)

// model is a program under its name.
type model struct {
	name    string
	program *export.Exported
	first   export.Variant // whose structure all have
	paths   []string       // of the inputs
	results []string       // paths of the outputs
	lanes   []*lane
}

// anyLength is the length of an axis that the request's arrays have as they like: that of the batch.
const anyLength = -1

// spec is the type of an input or output; the first length of those with an axis of the batch is anyLength.
type spec struct {
	dtype ir.DType
	shape []int
}

func specOf(t export.Type) spec {
	s := spec{t.DType(), slices.Clone(t.Shape())}
	if n := t.Words(); n > 0 {
		s.shape = append(s.shape, n)
	}
	return s
}

func specsOf(all []export.Spec) []spec {
	out := make([]spec, len(all))
	for i, s := range all {
		out[i] = specOf(s.Type)
	}
	return out
}

// String is like float32[n,784].
func (s spec) String() string {
	var b strings.Builder
	fmt.Fprintf(&b, "%v[", s.dtype)
	for i, n := range s.shape {
		if i > 0 {
			b.WriteByte(',')
		}
		if n == anyLength {
			b.WriteByte('n')
		} else {
			fmt.Fprint(&b, n)
		}
	}
	return b.String() + "]"
}

// batched reports whether the first axis is that of the batch.
func (s spec) batched() bool { return len(s.shape) > 0 && s.shape[0] == anyLength }

// with is the type for n rows.
func (s spec) with(n int) ir.Aval {
	a := ir.Aval{DType: s.dtype, Shape: s.shape}
	if s.batched() {
		a.Shape = slices.Clone(s.shape)
		a.Shape[0] = n
	}
	return a
}

// array is an array in Go's memory, row by row.
type array struct {
	dtype ir.DType
	shape []int
	data  []byte
}

func (a *array) String() string { return spec{a.dtype, a.shape}.String() }

// newModel finds what of e runs on the default device.
func newModel(name string, e *export.Exported) (*model, []export.Variant, error) {
	platform := jit.DefaultDevice().Client().Platform()
	var here []export.Variant
	for _, v := range e.Variants() {
		same := func(w export.Variant) bool { return slices.EqualFunc(v.Inputs, w.Inputs, sameSpec) }
		if (len(v.Platforms) == 0 || slices.Contains(v.Platforms, platform)) && !slices.ContainsFunc(here, same) {
			here = append(here, v)
		}
	}
	if len(here) == 0 {
		return nil, nil, fmt.Errorf("%s was lowered for %s, and this is %s", name, strings.Join(e.Platforms(), ", "),
			platform)
	}
	m := &model{name: name, program: e, first: here[0]}
	for _, s := range m.first.Inputs {
		m.paths = append(m.paths, s.Path)
	}
	for _, s := range m.first.Outputs {
		m.results = append(m.results, s.Path)
	}
	return m, here, nil
}

func sameSpec(a, b export.Spec) bool { return a.Type.String() == b.Type.String() }

// plan makes the lanes of a model's variants: those that differ in the length of a batch share one.
func (m *model) plan(variants []export.Variant, o *Options) error {
	rows, err := m.rows(variants, o)
	if err != nil {
		return err
	}
	byShape := map[string]*lane{}
	for _, v := range variants {
		l := newLane(m, specsOf(v.Inputs), specsOf(v.Outputs), o)
		n, why := l.cut(rows)
		if why != "" {
			l = newLane(m, specsOf(v.Inputs), specsOf(v.Outputs), o)
			l.why = why
			m.lanes = append(m.lanes, l)
			continue
		}
		key := fmt.Sprint(l.in, l.out)
		if same := byShape[key]; same != nil {
			same.sizes = append(same.sizes, n)
			continue
		}
		l.sizes = []int{n}
		byShape[key] = l
		m.lanes = append(m.lanes, l)
	}
	for _, l := range m.lanes {
		slices.Sort(l.sizes)
	}
	return nil
}

// rows says which inputs have an axis of the batch: those that are named, or whose first length differs between
// variants that agree in the others.
func (m *model) rows(variants []export.Variant, o *Options) ([]bool, error) {
	rows := make([]bool, len(m.paths))
	if o.NoBatching {
		return rows, nil
	}
	for _, name := range o.Rows {
		found := false
		for i, path := range m.paths {
			if path == name || strings.HasPrefix(path, name+"[") {
				rows[i], found = true, true
			}
		}
		if !found {
			return nil, fmt.Errorf("%s has no input %s, but %s", m.name, name, strings.Join(m.paths, ", "))
		}
	}
	if len(o.Rows) > 0 {
		return rows, nil
	}
	for i := range rows {
		for a, v := range variants {
			for _, w := range variants[:a] {
				s, t := specOf(v.Inputs[i].Type), specOf(w.Inputs[i].Type)
				if len(s.shape) > 0 && len(s.shape) == len(t.shape) && s.dtype == t.dtype &&
					s.shape[0] != t.shape[0] && slices.Equal(s.shape[1:], t.shape[1:]) {
					rows[i] = true
				}
			}
		}
	}
	return rows, nil
}

// cut replaces the lengths of the batch in l's types by anyLength, and returns that length, or why there is none.
func (l *lane) cut(rows []bool) (n int, why string) {
	n = anyLength
	for i, yes := range rows {
		if !yes {
			continue
		}
		s := l.in[i].shape
		switch {
		case len(s) == 0:
			return 0, l.m.paths[i] + " has no axis"
		case n != anyLength && s[0] != n || s[0] < 1:
			return 0, "the arguments' first axes differ in length"
		}
		n, s[0] = s[0], anyLength
	}
	if n == anyLength {
		return 0, "no argument has an axis of a batch: see Buckets of export.Save, and Rows"
	}
	for i, s := range l.out {
		if len(s.shape) == 0 || s.shape[0] != n {
			return 0, l.m.results[i] + " has no axis of the batch"
		}
		s.shape[0] = anyLength
	}
	return n, ""
}

// match finds the lane for the arrays, and how many rows of a batch they are.
func (m *model) match(in []*array) (*lane, int, error) {
	var first error
	for _, l := range m.lanes {
		rows, err := l.fits(in)
		if err == nil {
			return l, rows, nil
		}
		if first == nil {
			first = err
		}
	}
	if n := len(m.lanes); n > 1 {
		first = fmt.Errorf("%w; it has %d sets of types, and none is the request's", first, n)
	}
	return nil, 0, first
}

// fits says how many rows of l's batch the arrays are, or what is wrong with them.
func (l *lane) fits(in []*array) (rows int, err error) {
	rows, whose := 1, ""
	for i, s := range l.in {
		a, path := in[i], l.m.paths[i]
		same := a.dtype == s.dtype && len(a.shape) == len(s.shape)
		for k := 0; same && k < len(s.shape); k++ {
			same = a.shape[k] == s.shape[k] || k == 0 && s.batched()
		}
		switch {
		case !same:
			return 0, fmt.Errorf("%s is %v, and the program takes %v there", path, a, s)
		case !s.batched():
		case a.shape[0] < 1 || a.shape[0] > l.most():
			return 0, fmt.Errorf("%s is %v, and the program takes %v there, of 1 to %d rows", path, a, s, l.most())
		case whose != "" && a.shape[0] != rows:
			return 0, fmt.Errorf("%s has %d rows, and %s has %d", path, a.shape[0], whose, rows)
		default:
			rows, whose = a.shape[0], path
		}
	}
	return rows, nil
}

// largest is how many bytes input i may have.
func (m *model) largest(i int) int {
	n := 0
	for _, l := range m.lanes {
		n = max(n, l.in[i].with(l.most()).Bytes())
	}
	return n
}

// errMixes is what a lane is no batch for.
var errMixes = errors.New("the rows of a batch depend on each other")
