package export

import (
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/gojax/gojax/internal/mlir"
	"github.com/gojax/gojax/ir"
)

// record is what jax.export writes of a program (jax/_src/export/serialization.fbs).
type record struct {
	name       string
	inTree     *Tree
	in         []Type
	outTree    *Tree
	out        []Type
	devices    int
	platforms  []string
	effects    []string // ordered ones: the program takes and returns a token for each
	anywhere   bool     // its check of the platform was switched off when it was exported
	code       []byte
	convention int
	kept       []int // the inputs that the program still takes
	vjp        *record
	parsed     *bytecode
	compiled   bool // XLA has taken code
}

// The numbers of the fields of JAX's tables.
const (
	fName        = 1
	fInTree      = 2
	fIn          = 3
	fOutTree     = 4
	fOut         = 5
	fDevices16   = 6
	fInShard     = 7
	fOutShard    = 8
	fPlatforms   = 9
	fOrdered     = 10
	fUnordered   = 11
	fDisabled    = 12
	fCode        = 13
	fConvention  = 14
	fKept        = 15
	fVJP         = 17
	fDevices     = 18
	fUnique      = 19
	fInUnique    = 22
	fOutUnique   = 23
	fInSharding  = 24
	fOutSharding = 25

	treeKind     = 0
	treeChildren = 1
	treeNames    = 2
	treeCustom   = 3
	treeAux      = 4

	typeShape  = 1
	typeDType  = 2
	typeMemory = 3

	// serialization is the version that JAX writes, whatever the fields are.
	serialization = 3
	// minConvention and maxConvention are the calling conventions that are known: 9 is that of 2024, and 10 differs
	// in how programs for several devices say what is where.
	minConvention, maxConvention = 9, 10

	maxOrder = 16  // derivatives of derivatives in one file
	maxNest  = 500 // trees in trees
)

// dtypeCode is JAX's number of a dtype, and what else there is about it.
type dtypeCode struct {
	code  int
	name  string
	dtype ir.DType // Invalid: there is no such dtype here
	words int      // uint32 that a random key takes; 0 for another dtype
}

var dtypeCodes = []dtypeCode{{0, "bool", ir.Bool, 0}, {1, "int8", ir.Int8, 0}, {2, "int16", ir.Int16, 0},
	{3, "int32", ir.Int32, 0}, {4, "int64", ir.Int64, 0}, {5, "uint8", ir.Uint8, 0}, {6, "uint16", ir.Uint16, 0},
	{7, "uint32", ir.Uint32, 0}, {8, "uint64", ir.Uint64, 0}, {9, "float16", ir.Float16, 0},
	{10, "float32", ir.Float32, 0}, {11, "float64", ir.Float64, 0}, {12, "complex64", ir.Complex64, 0},
	{13, "complex128", ir.Complex128, 0}, {14, "bfloat16", ir.BFloat16, 0}, {22, "float0", ir.Bool, 0},
	{27, "key<fry>", ir.Uint32, 2}, {28, "key<rbg>", ir.Uint32, 4}, {29, "key<urbg>", ir.Uint32, 4},
	{15, "int4", 0, 0}, {16, "uint4", 0, 0}, {17, "float8_e4m3b11fnuz", 0, 0}, {18, "float8_e4m3fn", 0, 0},
	{19, "float8_e4m3fnuz", 0, 0}, {20, "float8_e5m2", 0, 0}, {21, "float8_e5m2fnuz", 0, 0},
	{23, "float8_e4m3", 0, 0}, {24, "float8_e3m4", 0, 0}, {25, "float8_e8m0fnu", 0, 0}, {26, "float4_e2m1fn", 0, 0}}

// parseRecord reads a file of jax.export's.
func parseRecord(b []byte) (*record, error) {
	f := newBuffer(b)
	r, err := readRecord(f.root(), 0)
	if f.err != nil { // before what came of it
		return nil, f.err
	}
	return r, err
}

