package signal_test

import (
	"fmt"

	"github.com/gojax/gojax/scipy/signal"
)

func ExampleGetWindow() {
	fmt.Println(signal.GetWindow(signal.Hann, 4))
	fmt.Println(signal.GetWindow(signal.Kaiser(5), 4).Round(3))
	for _, w := range []signal.Window{signal.Boxcar, signal.Bartlett, signal.Triangular, signal.Hann, signal.Hamming,
		signal.Blackman, signal.BlackmanHarris, signal.Nuttall, signal.FlatTop, signal.Cosine, signal.Bohman,
		signal.Parzen, signal.Tukey(0.5), signal.Kaiser(14), signal.Gaussian(1)} {
		fmt.Printf("%.2f\n", w(5)) // symmetric
	}
	// Output:
	// [0.  0.5 1.  0.5]
	// [0.037 0.553 1.    0.553]
	// [1.00 1.00 1.00 1.00 1.00]
	// [0.00 0.50 1.00 0.50 0.00]
	// [0.33 0.67 1.00 0.67 0.33]
	// [0.00 0.50 1.00 0.50 0.00]
	// [0.08 0.54 1.00 0.54 0.08]
	// [-0.00 0.34 1.00 0.34 -0.00]
	// [0.00 0.22 1.00 0.22 0.00]
	// [0.00 0.23 1.00 0.23 0.00]
	// [-0.00 -0.05 1.00 -0.05 -0.00]
	// [0.31 0.81 1.00 0.81 0.31]
	// [0.00 0.32 1.00 0.32 0.00]
	// [0.02 0.42 1.00 0.42 0.02]
	// [0.00 1.00 1.00 1.00 0.00]
	// [0.00 0.16 1.00 0.16 0.00]
	// [0.14 0.61 1.00 0.61 0.14]
}
