package shard_test

import (
	"testing"

	"github.com/gojax/gojax/jnp"
	"github.com/gojax/gojax/tests/leak"
	"github.com/gojax/gojax/transforms/jit"
)

// TestMain has eight CPU devices.
func TestMain(m *testing.M) {
	leak.Devices(8)
	leak.Main(m, jit.LiveBuffers)
}

type A = jnp.Array

func same(x A) A { return x }
