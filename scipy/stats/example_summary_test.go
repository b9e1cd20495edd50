package stats_test

import (
	"fmt"

	"github.com/gojax/gojax/jnp"
	"github.com/gojax/gojax/scipy/stats"
)

func ExampleMode() {
	x := jnp.AsArray([][]int32{{1, 2, 2}, {3, 2, 1}, {3, 0, 1}})
	mode, count := stats.Mode(x)
	fmt.Println(mode, count)
	// Output:
	// [3 2 1] [2 2 2]
}

func ExampleModes_Mode() {
	x := jnp.AsArray([][]int32{{1, 2, 2}, {3, 2, 1}, {3, 0, 1}})
	mode, count := stats.Modes{Flat: true}.Mode(x)
	fmt.Println(mode, count)
	// Output:
	// 1 3
}

func ExampleRankData() {
	fmt.Println(stats.RankData(jnp.FromSlice([]float32{30, 10, 20, 10})))
	// Output:
	// [4.  1.5 3.  1.5]
}

func ExampleRanking_RankData() {
	x := jnp.AsArray([][]float32{{30, 10, 20, 10}, {1, 2, 2, 3}})
	fmt.Println(stats.Ranking{Method: stats.RankDense}.RankData(x, 1))
	// Output:
	// [[3. 1. 2. 1.]
	//  [1. 2. 2. 3.]]
}

func ExampleSEM() {
	fmt.Printf("%.4f\n", stats.SEM(jnp.FromSlice([]float32{1, 2, 3, 4})).Item())
	// Output:
	// 0.6455
}

func ExampleStandardErrors_SEM() {
	x := jnp.AsArray([][]float32{{1, 2, 4}, {5, 6, 6}})
	y := stats.StandardErrors{DDof: new(0.0)}.SEM(x, 1)
	fmt.Printf("%.4f\n", jnp.ToSlice[float32](y))
	// Output:
	// [0.7201 0.2722]
}
