package debug_test

import (
	"fmt"
	"os"
	"path/filepath"

	"github.com/gojax/gojax"
	"github.com/gojax/gojax/debug"
	"github.com/gojax/gojax/jnp"
)

func ExampleProfile() {
	dir, err := os.MkdirTemp("", "profile")
	if err != nil {
		fmt.Println(err)
		return
	}
	defer os.RemoveAll(dir)
	step := gojax.Jit(func(x jnp.Array) jnp.Array { return jnp.Cos(x) }, gojax.Named("step"))
	report, err := debug.Profile(filepath.Join(dir, "p.json"), func() {
		defer debug.Annotate("epoch")()
		x := jnp.Ones(3)
		for range 5 {
			x = step(x)
		}
	})
	if err != nil {
		fmt.Println(err)
		return
	}
	for _, row := range report.Rows { // Print the report for a table.
		if row.Name == "step" && row.Kind == "run" || row.Kind == "user" {
			fmt.Println(row.Kind, row.Name, row.Calls, row.Self > 0)
		}
	}
	// Unordered output:
	// run step 5 true
	// user epoch 1 true
}

func ExampleStartProfile() {
	file := filepath.Join(os.TempDir(), fmt.Sprintf("gojax-example-%d.json", os.Getpid()))
	defer os.Remove(file)
	stop, err := debug.StartProfile(file)
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println(jnp.Ones(2).Add(1))
	_, err = stop()
	fmt.Println(err)
	again, err := debug.ReadProfile(file)
	fmt.Println(len(again.Rows) > 0, err)
	// Output:
	// [2. 2.]
	// <nil>
	// true <nil>
}
