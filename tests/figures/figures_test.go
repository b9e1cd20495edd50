package figures

import (
	"encoding/json"
	"math"
	"testing"

	"github.com/gojax/gojax/jnp"
	"github.com/gojax/gojax/tests/leak"
	"github.com/gojax/gojax/transforms/jit"
)

func TestMain(m *testing.M) { leak.Main(m, jit.LiveBuffers) }

func TestCompare(t *testing.T) {
	var r row
	text := `{"name": "x", "out": [{"shape": [2, 2], "data": [1, "nan", "-inf", 200]}]}`
	if err := json.Unmarshal([]byte(text), &r); err != nil {
		t.Fatal(err)
	}
	nan, low := float32(math.NaN()), float32(math.Inf(-1))
	for _, c := range []struct {
		data  []float32
		shape []int
		ok    bool
	}{
		{[]float32{1, nan, low, 200.1}, []int{2, 2}, true},
		{[]float32{1, nan, low, 201}, []int{2, 2}, false},
		{[]float32{1, 0, low, 200}, []int{2, 2}, false},
		{[]float32{1, nan, -1, 200}, []int{2, 2}, false},
		{[]float32{1, nan, low, 200}, []int{4}, false},
	} {
		if err := r.compare([]jnp.Array{jnp.FromSlice(c.data, c.shape...)}, 1e-3); (err == nil) != c.ok {
			t.Errorf("%v: %v", c.data, err)
		}
	}
	if r.compare(nil, 1) == nil {
		t.Error("no results are taken for one")
	}
	if g := Grid(3, 1); g.Index(2, 0).Item() != float64(74-50)/16 {
		t.Errorf("the grid is %v", g)
	}
}
