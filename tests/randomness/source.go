package main

import (
	"fmt"

	"github.com/gojax/gojax"
	"github.com/gojax/gojax/jnp"
	"github.com/gojax/gojax/lax"
	"github.com/gojax/gojax/random"
)

// source is a way to draw many streams of bits.
type source struct {
	impl random.Impl
	keys string // how the streams' keys are made: a name of keysOf
	bits int    // how many are drawn at a time: 8, 16, 32 or 64
}

func (s source) String() string { return fmt.Sprintf("%v, %s, %d bits", s.impl, s.keys, s.bits) }

// keysOf makes n keys of one. Of "one" all words are drawn at once.
var keysOf = map[string]func(key random.KeyArray, n int) random.KeyArray{
	"one": func(key random.KeyArray, _ int) random.KeyArray { return key.Reshape(1) },
	// as for tasks that are known in advance
	"split": func(key random.KeyArray, n int) random.KeyArray { return random.Split(key, n) },
	// as for numbered tasks
	"fold": func(key random.KeyArray, n int) random.KeyArray {
		return gojax.Vmap(func(i jnp.Array) random.KeyArray { return random.FoldIn(key, i) })(jnp.Arange(n))
	},
	// as for the steps of a loop: one key to use, one to keep
	"chain": func(key random.KeyArray, n int) random.KeyArray {
		_, keys := lax.Scan(func(k random.KeyArray, _ struct{}) (keep, use random.KeyArray) { return random.Pair(k) },
			key, struct{}{}, lax.ScanOptions{Length: n})
		return keys
	},
	// as nobody should, because they are those of another run too; the streams themselves must be good
	"seeds": func(key random.KeyArray, n int) random.KeyArray {
		first, impl := random.Bits(key), key.Impl()
		return gojax.Vmap(func(i jnp.Array) random.KeyArray { return impl.Key(first.Add(i.AsType(jnp.Uint32))) })(
			jnp.Arange(n))
	},
}

// block is words of 32 bits of each of the streams, a stream after the other, by keys that are made of key.
func (s source) block(key random.KeyArray, streams, words int) []uint32 {
	return gojax.WithX64(s.bits == 64, s.draw)(key, streams, words)
}

func (s source) draw(key random.KeyArray, streams, words int) []uint32 {
	if s.keys == "one" {
		streams, words = 1, streams*words
	}
	o := random.Dist{DType: map[int]jnp.DType{8: jnp.Uint8, 16: jnp.Uint16, 32: jnp.Uint32, 64: jnp.Uint64}[s.bits]}
	draw := gojax.Jit(func(k random.KeyArray) jnp.Array {
		x := o.Bits(k, words*32/s.bits)
		switch s.bits {
		case 8, 16:
			x = x.Reshape(words, 32/s.bits)
		}
		return lax.BitcastConvertType(x, jnp.Uint32).Reshape(words)
	})
	keys := gojax.Jit(func(k random.KeyArray) random.KeyArray { return keysOf[s.keys](k, streams) })(key)
	if s.impl == random.Threefry || s.impl == random.ThreefryOriginal {
		return jnp.ToSlice[uint32](gojax.Vmap(draw)(keys).Ravel())
	}
	// Mapped, these draw all streams from the first key.
	all := make([]uint32, 0, streams*words)
	for _, k := range keys.All() {
		all = append(all, jnp.ToSlice[uint32](draw(k))...)
	}
	return all
}

// impls are all generators.
var impls = []random.Impl{random.Threefry, random.ThreefryOriginal, random.RBG, random.UnsafeRBG}

func implNamed(name string) (random.Impl, bool) {
	for _, i := range impls {
		if i.String() == name {
			return i, true
		}
	}
	return 0, false
}
