// Package sample says how much the tests run. Compiling programs takes nearly all of their time, and of what is of one kind one
// is enough for everyday use: every function, every keyword, every class of types, every mode, every error. With
// GOJAX_TEST_ALL=1 everything runs, as it does at night.
package sample

import "os"

var all = os.Getenv("GOJAX_TEST_ALL") == "1"

// All reports whether the tests were asked to run everything.
func All() bool { return all }

// Kinds are the kinds that a sample has. The zero value is an empty sample.
type Kinds struct{ seen map[string]bool }

// Add takes something of these kinds into the sample if one of them is new, or everything is to be run, and reports whether it did.
func (k *Kinds) Add(kinds ...string) bool {
	if k.seen == nil {
		k.seen = map[string]bool{}
	}
	in := all
	for _, s := range kinds {
		in = in || !k.seen[s]
		k.seen[s] = true
	}
	return in
}
