package export

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"strings"

	"github.com/gojax/gojax/backend/pjrt"
	"github.com/gojax/gojax/jnp"
	"github.com/gojax/gojax/trace"
	"github.com/gojax/gojax/transforms/jit"
)

// ErrFormat is what errors are (errors.Is) of files that are no programs, cut off, or changed.
var ErrFormat = errors.New("it is no exported program, or it is damaged")

// maxFile is the most that a program without its constants may take: flatbuffers have places of 31 bits.
const maxFile = 1<<31 - 1

// Exported is a program that was loaded (jax.export.Exported). Its methods may be called from several goroutines at
// once.
type Exported struct {
	name     string
	variants []*variant
}

// variant is a program of an Exported: for certain types of arguments, and platforms.
type variant struct {
	*record
	args, kwargs *Tree
	in           []Type // those of the user's arguments; constants follow them
	module       *jit.Module
	derivative   *Exported
	constants    []*trace.Value // which the derivative takes behind the user's arguments
	sizes        sizes          // of a program with variables in its shapes
}

// Load reads a program: a file that Save wrote, one that jax.export wrote (the bytes of Exported.serialize()), or a
// module of StableHLO alone, as text or as MLIR's bytecode. It needs no Python, and traces nothing. It has no
// counterpart in JAX but jax.export.deserialize.
func Load(path string) (*Exported, error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, fmt.Errorf("export.Load: %w", err)
	}
	defer f.Close()
	st, err := f.Stat()
	var e *Exported
	if err == nil {
		name := strings.TrimSuffix(filepath.Base(path), filepath.Ext(path))
		e, err = read(f, st.Size(), name)
	}
	if err != nil {
		return nil, fmt.Errorf("export.Load: %s: %w", path, err)
	}
	return e, nil
}

// Deserialize reads a program from the bytes of a file, as Load does. (jax.export.deserialize)
func Deserialize(b []byte) (*Exported, error) {
	e, err := read(bytes.NewReader(b), int64(len(b)), "main")
	if err != nil {
		return nil, fmt.Errorf("export.Deserialize: %w", err)
	}
	return e, nil
}

// read tells the formats apart by their beginnings.
func read(r io.ReaderAt, size int64, name string) (*Exported, error) {
	head := make([]byte, min(size, 512))
	if _, err := r.ReadAt(head, 0); err != nil && err != io.EOF {
		return nil, err
	}
	if bytes.Contains(head, []byte(fileMark)) {
		return readFile(r, size)
	}
	if size > maxFile {
		return nil, fmt.Errorf("%w: %d bytes are too many for a program", ErrFormat, size)
	}
	b := make([]byte, size)
	if _, err := io.ReadFull(io.NewSectionReader(r, 0, size), b); err != nil {
		return nil, err
	}
	if bytes.HasPrefix(b, []byte("ML\xefR")) || isText(b) {
		return bare(b, name)
	}
	rec, err := parseRecord(b)
	if err != nil {
		return nil, formatError(err)
	}
	return exported(rec, nil)
}

// formatError is an error about a program, ErrFormat unless it is one that gojax cannot run.
func formatError(err error) error {
	if errors.Is(err, errFlatbuffer) {
		return fmt.Errorf("%w: %w", ErrFormat, err)
	}
	return err
}

// isText reports whether b is a module as text.
func isText(b []byte) bool {
	return bytes.Contains(b, []byte("func.func")) && !bytes.Contains(b[:min(len(b), 4096)], []byte{0})
}

// exported is the Exported of one program; constants are behind its arguments.
func exported(r *record, constants []*trace.Value) (*Exported, error) {
	v, err := newVariant(r, constants)
	if err != nil {
		return nil, err
	}
	return &Exported{r.name, []*variant{v}}, nil
}

// constantsName is the keyword argument by which a saved program takes its constants.
const constantsName = "constants"

