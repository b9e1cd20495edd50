package arrays_test

import (
	"strings"
	"testing"

	"github.com/gojax/gojax"
	"github.com/gojax/gojax/internal/arrays"
	"github.com/gojax/gojax/jnp"
)

// Called eagerly, a function is one program for operands of one type, which Go numbers take.
func TestOperands(t *testing.T) {
	sum := func(x []jnp.Array) jnp.Array { return x[0].Add(x[1]) }
	twice := func(x ...any) jnp.Array { return arrays.Elementwise("special.Twice", nil, sum, x...) }
	if y := twice(jnp.Arange(3), 1.5); y.DType() != jnp.Float32 || y.Index(2).Item() != 3.5 {
		t.Errorf("it is %v", y)
	}
	before := gojax.Compilations()
	if y, n := twice(jnp.Arange(3), 2.5), gojax.Compilations()-before; y.Index(2).Item() != 4.5 || n != 0 {
		t.Errorf("%v, and %d more compilations", y, n)
	}
	var in []string
	arrays.Whole("special.Types", nil, func(x []jnp.Array) jnp.Array {
		for _, a := range append(x, arrays.StrongInexact("special.Types", x...)...) {
			in = append(in, a.DType().String())
		}
		return x[0]
	}, jnp.Arange(3), jnp.Ones(2).AsType(jnp.Float16))
	if got := strings.Join(in, " "); got != "int32 float16 float16 float16" {
		t.Errorf("the types are %s", got)
	}
}
