package export_test

import (
	"fmt"
	"os"
	"testing"

	"github.com/gojax/gojax/export"
	"github.com/gojax/gojax/jnp"
	"github.com/gojax/gojax/tests/leak"
	"github.com/gojax/gojax/transforms/jit"
)

func TestMain(m *testing.M) {
	if path := os.Getenv(childEnv); path != "" {
		e, err := export.Load(path)
		if err != nil {
			panic(err)
		}
		fmt.Println(e.Call(jnp.FromSlice([]float32{7, 1, 2})))
		os.Exit(0)
	}
	leak.Main(m, jit.LiveBuffers)
}
