package random

import (
	"fmt"
	"slices"

	"github.com/gojax/gojax/internal/kit"
	"github.com/gojax/gojax/ir"
	"github.com/gojax/gojax/jnp"
	"github.com/gojax/gojax/ops"
	"github.com/gojax/gojax/trace"
)

// Impl is a generator of random numbers, which a key belongs to: the impl of jax.random.key. Threefry is that of every
// key that is not made by a method of another. Its numbers are the same on every device, and JAX's.
type Impl uint8

const (
	// Threefry is Threefry-2x32, laid out so that each number can be drawn by itself ("threefry2x32").
	Threefry Impl = iota
	// ThreefryOriginal is laid out as JAX did before 0.5, and does with jax_threefry_partitionable off: for numbers
	// that programs of that time drew.
	ThreefryOriginal
	// RBG draws numbers by XLA's own generator, and keys by Threefry ("rbg"). Numbers differ from device to device and
	// from one version of XLA to another; under Vmap all of them are drawn from the first key, as JAX does.
	RBG
	// UnsafeRBG draws keys by XLA's own generator too ("unsafe_rbg"). Nobody has shown that they are independent.
	UnsafeRBG
)

// impls are the generators. Of what a key is shows which it belongs to, so that it does in programs too: the number of
// its words, and whether they are signed.
var impls = [...]struct {
	name  string
	words int
	dtype ir.DType
}{
	Threefry: {"threefry2x32", 2, ir.Uint32}, ThreefryOriginal: {"threefry2x32, original", 2, ir.Int32},
	RBG: {"rbg", 4, ir.Uint32}, UnsafeRBG: {"unsafe_rbg", 4, ir.Int32},
}

// String is JAX's name of the generator.
func (i Impl) String() string {
	if int(i) < len(impls) {
		return impls[i].name
	}
	return fmt.Sprintf("Impl(%d)", uint8(i))
}

// Key makes a key of a seed, a Go integer or an integer scalar Array (jax.random.key with an impl).
func (i Impl) Key(seed any) KeyArray {
	const op = "random.Impl.Key"
	i.check(op)
	k := seeded(op, seed)
	if i == RBG || i == UnsafeRBG {
		k = ops.Concatenate([]*ops.Value{k, k}, 0)
	}
	return KeyArray{v: i.mark(k)}
}

// WrapKeyData makes keys of their bits (jax.random.wrap_key_data with an impl): a uint32 array whose last axis has
// length 2, or 4 for RBG and UnsafeRBG.
func (i Impl) WrapKeyData(data jnp.Array) KeyArray {
	const op = "random.Impl.WrapKeyData"
	i.check(op)
	return wrapped(op, i, data)
}

func (i Impl) check(op string) {
	if int(i) >= len(impls) {
		trace.Fail(op, nil, "there is no generator %d; take Threefry, ThreefryOriginal, RBG or UnsafeRBG", i)
	}
}

// wrapped are the keys of bits.
func wrapped(op string, i Impl, data jnp.Array) KeyArray {
	v := kit.Value(op, data)
	a := v.Aval()
	if a.DType != ir.Uint32 {
		trace.Fail(op, []ir.Aval{a}, "key data are uint32, not %v; convert with AsType(jnp.Uint32)", a.DType)
	}
	if words := impls[i].words; a.Rank() == 0 || a.Shape[a.Rank()-1] != words {
		trace.Fail(op, []ir.Aval{a}, "the last axis of key data has length %d, the words of one key of %v; the shape "+
			"is %v", words, i, a.Shape)
	}
	return KeyArray{v: ops.FreshKey(i.mark(v))}
}

// Impl is the generator that the keys belong to (jax.random.key_impl).
func (k KeyArray) Impl() Impl { return implOf(k.val("random.KeyArray.Impl")) }

// implOf is the generator of keys.
func implOf(k *ops.Value) Impl {
	s := k.Shape()
	for i, g := range impls {
		if len(s) > 0 && s[len(s)-1] == g.words && k.DType() == g.dtype {
			return Impl(i)
		}
	}
	return Threefry
}

