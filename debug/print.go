package debug

import (
	"bytes"
	"fmt"
	"io"
	"os"
	"sync"

	"github.com/gojax/gojax/internal/callback"
	"github.com/gojax/gojax/ir"
	"github.com/gojax/gojax/jnp"
	"github.com/gojax/gojax/trace"
)

var output = struct {
	sync.Mutex
	w io.Writer // nil: os.Stdout as it is then
}{}

// SetOutput makes Print write to w, which is called by one goroutine at a time, and returns where it wrote before. nil,
// with which it starts, is standard output.
func SetOutput(w io.Writer) (before io.Writer) {
	output.Lock()
	defer output.Unlock()
	before, output.w = output.w, w
	return before
}

// Print writes a line when the program that it is called in runs: format is log.Printf's, whose newline at the end may
// be left out, and args are arrays, trees of arrays, and plain Go values (jax.debug.print). Arrays are written with
// their values then: %v as by their String method, number verbs (%d, %.3f, %g) element by element. With no trace open
// it prints at once.
//
// The lines of one program come in the order of the calls, those in a loop once a round, those in a branch only where
// it is taken, and under Vmap once for each row (both branches of a Cond whose predicate is mapped run on every row). A
// call of such a program returns when it has ended.
func Print(format string, args ...any) {
	callback.Debug("debug.Print", func(args []any) {
		for i, a := range args {
			if x, ok := a.(jnp.Array); ok {
				args[i] = shown{x}
			}
		}
		line := fmt.Appendf(nil, format, args...)
		line = append(bytes.TrimSuffix(line, []byte("\n")), '\n')
		output.Lock()
		defer output.Unlock()
		if output.w == nil {
			os.Stdout.Write(line)
			return
		}
		output.w.Write(line)
	}, args)
}

// shown is an array as fmt shows it.
type shown struct{ a jnp.Array }

func (s shown) Format(f fmt.State, verb rune) {
	switch {
	case verb == 'v' && f.Flag('#'):
		io.WriteString(f, s.a.GoString())
	case verb == 'v' || verb == 's':
		fmt.Fprintf(f, formatWith(f, 's'), s.a.String())
	default:
		fmt.Fprintf(f, fmt.FormatString(f, verb), elements(s.a.TraceValue()))
	}
}

// formatWith is the directive of f with another verb and without a precision, which cuts text.
func formatWith(f fmt.State, verb rune) string {
	s := "%"
	if f.Flag('-') {
		s += "-"
	}
	if n, ok := f.Width(); ok {
		s += fmt.Sprint(n)
	}
	return s + string(verb)
}

// elements are the elements of v as Go values, in slices of slices.
func elements(v *trace.Value) any {
	t := v.Aval()
	data := make([]byte, t.Bytes())
	trace.TheRuntime().ToHost(v, data)
	return nested(t.DType, t.Shape, data)
}

func nested(d ir.DType, shape []int, data []byte) any {
	if len(shape) == 0 {
		return goValue(ir.LitFromBytes(data, d))
	}
	list := make([]any, shape[0])
	n := 0
	if len(list) > 0 {
		n = len(data) / len(list)
	}
	for i := range list {
		list[i] = nested(d, shape[1:], data[i*n:(i+1)*n])
	}
	return list
}

func goValue(l ir.Lit) any {
	switch l.DType.Kind() {
	case ir.KindBool:
		return l.Lo != 0
	case ir.KindInt:
		return l.Int()
	case ir.KindUint:
		return l.Lo
	case ir.KindComplex:
		return l.Complex()
	}
	if l.DType == ir.Float32 {
		return float32(l.Float())
	}
	return l.Float()
}
