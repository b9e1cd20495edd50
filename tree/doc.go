// Package tree computes with trees of arrays: parameters, gradients, states. A tree is any value that gojax's
// transformations take: a jnp.Array, or structs, slices, arrays, maps and pointers that hold such. It has what
// jax.tree, jax.tree_util and jax.flatten_util have, and of optax.tree what is not about the state of an optimiser.
//
//	type Layer struct{ W, B jnp.Array }
//	type Params struct {
//		Layers []Layer
//		Scale  map[string]jnp.Array
//	}
//
// Five functions are used most:
//
//	half := tree.Map(func(x jnp.Array) jnp.Array { return x.Mul(0.5) }, p) // each array
//	p = tree.AddScale(p, -0.1, grads)                                      // p - 0.1 grads
//	length := tree.Norm(grads)                                             // of all arrays together
//	flat, unravel := tree.Ravel(p)                                         // one vector, and the way back
//	for path, x := range tree.LeavesWithPath(p) { ... }                    // ".Layers[0].W" and so on
//
// # Leaves
//
// The arrays of a tree are its leaves. Their order is that of a struct's fields as they are declared, of indices, and
// of a map's keys, sorted. Everything else is structure: the lengths of slices, the keys of maps, which pointers are
// nil, and plain Go values (int, float64, string, bool), which are kept as they are. Functions of several trees take
// trees of one structure, plain values included, and say at which path two of them differ. An array that was never set
// is structure too, as a nil pointer is: it stays unset.
//
// Where a leaf is, its path says, as Go would write it behind the tree's name: .Layers[0].W, .Scale["out"]; it is empty
// where the tree is an array itself. Pointers add nothing to it.
//
// Random keys (random.KeyArray) are leaves that no function of numbers takes: Map, Leaves, Add and their like refuse a
// tree with keys and name the path. Functions that only choose and arrange take them: Structure, Where, Stack, Unstack,
// Index, Broadcast, Transpose.
//
// # Running
//
// Functions run f on arrays at once, or are recorded within Jit, Grad and Vmap. Those without a function argument (Add,
// Norm, Ravel, Stack) are one program for the whole tree when they are called outside of a trace.
package tree
