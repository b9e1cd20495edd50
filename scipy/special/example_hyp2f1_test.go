package special_test

import (
	"fmt"

	"github.com/gojax/gojax/scipy/special"
)

func ExampleHyp2F1() {
	// x·2F1(1, 1; 2; -x) is log(1+x).
	fmt.Println(special.Hyp2F1(1, 1, 2, -0.5).Round(5))
	// Output: 0.81093
}