func newVariant(r *record, constants []*trace.Value) (*variant, error) {
	v := &variant{record: r, args: r.inTree.Children[0], kwargs: r.inTree.Children[1], in: r.in}
	if constants != nil {
		if len(constants) > len(r.in) || !slices.Equal(v.kwargs.Names, []string{constantsName}) ||
			v.kwargs.leaves != len(constants) {
			return nil, fmt.Errorf("the program does not take %d constants: %w", len(constants), errFlatbuffer)
		}
		v.in, v.constants = r.in[:len(r.in)-len(constants)], constants
		v.kwargs = &Tree{Kind: Dict}
		for i, c := range constants {
			if t := r.in[len(v.in)+i].aval(); !c.Aval().SameType(t) {
				return nil, fmt.Errorf("constant %d is %v, and the program takes %v: %w", i, c.Aval(), t, errFlatbuffer)
			}
		}
	}
	v.module = &jit.Module{Op: "export.Exported.Call", Name: r.name, Code: r.code, Out: avals(r.out),
		Platforms: r.platforms, Anywhere: r.anywhere, Place: r.place}
	var kept []*trace.Value
	for _, i := range r.kept {
		if i >= len(v.in) {
			kept = append(kept, constants[i-len(v.in)])
		}
	}
	v.module.SetConstants(kept)
	if r.vjp != nil {
		d, err := exported(r.vjp, nil)
		if err != nil {
			return nil, err
		}
		v.derivative = d
	}
	return v, nil
}

// bare is a module without a signature: its arguments are those of its function main.
func bare(code []byte, name string) (*Exported, error) {
	m := &jit.Module{Op: "export.Exported.Call", Name: name, Code: code}
	if strings.Contains(string(code), "lapack_") { // such a module is JAX's for the CPU
		m.Platforms = []string{"cpu"}
	}
	var d *pjrt.Device
	if m.Platforms != nil {
		c, err := pjrt.Open("cpu")
		if err != nil {
			return nil, err
		}
		d = c.Devices()[0]
	}
	if err := trace.Try(func() { trace.Must(m.Compile(d), "", nil) }); err != nil {
		return nil, fmt.Errorf("%w: a module of StableHLO that was refused: %w", ErrFormat, err)
	}
	r := &record{name: name, code: code, parsed: new(bytecode), compiled: true, platforms: m.Platforms,
		anywhere: m.Platforms == nil, devices: 1, outTree: flat(Tuple, len(m.Out)),
		inTree: &Tree{Kind: Tuple, Children: []*Tree{flat(Tuple, len(m.In)), {Kind: Dict}}}}
	if len(m.Out) == 1 {
		r.outTree = r.outTree.Children[0]
	}
	r.inTree.count()
	for i, t := range m.In {
		r.in, r.kept = append(r.in, typeOf(t)), append(r.kept, i)
	}
	for _, t := range m.Out {
		r.out = append(r.out, typeOf(t))
	}
	v := &variant{record: r, args: r.inTree.Children[0], kwargs: r.inTree.Children[1], in: r.in, module: m}
	return &Exported{name, []*variant{v}}, nil
}

// flat is a tree of n leaves.
func flat(kind TreeKind, n int) *Tree {
	t := &Tree{Kind: kind}
	for range n {
		t.Children = append(t.Children, (&Tree{Kind: Leaf}).count())
	}
	return t.count()
}

// Name is the name of the function that was exported. (jax.export.Exported.fun_name)
func (e *Exported) Name() string { return e.name }

// Platforms are what the program was lowered for: "cpu", "cuda"; none where it does not say.
// (jax.export.Exported.platforms)
func (e *Exported) Platforms() []string {
	var all []string
	for _, v := range e.variants {
		all = append(all, v.platforms...)
	}
	slices.Sort(all)
	return slices.Compact(all)
}

// Spec is an input or output of a program: where it stands in the arguments or the result, and its type.
type Spec struct {
	Path string
	Type Type
}

func specs(paths []string, types []Type) []Spec {
	out := make([]Spec, len(types))
	for i, t := range types {
		out[i] = Spec{paths[i], t}
	}
	return out
}

// Variant is the signature of a program for one set of types.
type Variant struct {
	Inputs, Outputs []Spec
	In, Out         *Tree // of the arguments, and of the result
	Keywords        *Tree // of the keyword arguments, a Dict
	Platforms       []string
}

// Variants are the types of arguments that the program was lowered for: one, unless it was saved with Buckets.
// (jax.export.Exported.in_avals, out_avals, in_tree, out_tree)
func (e *Exported) Variants() []Variant {
	var out []Variant
	for _, v := range e.variants {
		out = append(out,
			Variant{specs(v.paths(), v.in), specs(v.outTree.pathsFrom("result"), v.out), v.args, v.outTree,
				v.kwargs, v.platforms})
	}
	return out
}

