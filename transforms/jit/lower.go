package jit

import (
	"bytes"
	"fmt"
	"reflect"

	"github.com/gojax/gojax/backend/pjrt"
	"github.com/gojax/gojax/ir"
	"github.com/gojax/gojax/lower"
	"github.com/gojax/gojax/trace"
)

// Lower traces f for given arguments, without running it: see gojax.Lower.
func Lower(f any, opts []Option) func(args ...any) *Lowered {
	j := newJitted("gojax.Lower", f, opts)
	return func(args ...any) *Lowered {
		l := &Lowered{j: j}
		in := j.f.Pack(args)
		l.leaves, l.key = j.f.AppendTrees(in, nil, nil)
		l.en = j.make(in, l.leaves, l.key)
		return l
	}
}

// Lowered is a function traced for arguments of certain types.
type Lowered struct {
	j      *jitted
	en     *Entry
	leaves []*trace.Value
	key    []byte
}

// Program is the traced program.
func (l *Lowered) Program() *ir.Program { return l.en.Program() }

// Text is the StableHLO text, with the user's file and line on every operation.
func (l *Lowered) Text() string {
	platform := "cpu"
	if d := l.j.fn.Device; d != nil {
		platform = d.Client().Platform()
	} else if d, err := Devices(); err == nil {
		platform = d[0].Client().Platform()
	}
	o := lower.Options{Platform: platform, HasKernel: hasKernel(platform), Locations: true, Donate: l.en.donate,
		Name: l.j.fn.Name}
	over, err := l.en.overMesh(l.leaves)
	trace.Must(err, l.en.f.op(), l.en.in)
	p := l.en.Program()
	switch {
	case over == nil:
		p, _ = Sequenced(p, platform)
	case over.mesh.OverProcesses():
		m, asked := layOut(p, over.mesh, nil, over)
		p, _, _ = m.local(p, asked.out)
		o.Platform, o.Mesh, o.Place = "cpu", over.mesh, PlacesOf(over.mesh)[0]
	default:
		o.Platform, o.Mesh, o.In, o.Out = over.mesh.Platform, over.mesh, over.in, over.out
		p, _ = Sequenced(p, o.Platform)
	}
	return string(lower.Text(p, o).Text)
}

// Compile compiles the program for the device of the arguments that it was lowered with. call, a function of the type
// that was lowered, runs it.
func (l *Lowered) Compile() (call reflect.Value, x *pjrt.Executable, err error) {
	if x, err = l.en.Executable(l.leaves); err != nil {
		return call, nil, err
	}
	op := "gojax.Compiled.Call(" + l.j.fn.Name + ")"
	call = l.j.f.Make(func(args []reflect.Value) []reflect.Value {
		leaves, key := l.j.f.AppendTrees(args, nil, nil)
		if err := l.differs(leaves, key, args); err != nil {
			trace.Must(err, op, trace.Avals(leaves))
		}
		return l.en.Out.Unflatten(l.en.Call(leaves))
	})
	return call, x, nil
}

// differs says why the arguments are not what l was compiled for.
func (l *Lowered) differs(leaves []*trace.Value, key []byte, args []reflect.Value) error {
	if bytes.Equal(key, l.key) {
		same := len(leaves) == len(l.leaves)
		for i := range leaves {
			same = same && leaves[i].Aval().Equal(l.leaves[i].Aval())
		}
		if same {
			return nil
		}
	}
	in, _ := l.j.f.Flatten(args...)
	return fmt.Errorf(
		"the compiled function was lowered for other arguments: %s; lower it again, or use Jit, which compiles as "+
			"needed", l.en.Differs(in, trace.Avals(leaves), trace.X64(leaves...)))
}

// Name is what the function is called.
func (l *Lowered) Name() string { return l.j.fn.Name }

// Captured are the arrays that the program takes behind its arguments: those that the function uses from outside.
func (l *Lowered) Captured() []*trace.Value { return l.en.capv }

// Trees are the structures of the arguments and of the results.
func (l *Lowered) Trees() (in, out trace.Trees) { return l.en.defs, l.en.Out }

// Sharded reports whether the program runs over a mesh.
func (l *Lowered) Sharded() bool {
	over, err := l.en.overMesh(l.leaves)
	return over != nil || err != nil
}

// TextFor is the StableHLO text for a platform, which need not be there, without lines. kernels says whether it may
// call code that is there beside the plugin: gojax's own, and LAPACK.
func (l *Lowered) TextFor(platform string, kernels bool) string {
	o := lower.Options{Platform: platform, Name: l.j.fn.Name}
	if kernels {
		o.HasKernel = hasKernel(platform)
	}
	return string(lower.Text(l.en.Program(), o).Text)
}
