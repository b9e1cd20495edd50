package jit

import (
	"slices"

	"github.com/gojax/gojax/trace"
)

type value = trace.Value

func list[A any](x ...A) []A { return x }

// arraysCall calls a function of arrays of the user's type A: f, with its arguments and its results in lists.
type arraysCall[A any] struct {
	fn     *Func
	f      func(x []A) []A
	wrap   func(*value) A
	unwrap func(A) *value
}

func (c *arraysCall[A]) one(in []*value) A {
	var out [1]*value
	if !c.fn.Fast(in, out[:]) {
		c.slow(in, out[:])
	}
	return c.wrap(out[0])
}

func (c *arraysCall[A]) two(in []*value) (A, A) {
	var out [2]*value
	if !c.fn.Fast(in, out[:]) {
		c.slow(in, out[:])
	}
	return c.wrap(out[0]), c.wrap(out[1])
}

// slow is a call that is not like the last one: another type, a first call, a call inside a trace.
func (c *arraysCall[A]) slow(in, out []*value) {
	args := slices.Clone(in)
	c.fn.needSet(args, trace.ArgName)
	var kb [128]byte
	en := c.fn.Find(args, kb[:0])
	if en == nil {
		en = c.fn.Make(args, nil, nil, c.body)
	}
	copy(out, en.Call(args))
}

// body is f on leaves.
func (c *arraysCall[A]) body(x []*value) ([]*value, trace.Trees) {
	in := make([]A, len(x))
	for i, v := range x {
		in[i] = c.wrap(v)
	}
	y := make([]*value, 0, 2)
	for _, a := range c.f(in) {
		y = append(y, c.unwrap(a))
	}
	c.fn.needSet(y, trace.ResultName)
	return y, nil
}
