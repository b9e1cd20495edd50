package golden

import (
	"encoding/json"
	"fmt"
	"slices"
	"strconv"

	"github.com/gojax/gojax"
	"github.com/gojax/gojax/jnp"
	"github.com/gojax/gojax/tests/golden/catalogue"
	"github.com/gojax/gojax/trace"
)

// Func is a function of a list of arguments.
type Func = catalogue.Func

// Apply transforms f, of n arguments.
func Apply(t Transform, f Func, n int) (Func, error) {
	switch t.T {
	case "jit":
		return gojax.Jit(f), nil
	case "vmap":
		return applyVmap(t, f, n)
	case "sum":
		return sumOf(f, jnp.Sum), nil
	case "wsum":
		return sumOf(f, weighted), nil
	case "checkpoint":
		return gojax.Checkpoint(f), nil
	case "jvp":
		return func(args []any) any {
			y, ty := gojax.JVP(f, args[0].([]any), args[1].([]any))
			return []any{y, ty}
		}, nil
	case "hvp": // the tangent of the gradient
		g, err := applyGrad(t, f)
		if err != nil {
			return nil, err
		}
		return func(args []any) any {
			_, h := gojax.JVP(g, args[0].([]any), args[1].([]any))
			return h
		}, nil
	case "linearize":
		return func(args []any) any {
			y, lin := gojax.Linearize(f, args[0].([]any))
			return []any{y, lin(args[1].([]any))}
		}, nil
	case "vjp":
		return func(args []any) any {
			y, pull := gojax.VJP(f, args[0].([]any))
			return []any{y, pull(args[1])}
		}, nil
	case "grad", "value_and_grad":
		return applyGrad(t, f)
	case "jacfwd", "jacrev", "hessian":
		return applyJacobian(t, f)
	}
	return nil, fmt.Errorf("unknown transform %q", t.T)
}

// compileError is a case that cannot be written in Go: the compiler refuses the function of that name in
// testdata/refused.
type compileError string

func (e compileError) Error() string { return "refused by Go's compiler: " + string(e) }

// weighted is a sum that has another weight for each element, so that its derivatives are not all one number: that of
// element k is ((7k mod 11) - 5)/4.
func weighted(x jnp.Array, _ ...int) jnp.Array {
	w := make([]float32, x.Size())
	for k := range w {
		w[k] = float32(7*k%11-5) / 4
	}
	return jnp.Sum(x.Mul(jnp.AsArray(w).AsType(x.DType()).Reshape(x.Shape()...)))
}

// sumOf is the sum of all elements, as sum has it, of the floating-point leaves of what f returns.
func sumOf(f Func, sum func(x jnp.Array, axes ...int) jnp.Array) Func {
	return func(args []any) any {
		_, leaves := trace.Flatten(f(args))
		var total jnp.Array
		for _, v := range leaves {
			if !v.DType().IsInexact() {
				continue
			}
			if s := sum(jnp.Wrap(v)); total.TraceValue() == nil {
				total = s
			} else {
				total = total.Add(s)
			}
		}
		if total.TraceValue() == nil {
			return jnp.AsArray(0.0)
		}
		return total
	}
}

// Axes turns stored axes into what InAxes and OutAxes take.
func Axes(x any) (any, error) {
	switch x := x.(type) {
	case nil:
		return nil, nil
	case json.Number:
		return strconv.Atoi(x.String())
	case []any:
		return mapList(x, Axes)
	case map[string]any:
		d, ok := x["dict"].(map[string]any)
		if !ok {
			break
		}
		out := map[string]any{}
		for k, e := range d {
			a, err := Axes(e)
			if err != nil {
				return nil, err
			}
			out[k] = a
		}
		return out, nil
	}
	return nil, fmt.Errorf("cannot read axes %v", x)
}

func mapList(x []any, f func(any) (any, error)) (any, error) {
	out := make([]any, len(x))
	for i, e := range x {
		var err error
		if out[i], err = f(e); err != nil {
			return nil, err
		}
	}
	return out, nil
}

func applyVmap(t Transform, f Func, n int) (Func, error) {
	var opts []gojax.VmapOption
	if t.given["in_axes"] {
		a, err := Axes(t.InAxes)
		if err != nil {
			return nil, err
		}
		l, list := a.([]any)
		switch {
		case list && len(l) == 1 && n != 1:
			// InAxes with one integer holds for all arguments; a list of one is that of a function of one slice.
			return gojax.Vmap(f, gojax.InAxes(l)), nil
		case list:
			opts = append(opts, gojax.InAxes(l...))
		default:
			opts = append(opts, gojax.InAxes(a))
		}
	}
	if t.given["out_axes"] {
		a, err := Axes(t.OutAxes)
		if err != nil {
			return nil, err
		}
		opts = append(opts, gojax.OutAxes(a))
	}
	if t.AxisName != "" {
		opts = append(opts, gojax.AxisName(t.AxisName))
	}
	if t.AxisSize != nil {
		opts = append(opts, gojax.AxisSize(*t.AxisSize))
	}
	if t.Spmd != "" {
		opts = append(opts, gojax.SPMDAxisName(t.Spmd))
	}
	return vmapN(f, n, opts)
}

