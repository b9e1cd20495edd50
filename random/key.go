package random

import (
	"encoding/binary"
	"fmt"
	"slices"
	"strings"

	"github.com/gojax/gojax/internal/kit"
	"github.com/gojax/gojax/ir"
	"github.com/gojax/gojax/jnp"
	"github.com/gojax/gojax/ops"
	"github.com/gojax/gojax/trace"
)

// KeyArray is a random key, or an array of them (as Split makes). It is immutable and holds no state: the same key
// always gives the same numbers (JAX's typed keys, arrays of the dtype key<fry>). A KeyArray can be an argument or a
// result of every transformed function, and Vmap maps over the axes that Shape shows. The zero KeyArray is an error
// when used.
type KeyArray struct {
	_ [0]func() // forbids ==
	v *trace.Value
}

// Seed is what Key takes: a Go integer, or an integer scalar Array (which may be traced).
type Seed interface {
	jnp.Array | ~int | ~int8 | ~int16 | ~int32 | ~int64 | ~uint | ~uint8 | ~uint16 | ~uint32 | ~uint64
}

// Key makes a key of a seed (jax.random.key). With 64-bit types off only the low 32 bits of the seed count, as in JAX.
// An Array that is not an integer scalar is an error; to make several keys from an array of seeds, use Vmap or, better,
// Split one key.
func Key[S Seed](seed S) KeyArray {
	const op = "random.Key"
	return KeyArray{v: seeded(op, seed)}
}

// seeded is the data of the Threefry key of a seed.
func seeded(op string, seed any) *ops.Value {
	if a, ok := seed.(jnp.Array); ok {
		return keyOfArray(op, kit.Value(op, a))
	}
	lifted := kit.Lift(op, seed)
	l, ok := lifted.Lit()
	if !ok || !l.DType.IsInteger() {
		return keyOfArray(op, lifted)
	}
	hi, lo := uint32(l.Int()>>32), uint32(l.Lo)
	if !trace.X64() || l.DType.Bits() < 64 {
		hi = 0 // JAX converts the seed to 32 bits first, or has no more to begin with
	}
	t := ir.Aval{Shape: []int{2}, DType: ir.Uint32}
	if trace.Current() == nil {
		b := binary.LittleEndian.AppendUint32(nil, hi)
		return trace.TheRuntime().FromHost(binary.LittleEndian.AppendUint32(b, lo), t)
	}
	word := func(w uint32) *ops.Value {
		return ops.Full([]int{1}, ir.UintLit(uint64(w), ir.Uint32))
	}
	return ops.Concatenate([]*ops.Value{word(hi), word(lo)}, 0)
}

func keyOfArray(op string, seed *ops.Value) *ops.Value {
	a := seed.Aval()
	if !a.DType.IsInteger() {
		trace.Fail(op, []ir.Aval{a}, "a seed is an integer, not %v; convert it with AsType(jnp.Int32)", a.DType)
	}
	if a.Rank() != 0 {
		trace.Fail(op, []ir.Aval{a},
			"a seed is one integer, not an array of shape %v; use Vmap(random.Key[jnp.Array]) to make a key of each",
			a.Shape)
	}
	return kit.Whole(op, nil, []*ops.Value{seed}, func(in []*ops.Value) *ops.Value {
		hi := ops.Full(nil, ir.UintLit(0, ir.Uint32))
		if a.DType.Bits() == 64 {
			u := ops.Convert(in[0], ir.Uint64)
			hi = ops.Convert(ops.ShiftRightLogical(u, ops.ScalarLit(ir.UintLit(32, ir.Uint64))), ir.Uint32)
		}
		return pair(hi, ops.Convert(in[0], ir.Uint32))
	})
}

// pair joins two words along a new last axis.
func pair(hi, lo *ops.Value) *ops.Value {
	n := hi.Rank()
	return ops.Concatenate([]*ops.Value{ops.ExpandDims(hi, []int{n}), ops.ExpandDims(lo, []int{n})}, n)
}

// words are the two words of a single key of Threefry, as scalars.
func words(k *ops.Value) (k1, k2 *ops.Value) {
	k = unsigned(k)
	return ops.Reshape(ops.Slice(k, []int{0}, []int{1}, nil), nil),
		ops.Reshape(ops.Slice(k, []int{1}, []int{2}, nil), nil)
}

