package sharding

import (
	"encoding/json"
	"errors"
	"fmt"
	"reflect"

	"github.com/gojax/gojax"
)

// families are what the families do with their cases: nil, or an error that says how a case missed.
var families = map[string]func(c *Case) error{
	"spec":      runSpec,
	"shard_map": runMap,
	"grads":     runMap,
	"inside":    runMap,
	"vma":       runMap,
	"vmap":      runMap,
	"pmap":      runPmap,
	"put":       runPut,
	"jit":       runJit,
}

// expect runs f, which computes the case's output as plain data, and compares.
func (c *Case) expect(f func() (any, error)) error {
	var out any
	var err error
	if failed := gojax.Try(func() { out, err = f() }); failed != nil {
		err = failed
	}
	switch {
	case c.Error && err == nil:
		return fmt.Errorf("no error; JAX says: %s", c.Message)
	case c.Error:
		return nil
	case err != nil:
		return err
	}
	got, err := json.Marshal(out)
	if err != nil {
		return err
	}
	want, err := json.Marshal(c.Out)
	if err != nil {
		return err
	}
	var g, w any
	if err := errors.Join(json.Unmarshal(got, &g), json.Unmarshal(want, &w)); err != nil {
		return err
	}
	if !reflect.DeepEqual(g, w) {
		return fmt.Errorf("got %s\nwant %s", got, want)
	}
	return nil
}
