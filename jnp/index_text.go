package jnp

import (
	"math/big"
	"reflect"

	"github.com/gojax/gojax/internal/formula"
	"github.com/gojax/gojax/ir"
	"github.com/gojax/gojax/trace"
)

// Ix is x[text] with the index as NumPy writes it: x.Ix("0, 1:-1, ::2, None, ...") is x[0, 1:-1, ::2, None, ...]. There
// may be integers, slices, None or newaxis, Ellipsis or ..., True, False, lists ([0, 2]), names, and sums, differences
// and products of these. Each name has the next of values, in the order in which the names first occur: Go ints or
// slices of them, masks, and integer Arrays, which may be traced.
//
//	x.Ix("i, 1:n-1, None", i, n) // x[i, 1:n-1, None]
//
// The text is read once. A mistake in it is an error that says the column. For what it selects, see Index; AtIx is for
// updates. (The function Ix is another thing, NumPy's ix_.)
func (x Array) Ix(text string, values ...any) Array {
	const op = "jnp.Ix"
	return Ref{x: x, idx: indexOf(op, x, text, values)}.get(op)
}

// AtIx is x.At of an index as NumPy writes it: x.AtIx("0, ::2").Set(1) is JAX's x.at[0, ::2].set(1). See Ix.
func (x Array) AtIx(text string, values ...any) Ref {
	return x.At(indexOf("jnp.Array.AtIx", x, text, values)...)
}

// indexText is an index that was read, and the names in it.
type indexText struct {
	parts []formula.Part
	names []formula.Name
}

var indexTexts formula.Memo[indexText]

// indexOf is the parts of the index in text, as Index takes them.
func indexOf(op string, x Array, text string, values []any) []any {
	in := []ir.Aval{x.val(op).Aval()}
	read, err := indexTexts.Get(text, readIndex)
	trace.Must(err, op, in)
	if len(values) != len(read.names) {
		trace.Fail(op, in, "the index %q has %d names, and %d values are given", text, len(read.names), len(values))
	}
	e := indexEval{op: op, in: in, text: text, values: map[string]any{"True": true, "False": false}}
	for i, n := range read.names {
		e.values[n.Name] = values[i]
	}
	idx := make([]any, len(read.parts))
	for i, p := range read.parts {
		idx[i] = e.part(p)
	}
	return idx
}

func readIndex(text string) (t indexText, err error) {
	if t.parts, err = formula.ParseIndex(text); err != nil {
		return t, err
	}
	seen := map[string]bool{"True": true, "False": true}
	for _, p := range t.parts {
		for _, n := range append(p.Ends[:], p.Item) {
			if err := t.collect(text, n, seen); err != nil {
				return t, err
			}
		}
	}
	return t, nil
}

// collect adds the names in n that were not seen before, and refuses what is no index.
func (t *indexText) collect(text string, n formula.Node, seen map[string]bool) error {
	sub := []formula.Node{}
	switch n := n.(type) {
	case nil:
	case formula.Number:
		if _, ok := n.Value.(int); !ok {
			return formula.Errorf(text, n.At(), "%v is no index: positions are integers", n.Value)
		}
	case formula.Name:
		if n.Name == "None" {
			return formula.Errorf(text, n.At(), "None stands by itself in an index, for a new axis")
		}
		if !seen[n.Name] {
			seen[n.Name] = true
			t.names = append(t.names, n)
		}
	case formula.Unary:
		if n.Op != "-" && n.Op != "+" {
			return formula.Errorf(text, n.At(), "an index has the operators + - * alone, not %s", n.Op)
		}
		sub = append(sub, n.X)
	case formula.Binary:
		if n.Op != "+" && n.Op != "-" && n.Op != "*" {
			return formula.Errorf(text, n.At(), "an index has the operators + - * alone, not %s", n.Op)
		}
		sub = append(sub, n.X, n.Y)
	case formula.List:
		sub = n.Elems
	default:
		return formula.Errorf(text, n.At(), "an index is of integers, slices, lists and names; compute it before, and "+
			"give it by a name: x.Ix(\"i\", i)")
	}
	for _, s := range sub {
		if err := t.collect(text, s, seen); err != nil {
			return err
		}
	}
	return nil
}

