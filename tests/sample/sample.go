// Package sample says how much the tests run. Compiling programs takes nearly all of their time, and of what is of one
// kind one is enough for everyday use: every function, every keyword, every class of types, every mode, every error.
// With GOJAX_TEST_ALL=1 everything runs, as it does at night.
package sample

import (
	"os"
	"time"
)

var begun = time.Now()

// Late reports whether a fifth is left of the time that the go command gives a package's tests, which is at the given
// deadline. A machine many times slower than others gets no further with an empty cache of programs: there the sample
// ends, rather than that the tests fail. With GOJAX_TEST_ALL=1 it does not.
func Late(deadline time.Time, limited bool) bool {
	return limited && !All() && time.Until(deadline) < deadline.Sub(begun)/5
}

// All reports whether the tests were asked to run everything. (It is read while tests run, and not when the program
// starts, for the go command to know that a cached result depends on it.)
func All() bool { return os.Getenv("GOJAX_TEST_ALL") == "1" }

// Kinds are the kinds that a sample has. The zero value is an empty sample.
type Kinds struct{ seen map[string]bool }

// Add takes something of these kinds into the sample if one of them is new, or everything is to be run, and reports
// whether it did.
func (k *Kinds) Add(kinds ...string) bool {
	if k.seen == nil {
		k.seen = map[string]bool{}
	}
	in := All()
	for _, s := range kinds {
		in = in || !k.seen[s]
		k.seen[s] = true
	}
	return in
}
