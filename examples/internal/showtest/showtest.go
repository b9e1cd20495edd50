// Package showtest compares what example programs report with figures kept as data.
package showtest

import (
	"encoding/json"
	"maps"
	"math"
	"slices"
	"testing"

	"github.com/gojax/gojax/examples/internal/show"
)

// AgreesWithJAX fails t where a figure of r is further than tol, relative to the larger of 1 and the figure, from that
// of the same name in jax, a JSON object, or where one of the two lacks a figure of the other.
func AgreesWithJAX(t *testing.T, r *show.Report, jax []byte, tol float64) {
	t.Helper()
	var want map[string]float64
	if err := json.Unmarshal(jax, &want); err != nil {
		t.Fatal(err)
	}
	for _, name := range slices.Sorted(maps.Keys(want)) {
		v, ok := r.Figures[name]
		if w := want[name]; !ok || !(math.Abs(v-w) <= tol*math.Max(1, math.Abs(w))) {
			t.Errorf("%s is %.12g (shown: %t), JAX has %.12g", name, v, ok, w)
		}
	}
	for _, name := range slices.Sorted(maps.Keys(r.Figures)) {
		if _, ok := want[name]; !ok {
			t.Errorf("no figure to compare %q with", name)
		}
	}
}