// indexEval computes an index with the values of its names.
type indexEval struct {
	op     string
	in     []ir.Aval
	text   string
	values map[string]any
}

func (e *indexEval) fail(at int, format string, args ...any) {
	trace.Must(formula.Errorf(e.text, at, format, args...), e.op, e.in)
}

func (e *indexEval) part(p formula.Part) any {
	switch p.Kind {
	case formula.NewAxis:
		return NewAxis
	case formula.Ellipsis:
		return Ellipsis
	case formula.Item:
		return e.value(p.Item)
	}
	var ends [3]bound
	for i, n := range p.Ends {
		if n == nil {
			continue
		}
		v := e.value(n)
		k, ok := v.(int)
		if !ok {
			e.fail(n.At(), "the ends and the step of a slice are Go ints, as the result's shape depends on them, not "+
				"%T; x.Index(jnp.DS(start, size)) has a start that is an Array", v)
		}
		ends[i] = bound{k, true}
	}
	if ends[2].set && ends[2].n == 0 {
		e.fail(p.Ends[2].At(), "the step of a slice cannot be 0")
	}
	return Slice{ends[0], ends[1], ends[2]}
}

// value is n as a part of an index: an int where it is one.
func (e *indexEval) value(n formula.Node) any {
	switch n := n.(type) {
	case formula.Number:
		return n.Value
	case formula.Name:
		v := e.values[n.Name]
		if r := reflect.ValueOf(v); r.CanInt() {
			return int(r.Int())
		}
		return v
	case formula.Unary:
		if n.Op == "+" {
			return e.value(n.X)
		}
		return e.arithmetic(n, "-", 0, e.value(n.X))
	case formula.Binary:
		return e.arithmetic(n, n.Op, e.value(n.X), e.value(n.Y))
	}
	return e.list(n.(formula.List))
}

func (e *indexEval) arithmetic(n formula.Node, op string, x, y any) any {
	a, isInt := x.(int)
	b, both := y.(int)
	if !isInt || !both {
		for _, v := range []any{x, y} {
			if _, ok := v.(int); !ok {
				if _, ok := v.(Array); !ok {
					e.fail(n.At(), "%s of an index takes Go ints and integer Arrays, not %T", op, v)
				}
			}
		}
		return map[string]*binaryOp{"+": &addOp, "-": &subOp, "*": &mulOp}[op].call(x, y)
	}
	exact := new(big.Int)
	switch op {
	case "+":
		exact.Add(big.NewInt(int64(a)), big.NewInt(int64(b)))
	case "-":
		exact.Sub(big.NewInt(int64(a)), big.NewInt(int64(b)))
	default:
		exact.Mul(big.NewInt(int64(a)), big.NewInt(int64(b)))
	}
	if !exact.IsInt64() {
		e.fail(n.At(), "%v does not fit an int: no axis is so long", exact)
	}
	return int(exact.Int64())
}

// list is a Go slice of ints or bools, or of lists.
func (e *indexEval) list(n formula.List) any {
	all := make([]any, len(n.Elems))
	for i, x := range n.Elems {
		all[i] = e.value(x)
	}
	if ints, ok := sliceOf[int](all); ok {
		return ints
	}
	if bools, ok := sliceOf[bool](all); ok {
		return bools
	}
	return all
}

// sliceOf is all as a slice of T, if every element is one.
func sliceOf[T any](all []any) (s []T, ok bool) {
	for _, x := range all {
		v, ok := x.(T)
		if !ok {
			return nil, false
		}
		s = append(s, v)
	}
	return s, true
}
