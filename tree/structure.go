package tree

import (
	"reflect"
	"runtime"
	"sync"
	"weak"

	"github.com/gojax/gojax/internal/kit"
	"github.com/gojax/gojax/jnp"
	"github.com/gojax/gojax/trace"
)

// Def is the structure of a tree of type T, without its arrays: lengths, keys, nils and plain Go values. Structures of
// equal trees are equal by ==, and may be keys of a map. JAX's PyTreeDef.
type Def[T any] struct{ d *trace.Def }

// defs has one trace.Def for all equal ones that are in use, by type and key.
var (
	defs   = map[defKey]weak.Pointer[trace.Def]{}
	defsMu sync.Mutex
)

type defKey struct {
	t   reflect.Type
	key string
}

// shared is the one that all equal to d share.
func shared(d *trace.Def) *trace.Def {
	k := defKey{d.Type(), d.Key()}
	defsMu.Lock()
	defer defsMu.Unlock()
	if old := defs[k].Value(); old != nil {
		return old
	}
	p := weak.Make(d)
	defs[k] = p
	runtime.AddCleanup(d, func(k defKey) {
		defsMu.Lock()
		defer defsMu.Unlock()
		if defs[k] == p { // no other one since
			delete(defs, k)
		}
	}, k)
	return d
}

// Structure is t without its arrays (jax.tree.structure). Random keys are leaves of it too.
func Structure[T any](t T) Def[T] {
	d, _ := apart("tree.Structure", t)
	return Def[T]{shared(d)}
}

// made is the structure, which must come from Structure.
func (d Def[T]) made(op string) *trace.Def {
	if d.d == nil {
		trace.Fail(op, nil, "a structure that was never made (the zero tree.Def) is used; make one with tree.Structure")
	}
	return d.d
}

// NumLeaves counts the leaves (num_leaves of JAX's PyTreeDef).
func (d Def[T]) NumLeaves() int { return d.made("tree.Def.NumLeaves").NumLeaves() }

// Paths lists where the leaves are, in their order: ".Layers[0].W" (jax.tree_util.keystr of their paths).
func (d Def[T]) Paths() []string { return d.made("tree.Def.Paths").PathsFrom("") }

// String shows the structure as Go would write it, leaves as *: "main.Params{W: *, Layers: [*, *], N: 3}".
func (d Def[T]) String() string {
	if d.d == nil {
		return "tree.Def(never made)"
	}
	return d.d.String()
}

// Unflatten is the tree of structure d with the arrays leaves, as many as it has, in the order of Leaves
// (jax.tree.unflatten).
func Unflatten[T any](d Def[T], leaves []jnp.Array) T {
	const op = "tree.Unflatten"
	def := d.made(op)
	refuseKeys(op, def)
	if n := def.NumLeaves(); n != len(leaves) {
		trace.Fail(op, nil, "%d arrays for a tree of %d: %v", len(leaves), n, d)
	}
	return trace.Unflatten[T](def, kit.Map(leaves, jnp.Array.TraceValue))
}

// Unflatten is the function Unflatten.
func (d Def[T]) Unflatten(leaves []jnp.Array) T { return Unflatten(d, leaves) }

// Transpose turns a tree of trees inside out (jax.tree.transpose): t is like outer, with trees of one structure in the
// places of outer's leaves; the result, of the type R, has that structure, with trees like outer in the places of its
// leaves. A list of layers, for example, becomes one layer of lists:
//
//	type Layers struct{ W, B []jnp.Array }
//	outer := tree.Structure(make([]jnp.Array, len(list))) // whose arrays need not be set
//	layers := tree.Transpose[Layers](outer, list)         // layers.W[i] is list[i].W
//
// Of the Go types in R only lengths, keys and the names of fields must fit. Random keys may be leaves. To join the
// arrays instead, see Stack.
func Transpose[R, O, T any](outer Def[O], t T) R {
	const op = "tree.Transpose"
	o := outer.made(op)
	def, leaves := apart(op, t)
	x, err := def.Transposed(o, reflect.TypeFor[R](), leaves[0])
	trace.Must(err, op, nil)
	return x.Interface().(R)
}
