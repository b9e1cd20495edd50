package gojax

import (
	"bytes"
	"fmt"
	"reflect"

	"github.com/gojax/gojax/backend/pjrt"
	"github.com/gojax/gojax/ir"
	"github.com/gojax/gojax/lower"
	"github.com/gojax/gojax/trace"
	"github.com/gojax/gojax/transforms/jit"
)

// Lower traces f for the given arguments, without running it: Lower(f)(x, y) is what Jit(f)(x, y) would compile. The arguments must
// be assignable to f's parameters.
func Lower[F any](f F, opts ...JitOption) func(args ...any) *Lowered[F] {
	fv, fn := newFunc("Lower", f, opts)
	j := &jitted{fn: fn, f: fv, args: argNames(fv.Type())}
	return func(args ...any) *Lowered[F] {
		l := &Lowered[F]{j: j}
		in := j.pack("Lower", args)
		l.leaves, l.key = j.flatten(in)
		l.en = j.make(in, l.leaves, l.key)
		return l
	}
}

// MakeProgram is the program that f is traced to for the given arguments, as f was written: nothing is left out or merged yet.
func MakeProgram[F any](f F) func(args ...any) *ir.Program {
	fv, fn := newFunc("MakeProgram", f, nil)
	j := &jitted{fn: fn, f: fv, args: argNames(fv.Type())}
	return func(args ...any) *ir.Program {
		in := j.pack("MakeProgram", args)
		leaves, _ := j.flatten(in)
		defs := j.defs(in)
		return fn.Trace(leaves, defs, j.body(defs))
	}
}

// flatten is the leaves of the arguments and the key of everything else.
func (j *jitted) flatten(args []reflect.Value) (leaves []*trace.Value, key []byte) {
	for i, a := range args {
		leaves, key = trace.AppendTreeAs(j.args[i], a, leaves, key)
	}
	return leaves, key
}

// pack makes the arguments that j.f is called with, the variadic ones in a slice.
func (j *jitted) pack(op string, args []any) []reflect.Value {
	t := j.f.Type()
	fixed := t.NumIn()
	if t.IsVariadic() {
		fixed--
	}
	if len(args) < fixed || len(args) > fixed && !t.IsVariadic() {
		trace.Fail(op+"("+j.fn.Name+")", nil, "%d arguments for a function of %d", len(args), t.NumIn())
	}
	one := func(i int, to reflect.Type) reflect.Value {
		x := reflect.New(to).Elem()
		if args[i] == nil {
			switch to.Kind() {
			case reflect.Interface, reflect.Pointer, reflect.Slice, reflect.Map:
				return x
			}
		}
		v := reflect.ValueOf(args[i])
		if !v.IsValid() || !v.Type().AssignableTo(to) {
			trace.Fail(op+"("+j.fn.Name+")", nil, "args[%d] is %T, and the function takes %v", i, args[i], to)
		}
		x.Set(v)
		return x
	}
	in := make([]reflect.Value, 0, t.NumIn())
	for i := range fixed {
		in = append(in, one(i, t.In(i)))
	}
	if t.IsVariadic() {
		s := t.In(fixed)
		rest := reflect.New(s).Elem()
		for i := fixed; i < len(args); i++ {
			rest = reflect.Append(rest, one(i, s.Elem()))
		}
		in = append(in, rest)
	}
	return in
}

// Lowered is a function traced for arguments of certain types.
type Lowered[F any] struct {
	j      *jitted
	en     *jit.Entry
	leaves []*trace.Value
	key    []byte
}

// Program is the traced program. Its inputs are the arrays of the arguments in order, and then those that the function uses from
// outside.
func (l *Lowered[F]) Program() *ir.Program { return l.en.Program() }

// Text is the StableHLO text, with the user's file and line on every operation.
func (l *Lowered[F]) Text() string {
	platform := "cpu"
	if d := l.j.fn.Device; d != nil {
		platform = d.Client().Platform()
	} else if d, err := jit.Devices(); err == nil {
		platform = d[0].Client().Platform()
	}
	has := func(name string) bool { return pjrt.HasKernelOn(name, platform) }
	p, _ := jit.Sequenced(l.en.Program(), platform)
	m := lower.Text(p, lower.Options{Platform: platform, HasKernel: has, Locations: true, Donate: l.en.Donated(), Name: l.j.fn.Name})
	return string(m.Text)
}

// Compile compiles the program for the device of the arguments that it was lowered with.
func (l *Lowered[F]) Compile() (*Compiled[F], error) {
	x, err := l.en.Executable(l.leaves)
	if err != nil {
		return nil, err
	}
	c := &Compiled[F]{x: x}
	c.Call = makeFunc[F](l.j.f.Type(), func(args []reflect.Value) []reflect.Value {
		leaves, key := l.j.flatten(args)
		if err := l.differs(leaves, key, args); err != nil {
			trace.Must(err, l.j.fn.Name, trace.Avals(leaves))
		}
		return rebuild(l.en.Out.([]*trace.Def), l.en.Call(leaves))
	})
	return c, nil
}

// differs says why the arguments are not what l was compiled for.
func (l *Lowered[F]) differs(leaves []*trace.Value, key []byte, args []reflect.Value) error {
	if bytes.Equal(key, l.key) {
		same := len(leaves) == len(l.leaves)
		for i := range leaves {
			same = same && leaves[i].Aval().Equal(l.leaves[i].Aval())
		}
		if same {
			return nil
		}
	}
	return fmt.Errorf("the compiled function was lowered for other arguments: %s; lower it again, or use Jit, which compiles as needed", l.en.Differs(l.j.defs(args), trace.Avals(leaves), trace.X64(leaves...)))
}

// Compiled is a function compiled ahead of time.
type Compiled[F any] struct {
	// Call runs the program. Arguments of other types or structure than it was lowered for are an *Error.
	Call F

	x *pjrt.Executable
}

// Text is the optimized program as the plugin prints it (HLO); an error where it does not.
func (c *Compiled[F]) Text() (string, error) { return c.x.Text() }

// CostAnalysis is the compiler's estimate of the work, by the plugin's names ("flops", "bytes accessed"); an error where it has
// none.
func (c *Compiled[F]) CostAnalysis() (map[string]float64, error) { return c.x.CostAnalysis() }

// CompiledMemory is what the compiler knows about a program's memory, in bytes.
type CompiledMemory = pjrt.CompiledMemory

// MemoryAnalysis is the memory that the program takes for arguments, results and temporaries.
func (c *Compiled[F]) MemoryAnalysis() (CompiledMemory, error) { return c.x.Memory() }
