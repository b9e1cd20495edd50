package optim_test

import (
	"fmt"

	"github.com/gojax/gojax"
	"github.com/gojax/gojax/jnp"
	"github.com/gojax/gojax/optim"
)

// show prints the rates of the steps 0, 2, ... 10.
func show(s optim.Schedule) { fmt.Println(gojax.Vmap(s)(jnp.Arange(0, 11, 2)).Round(3)) }

func ExampleWarmupCosine() {
	show(optim.WarmupCosine(1.0, 4, 10))
	show(optim.WarmupConstant(1.0, 4))
	show(optim.WarmupExponential(1.0, 4, 2, 0.5))
	// Output:
	// [0.   0.5  1.   0.75 0.25 0.  ]
	// [0.  0.5 1.  1.  1.  1. ]
	// [0.    0.5   1.    0.5   0.25  0.125]
}

func ExampleCosineDecay() {
	show(optim.Constant(1.0))
	show(optim.CosineDecay(1.0, 10, optim.ScheduleOptions{Alpha: 0.1}))
	show(optim.Linear(1.0, 0.0, 10))
	show(optim.Polynomial(1.0, 0.0, 2, 8, optim.ScheduleOptions{Begin: 2}))
	show(optim.ExponentialDecay(1.0, 2, 0.5))
	show(optim.InverseTimeDecay(1.0, 2, 0.5))
	// Output:
	// [1. 1. 1. 1. 1. 1.]
	// [1.    0.914 0.689 0.411 0.186 0.1  ]
	// [1.  0.8 0.6 0.4 0.2 0. ]
	// [1.    1.    0.562 0.25  0.062 0.   ]
	// [1.    0.5   0.25  0.125 0.062 0.031]
	// [1.    0.667 0.5   0.4   0.333 0.286]
}

func ExamplePiecewiseConstant() {
	show(optim.PiecewiseConstant(1.0, map[int]float64{4: 0.5, 8: 0.1}))
	show(optim.PiecewiseInterpolate("linear", 1.0, map[int]float64{4: 0.5, 8: 0.1}))
	show(optim.LinearOneCycle(10, 1.0))
	show(optim.CosineOneCycle(10, 1.0))
	// Output:
	// [1.   1.   0.5  0.5  0.05 0.05]
	// [1.    0.75  0.5   0.275 0.05  0.05 ]
	// [0.04  0.68  0.808 0.424 0.04  0.   ]
	// [0.04  0.76  0.95  0.611 0.188 0.   ]
}

func ExampleJoinSchedules() {
	// Warm restarts, every five steps.
	show(optim.JoinSchedules([]optim.Schedule{optim.CosineDecay(1.0, 5), optim.CosineDecay(0.5, 5),
		optim.Constant(0.0)}, 5, 10))
	// Output: [1.    0.655 0.095 0.452 0.173 0.   ]
}
