package checkpoint_test

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"

	"github.com/gojax/gojax/checkpoint"
	"github.com/gojax/gojax/jnp"
)

func ExampleManager() {
	type State struct {
		X jnp.Array
	}
	dir, _ := os.MkdirTemp("", "")
	defer os.RemoveAll(dir)
	m := checkpoint.Manager{Dir: filepath.Join(dir, "run"), Keep: 2}

	for range 2 { // the first run, and one that takes it up again
		s := State{jnp.Zeros()}
		first := 0
		if step, err := m.Restore(&s); err == nil {
			first = step + 1
		} else if !errors.Is(err, fs.ErrNotExist) {
			fmt.Println(err)
		}
		fmt.Println("from step", first, "where x is", s.X)
		for step := first; step < first+3; step++ {
			s.X = s.X.Add(1)
			if err := m.Save(step, s); err != nil {
				fmt.Println(err)
			}
		}
	}
	fmt.Println(m.Steps())
	// Output:
	// from step 0 where x is 0.0
	// from step 3 where x is 3.0
	// [4 5] <nil>
}

func ExampleManager_RestoreStep() {
	dir, _ := os.MkdirTemp("", "")
	defer os.RemoveAll(dir)
	m := checkpoint.Manager{Dir: dir}
	for step := range 3 {
		if err := m.Save(10*step, jnp.AsArray(step)); err != nil {
			fmt.Println(err)
		}
	}
	fmt.Println(m.LatestStep())
	var x jnp.Array
	fmt.Println(m.RestoreStep(10, &x), x, filepath.Base(m.Path(10)))
	// Output:
	// 20 <nil>
	// <nil> 1 step-00000010.safetensors
}