func readRecord(t table, order int) (r *record, err error) {
	if t.missing() || order > maxOrder {
		return nil, errFlatbuffer
	}
	r = &record{parsed: new(bytecode), name: t.string(fName), platforms: t.strings(fPlatforms), code: t.bytes(fCode),
		convention: t.number(fConvention, 2), kept: t.numbers(fKept, 2)}
	if r.devices = t.number(fDevices, 4); r.devices == 0 {
		r.devices = t.number(fDevices16, 2)
	}
	for _, e := range t.tables(fOrdered) {
		r.effects = append(r.effects, e.string(0))
	}
	for _, c := range t.tables(fDisabled) {
		r.anywhere = r.anywhere || c.number(0, 1) == 0
	}
	unique := t.tables(fUnique)
	if r.in, err = readTypes(t, unique, fIn, fInUnique, "input"); err != nil {
		return nil, err
	}
	if r.out, err = readTypes(t, unique, fOut, fOutUnique, "output"); err != nil {
		return nil, err
	}
	if r.inTree, err = readTree(t.table(fInTree), 0); err != nil {
		return nil, err
	}
	if r.outTree, err = readTree(t.table(fOutTree), 0); err != nil {
		return nil, err
	}
	if v := t.table(fVJP); !v.missing() {
		if r.vjp, err = readRecord(v, order+1); err != nil {
			return nil, fmt.Errorf("its derivative: %w", err)
		}
	}
	if t.f.err != nil {
		return nil, t.f.err
	}
	return r, r.check()
}

// readTypes reads the types of inputs or outputs: numbers of unique types, or, in older files, the types themselves.
func readTypes(t table, unique []table, field, numbers int, what string) ([]Type, error) {
	all := t.tables(field)
	if n := t.numbers(numbers, 4); len(n) > 0 {
		all = make([]table, len(n))
		for i, k := range n {
			if k >= len(unique) {
				return nil, errFlatbuffer
			}
			all[i] = unique[k]
		}
	}
	types := make([]Type, len(all))
	for i, a := range all {
		code := a.number(typeDType, 1)
		k := slices.IndexFunc(dtypeCodes, func(d dtypeCode) bool { return d.code == code })
		switch {
		case t.f.err != nil:
			return nil, t.f.err
		case k < 0:
			return nil,
				fmt.Errorf("%s %d has an unknown dtype, number %d: a newer version of JAX wrote it", what, i, code)
		case dtypeCodes[k].dtype == ir.Invalid:
			return nil, fmt.Errorf("%s %d is an array of %s, a dtype that gojax does not have", what, i,
				dtypeCodes[k].name)
		}
		types[i].kind = dtypeCodes[k]
		shape := a.strings(typeShape)
		if len(shape) > ir.MaxRank-1 {
			return nil, fmt.Errorf("%s %d has %d axes; there can be %d", what, i, len(shape), ir.MaxRank-1)
		}
		for _, s := range shape {
			n, err := strconv.Atoi(s)
			if err != nil {
				n = -1
				types[i].symbolic = true
			} else if n < 0 {
				return nil, errFlatbuffer
			}
			types[i].text, types[i].shape = append(types[i].text, s), append(types[i].shape, n)
		}
	}
	return types, nil
}

func readTree(t table, depth int) (*Tree, error) {
	if t.missing() || depth > maxNest {
		return nil, errFlatbuffer
	}
	n := &Tree{Kind: TreeKind(t.number(treeKind, 1)), Names: t.strings(treeNames), custom: t.string(treeCustom),
		aux: t.bytes(treeAux)}
	for _, c := range t.tables(treeChildren) {
		kid, err := readTree(c, depth+1)
		if err != nil {
			return nil, err
		}
		n.Children = append(n.Children, kid)
	}
	switch {
	case t.f.err != nil:
		return nil, t.f.err
	case n.Kind > Custom, n.Kind == Dict && len(n.Names) != len(n.Children),
		(n.Kind == Leaf || n.Kind == None) && len(n.Children) > 0:
		return nil, errFlatbuffer
	}
	if n.Kind == Custom {
		n.namesOfCustom()
	}
	n.count()
	return n, nil
}

