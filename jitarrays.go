package gojax

import (
	"slices"

	"github.com/gojax/gojax/jnp"
	"github.com/gojax/gojax/trace"
	"github.com/gojax/gojax/transforms/jit"
)

// The common signatures, one to four arrays in and one or two out, without reflection.

type (
	arr   = jnp.Array
	value = trace.Value
)

// jitArrays is the jitted f if it has one of these signatures, else nil.
func jitArrays(f any, fn *jit.Func) any {
	v := arr.TraceValue
	switch g := f.(type) {
	case func(arr) arr:
		body := func(x []*value) []*value { return []*value{v(g(jnp.Wrap(x[0])))} }
		return func(a arr) arr {
			in, out := [1]*value{v(a)}, [1]*value{}
			if !fn.Fast(in[:], out[:]) {
				slow(fn, in[:], out[:], body)
			}
			return jnp.Wrap(out[0])
		}
	case func(arr, arr) arr:
		body := func(x []*value) []*value { return []*value{v(g(jnp.Wrap(x[0]), jnp.Wrap(x[1])))} }
		return func(a, b arr) arr {
			in, out := [2]*value{v(a), v(b)}, [1]*value{}
			if !fn.Fast(in[:], out[:]) {
				slow(fn, in[:], out[:], body)
			}
			return jnp.Wrap(out[0])
		}
	case func(arr, arr, arr) arr:
		body := func(x []*value) []*value {
			return []*value{v(g(jnp.Wrap(x[0]), jnp.Wrap(x[1]), jnp.Wrap(x[2])))}
		}
		return func(a, b, c arr) arr {
			in, out := [3]*value{v(a), v(b), v(c)}, [1]*value{}
			if !fn.Fast(in[:], out[:]) {
				slow(fn, in[:], out[:], body)
			}
			return jnp.Wrap(out[0])
		}
	case func(arr, arr, arr, arr) arr:
		body := func(x []*value) []*value {
			return []*value{v(g(jnp.Wrap(x[0]), jnp.Wrap(x[1]), jnp.Wrap(x[2]), jnp.Wrap(x[3])))}
		}
		return func(a, b, c, d arr) arr {
			in, out := [4]*value{v(a), v(b), v(c), v(d)}, [1]*value{}
			if !fn.Fast(in[:], out[:]) {
				slow(fn, in[:], out[:], body)
			}
			return jnp.Wrap(out[0])
		}
	case func(arr) (arr, arr):
		body := func(x []*value) []*value { return pair(g(jnp.Wrap(x[0]))) }
		return func(a arr) (arr, arr) {
			in, out := [1]*value{v(a)}, [2]*value{}
			if !fn.Fast(in[:], out[:]) {
				slow(fn, in[:], out[:], body)
			}
			return jnp.Wrap(out[0]), jnp.Wrap(out[1])
		}
	case func(arr, arr) (arr, arr):
		body := func(x []*value) []*value { return pair(g(jnp.Wrap(x[0]), jnp.Wrap(x[1]))) }
		return func(a, b arr) (arr, arr) {
			in, out := [2]*value{v(a), v(b)}, [2]*value{}
			if !fn.Fast(in[:], out[:]) {
				slow(fn, in[:], out[:], body)
			}
			return jnp.Wrap(out[0]), jnp.Wrap(out[1])
		}
	case func(arr, arr, arr) (arr, arr):
		body := func(x []*value) []*value { return pair(g(jnp.Wrap(x[0]), jnp.Wrap(x[1]), jnp.Wrap(x[2]))) }
		return func(a, b, c arr) (arr, arr) {
			in, out := [3]*value{v(a), v(b), v(c)}, [2]*value{}
			if !fn.Fast(in[:], out[:]) {
				slow(fn, in[:], out[:], body)
			}
			return jnp.Wrap(out[0]), jnp.Wrap(out[1])
		}
	case func(arr, arr, arr, arr) (arr, arr):
		body := func(x []*value) []*value {
			return pair(g(jnp.Wrap(x[0]), jnp.Wrap(x[1]), jnp.Wrap(x[2]), jnp.Wrap(x[3])))
		}
		return func(a, b, c, d arr) (arr, arr) {
			in, out := [4]*value{v(a), v(b), v(c), v(d)}, [2]*value{}
			if !fn.Fast(in[:], out[:]) {
				slow(fn, in[:], out[:], body)
			}
			return jnp.Wrap(out[0]), jnp.Wrap(out[1])
		}
	}
	return nil
}

func pair(a, b arr) []*value { return []*value{a.TraceValue(), b.TraceValue()} }

// slow is a call that is not like the last one: another type, a first call, a call inside a trace.
func slow(fn *jit.Func, in, out []*value, body func(x []*value) []*value) {
	args := slices.Clone(in)
	for i, v := range args {
		if v == nil {
			trace.Fail(fn.Name, nil, "args[%d] is an array that was never set (the zero jnp.Array); make one with jnp.Zeros, jnp.FromSlice or another function first", i)
		}
	}
	var kb [128]byte
	en := fn.Find(args, kb[:0])
	if en == nil {
		en = fn.Make(args, nil, nil, func(x []*value) ([]*value, any) {
			y := body(x)
			for i, v := range y {
				if v == nil {
					trace.Fail("Jit("+fn.Name+")", nil, "result %d of the function is an array that was never set (the zero jnp.Array)", i)
				}
			}
			return y, nil
		})
	}
	copy(out, en.Call(args))
}
