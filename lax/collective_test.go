package lax_test

import (
	"testing"

	"github.com/gojax/gojax"
	"github.com/gojax/gojax/jnp"
	"github.com/gojax/gojax/lax"
)

var tiled = lax.CollectiveOptions{Tiled: true}

// The named axis "i" has three elements, with rows [0 1 2], [3 4 5] and [6 7 8].
func TestCollectives(t *testing.T) {
	x := numbers(0, 1, 3, 3)
	all := func(x A) map[string]A {
		return map[string]A{
			"PSum": lax.PSum(x, "i"), "PMean": lax.PMean(x, "i"), "PMax": lax.PMax(x, "i"), "PMin": lax.PMin(x, "i"),
			"AxisIndex": lax.AxisIndex("i"), "AxisSize": jnp.AsArray(lax.AxisSize("i")),
			"AllGather": lax.AllGather(x, "i", -1), "AllGather tiled": lax.AllGather(x, "i", 0, tiled),
			"PPermute": lax.PPermute(x, "i", [][2]int{{0, 1}, {1, 2}}),
			"PShuffle": lax.PShuffle(x, "i", []int{2, 0, 1}),
			"AllToAll": lax.AllToAll(x, "i", 0, 0), "AllToAll tiled": lax.AllToAll(x, "i", 0, 0, tiled),
			"PSwapAxes":   lax.PSwapAxes(x, "i", 0),
			"PBroadcast":  lax.PBroadcast(x, "i", 1),
			"PSumGroups":  lax.PSumGroups(x, "i", [][]int{{1}, {2, 0}}),
			"PMeanGroups": lax.PMeanGroups(x, []string{"i"}, [][]int{{1}, {2, 0}}),
			"PMaxGroups":  lax.PMaxGroups(x, "i", [][]int{{1}, {2, 0}}),
			"PMinGroups":  lax.PMinGroups(x, "i", [][]int{{1}, {2, 0}}),
			"PSumScatter": lax.PSumScatter(x, "i", 0), "PSumScatter tiled": lax.PSumScatter(x, "i", 0, tiled),
			"PSum of a tree": lax.PSum([]A{x, x.Neg()}, "i")[1],
		}
	}
	gathered := "[[0. 3. 6.]\n  [1. 4. 7.]\n  [2. 5. 8.]]"
	row, swapped := "[0. 1. 2. 3. 4. 5. 6. 7. 8.]", "[[0. 3. 6.]\n [1. 4. 7.]\n [2. 5. 8.]]"
	want := map[string]string{
		"PSum": "[[ 9. 12. 15.]\n [ 9. 12. 15.]\n [ 9. 12. 15.]]", "PMean": "[[3. 4. 5.]\n [3. 4. 5.]\n [3. 4. 5.]]",
		"PMax": "[[6. 7. 8.]\n [6. 7. 8.]\n [6. 7. 8.]]", "PMin": "[[0. 1. 2.]\n [0. 1. 2.]\n [0. 1. 2.]]",
		"AxisIndex": "[0 1 2]", "AxisSize": "[3 3 3]",
		"AllGather":       "[" + gathered + "\n\n " + gathered + "\n\n " + gathered + "]",
		"AllGather tiled": "[" + row + "\n " + row + "\n " + row + "]",
		"PPermute":        "[[0. 0. 0.]\n [0. 1. 2.]\n [3. 4. 5.]]",
		"PShuffle":        "[[6. 7. 8.]\n [0. 1. 2.]\n [3. 4. 5.]]",
		"AllToAll":        swapped, "AllToAll tiled": swapped, "PSwapAxes": swapped,
		"PBroadcast":  "[[3. 4. 5.]\n [3. 4. 5.]\n [3. 4. 5.]]",
		"PSumGroups":  "[[ 6.  8. 10.]\n [ 3.  4.  5.]\n [ 6.  8. 10.]]",
		"PMeanGroups": "[[3. 4. 5.]\n [3. 4. 5.]\n [3. 4. 5.]]",
		"PMaxGroups":  "[[6. 7. 8.]\n [3. 4. 5.]\n [6. 7. 8.]]",
		"PMinGroups":  "[[0. 1. 2.]\n [3. 4. 5.]\n [0. 1. 2.]]",
		"PSumScatter": "[ 9. 12. 15.]", "PSumScatter tiled": "[[ 9.]\n [12.]\n [15.]]",
		"PSum of a tree": "[[ -9. -12. -15.]\n [ -9. -12. -15.]\n [ -9. -12. -15.]]",
	}
	f := gojax.Vmap(all, gojax.AxisName("i"))
	for mode, got := range map[string]map[string]A{"eager": f(x), "jit": gojax.Jit(f)(x)} {
		for name, w := range want {
			if g := got[name].String(); g != w {
				t.Errorf("%s, %s:\n%s\nwant\n%s", name, mode, g, w)
			}
		}
	}
	over := func(f func(x A) A) func() { return func() { gojax.Vmap(f, gojax.AxisName("i"))(x) } }
	checkMistakes(t,
		mistake{"lax.PSum", func() { lax.PSum(x, "j") }, []string{`"j"`}},
		mistake{"lax.PMean", func() { lax.PMean(x) }, []string{"axis"}},
		mistake{"lax.AxisIndex", func() { lax.AxisIndex("j") }, []string{`"j"`}},
		mistake{"lax.AxisSize", func() { lax.AxisSize("j") }, []string{`"j"`}},
		mistake{"lax.AllGather", over(func(x A) A { return lax.AllGather(x, "i", 5) }), []string{"5"}},
		mistake{
			"lax.AllGather",
			over(func(x A) A { return lax.AllGather(x, "i", 0, tiled, tiled) }),
			[]string{"one lax.CollectiveOptions"},
		},
		mistake{"lax.PPermute", over(func(x A) A { return lax.PPermute(x, "i", [][2]int{{0, 7}}) }), []string{"7"}},
		mistake{
			"lax.PShuffle",
			over(func(x A) A { return lax.PShuffle(x, "i", []int{0, 0, 1}) }),
			[]string{"permutation"},
		},
		mistake{"lax.AllToAll", over(func(x A) A { return lax.AllToAll(x, "i", 1, 0) }), []string{"1"}},
		mistake{"lax.PSumScatter", over(func(x A) A { return lax.PSumScatter(x, "i", 1) }), []string{"1"}},
		mistake{"lax.PBroadcast", over(func(x A) A { return lax.PBroadcast(x, "i", 3) }), []string{"3"}},
		mistake{"lax.PSum", over(func(x A) A { return lax.PSum(x, "i", "i") }), []string{"twice"}},
		mistake{"lax.AllGather", over(func(x A) A { return lax.AllGather(x, []string{}, 0) }), []string{"no axis"}},
		mistake{
			"lax.PMaxGroups",
			over(func(x A) A { return lax.PMaxGroups(x, "i", [][]int{{0, 1}}) }),
			[]string{"each of the 3"},
		},
		mistake{
			"lax.PSumGroups",
			over(func(x A) A { return lax.PSumGroups(x, "i", [][]int{{0, 1}, {2, 3}}) }),
			[]string{"element 3", "one group"},
		},
		mistake{
			"lax.AllGather",
			over(func(x A) A { return lax.AllGather(x, "i", 0, lax.CollectiveOptions{Groups: [][]int{{0, 1}, {2}}}) }),
			[]string{"one size"},
		},
	)
}
