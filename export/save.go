package export

import (
	"bytes"
	"encoding/hex"
	"errors"
	"fmt"
	"math"
	"slices"
	"strings"

	"github.com/gojax/gojax/internal/kit"
	"github.com/gojax/gojax/ir"
	"github.com/gojax/gojax/trace"
	"github.com/gojax/gojax/transforms/jit"
)

// Saving says what Save writes.
type Saving struct {
	// Buckets are further lists of arguments, of other shapes or dtypes, for which the program is lowered too: a
	// program takes the types that it was lowered for, and no others. Their structure is that of the first.
	Buckets [][]any
	// Platforms are what the program is lowered for; none given: cpu, and cuda where it can be.
	Platforms []string
	// Name is the program's name; empty: that of the function.
	Name string
	// VJPOrder is how many derivatives in reverse are written too, each that of the one before: with 1 the loaded
	// program has a gradient, here and in JAX. (vjp_order of jax.export.Exported.serialize)
	VJPOrder int
}

// plainSuffix ends the names of files that are written as jax.export writes them.
const plainSuffix = ".jax_export"

var defaultPlatforms = []string{"cpu", "cuda"}

// Save writes the program that f is for arguments of the types of args to a file, for Load, also in another process or
// on another machine, and for JAX: f is traced as by gojax.Jit and lowered to StableHLO, and what it uses from outside
// is stored with it. The elements of args do not matter. Plain Go values in them are part of the program. The file is
// there whole or not at all.
//
// The file is a .safetensors file that holds constants as arrays and programs in the format of jax.export. Under a name
// that ends in .jax_export it is a program in that format alone, constants within, for the CPU, which
// jax.export.deserialize reads.
//
// A program that calls Go functions cannot be saved, nor one over several devices. Options: Saving (Buckets, Platforms,
// Name, VJPOrder). (jax.export.export, with serialize)
func Save(path string, f any, args ...any) error { return Saving{}.Save(path, f, args...) }

// Save is the function Save with options.
func (o Saving) Save(path string, f any, args ...any) (err error) {
	const op = "export.Save"
	failed := trace.Try(func() { err = o.save(op, path, f, args) })
	if err = errors.Join(err, failed); err != nil {
		return fmt.Errorf("export.Save: %s: %w", path, err)
	}
	return nil
}

func (o Saving) save(op, path string, f any, args []any) error {
	plain := strings.HasSuffix(path, plainSuffix)
	platforms := o.Platforms
	switch {
	case plain && (len(o.Buckets) > 0 || len(platforms) > 0 && !slices.Equal(platforms, []string{"cpu"})):
		return fmt.Errorf(
			"a file of jax.export's has one program, for the CPU; save Buckets and other Platforms under a name "+
				"that does not end in %s", plainSuffix)
	case plain:
		platforms = []string{"cpu"}
	case len(platforms) == 0:
		platforms = defaultPlatforms
	}
	var programs []namedProgram
	var shared []*trace.Value // the constants of all programs
	for i, a := range append([][]any{args}, o.Buckets...) {
		l, err := o.lower(f, a)
		if err != nil {
			return err
		}
		if i == 0 {
			shared = l.constants
		}
		if err := l.share(shared); err != nil {
			return err
		}
		if err := l.addVJP(o.VJPOrder, plain); err != nil {
			return err
		}
		if plain {
			r, err := l.record(op, "cpu", false, true)
			if err != nil {
				return err
			}
			return writePlain(path, r)
		}
		if i > 0 && l.inTree.String() != programs[0].inTree.String() {
			return fmt.Errorf("the arguments of Buckets[%d] have the structure %v, and the others %v", i-1, l.inTree,
				programs[0].inTree)
		}
		some, err := l.programs(op, i, platforms, len(o.Platforms) == 0)
		if err != nil {
			return err
		}
		programs = append(programs, some...)
	}
	return writeFile(op, path, programs[0].record.name, programs, shared)
}

// share puts l's constants into the order of those of all programs.
func (l *lowered) share(constants []*trace.Value) error {
	if len(l.constants) != len(constants) {
		return fmt.Errorf("the programs for different arguments use %d and %d arrays from outside; pass them as "+
			"arguments", len(constants), len(l.constants))
	}
	base := len(l.in) - len(constants)
	for i, v := range l.constants {
		k := slices.Index(constants, v)
		if k < 0 {
			return fmt.Errorf("the programs for different arguments use different arrays from outside (%v): pass "+
				"them as arguments, or make them once before", v.Aval())
		}
		l.order[base+k], l.in[base+k] = base+i, typeOf(v.Aval())
	}
	return nil
}