// check refuses what contradicts itself.
func (r *record) check() error {
	if r.inTree.leaves != len(r.in) || r.outTree.leaves != len(r.out) {
		return fmt.Errorf("its trees have %d inputs and %d outputs, and its types %d and %d: %w", r.inTree.leaves,
			r.outTree.leaves, len(r.in), len(r.out), errFlatbuffer)
	}
	top := r.inTree
	if top.Kind != Tuple || len(top.Children) != 2 || top.Children[0].Kind != Tuple || top.Children[1].Kind != Dict &&
		top.Children[1].leaves > 0 {
		return fmt.Errorf("its inputs are no arguments and keyword arguments: %w", errFlatbuffer)
	}
	if !slices.IsSorted(r.kept) || len(slices.Compact(slices.Clone(r.kept))) != len(r.kept) ||
		len(r.kept) > 0 && r.kept[len(r.kept)-1] >= len(r.in) {
		return fmt.Errorf("it takes inputs that it does not have: %w", errFlatbuffer)
	}
	if len(r.code) == 0 || len(r.platforms) == 0 {
		return fmt.Errorf("it has no program, or is for no platform: %w", errFlatbuffer)
	}
	if c := r.convention; c < minConvention || c > maxConvention {
		return fmt.Errorf(
			"it was exported with calling convention %d, and versions %d to %d are known here; export it "+
				"with another version of JAX", c, minConvention, maxConvention)
	}
	return nil
}

// runnable says why a program cannot be run here, by nil that it can.
func (r *record) runnable() error {
	if r.devices > 1 {
		return fmt.Errorf(
			"%s was exported for %d devices, and programs of one device can be run here; export it without "+
				"shardings", r.name, r.devices)
	}
	if len(r.effects) > 0 {
		return fmt.Errorf("%s has effects in order (%s), which cannot be run here; export it without them", r.name,
			strings.Join(r.effects, ", "))
	}
	if r.compiled {
		return nil
	}
	// XLA's reader aborts the process over some damage. What only this reader does not know is left to XLA's.
	if _, err := r.program(); errors.Is(err, mlir.ErrFormat) {
		return fmt.Errorf("%s: %w: %w", r.name, ErrFormat, err)
	}
	return nil
}

// append writes r as jax.export does.
func (r *record) append(w *builder) int {
	types := func(list []Type) (all int, shardings int, none int) {
		to, empty := make([]int, len(list)), make([]int, len(list))
		for i, t := range list {
			to[i] = w.table(fieldValue{typeShape, w.strings(t.text), 0}, fieldValue{typeDType, t.kind.code, 1},
				fieldValue{typeMemory, 1, 1})
			empty[i] = w.table()
		}
		return w.offsets(to), w.offsets(empty), w.numbers(make([]int, len(list)), 4)
	}
	in, inShard, inNone := types(r.in)
	out, outShard, outNone := types(r.out)
	f := []fieldValue{{0, serialization, 2}, {fName, w.string(r.name), 0}, {fInTree, r.inTree.append(w), 0},
		{fIn, in, 0},
		{fOutTree, r.outTree.append(w), 0}, {fOut, out, 0}, {fDevices16, 1, 2}, {fInShard, inShard, 0},
		{fOutShard, outShard, 0}, {fPlatforms, w.strings(r.platforms), 0}, {fOrdered, w.offsets(nil), 0},
		{fUnordered, w.offsets(nil), 0}, {fDisabled, w.offsets(nil), 0}, {fCode, w.bytes(r.code, false), 0},
		{fConvention, r.convention, 2}, {fKept, w.numbers(r.kept, 2), 0}, {fDevices, 1, 4},
		{fInSharding, inNone, 0}, {fOutSharding, outNone, 0}}
	if r.vjp != nil {
		f = append(f, fieldValue{fVJP, r.vjp.append(w), 0})
	}
	return w.table(f...)
}

// marshal is r as a file of jax.export's.
func (r *record) marshal() []byte {
	w := &builder{}
	return w.finish(r.append(w))
}

func (n *Tree) append(w *builder) int {
	f := []fieldValue{{treeKind, int(n.Kind), 1}}
	if len(n.Children) > 0 {
		kids := make([]int, len(n.Children))
		for i, k := range n.Children {
			kids[i] = k.append(w)
		}
		f = append(f, fieldValue{treeChildren, w.offsets(kids), 0})
	}
	if n.Kind == Dict {
		f = append(f, fieldValue{treeNames, w.strings(n.Names), 0})
	}
	return w.table(f...)
}
