package optimize_test

import (
	"encoding/json"
	"math"
	"testing"

	"github.com/gojax/gojax/jnp"
	"github.com/gojax/gojax/tests/jsonl"
	"github.com/gojax/gojax/tests/leak"
	"github.com/gojax/gojax/transforms/jit"
)

func TestMain(m *testing.M) { leak.Main(m, jit.LiveBuffers) }

type array = jnp.Array

// figure is a result of jax.scipy.optimize or scipy.optimize; see testdata.
type figure struct {
	Kind, Name                             string
	X0, X, Fun, Jac, Success, Status       []float64
	NIt, NFev, NJev, Bracket, Bounds, Cost []float64
	HessInv                                []float64 `json:"hess_inv"`
	Y, P0, P, Cov, Sigma                   []float64
}

// figures are those of one of the kinds.
func figures(t *testing.T, kinds ...string) (all []figure) {
	t.Helper()
	err := jsonl.File("testdata/figures.jsonl", func(line []byte) error {
		var f figure
		if err := json.Unmarshal(line, &f); err != nil {
			return err
		}
		for _, k := range kinds {
			if f.Kind == k {
				all = append(all, f)
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	if len(all) == 0 {
		t.Fatalf("there are no figures of %v", kinds)
	}
	return all
}

// near fails unless the numbers of an array are want within tol, relative to what is more than 1.
func near(t *testing.T, what string, got array, want []float64, tol float64) {
	t.Helper()
	if !got.DType().IsFloat() {
		got = got.AsType(jnp.Float32)
	}
	g := jnp.ToSlice[float64](got)
	if len(g) != len(want) {
		t.Errorf("%s is %v, want %v", what, got, want)
		return
	}
	for i := range g {
		if !(math.Abs(g[i]-want[i]) <= tol*(1+math.Abs(want[i]))) && g[i] != want[i] {
			t.Errorf("%s is %v, want %v within %v", what, g, want, tol)
			return
		}
	}
}

// is fails unless a bool, an integer or a float is want.
func is(t *testing.T, what string, got array, want float64) {
	t.Helper()
	near(t, what, got, []float64{want}, 0)
}