// val is the key data; a KeyArray that was never set is an error.
func (k KeyArray) val(op string) *ops.Value {
	if k.v == nil {
		trace.Fail(op, nil,
			"a key that was never set (the zero random.KeyArray) is used; make one with random.Key(seed)")
	}
	return k.v
}

// single is the data of k, which must be one key.
func (k KeyArray) single(op string) *ops.Value {
	v := k.val(op)
	if v.Rank() != 1 {
		trace.Fail(op, nil,
			"one key is needed, but this is an array of keys of shape %v; take one with keys.Index(i), or map over "+
				"them with Vmap", k.Shape())
	}
	return v
}

// WrapKeyData makes keys of their bits (jax.random.wrap_key_data): a uint32 array whose last axis has length 2.
// Impl.WrapKeyData makes those of other generators.
func WrapKeyData(data jnp.Array) KeyArray { return wrapped("random.WrapKeyData", Threefry, data) }

// Data is the bits of the keys (jax.random.key_data): uint32, of shape Shape() with an axis appended, of length 2, or 4
// for RBG and UnsafeRBG.
func (k KeyArray) Data() jnp.Array { return jnp.Wrap(unsigned(k.val("random.KeyArray.Data"))) }

// Shape is the shape of the array of keys, empty for a single key. The slice is the caller's own.
func (k KeyArray) Shape() []int {
	s := k.val("random.KeyArray.Shape").Shape()
	return append([]int{}, s[:len(s)-1]...)
}

// NDim is the number of axes, 0 for a single key.
func (k KeyArray) NDim() int { return len(k.Shape()) }

// Size is the number of keys.
func (k KeyArray) Size() int { return ir.SizeOf(k.Shape()) }

// Len is the length of the first axis. It panics for a single key.
func (k KeyArray) Len() int {
	if k.NDim() == 0 {
		trace.Fail("random.KeyArray.Len", nil, "this is a single key; random.Split makes an array of keys")
	}
	return k.v.Shape()[0]
}

// Index selects keys as Array.Index selects elements: k.Index(3) is one key of a vector of keys.
func (k KeyArray) Index(idx ...any) KeyArray {
	v := k.val("random.KeyArray.Index")
	// The words of a key stay together: the last axis is taken whole.
	idx = slices.Clone(idx)
	if !slices.Contains(idx, any(jnp.Ellipsis)) {
		idx = append(idx, jnp.Ellipsis)
	}
	idx = append(idx, jnp.All)
	y := jnp.Wrap(v).Index(idx...).TraceValue()
	if trace.KeyReuse() && !trace.AnyTraced(v, y) {
		places := jnp.Arange(int32(v.Aval().Size())).Reshape(v.Shape()...).Index(idx...)
		trace.PickKeys(y, v, jnp.ToSlice[int32](places))
	}
	return KeyArray{v: y}
}

// Reshape gives the array of keys another shape of as many keys; one length may be -1.
func (k KeyArray) Reshape(shape ...int) KeyArray {
	v := k.val("random.KeyArray.Reshape")
	words := v.Shape()[v.Rank()-1]
	return KeyArray{v: jnp.Wrap(v).Reshape(append(slices.Clone(shape), words)...).TraceValue()}
}

// TraceValue is the engine's value of the key's bits, nil for the zero KeyArray. It makes KeyArray a leaf of trees.
func (k KeyArray) TraceValue() *trace.Value { return k.v }

// SetTraceValue makes *k the keys with bits v. It serves the tree machinery.
func (k *KeyArray) SetTraceValue(v *trace.Value) { k.v = v }

// ElementRank tells the transformations that the last axis belongs to each key.
func (k KeyArray) ElementRank() int { return 1 }

// String shows the keys' bits, or for traced keys their type.
func (k KeyArray) String() string {
	switch {
	case k.v == nil:
		return "KeyArray(never set)"
	case k.v.Traced():
		return fmt.Sprintf("KeyArray(%v)", jnp.Wrap(k.v))
	}
	return "KeyArray(" + strings.ReplaceAll(jnp.Wrap(k.v).String(), "\n", "\n         ") + ")"
}

