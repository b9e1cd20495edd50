package expr

import (
	"slices"

	"github.com/gojax/gojax/internal/formula"
	"github.com/gojax/gojax/jnp"
	"github.com/gojax/gojax/trace"
)

// SyntaxError is a mistake in a text: what is wrong, and where (Column counts characters, from 1).
type SyntaxError = formula.Error

// Formula is a formula that was read. It does not change, and goroutines may share it. JAX has no counterpart.
type Formula struct {
	text   string
	code   []step
	vars   []variable
	names  []string // of the values of Call
	direct bool     // needs the values of arrays or makes some of lists, so that it is not one program
}

// step is one step of the computation: it takes values off the stack and puts its result there.
type step struct {
	at       int              // offset in the text
	operator string           // between two values
	call     *call            // of a function
	run      func(m *machine) // anything else
}

// variable is a name of the text that the caller gives a value.
type variable struct {
	at      int
	path    []string // of the struct or map and its fields: p.mu
	static  use      // how it is used
	value   any      // of a constant that goes by this name where there is no variable
	defined bool     // whether there is that constant
}

// use says where a number must be known while tracing.
type use byte

const (
	useInts  use = 1 << iota // if it is an integer: an exponent
	useValue                 // whatever it is: an axis, a position
)

// Compile reads a formula. names, if given, are the variables, in the order of the values of Call; another name in text
// is an error. If not, the variables are the names in text, in the order in which they occur. The error is a
// *SyntaxError. It has no counterpart in JAX.
func Compile(text string, names ...string) (*Formula, error) {
	n, err := formula.Parse(text)
	if err != nil {
		return nil, err
	}
	return compile(text, n, names)
}

// MustCompile is Compile for texts of the program's own: a mistake panics with a *gojax.Error.
func MustCompile(text string, names ...string) *Formula {
	f, err := Compile(text, names...)
	trace.Must(err, "expr.MustCompile", nil)
	return f
}

var texts formula.Memo[*Formula]

// Eval is MustCompile(text).Eval(vars), where each text is read once. It is what numexpr.evaluate is for NumPy, and has
// no counterpart in JAX.
func Eval(text string, vars any) jnp.Array {
	f, err := texts.Get(text, func(text string) (*Formula, error) { return Compile(text) })
	trace.Must(err, "expr.Eval", nil)
	return f.run(f.bound("expr.Eval", binder{vars: vars}))
}

// Eval is the formula of the variables in vars: a map with keys of a string type, a struct, or a pointer to one. A
// field is found by its tag `expr:"name"`, by its name, or by that without regard to case and underscores (sigma_sq is
// SigmaSq); an unexported one cannot be read. What the formula does not name is ignored. Values are Arrays, Go numbers
// and slices of them. A missing one is an error.
func (f *Formula) Eval(vars any) jnp.Array {
	f.set("expr.Formula.Eval")
	return f.run(f.bound("expr.Formula.Eval", binder{vars: vars}))
}

// set refuses the Formula that nothing was compiled into.
func (f *Formula) set(op string) {
	if f == nil || f.code == nil {
		trace.Fail(op, nil, "the Formula was not made; Compile a text first")
	}
}

// Call is the formula of values, as many as Names has and in that order: Arrays, Go numbers, slices of them, or, where
// the formula has fields of a name (p.mu), structs and maps.
func (f *Formula) Call(values ...any) jnp.Array {
	const op = "expr.Formula.Call"
	f.set(op)
	if len(values) != len(f.names) {
		trace.Fail(op, nil, "the formula %q has the variables %v, and %d values are given", f.text, f.names,
			len(values))
	}
	return f.run(f.bound(op, binder{names: f.names, values: values}))
}

// Names are the variables of the formula, in the order of the values of Call. The slice is the caller's own.
func (f *Formula) Names() []string { return slices.Clone(f.names) }

// String is the text.
func (f *Formula) String() string { return f.text }
