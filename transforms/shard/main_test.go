package shard_test

import (
	"os"
	"testing"

	"github.com/gojax/gojax/jnp"
	"github.com/gojax/gojax/tests/leak"
	"github.com/gojax/gojax/transforms/jit"
)

// TestMain has eight CPU devices, which the client counts when it is opened.
func TestMain(m *testing.M) {
	os.Setenv("GOJAX_NUM_CPU_DEVICES", "8")
	leak.Main(m, jit.LiveBuffers)
}

type A = jnp.Array

func same(x A) A { return x }
