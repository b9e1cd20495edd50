package jnp

import (
	"github.com/gojax/gojax/internal/kit"
	"github.com/gojax/gojax/ops"
	"github.com/gojax/gojax/trace"
)

// Loops on lists of arrays, for this package's own use; package lax, which imports this one, has them for trees.

// while repeats c = body(c) as long as cond(c) is true.
func while(op string, c []Array, cond func(c []Array) Array, body func(c []Array) []Array) []Array {
	return kit.Map(ops.While(op, kit.Values(op, c),
		func(c []*trace.Value) *trace.Value { return cond(kit.Map(c, Wrap)).val(op) },
		func(c []*trace.Value) []*trace.Value { return kit.Values(op, body(kit.Map(c, Wrap))) }), Wrap)
}

// fori is c = body(i, c) for i = 0, 1, ..., n-1.
func fori(op string, n int, c []Array, body func(i Array, c []Array) []Array) []Array {
	return kit.Map(ops.ForiN(op, n, kit.Values(op, c), func(i *trace.Value, c []*trace.Value) []*trace.Value {
		return kit.Values(op, body(Wrap(i), kit.Map(c, Wrap)))
	}), Wrap)
}

// scan is c, y = f(c, x) for each element of xs along their leading axes; it returns the last c and the ys, stacked.
func scan(op string, c, xs []Array, f func(c, x []Array) (next, y []Array)) (last, ys []Array) {
	a, b := ops.Scan(op, kit.Values(op, c), kit.Values(op, xs), ops.ScanOptions{},
		func(c, x []*trace.Value) (_, _ []*trace.Value) {
			next, y := f(kit.Map(c, Wrap), kit.Map(x, Wrap))
			return kit.Values(op, next), kit.Values(op, y)
		})
	return kit.Map(a, Wrap), kit.Map(b, Wrap)
}

// together is f applied to all n elements of xs along their leading axes at once, as under gojax.Vmap.
func together(op string, n int, xs []Array, f func(x []Array) Array) Array {
	return Wrap(ops.MapOver(op, func(x []*trace.Value) []*trace.Value {
		return []*trace.Value{f(kit.Map(x, Wrap)).val(op)}
	}, kit.Values(op, xs), n, max(n, 1), ops.ScanOptions{})[0])
}
