package nn_test

import (
	"fmt"
	"math"
	"testing"

	"github.com/gojax/gojax"
	"github.com/gojax/gojax/jnp"
	"github.com/gojax/gojax/lax"
	. "github.com/gojax/gojax/nn"
	"github.com/gojax/gojax/tests/figures"
	"github.com/gojax/gojax/tests/grads"
)

func TestPoolTypes(t *testing.T) {
	x := jnp.FromSlice([]int8{-128, 5, 127, -3}, 4, 1)
	same := Pooling{Padding: lax.PadSame()}
	if got := fmt.Sprint(same.MaxPool(x, 2).Ravel(), same.MinPool(x, 2).Ravel(), AvgPool(x, 2).Ravel()); got !=
		"[  5 127 127  -3] [-128    5   -3   -3] [-61.5  66.   62. ]" {
		t.Errorf("pools of int8 are %s", got)
	}
	if y := MaxPool(x.Gt(0), 2); fmt.Sprint(y.Ravel()) != "[ True  True  True]" {
		t.Errorf("of bools it is %v", y)
	}
	high := jnp.Full([]int{8, 1}, float32(60000)).AsType(jnp.Float16)
	if y := AvgPool(high, 4); y.DType() != jnp.Float16 || math.Abs(y.Mean().Item()-60000) > 50 {
		t.Errorf("of large float16 it is %v", y)
	}
	far := Pooling{Dilation: []int{2}}.MaxPool(jnp.Arange(5).Reshape(5, 1), 2)
	if fmt.Sprint(far.Ravel()) != "[2 3 4]" {
		t.Errorf("two apart it is %v", far)
	}
}

func TestPoolGradients(t *testing.T) {
	gojax.WithX64(true, func() {
		o := Pooling{Padding: lax.PadSame(), Strides: []int{2}, ExcludePadding: true}
		fs := []func(a []jnp.Array) jnp.Array{
			func(a []jnp.Array) jnp.Array { return o.MaxPool(a[0], 3) },
			func(a []jnp.Array) jnp.Array { return o.AvgPool(a[0], 3) },
		}
		for i, err := range grads.CheckEach(fs, []jnp.Array{figures.Grid(2, 5, 2).AsType(jnp.Float64)}, 1) {
			if err != nil {
				t.Errorf("%d: %v", i, err)
			}
		}
	})()
}
