package harness

import (
	"encoding/json"

	"github.com/gojax/gojax"
	"github.com/gojax/gojax/jnp"
	"github.com/gojax/gojax/lax"
)

// Trees of the engine hold arrays and keys as any.

func tree(x []val) []any {
	out := make([]any, len(x))
	for i, v := range x {
		out[i] = v
	}
	return out
}

func vals(x []any) []val {
	out := make([]val, len(x))
	for i, v := range x {
		out[i] = v.(val)
	}
	return out
}

// arraysOf are values that must be arrays.
func arraysOf(x []val) []jnp.Array {
	out := make([]jnp.Array, len(x))
	for i, v := range x {
		out[i] = v.(jnp.Array)
	}
	return out
}

// inline is a primitive that runs the program that is its parameter of that name, and is otherwise about how it is
// compiled or differentiated.
func inline(program string, others ...string) onValues {
	return func(c *call) []val {
		c.ignore(others...)
		return c.eval(c.jaxpr(program), nil, c.x)
	}
}

var control = map[string]onValues{
	"jit":             inline("jaxpr", jitParams...),
	"pjit":            inline("jaxpr", jitParams...),
	"closed_call":     inline("call_jaxpr", "name"),
	"core_call":       inline("call_jaxpr", "name"),
	"remat2":          inline("jaxpr", "prevent_cse", "differentiated", "policy"),
	"checkpoint":      inline("jaxpr", "prevent_cse", "differentiated", "policy"),
	"custom_jvp_call": inline("call_jaxpr", "jvp_jaxpr_fun", "num_consts", "symbolic_zeros"),
	"custom_vjp_call": inline("call_jaxpr", "fwd_jaxpr_thunk", "bwd", "num_consts", "out_trees", "symbolic_zeros"),

	"cond": func(c *call) []val {
		c.ignore("branches_platforms") // platform_index has chosen
		var branches []func() []any
		for _, b := range param[[]nested](c, "branches") {
			branches = append(branches, func() []any { return tree(c.eval(b.Jaxpr, nil, c.x[1:])) })
		}
		return vals(lax.Switch(c.array(0), branches...))
	},
	"platform_index": func(c *call) []val {
		d := gojax.DefaultDevice().Client().Platform()
		for i, group := range param[[][]string](c, "platforms") {
			for _, p := range group {
				if p == d {
					return []val{jnp.AsArray(int32(i))}
				}
			}
			if group == nil {
				return []val{jnp.AsArray(int32(i))}
			}
		}
		c.fail("no case for the platform %s", d)
		return nil
	},
	"while": func(c *call) []val {
		nc, nb := param[int](c, "cond_nconsts"), param[int](c, "body_nconsts")
		cond, body := c.jaxpr("cond_jaxpr"), c.jaxpr("body_jaxpr")
		with := func(consts []val, carry []any) []val {
			return append(consts[:len(consts):len(consts)], vals(carry)...)
		}
		return vals(lax.WhileLoop(
			func(carry []any) jnp.Array { return c.eval(cond, nil, with(c.x[:nc], carry))[0].(jnp.Array) },
			func(carry []any) []any { return tree(c.eval(body, nil, with(c.x[nc:nc+nb], carry))) },
			tree(c.x[nc+nb:])))
	},
	"scan": func(c *call) []val {
		c.ignore("linear", "_split_transpose")
		consts, n := param[int](c, "num_consts"), param[int](c, "num_carry")
		body := c.jaxpr("jaxpr")
		options := lax.ScanOptions{Length: param[int](c, "length"), Reverse: param[bool](c, "reverse")}
		if string(c.Params["unroll"]) != "true" {
			options.Unroll = param[int](c, "unroll")
		}
		c.ignore("unroll")
		step := func(carry, x []any) ([]any, []any) {
			in := append(c.x[:consts:consts], vals(append(carry[:len(carry):len(carry)], x...))...)
			y := tree(c.eval(body, nil, in))
			return y[:n], y[n:]
		}
		carry, ys := lax.Scan(step, tree(c.x[consts:consts+n]), tree(c.x[consts+n:]), options)
		return vals(append(carry, ys...))
	},
	"custom_linear_solve": linearSolve,
}

var jitParams = []string{"in_shardings", "out_shardings", "in_layouts", "out_layouts", "donated_invars", "ctx_mesh",
	"name", "keep_unused", "inline", "compiler_options_kvs"}

// linearSolve: the operands are the constants of the four programs, in the order of their fields, and the right-hand
// side.
func linearSolve(c *call) []val {
	type parts[T any] struct {
		MatVec T `json:"matvec"`
		VecMat T `json:"vecmat"`
		Solve  T `json:"solve"`
		Trans  T `json:"transpose_solve"`
	}
	n := fields[parts[int]](c, "const_lengths")
	p := fields[parts[json.RawMessage]](c, "jaxprs")
	x := c.x
	take := func(n int) []val {
		y := x[:n:n]
		x = x[n:]
		return y
	}
	apply := func(b json.RawMessage, n int) func(x []any) []any {
		var j nested
		if decode(b, &j) != nil {
			c.fail("cannot read a program of jaxprs")
		}
		consts := take(n)
		if j.Jaxpr == nil {
			return nil
		}
		return func(x []any) []any { return tree(c.eval(j.Jaxpr, nil, append(consts, vals(x)...))) }
	}
	var s lax.LinearSystem[[]any]
	s.MatVec, s.VecMat = apply(p.MatVec, n.MatVec), apply(p.VecMat, n.VecMat)
	solve, trans := apply(p.Solve, n.Solve), apply(p.Trans, n.Trans)
	s.Solve = func(_ func([]any) []any, b []any) []any { return solve(b) }
	if s.VecMat != nil && trans != nil {
		s.TransSolve = func(_ func([]any) []any, b []any) []any { return trans(b) }
	} else {
		s.VecMat = nil
	}
	return vals(lax.CustomLinearSolve(s, tree(x)))
}