// paths names the user's inputs.
func (v *variant) paths() []string {
	return append(v.args.pathsFrom("args"), v.kwargs.pathsFrom("kwargs")...)
}

// String is the signature: the function's name, and the types that it takes and gives.
func (e *Exported) String() string {
	var s strings.Builder
	for i, v := range e.variants {
		if i > 0 {
			s.WriteByte('\n')
		}
		fmt.Fprintf(&s, "%s for %s", e.name, strings.Join(v.platforms, ", "))
		for _, x := range specs(v.paths(), v.in) {
			fmt.Fprintf(&s, "\n  %s: %v", x.Path, x.Type)
		}
		for _, x := range specs(v.outTree.pathsFrom("result"), v.out) {
			fmt.Fprintf(&s, "\n  %s: %v", x.Path, x.Type)
		}
	}
	return s.String()
}

// Text is the first of its programs as text of StableHLO: as it is in the file, or written of MLIR's bytecode.
// (jax.export.Exported.mlir_module)
func (e *Exported) Text() (string, error) {
	r := e.variants[0].record
	if isText(r.code) {
		return string(r.code), nil
	}
	m, err := r.program()
	if err != nil {
		return "", fmt.Errorf("export.Exported.Text: %w", err)
	}
	return m.Text(), nil
}

// Compile compiles the program for device d (nil: the default one), or loads it from the cache of compiled programs, so
// that the first call need not. One whose shapes have variables is compiled for each set of sizes: see Sized.
func (e *Exported) Compile(d *pjrt.Device) error {
	var compiled bool
	var failed error
	for _, v := range e.variants {
		if err := v.runnable(); err != nil {
			return err
		}
		if v.symbolic() {
			return fmt.Errorf("export.Exported.Compile: %s has variables in its shapes; say with Sized what they are",
				e.name)
		}
		if err := trace.Try(func() { trace.Must(v.module.Compile(d), "export.Exported.Compile", nil) }); err != nil {
			failed = err
		} else {
			compiled = true
		}
	}
	if compiled { // of several, others may be for other platforms
		return nil
	}
	return failed
}

// Call runs the program. The arguments are trees of the structure that it was exported with: a tuple or list is a
// slice, or a struct with as many fields; a dict is a map with string keys, or a struct whose fields have the keys'
// names (b, B; dense_0, Dense0); a named tuple is either. Keyword arguments are one more argument, a map or a struct
// with their names. Go numbers may stand for scalars. The result is an array, or []any for a tuple or a list and
// map[string]any for a dict, unless Func gives it a type. Other trees, shapes or dtypes are an *Error that names the
// part.
//
// Inside a trace (Jit, Grad, Vmap) the call is recorded as one of a Go function: it runs on the CPU, once for each row
// of Vmap, and has the derivative in reverse that was exported with it (vjp_order in JAX). (jax.export.Exported.call)
func (e *Exported) Call(args ...any) any {
	x := make([]reflect.Value, len(args))
	for i := range args {
		x[i] = reflect.ValueOf(&args[i]).Elem()
	}
	v, leaves := e.bind("export.Exported.Call", x)
	y, _ := v.outTree.build(v.call(leaves))
	return y
}

// CallFlat is Call with the arrays of the arguments in order, as the Inputs of a Variant have them, and those of the
// result. It has no counterpart in JAX.
func (e *Exported) CallFlat(x ...jnp.Array) []jnp.Array {
	v, leaves := e.choose("export.Exported.CallFlat", func(v *variant) ([]*trace.Value, error) {
		if len(x) != len(v.in) {
			return nil, fmt.Errorf("it takes %d arrays, and has %d", len(v.in), len(x))
		}
		w, paths := &taker{types: v.in}, v.paths()
		for i := range x {
			if err := w.leaf(reflect.ValueOf(x[i]), paths[i]); err != nil {
				return nil, err
			}
		}
		return w.leaves, nil
	})
	return flatArrays(v.call(leaves))
}

// bind finds the variant for the arguments, and takes these apart.
func (e *Exported) bind(op string, args []reflect.Value) (*variant, []*trace.Value) {
	return e.choose(op, func(v *variant) ([]*trace.Value, error) { return v.take(args) })
}

