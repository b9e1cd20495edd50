package tree

// Pair is a tree of two parts: a carry of lax.Scan or lax.Repeat, or what a function returns, without a struct of one's
// own.
//
//	step := func(c tree.Pair[jnp.Array, jnp.Array]) tree.Pair[jnp.Array, jnp.Array] {
//		a, b := c.Unpack()
//		return tree.PairOf(b, a.Add(b))
//	}
type Pair[A, B any] struct {
	A A
	B B
}

// PairOf is the pair of a and b (a tuple in Python).
func PairOf[A, B any](a A, b B) Pair[A, B] { return Pair[A, B]{a, b} }

// Unpack is the two parts (a, b = p in Python).
func (p Pair[A, B]) Unpack() (A, B) { return p.A, p.B }

// Triple is a tree of three parts. See Pair.
type Triple[A, B, C any] struct {
	A A
	B B
	C C
}

// TripleOf is the triple of a, b and c (a tuple in Python).
func TripleOf[A, B, C any](a A, b B, c C) Triple[A, B, C] { return Triple[A, B, C]{a, b, c} }

// Unpack is the three parts (a, b, c = t in Python).
func (t Triple[A, B, C]) Unpack() (A, B, C) { return t.A, t.B, t.C }
