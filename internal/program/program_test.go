package program_test

import (
	"strings"
	"testing"

	"github.com/gojax/gojax"
	"github.com/gojax/gojax/internal/program"
	"github.com/gojax/gojax/jnp"
	"github.com/gojax/gojax/trace"
)

// Errors bear the name of the function that was called, whichever other one raised them; other panics pass.
func TestNamed(t *testing.T) {
	x := jnp.Ones(3)
	matMul := func(x []jnp.Array) jnp.Array { return jnp.MatMul(x[0], jnp.Ones(4)) }
	for name, f := range map[string]func(){
		"special.Elementwise":  func() { program.Elementwise("special.Elementwise", nil, matMul, x) },
		"special.Broadcasting": func() { program.Broadcasting("special.Broadcasting", nil, matMul, x) },
		"special.Inexactly":    func() { program.Inexactly("special.Inexactly", nil, matMul, x) },
		"special.Whole":        func() { program.Whole("special.Whole", nil, matMul, x) },
	} {
		if err := trace.Try(f); err == nil || err.(*trace.Error).Op != name {
			t.Errorf("%s: %v", name, err)
		}
	}
	defer func() {
		if r := recover(); r != "another" {
			t.Errorf("recovered %v", r)
		}
	}()
	func() {
		defer program.Named("special.F")
		panic("another")
	}()
}

// Called eagerly, a function is one program for operands of one type, which Go numbers take.
func TestOperands(t *testing.T) {
	sum := func(x []jnp.Array) jnp.Array { return x[0].Add(x[1]) }
	twice := func(x ...any) jnp.Array { return program.Elementwise("special.Twice", nil, sum, x...) }
	if y := twice(jnp.Arange(3), 1.5); y.DType() != jnp.Float32 || y.Index(2).Item() != 3.5 {
		t.Errorf("it is %v", y)
	}
	before := gojax.Compilations()
	if y, n := twice(jnp.Arange(3), 2.5), gojax.Compilations()-before; y.Index(2).Item() != 4.5 || n != 0 {
		t.Errorf("%v, and %d more compilations", y, n)
	}
	var in []string
	program.Whole("special.Types", nil, func(x []jnp.Array) jnp.Array {
		for _, a := range append(x, program.StrongInexact("special.Types", x...)...) {
			in = append(in, a.DType().String())
		}
		return x[0]
	}, jnp.Arange(3), jnp.Ones(2).AsType(jnp.Float16))
	if got := strings.Join(in, " "); got != "int32 float16 float16 float16" {
		t.Errorf("the types are %s", got)
	}
}
