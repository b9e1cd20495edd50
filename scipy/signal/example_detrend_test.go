package signal_test

import (
	"fmt"

	"github.com/gojax/gojax/jnp"
	"github.com/gojax/gojax/scipy/signal"
)

func ExampleDetrend() {
	x := jnp.FromSlice([]float32{1, 4, 8, 8, 9})
	fmt.Println(signal.Detrend(x).Round(3))
	fmt.Println(signal.Detrending{Trend: signal.ConstantTrend}.Detrend(x))
	// Output:
	// [-1. -0.  2.  0. -1.]
	// [-5. -2.  2.  2.  3.]
}