// Split makes new, independent keys of one (jax.random.split): two, or an array of them of shape n. Use the new keys,
// and k itself no more. Stream i is the same however many are split off, and on every machine and device.
func Split(k KeyArray, n ...int) KeyArray {
	const op = "random.Split"
	if len(n) == 0 {
		n = []int{2}
	}
	shape := trace.CheckShape(op, n, ir.Uint64)
	key := ops.UseKey(op, k.single(op))
	return KeyArray{v: kit.Whole(op, shape, []*ops.Value{key}, func(in []*ops.Value) *ops.Value {
		return split(in[0], shape)
	})}
}

func split(k *ops.Value, shape []int) *ops.Value {
	switch n := ir.SizeOf(shape); implOf(k) {
	case ThreefryOriginal:
		return implOf(k).mark(ops.Reshape(originalHash(k, 2*n), append(slices.Clone(shape), 2)))
	case RBG:
		return eachHalf(k, func(half *ops.Value) *ops.Value { return split(half, shape) })
	case UnsafeRBG:
		return unsafeSplit(k, shape)
	default:
		b1, b2 := hash(k, n)
		return pair(ops.Reshape(b1, shape), ops.Reshape(b2, shape))
	}
}

// keys2 and keys3 split k into several, for the samplers.
func keys2(k *ops.Value) (a, b *ops.Value) {
	s := split(k, []int{2})
	return nth(s, 0), nth(s, 1)
}

func keys3(k *ops.Value) (a, b, c *ops.Value) {
	s := split(k, []int{3})
	return nth(s, 0), nth(s, 1), nth(s, 2)
}

// nth is x[i] for a static i.
func nth(x *ops.Value, i int) *ops.Value {
	s := x.Shape()
	lo, hi := make([]int, len(s)), slices.Clone(s)
	lo[0], hi[0] = i, i+1
	return ops.Reshape(ops.Slice(x, lo, hi, nil), s[1:])
}

// Pair splits k into two keys (JAX's split into two): one to use now, one to keep for later.
//
//	key, sub := random.Pair(key)
func Pair(k KeyArray) (KeyArray, KeyArray) {
	const op = "random.Pair"
	out := trace.Whole(op, nil, []*ops.Value{ops.UseKey(op, k.single(op))}, func(in []*ops.Value) []*ops.Value {
		a, b := keys2(in[0])
		return []*ops.Value{a, b}
	})
	return KeyArray{v: out[0]}, KeyArray{v: out[1]}
}

// FoldIn makes a new key of k and data (jax.random.fold_in), a Go integer from 0 to 4294967295 or an integer scalar
// Array, which may be traced: the key of step i, or of worker i, without splitting in advance.
func FoldIn[D Seed](k KeyArray, data D) KeyArray {
	const op = "random.FoldIn"
	d := kit.Lift(op, data)
	a := d.Aval()
	if !a.DType.IsInteger() || a.Rank() != 0 {
		trace.Fail(op, []ir.Aval{a}, "data is one integer; use Vmap to fold in each of several")
	}
	if l, ok := d.Lit(); ok {
		if l.Convert(ir.Uint64).Lo>>32 != 0 {
			trace.Fail(op, nil, "%v does not fit the 32 bits that data has; fold in two halves one after the other", l)
		}
		d = trace.FromLit(l.Convert(ir.Uint32))
	}
	return KeyArray{v: kit.Whole(op, nil, []*ops.Value{k.single(op), d}, func(in []*ops.Value) *ops.Value {
		return foldIn(in[0], ops.Convert(in[1], ir.Uint32))
	})}
}

func foldIn(k, data *ops.Value) *ops.Value {
	switch implOf(k) {
	case RBG:
		return eachHalf(k, func(half *ops.Value) *ops.Value { return foldIn(half, data) })
	case UnsafeRBG:
		return unsafeFoldIn(k, data)
	}
	k1, k2 := words(k)
	y := pair(ops.Threefry2x32(k1, k2, ops.ScalarLit(ir.UintLit(0, ir.Uint32)), data))
	return implOf(k).mark(y)
}