// vmapN maps f as the function of n parameters that it stands for.
func vmapN(f Func, n int, opts []gojax.VmapOption) (Func, error) {
	switch n {
	case 1:
		g := gojax.Vmap(func(a any) any { return f([]any{a}) }, opts...)
		return func(x []any) any { return g(x[0]) }, nil
	case 2:
		g := gojax.Vmap(func(a, b any) any { return f([]any{a, b}) }, opts...)
		return func(x []any) any { return g(x[0], x[1]) }, nil
	case 3:
		g := gojax.Vmap(func(a, b, c any) any { return f([]any{a, b, c}) }, opts...)
		return func(x []any) any { return g(x[0], x[1], x[2]) }, nil
	case 4:
		g := gojax.Vmap(func(a, b, c, d any) any { return f([]any{a, b, c, d}) }, opts...)
		return func(x []any) any { return g(x[0], x[1], x[2], x[3]) }, nil
	}
	return nil, fmt.Errorf("vmap of a function of %d arguments", n)
}

// argnums is which arguments are differentiated, and whether they were given as a list.
func argnums(x any) (at []int, list bool, err error) {
	switch x := x.(type) {
	case nil:
		return []int{0}, false, nil
	case json.Number:
		n, err := strconv.Atoi(x.String())
		return []int{n}, false, err
	case []any:
		for _, e := range x {
			one, _, err := argnums(e)
			if err != nil {
				return nil, false, err
			}
			at = append(at, one...)
		}
		return at, true, nil
	}
	return nil, false, fmt.Errorf("cannot read argnums %v", x)
}

// split is f as a function of the arguments that are differentiated, p, which holds them: one, or a list.
func split(f Func, at []int, list bool, args []any) (g func(p any) any, p any) {
	for _, i := range at {
		if i < 0 || i >= len(args) {
			panic(compileError("gradArgument"))
		}
	}
	if !list {
		return func(p any) any {
			a := slices.Clone(args)
			a[at[0]] = p
			return f(a)
		}, args[at[0]]
	}
	picked := make([]any, len(at))
	for i, j := range at {
		picked[i] = args[j]
	}
	return func(p any) any {
		a := slices.Clone(args)
		for i, j := range at {
			a[j] = p.([]any)[i]
		}
		return f(a)
	}, picked
}

// scalarOf is the value that gradients are of; Go's types ask for an Array.
func scalarOf(y any) jnp.Array {
	a, ok := y.(jnp.Array)
	if !ok {
		panic(compileError("gradTree"))
	}
	return a
}

func withAux(y any) (jnp.Array, any) {
	l, ok := y.([]any)
	if !ok || len(l) != 2 {
		panic(compileError("gradNoAux"))
	}
	return scalarOf(l[0]), l[1]
}

func applyGrad(t Transform, f Func) (Func, error) {
	at, list, err := argnums(t.Argnums)
	if err != nil {
		return nil, err
	}
	opts := gradOptions(t)
	value := t.T == "value_and_grad"
	return func(args []any) any {
		g, p := split(f, at, list, args)
		switch {
		case t.HasAux && value:
			y, aux, d := gojax.ValueAndGradAux(func(p any) (jnp.Array, any) { return withAux(g(p)) }, opts...)(p)
			return []any{[]any{y, aux}, d}
		case t.HasAux:
			d, aux := gojax.GradAux(func(p any) (jnp.Array, any) { return withAux(g(p)) }, opts...)(p)
			return []any{d, aux}
		case value:
			y, d := gojax.ValueAndGrad(func(p any) jnp.Array { return scalarOf(g(p)) }, opts...)(p)
			return []any{y, d}
		}
		return gojax.Grad(func(p any) jnp.Array { return scalarOf(g(p)) }, opts...)(p)
	}, nil
}

// Run runs a case of f: nil, an error that says how it missed, or a compileError.
func (c *Case) Run(f Func) error {
	return c.Call(func(args []any) (out any, err error) {
		n := c.Arity()
		for _, t := range c.Transforms {
			if f, err = Apply(t, f, n); err != nil {
				return nil, err
			}
		}
		return f(args), nil
	})
}

// Call is Run where call does all that the case asks for. An error of call's is one of the runner.
func (c *Case) Call(call func(args []any) (out any, err error)) (err error) {
	defer func() {
		if e := recover(); e != nil {
			ce, ok := e.(compileError)
			if !ok {
				panic(e)
			}
			err = ce
		}
	}()
	return c.with64(func() error {
		var out any
		args := make([]any, len(c.Args))
		failed, err := c.attempt(func() (err error) {
			for i, a := range c.Args {
				if args[i], err = Arg(a); err != nil {
					return fmt.Errorf("argument %d: %w", i, err)
				}
			}
			if out, err = call(args); err == nil {
				out = gojax.BlockUntilReady(out)
			}
			return err
		})
		if err != nil || failed != nil || c.Error {
			return c.judge(failed, err)
		}
		return c.compareOut(args, out)
	})
}

// Arity is the number of arguments of the case's function: jvp, hvp, linearize and vjp take them in a list.
func (c *Case) Arity() int {
	for _, t := range c.Transforms {
		switch t.T {
		case "jvp", "hvp", "linearize", "vjp":
			if primals, ok := c.Args[0].([]any); ok {
				return len(primals)
			}
		}
	}
	return len(c.Args)
}
