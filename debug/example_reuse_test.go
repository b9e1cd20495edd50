package debug_test

import (
	"fmt"
	"strings"

	"github.com/gojax/gojax"
	"github.com/gojax/gojax/debug"
	"github.com/gojax/gojax/jnp"
	"github.com/gojax/gojax/random"
)

func ExampleKeyReuse() {
	defer debug.KeyReuse(debug.KeyReuse(true))
	noise := gojax.Jit(func(k random.KeyArray) jnp.Array { return random.Normal(k, 3) })
	key := random.Key(1)
	noise(key)
	err := gojax.Try(func() { random.Uniform(key) })
	what, _, _ := strings.Cut(err.Error(), ", so")
	fmt.Println(strings.NewReplacer(" that", "\nthat", " (by", "\n(by").Replace(what))
	// Output:
	// example_reuse_test.go:18: random.Uniform: a key is used again
	// that was used by gojax.Jit(ExampleKeyReuse.func1) at example_reuse_test.go:17
	// (by random.Normal at example_reuse_test.go:15)
}
