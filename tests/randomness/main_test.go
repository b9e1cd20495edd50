package main

import (
	"bytes"
	"encoding/binary"
	"io"
	"maps"
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/gojax/gojax"
	"github.com/gojax/gojax/random"
	"github.com/gojax/gojax/tests/leak"
)

func TestMain(m *testing.M) { leak.Main(m, gojax.LiveBuffers) }

// What is drawn from a fixed key is the same at every run, and so is its probability. Of the few hundred that are
// computed here the smallest should be some thousandths: a good generator has them all above doubtful, one that is
// broken has some at 0.
const doubtful, broken = 1e-4, 1e-12

// tail is how far out a probability is, on either side.
func tail(p float64) float64 { return 2 * min(p, 1-p) }

const rows, columns = 2048, 128

// Bits, and how keys are made: whatever the generator.
func TestBits(t *testing.T) {
	var all []source
	for _, i := range impls {
		for keys := range keysOf {
			all = append(all, source{i, keys, 32})
		}
	}
	for _, bits := range []int{8, 16, 64} {
		all = append(all, source{random.Threefry, "one", bits}, source{random.Threefry, "split", bits})
	}
	var ps []float64
	for _, src := range all {
		s := streams{src.block(src.impl.Key(2024), rows, columns), rows, columns}
		for name, test := range battery {
			p := test(s)
			if ps = append(ps, p); !(tail(p) >= doubtful) {
				t.Errorf("%v: %s: p = %.2g", src, name, p)
			}
		}
	}
	// The probabilities are themselves random numbers.
	p := kolmogorovSmirnov(ps, func(p float64) float64 { return p })
	t.Logf("%d probabilities, from %.2g to 1-%.2g; that they are uniform: p = %.2g", len(ps), slices.Min(ps),
		1-slices.Max(ps), p)
	if tail(p) < doubtful {
		t.Errorf("the probabilities are not uniform: p = %.2g", p)
	}
}

// ofWords are streams of another generator: word j of stream i.
func ofWords(word func(i, j int) uint32) streams {
	s := streams{rows: rows, columns: columns}
	for i := range rows {
		for j := range columns {
			s.words = append(s.words, word(i, j))
		}
	}
	return s
}

// The battery passes a generator that is known to be good, and fails those that are known to be bad. Each of its tests
// fails one of them.
func TestBatteryTellsGoodFromBad(t *testing.T) {
	good := rand.NewChaCha8([32]byte{1})
	chacha := ofWords(func(_, _ int) uint32 { return uint32(good.Uint64()) })
	at := func(i, j int) uint32 { return chacha.row(i % rows)[j%columns] }
	for name, test := range battery {
		if p := test(chacha); tail(p) < doubtful {
			t.Errorf("ChaCha8: %s: p = %.2g", name, p)
		}
	}
	congruential := uint32(1)
	shift := uint32(1)
	unseen := slices.Sorted(maps.Keys(battery))
	for _, bad := range []struct {
		name  string
		word  func(i, j int) uint32
		fails []string
	}{
		{"a congruential generator modulo 2^32", func(_, _ int) uint32 {
			congruential = 1664525*congruential + 1013904223
			return congruential
		}, []string{"values of bytes", "pairs in a stream"}},
		{"xorshift", func(_, _ int) uint32 {
			shift ^= shift << 13
			shift ^= shift >> 17
			shift ^= shift << 5
			return shift
		}, []string{"ranks of matrices of bits"}},
		{"one seed for all streams", func(_, j int) uint32 { return at(0, j) },
			[]string{"correlation of streams", "pairs of neighbouring streams", "distances between streams",
				"birthday spacings over streams"}},
		{"streams that overlap", func(i, j int) uint32 { return chacha.words[i+j] },
			[]string{"correlation of streams"}},
		{"streams that are added to by their number", func(i, j int) uint32 { return at(0, j) + uint32(i)<<24 },
			[]string{"pairs of neighbouring streams", "birthday spacings over streams"}},
		{"streams with complemented neighbours", func(i, j int) uint32 { return at(i/2, j) ^ -uint32(i%2) },
			[]string{"distances between streams", "correlation of streams"}},
		{"averages of neighbours", func(i, j int) uint32 { return at(i, j)/2 + at(i, j+1)/2 },
			[]string{"values of bytes", "serial correlation"}},
		{"a bit that is 1 in 51% of cases", func(i, j int) uint32 {
			if at(i+1, j)%50 == 0 {
				return at(i, j) | 1<<9
			}
			return at(i, j)
		}, []string{"ones at each place"}},
		{"even numbers", func(i, j int) uint32 { return at(i, j) &^ 1 }, []string{"ones at each place"}},
		{"numbers of 24 bits", func(i, j int) uint32 { return at(i, j) &^ 255 },
			[]string{"birthday spacings in a stream", "birthday spacings over streams"}},
	} {
		s := ofWords(bad.word)
		for name, test := range battery {
			p := tail(test(s))
			if p < broken {
				unseen = slices.DeleteFunc(unseen, func(n string) bool { return n == name })
			}
			if slices.Contains(bad.fails, name) && p >= broken {
				t.Errorf("%s passes the test of %s: p = %.2g", bad.name, name, p)
			}
		}
	}
	if len(unseen) > 0 {
		t.Errorf("nothing fails the tests %q", unseen)
	}
}

// The program writes the words of the streams, as many as are wanted.
func TestWrite(t *testing.T) {
	const n = 4<<20 + 10 // bytes: one block, and a little of the next
	src := source{random.Threefry, "split", 32}
	var out bytes.Buffer
	if err := write(&out, src.impl.String(), source{keys: src.keys, bits: src.bits}, 3, 4, n); err != nil {
		t.Fatal(err)
	}
	var want []byte
	for k := range 2 {
		for _, v := range src.block(random.FoldIn(random.Key(3), k), 1<<18, 4) {
			want = binary.LittleEndian.AppendUint32(want, v)
		}
	}
	if !bytes.Equal(out.Bytes(), want[:n]) {
		t.Errorf("%d bytes that are not those of the streams", out.Len())
	}
}

func TestWriteErrors(t *testing.T) {
	for name, f := range map[string]func() error{
		"impl":  func() error { return write(io.Discard, "mt19937", source{keys: "one", bits: 32}, 1, 4, 8) },
		"keys":  func() error { return write(io.Discard, "rbg", source{keys: "none", bits: 32}, 1, 4, 8) },
		"words": func() error { return write(io.Discard, "rbg", source{keys: "one", bits: 32}, 1, 0, 8) },
		"bytes": func() error { return write(io.Discard, "rbg", source{keys: "one", bits: 32}, 1, 4, -1) },
	} {
		if f() == nil {
			t.Errorf("a bad flag %s was taken", name)
		}
	}
}
