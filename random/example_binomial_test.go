package random_test

import (
	"fmt"

	"github.com/gojax/gojax/random"
)

func ExampleBinomial() {
	k := random.Key(0)
	fmt.Println(random.Binomial(k, 10, 0.5, 6))
	// Output: [6. 7. 5. 6. 7. 3.]
}
