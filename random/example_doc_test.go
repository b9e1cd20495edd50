package random_test

import (
	"fmt"
	"sync"

	"github.com/gojax/gojax"
	"github.com/gojax/gojax/jnp"
	"github.com/gojax/gojax/random"
)

// One stream for each row: the numbers of a row depend on its key alone.
func Example_vmap() {
	keys := random.Split(random.Key(5), 3)
	rows := gojax.Vmap(func(k random.KeyArray) jnp.Array { return random.Uniform(k, 2) })(keys)
	fmt.Println(rows)
	// Output:
	// [[0.66103244 0.8750076 ]
	//  [0.08381331 0.22921324]
	//  [0.9563421  0.75857604]]
}

// estimate is one task of a simulation: an estimate of π from 1000 points, whose numbers its key decides.
var estimate = gojax.Jit(func(k random.KeyArray) jnp.Array {
	xy := random.Uniform(k, 1000, 2)
	inside := jnp.Sum(xy.Mul(xy), 1).Lt(1)
	return jnp.Mean(inside).Mul(4)
})

// The key of task i is FoldIn(key, i). So the tasks' results are the same in a loop, over any number of goroutines and
// mapped: docs/RANDOM.md has the reasons.
func Example_parallel() {
	const tasks = 8
	key := random.Key(42)

	loop := make([]jnp.Array, tasks)
	for i := range tasks {
		loop[i] = estimate(random.FoldIn(key, i))
	}
	want := jnp.Stack(loop)
	fmt.Println(want)

	for _, workers := range []int{1, 2, 8} {
		results, next := make([]jnp.Array, tasks), make(chan int)
		var wg sync.WaitGroup
		for range workers {
			wg.Go(func() {
				for i := range next {
					results[i] = estimate(random.FoldIn(key, i))
				}
			})
		}
		for i := range tasks {
			next <- i
		}
		close(next)
		wg.Wait()
		fmt.Println(workers, "goroutines:", jnp.ArrayEqual(jnp.Stack(results), want))
	}

	mapped := gojax.Vmap(func(i jnp.Array) jnp.Array { return estimate(random.FoldIn(key, i)) })(jnp.Arange(tasks))
	fmt.Println("mapped:", jnp.ArrayEqual(mapped, want))
	// Output:
	// [3.0800002 3.084     3.1320002 3.1680002 3.084     3.164     3.1680002
	//  3.1480002]
	// 1 goroutines: True
	// 2 goroutines: True
	// 8 goroutines: True
	// mapped: True
}

// What not to do: with one key for all tasks they are copies of each other, and their mean is no better than one.
func Example_oneKeyForAll() {
	key := random.Key(42)
	spread := func(keyOf func(i int) random.KeyArray) float64 {
		results := make([]jnp.Array, 16)
		for i := range results {
			results[i] = estimate(keyOf(i))
		}
		return jnp.Std(jnp.Stack(results)).Item()
	}
	fmt.Printf("a key for each task: standard deviation %.3f\n",
		spread(func(i int) random.KeyArray { return random.FoldIn(key, i) }))
	fmt.Printf("one key for all:     standard deviation %.3f\n", spread(func(int) random.KeyArray { return key }))
	// Output:
	// a key for each task: standard deviation 0.051
	// one key for all:     standard deviation 0.000
}

// What not to do: seeds 1, 2, ... for the tasks of one simulation, and 2, 3, ... for those of the next. Both share all
// tasks but one, and the difference of two simulations that should be independent is nearly nothing.
func Example_seedsInARow() {
	simulation := func(keyOf func(task int) random.KeyArray) jnp.Array {
		results := make([]jnp.Array, 16)
		for i := range results {
			results[i] = estimate(keyOf(i))
		}
		return jnp.Mean(jnp.Stack(results))
	}
	seeds := func(first int) func(int) random.KeyArray {
		return func(task int) random.KeyArray { return random.Key(first + task) }
	}
	folded := func(seed int) func(int) random.KeyArray {
		key := random.Key(seed)
		return func(task int) random.KeyArray { return random.FoldIn(key, task) }
	}
	difference := func(f func(int) func(int) random.KeyArray) float64 {
		total := 0.0
		for s := range 8 {
			total += jnp.Abs(simulation(f(s)).Sub(simulation(f(s + 1)))).Item()
		}
		return total / 8
	}
	fmt.Printf("tasks' keys folded in: simulations differ by %.4f\n", difference(folded))
	fmt.Printf("seeds in a row:        simulations differ by %.4f\n", difference(seeds))
	// Output:
	// tasks' keys folded in: simulations differ by 0.0187
	// seeds in a row:        simulations differ by 0.0040
}
