package random

import (
	"iter"
	"sync/atomic"

	"github.com/gojax/gojax/ir"
	"github.com/gojax/gojax/ops"
	"github.com/gojax/gojax/trace"
)

// Keys makes n new, independent keys of one, as a slice: those of Split(k, n), one for each of n tasks. It has no
// counterpart in JAX, whose arrays of keys are ranged over.
func Keys(k KeyArray, n int) []KeyArray {
	keys := make([]KeyArray, 0, max(n, 0))
	for _, k := range Split(k, n).All() {
		keys = append(keys, k)
	}
	return keys
}

// All are the keys along the first axis, with their numbers, for a range loop. A single key is an error.
func (k KeyArray) All() iter.Seq2[int, KeyArray] {
	n := k.Len()
	each := k.Index
	if v := k.v; !v.Traced() && n > 1 {
		// One copy to the host and back costs less than a program for each key.
		a := v.Aval()
		b := make([]byte, a.Bytes())
		trace.TheRuntime().ToHost(v, b)
		one := ir.Aval{Shape: a.Shape[1:], DType: a.DType}
		each = func(i ...any) KeyArray {
			at := i[0].(int) * one.Bytes()
			key := trace.TheRuntime().FromHost(b[at:at+one.Bytes()], one)
			if trace.KeyReuse() {
				trace.RowOfKeys(key, v, i[0].(int), n)
			}
			return KeyArray{v: key}
		}
	}
	return func(yield func(int, KeyArray) bool) {
		for i := range n {
			if !yield(i, each(i)) {
				return
			}
		}
	}
}

// Stream gives one new key after another, to any number of goroutines: a source of keys for code outside of traces,
// such as a server that draws for each request. Which goroutine gets which key depends on their order; where results
// must not, give each task the key FoldIn(key, task) instead. Use a Stream only from code that runs, not in functions
// that are traced: there a key would be the same in every run.
type Stream struct {
	key  KeyArray
	next atomic.Uint32
}

// NewStream makes a stream of the keys that are folded into k: use k itself no more. It has no counterpart in JAX.
func NewStream(k KeyArray) *Stream {
	const op = "random.NewStream"
	if k.single(op).Traced() {
		trace.Fail(op, nil, "a Stream is used outside of traces: it would give a traced function the same keys in "+
			"every run; split the key instead")
	}
	return &Stream{key: KeyArray{v: ops.UseKey(op, k.v)}}
}

// Next is the key FoldIn(k, i) of the stream's k, for i from 0 on: the next that nobody got. After 2³² keys it is an
// error. It has no counterpart in JAX.
func (s *Stream) Next() KeyArray {
	const op = "random.Stream.Next"
	if trace.Current() != nil {
		trace.Fail(op, nil, "a Stream is used outside of traces: it would give this function the same key in every "+
			"run; pass a key as an argument, and split it")
	}
	i := s.next.Add(1) - 1
	if i == 1<<32-1 {
		s.next.Add(^uint32(0)) // and stays there
		trace.Fail(op, nil, "all 2³²-1 keys of the stream are given; make another of a new key")
	}
	return FoldIn(s.key, i)
}