// lowered is a function lowered for arguments.
type lowered struct {
	name            string
	l               *jit.Lowered
	inTree, outTree *Tree
	in, out         []Type
	// of inputs and outputs in the order of the trees, their numbers in the lowered program
	order, results []int
	constants      []*trace.Value // in the order in which the program takes them
	vjp            *lowered       // its derivative, if that is written too
}

func (o Saving) lower(f any, args []any) (*lowered, error) {
	var opts []jit.Option
	if o.Name != "" {
		opts = append(opts, func(f *jit.Func) { f.Name = o.Name })
	}
	l := jit.Lower(f, opts)(args...)
	p := l.Program()
	switch {
	case p.CallsHost() != ir.NoHostCalls:
		return nil,
			errors.New("the function calls Go functions (PureCallback, debug, kernels, another exported program), " +
				"which cannot be saved")
	case l.Sharded():
		return nil, errors.New("the function runs over a mesh of devices; programs of one device can be saved")
	case len(p.In) > math.MaxUint16:
		return nil,
			fmt.Errorf("the function takes %d arrays, and a program that is saved %d", len(p.In), math.MaxUint16)
	}
	r := &lowered{name: l.Name(), l: l, constants: l.Captured()}
	in, out := l.Trees()
	args2, order := describe(in)
	results, outOrder := describe(out)
	r.order, r.results = order, outOrder
	r.inTree = &Tree{Kind: Tuple, Children: []*Tree{args2, {Kind: Dict}}}
	if r.outTree = results; len(out) == 1 {
		r.outTree = results.Children[0]
	}
	for _, i := range order {
		r.in = append(r.in, typeOf(p.In[i].Ty))
	}
	if n := len(r.constants); n > 0 {
		list := flat(List, n)
		r.inTree.Children[1] = (&Tree{Kind: Dict, Names: []string{constantsName}, Children: []*Tree{list}}).count()
		for i, v := range r.constants {
			if v.Traced() {
				return nil, errors.New("the function uses a traced value from outside; save it outside of Jit and Grad")
			}
			r.in, r.order = append(r.in, typeOf(v.Aval())), append(r.order, len(order)+i)
		}
	}
	r.inTree.count()
	for _, i := range outOrder {
		r.out = append(r.out, typeOf(p.Out[i].Aval()))
	}
	return r, nil
}

// describe is a tuple of trees, and the order of their leaves in it.
func describe(t trace.Trees) (*Tree, []int) {
	n := 0
	for _, d := range t {
		n += d.NumLeaves()
	}
	w := &describer{number: map[*trace.Value]int{}}
	marks := make([]*trace.Value, n)
	for i := range marks {
		marks[i] = trace.FromLit(ir.BoolLit(true))
		w.number[marks[i]] = i
	}
	all := &Tree{Kind: Tuple}
	for _, x := range t.Unflatten(marks) {
		all.Children = append(all.Children, w.describe(x))
	}
	return all.count(), w.order
}

// programs are those of bucket n for the platforms. Where any will do, those that cannot be lowered are left out.
func (l *lowered) programs(op string, n int, platforms []string, any bool) (out []namedProgram, err error) {
	var first error
	for _, platform := range platforms {
		r, err := l.record(op, platform, true, false)
		if err != nil {
			if first == nil {
				first = err
			}
			if any {
				continue
			}
			return nil, err
		}
		name := fmt.Sprintf("program.%d.%s", n, platform)
		out = append(out, namedProgram{name, r})
		if platform == "cpu" && r.calls() { // with settings that JAX's do not have
			if r, err := l.record(op, platform, false, false); err == nil {
				out = append(out, namedProgram{fmt.Sprintf("program.%d%s", n, onlyPython), r})
			}
		}
	}
	if len(out) == 0 {
		return nil, first
	}
	return out, nil
}

// text is the program as text, whose function main takes and gives arrays in the order of the trees. kernels says
// whether it may call ours. constants are the values of its last inputs, where these are to be within.
func (l *lowered) text(platform string, kernels bool, constants []string) (text string, err error) {
	err = trace.Try(func() { text = l.l.TextFor(platform, kernels) })
	if err != nil {
		return "", fmt.Errorf("lowering for %s: %w", platform, err)
	}
	if !slices.IsSorted(l.order) || !slices.IsSorted(l.results) || constants != nil {
		text = wrapped(text, l, constants)
	}
	return text, nil
}