// mark makes keys of words.
func (i Impl) mark(words *ops.Value) *ops.Value { return bitcast(words, impls[i].dtype) }

// unsigned are the words of keys.
func unsigned(k *ops.Value) *ops.Value { return bitcast(k, ir.Uint32) }

func bitcast(k *ops.Value, d ir.DType) *ops.Value {
	if k.DType() == d || k.DType() != ir.Int32 && k.DType() != ir.Uint32 { // what is no key is refused elsewhere
		return k
	}
	return kit.Whole1("random.KeyArray.Data", d, k, func(k *ops.Value) *ops.Value { return ops.Bitcast(k, d) })
}

// originalHash is n words under a key of ThreefryOriginal: Threefry-2x32 of the numbers 0 to n-1, those of the first
// half paired with those of the second, and a 0 with the last if n is odd.
func originalHash(k *ops.Value, n int) *ops.Value {
	k1, k2 := words(k)
	half := (n + 1) / 2
	shape := []int{half}
	low := ops.Iota(ir.Uint32, shape, 0)
	high := ops.Add(low, ops.Full(shape, ir.UintLit(uint64(half), ir.Uint32)))
	if n%2 == 1 {
		last := ops.Eq(low, ops.Full(shape, ir.UintLit(uint64(half-1), ir.Uint32)))
		high = ops.Select(last, ops.Full(shape, ir.UintLit(0, ir.Uint32)), high)
	}
	a, b := ops.Threefry2x32(k1, k2, low, high)
	return ops.SliceInDim(ops.Concatenate([]*ops.Value{a, b}, 0), 0, n, 1, 0)
}

// originalBits are n numbers of unsigned dtype d from words of 32 bits, the first ones from the low bits of a word.
func originalBits(k *ops.Value, n int, d ir.DType) *ops.Value {
	switch width := d.Bits(); width {
	case 64:
		w := originalHash(k, 2*n)
		return joined(ops.SliceInDim(w, 0, n, 1, 0), ops.SliceInDim(w, n, 2*n, 1, 0))
	case 32:
		return originalHash(k, n)
	default:
		count := (n*width + 31) / 32
		return ops.SliceInDim(ops.Reshape(ops.Bitcast(originalHash(k, count), d), []int{count * 32 / width}),
			0, n, 1, 0)
	}
}

// eachHalf is a key of RBG whose halves, which are keys of Threefry, become f of them.
func eachHalf(k *ops.Value, f func(half *ops.Value) *ops.Value) *ops.Value {
	a, b := f(ops.SliceInDim(k, 0, 2, 1, 0)), f(ops.SliceInDim(k, 2, 4, 1, 0))
	return ops.Concatenate([]*ops.Value{a, b}, a.Rank()-1)
}

// rounds is how many blocks of XLA's generator stand for one hash of UnsafeRBG.
const rounds = 10

// unsafeSplit takes every tenth block.
func unsafeSplit(k *ops.Value, shape []int) *ops.Value {
	n := ir.SizeOf(shape)
	_, blocks := ops.RNGBitGenerator(unsigned(k), []int{rounds * n, 4}, ir.Uint32, ops.RNGDefault)
	keys := ops.SliceInDim(blocks, 0, rounds*n, rounds, 0)
	return UnsafeRBG.mark(ops.Reshape(keys, append(slices.Clone(shape), 4)))
}

func unsafeFoldIn(k, data *ops.Value) *ops.Value {
	seed := pair(ops.ScalarLit(ir.UintLit(0, ir.Uint32)), data)
	_, blocks := ops.RNGBitGenerator(ops.Concatenate([]*ops.Value{seed, seed}, 0), []int{rounds, 4}, ir.Uint32,
		ops.RNGDefault)
	return UnsafeRBG.mark(ops.Xor(unsigned(k), nth(blocks, rounds-1)))
}
