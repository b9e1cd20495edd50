package pjrt

import (
	"strings"
	"testing"

	"github.com/gojax/gojax/ir"
)

// A loop of 300 numbers is no small one for XLA, unless the module says so; else the plugin's options stay as they are.
func TestSmallLoops(t *testing.T) {
	c := client(t)
	const loop = `func.func @main(%x: tensor<300xf32>) -> tensor<300xf32> {
  %zero = stablehlo.constant dense<0> : tensor<i32>
  %r:2 = stablehlo.while(%i = %zero, %y = %x) : tensor<i32>, tensor<300xf32>
    cond {
      %n = stablehlo.constant dense<9> : tensor<i32>
      %p = stablehlo.compare LT, %i, %n : (tensor<i32>, tensor<i32>) -> tensor<i1>
      stablehlo.return %p : tensor<i1>
    } do {
      %one = stablehlo.constant dense<1> : tensor<i32>
      %j = stablehlo.add %i, %one : tensor<i32>
      %z = stablehlo.multiply %y, %y : tensor<300xf32>
      stablehlo.return %j, %z : tensor<i32>, tensor<300xf32>
    }
  return %r#1 : tensor<300xf32>
}
`
	for limit, hoisted := range map[string]bool{"": false, "1024": false, "16384": true, "x": false, "-1": false} {
		module := "module @m {\n"
		if limit != "" {
			module = "module @m attributes {mhlo.frontend_attributes = {" + ir.SmallLoopsAttribute + ` = "` + limit +
				"\"}} {\n"
		}
		x, err := c.Compile([]byte(module+loop+"}\n"), CompileOptions{})
		if err != nil {
			t.Fatalf("%q: %v", limit, err)
		}
		text, err := x.Text()
		if err != nil {
			t.Fatal(err)
		}
		_, entry, _ := strings.Cut(text, "ENTRY")
		if got := strings.Contains(entry, " call("); got != hoisted {
			t.Errorf("%q: the loop is a function: %v, want %v\n%s", limit, got, hoisted, text)
		}
		x.Delete()
	}
}