// record is l as a program of a file, with its derivatives. within says that the constants are in the text.
func (l *lowered) record(op, platform string, kernels, within bool) (*record, error) {
	var constants []string
	in, inTree := l.in, l.inTree
	if within {
		for _, v := range l.constants {
			constants = append(constants, constantText(kit.HostBytes(op, v), v.Aval()))
		}
		in = in[:len(in)-len(constants)]
		inTree = (&Tree{Kind: Tuple, Children: []*Tree{inTree.Children[0], {Kind: Dict}}}).count()
	}
	text, err := l.text(platform, kernels, constants)
	if err != nil {
		return nil, err
	}
	r := &record{parsed: new(bytecode), name: l.name, inTree: inTree, in: in, outTree: l.outTree, out: l.out,
		devices: 1, platforms: []string{platform}, code: []byte(text), convention: maxConvention}
	for i := range in {
		r.kept = append(r.kept, i)
	}
	if l.vjp != nil {
		if r.vjp, err = l.vjp.record(op, platform, kernels, within); err != nil {
			return nil, fmt.Errorf("its derivative: %w", err)
		}
	}
	return r, nil
}

// calls reports whether r or a derivative of it makes custom calls.
func (r *record) calls() bool {
	return r != nil && (bytes.Contains(r.code, []byte("custom_call")) || r.vjp.calls())
}

// constantText is an array as a constant of StableHLO.
func constantText(b []byte, a ir.Aval) string {
	t := tensorText(a)
	if a.DType == ir.Bool { // bits, of which MLIR's hexadecimal form has eight a byte
		bits := make([]string, len(b))
		for i, x := range b {
			bits[i] = fmt.Sprint(x != 0)
		}
		return "dense<" + nested(bits, a.Shape) + "> : " + t
	}
	if len(b) == 0 {
		return "dense<> : " + t
	}
	return `dense<"0x` + strings.ToUpper(hex.EncodeToString(b)) + `"> : ` + t
}

// nested are elements as MLIR writes those of an array of the given shape.
func nested(e []string, shape []int) string {
	if len(shape) == 0 {
		return e[0]
	}
	if shape[0] == 0 {
		return ""
	}
	rows := make([]string, shape[0])
	n := len(e) / shape[0]
	for i := range rows {
		rows[i] = nested(e[i*n:(i+1)*n], shape[1:])
	}
	return "[" + strings.Join(rows, ", ") + "]"
}

func tensorText(a ir.Aval) string {
	s := "tensor<"
	for _, n := range a.Shape {
		s += fmt.Sprintf("%dx", n)
	}
	return s + a.DType.MLIR() + ">"
}

// wrapped is text, a module, with a function main around its own, that takes inputs and gives outputs in the order of
// l's trees. constants are the values of the last inputs, if they are not to be inputs.
func wrapped(text string, l *lowered, constants []string) string {
	const main, inner = "public @main(", "private @gojax_main("
	head, rest, _ := strings.Cut(text, "func.func "+main)
	var w strings.Builder
	n := len(l.in) - len(constants)
	var params, types, args []string
	at, inTypes := make([]string, len(l.order)), make([]string, len(l.order)) // of the module's inputs
	for k := range l.in {
		i, t := l.order[k], tensorText(l.in[k].aval())
		at[i], inTypes[i] = fmt.Sprintf("%%arg%d", k), t
		if k < n {
			params = append(params, at[i]+": "+t)
		}
	}
	outTypes := make([]string, len(l.results))
	for k, i := range l.results {
		outTypes[i] = tensorText(l.out[k].aval())
		types = append(types, tensorText(l.out[k].aval()))
		args = append(args, fmt.Sprintf("%%r#%d", i))
	}
	if len(args) == 1 {
		args[0] = "%r"
	}
	fmt.Fprintf(&w, "%sfunc.func public @main(%s) -> (%s) {\n", head, strings.Join(params, ", "),
		strings.Join(types, ", "))
	for i, c := range constants {
		fmt.Fprintf(&w, "%%arg%d = stablehlo.constant %s\n", n+i, c)
	}
	result := ""
	if len(outTypes) > 0 {
		result = fmt.Sprintf("%%r:%d = ", len(outTypes))
		if len(outTypes) == 1 {
			result = "%r = "
		}
	}
	fmt.Fprintf(&w, "%sfunc.call @gojax_main(%s) : (%s) -> (%s)\n", result, strings.Join(at, ", "),
		strings.Join(inTypes, ", "), strings.Join(outTypes, ", "))
	if len(args) > 0 {
		fmt.Fprintf(&w, "func.return %s : %s\n}\n", strings.Join(args, ", "), strings.Join(types, ", "))
	} else {
		w.WriteString("func.return\n}\n")
	}
	return w.String() + "func.func " + inner + rest
}
