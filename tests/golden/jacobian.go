package golden

import (
	"slices"

	"github.com/gojax/gojax"
	"github.com/gojax/gojax/jnp"
	"github.com/gojax/gojax/trace"
)

// applyJacobian differentiates f in some arguments: its result has, in place of each array, the tree of those
// arguments, with the Jacobians of the array by each of theirs.
func applyJacobian(t Transform, f Func) (Func, error) {
	at, list, err := argnums(t.Argnums)
	if err != nil {
		return nil, err
	}
	opts := gradOptions(t)
	return func(args []any) any {
		g, p := split(f, at, list, args)
		if x, ok := p.(jnp.Array); ok {
			if y, ok := ofArrays(t.T, g, x, opts); ok {
				return y
			}
		}
		if t.T == "hessian" {
			rows := func(p any) any { return blockTree(gojax.JacRevTree[any, any], g, p, opts) }
			return blockTree(gojax.JacFwdTree[any, any], rows, p, opts)
		}
		if t.T == "jacrev" {
			return blockTree(gojax.JacRevTree[any, any], g, p, opts)
		}
		return blockTree(gojax.JacFwdTree[any, any], g, p, opts)
	}, nil
}

func gradOptions(t Transform) (opts []gojax.GradOption) {
	if t.Holomorph {
		opts = append(opts, gojax.Holomorphic())
	}
	if t.AllowInt {
		opts = append(opts, gojax.AllowInt())
	}
	return opts
}

// notAnArray stops the tracing of a function that does not return one array.
type notAnArray struct{}

// ofArrays is the Jacobian by the functions for arrays; not ok where g returns a tree.
func ofArrays(name string, g func(any) any, x jnp.Array, opts []gojax.GradOption) (y any, ok bool) {
	defer func() {
		if e := recover(); e != nil {
			if _, is := e.(notAnArray); !is {
				panic(e)
			}
		}
	}()
	f := func(x jnp.Array) jnp.Array {
		a, ok := g(x).(jnp.Array)
		if !ok {
			panic(notAnArray{})
		}
		return a
	}
	switch name {
	case "jacfwd":
		return gojax.JacFwd(f, opts...)(x), true
	case "jacrev":
		return gojax.JacRev(f, opts...)(x), true
	}
	return gojax.Hessian(f, opts...)(x), true
}

// blockTree arranges the blocks of a Jacobian as JAX does: the tree of g's result, with trees like p for its leaves.
func blockTree(jacobian func(func(any) any, ...gojax.GradOption) func(any) [][]jnp.Array, g func(any) any, p any,
	opts []gojax.GradOption) any {
	var out any
	blocks := jacobian(func(p any) any {
		out = g(p)
		return out
	}, opts...)(p)
	return replaced(out, func() any {
		row := blocks[0]
		blocks = blocks[1:]
		return replaced(p, func() any {
			b := row[0]
			row = row[1:]
			return b
		})
	})
}

// replaced is the tree x with the result of leaf, called in the order in which trees are walked, for each of its
// arrays.
func replaced(x any, leaf func() any) any {
	switch x := x.(type) {
	case trace.Leaf:
		return leaf()
	case []any:
		out := make([]any, len(x))
		for i, e := range x {
			out[i] = replaced(e, leaf)
		}
		return out
	case map[string]any:
		out := make(map[string]any, len(x))
		keys := make([]string, 0, len(x))
		for k := range x {
			keys = append(keys, k)
		}
		slices.Sort(keys)
		for _, k := range keys {
			out[k] = replaced(x[k], leaf)
		}
		return out
	}
	return x
}