// choose finds the variant whose types are those of what take takes apart.
func (e *Exported) choose(op string, take func(v *variant) ([]*trace.Value, error)) (*variant, []*trace.Value) {
	var first error
	var any []*trace.Value
	for _, v := range e.variants {
		err := v.runnable()
		var leaves []*trace.Value
		if err == nil {
			leaves, err = take(v)
		}
		if err == nil {
			v, err = v.sized(trace.Avals(leaves))
		}
		if err == nil {
			if v.module.Runs(leaves) || len(e.variants) == 1 {
				return v, leaves
			}
			any = leaves
		}
		if first == nil {
			first = err
		}
	}
	if any != nil {
		trace.Fail(op, trace.Avals(any), "%s was lowered for %s, and the arrays are elsewhere; move them with "+
			"gojax.DevicePut", e.name, strings.Join(e.Platforms(), ", "))
	}
	if n := len(e.variants); n > 1 && first != nil {
		first = fmt.Errorf("%w; it has %d sets of types, and none is the arguments'", first, n)
	}
	trace.Must(fmt.Errorf("%s: %w", e.name, first), op, nil)
	return nil, nil
}

// take takes the arguments apart.
func (v *variant) take(args []reflect.Value) ([]*trace.Value, error) {
	w := &taker{types: v.in}
	if err := v.arity(len(args)); err != nil {
		return nil, err
	}
	for i, k := range v.arguments() {
		if err := w.take(k, args[i], trace.ArgName(i)); err != nil {
			return nil, err
		}
	}
	return w.leaves, nil
}

// arguments are the structures of the arguments of a call; that of keyword arguments is the last.
func (v *variant) arguments() []*Tree {
	a := v.args.Children
	if v.kwargs.leaves > 0 {
		a = append(a[:len(a):len(a)], v.kwargs)
	}
	return a
}

// arity says why a call cannot have n arguments.
func (v *variant) arity(n int) error {
	want, named := len(v.arguments()), ""
	if want > len(v.args.Children) {
		named = ", of which the last has the keyword arguments " + strings.Join(v.kwargs.Names, ", ")
	}
	if n != want {
		return fmt.Errorf("it takes %d arguments%s, and has %d", want, named, n)
	}
	return nil
}

// call runs v on leaves of its types.
func (v *variant) call(leaves []*trace.Value) []*trace.Value {
	if trace.AnyTraced(leaves...) {
		return v.recorded(leaves)
	}
	return v.run(leaves)
}

// run runs v on concrete leaves.
func (v *variant) run(leaves []*trace.Value) []*trace.Value {
	in, paths := leaves, v.paths
	if len(v.kept) < len(v.record.in) {
		in = nil
		for _, i := range v.kept {
			if i < len(leaves) {
				in = append(in, leaves[i])
			}
		}
	}
	return v.module.Call(in, func(i int) string {
		if all := paths(); i < len(v.kept) && v.kept[i] < len(all) {
			return all[v.kept[i]]
		}
		return "a constant"
	})
}

// HasVJP reports whether the program was exported with its derivative. (jax.export.Exported.has_vjp)
func (e *Exported) HasVJP() bool { return e.variants[0].derivative != nil }

// VJP is the program of the derivative in reverse: it takes the flat inputs of e and then a cotangent for each of its
// flat outputs, and gives a cotangent for each of the inputs, as a list. The arrays that a program of Save's keeps
// beside it are inputs too, behind those of e. Where there is none it is an *Error.
// (jax.export.Exported.vjp)
func (e *Exported) VJP() *Exported {
	d := &Exported{name: "the derivative of " + e.name}
	for _, v := range e.variants {
		if v.derivative == nil {
			trace.Fail("export.Exported.VJP", nil, "%s", v.noVJP())
		}
		d.variants = append(d.variants, v.derivative.variants...)
	}
	return d
}

func (v *variant) noVJP() string {
	return v.name + " was exported without its derivative: in Python, exp.serialize(vjp_order=1) writes it too, here " +
		"export.Saving{VJPOrder: 1}"
}

// flatArrays are leaves as arrays.
func flatArrays(v []*trace.Value) []jnp.Array {
	out := make([]jnp.Array, len(v))
	for i := range v {
		out[i] = jnp.Wrap(v[i])
	}
	return out
}

func values(a []jnp.Array) []*trace.Value {
	out := make([]*trace.Value, len(a))
	for i := range a {
		out[i] = a[i].TraceValue()
	}
	return out
}
