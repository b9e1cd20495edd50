package golden

import (
	"math"
	"testing"

	"github.com/gojax/gojax"
	"github.com/gojax/gojax/jnp"
)

// TestChecks gives right factors that differ from the stored ones, and wrong ones.
func TestChecks(t *testing.T) {
	gojax.WithX64(true, func() {
		tol := Tolerance{Rtol: 1e-9, Atol: 1e-9}
		arr := func(shape []int, v ...float64) jnp.Array { return jnp.FromSlice(v, shape...) }
		stored := func(shape string, data string) any {
			c, err := readCase(
				[]byte(`{"id":"x","fn":"f","args":[],"out":{"dtype":"float64","shape":` + shape + `,"data":` + data +
					`}}`))
			if err != nil {
				t.Fatal(err)
			}
			return c.Out
		}
		sq := []int{2, 2}
		r := math.Sqrt(0.5)
		sym := arr(sq, 2, 1, 1, 2) // eigenvalues 1 and 3
		diag := arr(sq, 3, 0, 0, -2)
		square := stored("[2,2]", "[1,0,0,1]")
		for _, c := range []struct {
			check     string
			arg       jnp.Array
			got, want any
			ok        bool
		}{
			{"eigh", sym, []any{arr([]int{2}, 1, 3), arr(sq, -r, r, r, r)}, []any{stored("[2]", "[1,3]"), square},
				true},
			{"eigh", sym, []any{arr([]int{2}, 1, 3), arr(sq, r, r, r, r)}, []any{stored("[2]", "[1,3]"), square},
				false},
			{"eigh", sym, []any{arr([]int{2}, 3, 1), arr(sq, r, -r, r, r)}, []any{stored("[2]", "[1,3]"), square},
				false},
			{"eig", sym, []any{arr([]int{2}, 3, 1), arr(sq, r, -r, r, r)}, []any{stored("[2]", "[1,3]"), square}, true},
			{"eigh_lax", sym, []any{arr(sq, -r, r, r, r), arr([]int{2}, 1, 3)}, []any{square, stored("[2]", "[1,3]")},
				true},
			{"qr", diag, []any{arr(sq, -1, 0, 0, 1), arr(sq, -3, 0, 0, -2)}, []any{square, square}, true},
			{"qr", diag, []any{arr(sq, -1, 0, 0, 1), arr(sq, 3, 0, 0, -2)}, []any{square, square}, false},
			{"qr", arr(sq, 0, 3, 2, 0), []any{arr(sq, 1, 0, 0, 1), arr(sq, 0, 3, 2, 0)}, []any{square, square}, false},
			{"qr_r", diag, arr(sq, -3, 0, 0, 2), square, true},
			{"qr_r", diag, arr(sq, -3, 0, 0, 1), square, false},
			{"qr", diag, []jnp.Array{arr(sq, -1, 0, 0, 1), arr(sq, -3, 0, 0, -2)}, []any{square, square}, true},
			{"svd", diag, []any{arr(sq, -1, 0, 0, 1), arr([]int{2}, 3, 2), arr(sq, -1, 0, 0, -1)},
				[]any{square, stored("[2]", "[3,2]"), square}, true},
			{"svd", diag, []any{arr(sq, 1, 0, 0, 1), arr([]int{2}, 3, 2), arr(sq, 1, 0, 0, 1)},
				[]any{square, stored("[2]", "[3,2]"), square}, false},
			{"multiset", sym, arr([]int{2}, 3, 1), stored("[2]", "[1,3]"), true},
			{"multiset", sym, arr([]int{2}, 3, 3), stored("[2]", "[1,3]"), false},
			{"finite_shape", sym, arr([]int{2}, 7, 8), stored("[2]", "[1,3]"), true},
			{"finite_shape", sym, arr([]int{2}, 7, math.Inf(1)), stored("[2]", "[1,3]"), false},
			{"finite_shape", sym, arr([]int{1}, 7), stored("[2]", "[1,3]"), false},
			{"other", sym, arr([]int{2}, 1, 3), stored("[2]", "[1,3]"), false},
		} {
			if err := CompareBy(c.check, c.arg, c.got, c.want, tol); (err == nil) != c.ok {
				t.Errorf("%s of %v: got %v: %v", c.check, c.arg, c.got, err)
			}
		}
	})()
}
