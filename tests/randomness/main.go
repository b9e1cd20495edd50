// Randomness holds the generators of package random to statistics: its tests feed the bits of long streams, and of many
// short ones whose keys were split, folded or made of seeds in a row, to tests of randomness, and what every sampler
// draws to a comparison with its distribution. As a program it writes such streams, for batteries that take many times
// as much, PractRand's and TestU01's:
//
//	go run ./tests/randomness -keys split | RNG_test stdin32
//	go run ./tests/randomness -keys fold -impl rbg -bytes 1000000000 > stream
package main

import (
	"bufio"
	"encoding/binary"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"syscall"

	"github.com/gojax/gojax"
	"github.com/gojax/gojax/random"
)

func main() {
	impl := flag.String("impl", random.Threefry.String(), "the generator: the name of a random.Impl")
	keys := flag.String("keys", "one", "how the keys of the streams are made: one, split, fold, chain or seeds")
	seed := flag.Int("seed", 1, "the seed of the first key")
	words := flag.Int("words", 4, "how many words of 32 bits each stream has; of one key there are a million")
	bytes := flag.Int64("bytes", 0, "how much is written; 0: until nobody reads on")
	flag.Parse()
	var unwritten error
	err := gojax.Try(func() {
		unwritten = write(os.Stdout, *impl, source{keys: *keys, bits: 32}, *seed, *words, *bytes)
	})
	if err = errors.Join(err, unwritten); err != nil && !errors.Is(err, syscall.EPIPE) {
		fmt.Fprintln(os.Stderr, "randomness:", err)
		os.Exit(1)
	}
}

// write writes n bytes of s in blocks, or blocks without end where n is 0: words of 32 bits, the lowest byte first. The
// words of a stream follow each other, so that neighbours are of one stream or of neighbouring streams.
func write(out io.Writer, impl string, s source, seed, words int, n int64) error {
	const block = 1 << 20 // words
	i, ok := implNamed(impl)
	if !ok || keysOf[s.keys] == nil || words < 1 || words > block || n < 0 {
		return fmt.Errorf("-impl %s -keys %s -words %d -bytes %d: see -help", impl, s.keys, words, n)
	}
	s.impl = i
	if s.keys == "one" {
		words = block
	}
	w := bufio.NewWriterSize(out, 1<<16)
	key := i.Key(seed)
	var b [4]byte
	for k, left := uint32(0), n; n == 0 || left > 0; k++ {
		for _, v := range s.block(random.FoldIn(key, k), block/words, words) {
			binary.LittleEndian.PutUint32(b[:], v)
			part := b[:]
			if n > 0 {
				part = b[:min(4, left)]
				left -= int64(len(part))
			}
			if _, err := w.Write(part); err != nil {
				return err
			}
		}
	}
	return w.Flush()
}
