package tree_test

import (
	"testing"

	"github.com/gojax/gojax/jnp"
	"github.com/gojax/gojax/tests/leak"
	"github.com/gojax/gojax/transforms/jit"
)

func TestMain(m *testing.M) { leak.Main(m, jit.LiveBuffers) }

// A is an array.
type A = jnp.Array

// layer and params are a tree of every kind of part.
type layer struct {
	W, B A
	Act  string
}

type params struct {
	Layers []layer
	Scale  map[string]A
	Pair   [2]A
	Last   *layer
	Any    any
	N      int
	Unset  A
	None   *layer
}

func vec(x ...float32) A { return jnp.FromSlice(x, len(x)) }

// sample is a tree whose leaves, in order, are vectors of 1, 2, and so on.
func sample() params {
	return params{
		Layers: []layer{{vec(1), vec(2), "tanh"}, {vec(3), vec(4), "relu"}},
		Scale:  map[string]A{"b": vec(6), "a": vec(5)},
		Pair:   [2]A{vec(7), vec(8)},
		Last:   &layer{W: vec(9), B: vec(10)},
		Any:    map[int]A{7: vec(12), -7: vec(11)},
		N:      3,
	}
}

// paths are those of sample's leaves.
var paths = []string{".Layers[0].W", ".Layers[0].B", ".Layers[1].W", ".Layers[1].B", `.Scale["a"]`, `.Scale["b"]`,
	".Pair[0]", ".Pair[1]", ".Last.W", ".Last.B", ".Any[-7]", ".Any[7]"}
