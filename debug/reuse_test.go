package debug_test

import (
	"errors"
	"fmt"
	"os"
	"os/exec"
	"strings"
	"sync"
	"testing"

	"github.com/gojax/gojax"
	"github.com/gojax/gojax/debug"
	"github.com/gojax/gojax/jnp"
	"github.com/gojax/gojax/lax"
	"github.com/gojax/gojax/random"
)

type key = random.KeyArray

func draw(k key) jnp.Array { return random.Normal(k, 3) }

// reuses are programs that use a key twice. The comments first and second mark the lines that the error has to name,
// where they are not the same.
var reuses = []struct {
	name string
	f    func(k key)
}{
	{"eager", func(k key) {
		random.Normal(k, 3)  // first
		random.Uniform(k, 3) // second
	}},
	{"split and used", func(k key) {
		random.Split(k)     // first
		random.Normal(k, 3) // second
	}},
	{"paired and used", func(k key) {
		random.Pair(k)      // first
		random.Normal(k, 3) // second
	}},
	{"the stream's key", func(k key) {
		random.NewStream(k) // first
		random.Bits(k)      // second
	}},
	{"one of an array", func(k key) {
		keys := random.Split(k, 3)
		random.Normal(keys.Index(1), 3)  // first
		random.Normal(keys.Index(-2), 3) // second
	}},
	{"in a slice of an array", func(k key) {
		keys := random.Split(k, 4)
		gojax.Vmap(draw)(keys.Index(jnp.S(1, 3)))        // first
		random.Normal(keys.Reshape(2, 2).Index(1, 0), 3) // second
	}},
	{"one in a range", func(k key) {
		keys := random.Split(k, 3)
		for _, k := range keys.All() {
			random.Normal(k, 3) // first
		}
		random.Normal(keys.Index(2), 3) // second
	}},
	{"jitted", func(k key) {
		gojax.Jit(func(k key) jnp.Array {
			x := random.Normal(k, 3)           // first
			return x.Add(random.Uniform(k, 3)) // second
		})(k)
	}},
	{"jitted, an array", func(k key) {
		gojax.Jit(func(k key) jnp.Array {
			keys := random.Split(k, 3)
			x := random.Normal(keys.Index(2), 3)           // first
			return x.Add(random.Normal(keys.Index(-1), 3)) // second
		})(k)
	}},
	{"jitted in jitted", func(k key) {
		f := gojax.Jit(draw)
		gojax.Jit(func(k key) jnp.Array {
			x := f(k) // first
			y := f(k) // second
			return x.Add(y)
		})(k)
	}},
	{"across calls", func(k key) {
		f := gojax.Jit(draw)
		f(k) // first
		f(k) // second
	}},
	{"drawn, and a call", func(k key) {
		draw(random.Clone(k))
		random.Normal(k, 3) // first
		gojax.Jit(draw)(k)  // second
	}},
	{"a call, and drawn", func(k key) {
		gojax.Jit(draw)(k)  // first
		random.Normal(k, 3) // second
	}},
	{"captured by what is called twice", func(k key) {
		f := gojax.Jit(func(x jnp.Array) jnp.Array { return random.Normal(k, 3).Mul(x) })
		f(vec(1, 2, 3)) // first
		f(vec(4, 5, 6)) // second
	}},
	{"a function gives its key back", func(k key) {
		f := gojax.Jit(func(k key) (key, jnp.Array) { return k, random.Normal(k, 3) })
		k, _ = f(k)         // first
		random.Normal(k, 3) // second
	}},
	{"mapped", func(k key) {
		gojax.Vmap(func(k key) jnp.Array {
			x := random.Normal(k, 3)           // first
			return x.Add(random.Uniform(k, 3)) // second
		})(random.Split(k, 3))
	}},
	{"mapped twice", func(k key) {
		keys := random.Split(k, 3)
		gojax.Vmap(draw)(keys) // first
		gojax.Vmap(draw)(keys) // second
	}},
	{"mapped, and one of them", func(k key) {
		keys := random.Split(k, 3)
		gojax.Vmap(draw)(keys)          // first
		random.Normal(keys.Index(0), 3) // second
	}},
	{"jitted and mapped, and one of them", func(k key) {
		gojax.Jit(func(k key) jnp.Array {
			keys := random.Split(k, 3)
			x := random.Normal(keys.Index(1), 3) // first
			return gojax.Vmap(func(k key) jnp.Array {
				return random.Normal(k, 3).Add(x) // second
			})(keys)
		})(k)
	}},
	{"not mapped, twice", func(k key) {
		f := gojax.Vmap(func(x jnp.Array) jnp.Array { return x.Add(random.Normal(k)) })
		f(vec(1, 2, 3)) // first
		f(vec(1, 2, 3)) // second
	}},
	{"scanned over a key from outside", func(k key) {
		lax.Scan(func(c, x jnp.Array) (jnp.Array, jnp.Array) {
			return c, random.Normal(k).Mul(x) // first, second
		}, jnp.AsArray(float32(0)), vec(1, 2, 3))
	}},
	{"jitted, scanned over a key from outside", func(k key) {
		gojax.Jit(func(k key) jnp.Array {
			_, y := lax.Scan(func(c, x jnp.Array) (jnp.Array, jnp.Array) {
				return c, random.Normal(k).Mul(x) // first, second
			}, jnp.AsArray(float32(0)), vec(1, 2, 3))
			return y
		})(k)
	}},
	{"a carry that stays", func(k key) {
		lax.Scan(func(k key, x jnp.Array) (key, jnp.Array) {
			return k, random.Normal(k).Mul(x) // first, second
		}, k, vec(1, 2, 3))
	}},
	{"a carry that comes again", func(k key) {
		a, b := random.Pair(k)
		lax.Scan(func(k [2]key, x jnp.Array) ([2]key, jnp.Array) {
			return [2]key{k[1], k[0]}, random.Normal(k[0]).Mul(x) // first, second
		}, [2]key{a, b}, vec(1, 2, 3))
	}},
	{"scanned keys, and one of them", func(k key) {
		keys := random.Split(k, 9)
		lax.Scan(func(c jnp.Array, k key) (jnp.Array, jnp.Array) { return c, draw(k) }, vec(1), keys) // first
		random.Bits(keys.Index(7))                                                                    // second
	}},
	{"a while loop", func(k key) {
		gojax.Jit(func(k key) jnp.Array {
			return lax.WhileLoop(func(c jnp.Array) jnp.Array { return jnp.Less(jnp.Sum(c), 5) },
				func(c jnp.Array) jnp.Array {
					return c.Add(random.Uniform(k)) // first, second
				}, vec(0))
		})(k)
	}},
	{"a condition", func(k key) {
		lax.WhileLoop(func(c jnp.Array) jnp.Array {
			return jnp.Less(random.Uniform(k), 0.1) // first, second
		}, func(c jnp.Array) jnp.Array { return c.Add(1) }, vec(0))
	}},
	{"a counted loop", func(k key) {
		lax.ForiLoop(0, 3, func(i, c jnp.Array) jnp.Array {
			return c.Add(random.Normal(k)) // first, second
		}, vec(0))
	}},
	{"a branch, and after it", func(k key) {
		gojax.Jit(func(k key, p jnp.Array) jnp.Array {
			x := lax.Cond(p, func() jnp.Array {
				return random.Normal(k) // first
			}, func() jnp.Array { return jnp.AsArray(float32(0)) })
			return x.Add(random.Normal(k)) // second
		})(k, jnp.AsArray(true))
	}},
	{"the gradient of it", func(k key) {
		gojax.Grad(func(x jnp.Array) jnp.Array {
			y := x.Mul(random.Normal(k, 3))                    // first
			return jnp.Sum(y.Mul(random.Uniform(k, 3)).Mul(x)) // second
		})(vec(1, 2, 3))
	}},
	{"in a checkpoint", func(k key) {
		gojax.Grad(gojax.Checkpoint(func(x jnp.Array) jnp.Array {
			y := x.Mul(random.Normal(k, 3))                    // first
			return jnp.Sum(y.Mul(random.Uniform(k, 3)).Mul(x)) // second
		}))(vec(1, 2, 3))
	}},
	{"another generator", func(key) {
		k := random.RBG.Key(3)
		random.Normal(k, 3) // first
		random.Normal(k, 3) // second
	}},
}

// marked is the line after the one with name that has the mark as a comment.
func marked(t *testing.T, source []string, name, mark string) string {
	for i, at := 0, false; i < len(source); i++ {
		at = at || strings.HasPrefix(source[i], "\t{\""+name+"\"")
		if _, comment, ok := strings.Cut(source[i], "// "); at && ok && strings.Contains(comment, mark) {
			return fmt.Sprintf("reuse_test.go:%d", i+1)
		}
	}
	t.Fatalf("%s has no line marked %s", name, mark)
	return ""
}

func TestKeyReuse(t *testing.T) {
	text, err := os.ReadFile("reuse_test.go")
	if err != nil {
		t.Fatal(err)
	}
	source := strings.Split(string(text), "\n")
	for _, c := range reuses {
		if err := gojax.Try(func() { c.f(random.Key(1)) }); err != nil {
			t.Errorf("%s: off, and %v", c.name, err)
		}
		before := debug.KeyReuse(true)
		err := gojax.Try(func() { c.f(random.Key(1)) })
		debug.KeyReuse(before)
		var e *gojax.Error
		if !errors.As(err, &e) {
			t.Errorf("%s: %v", c.name, err)
			continue
		}
		first, second := marked(t, source, c.name, "first"), marked(t, source, c.name, "second")
		if e.Src.String() != second || !strings.Contains(e.Err.Error(), first) {
			t.Errorf("%s: want %s and %s: %v", c.name, second, first, err)
		}
	}
}

// What uses no key twice is left alone, and draws the same numbers.
func TestKeysUsedOnce(t *testing.T) {
	step := gojax.Jit(func(k key, x jnp.Array) (key, jnp.Array) {
		k, sub := random.Pair(k)
		return k, x.Add(random.Normal(sub, 3))
	})
	noisy := func(k key) func(x jnp.Array) jnp.Array {
		return func(x jnp.Array) jnp.Array { return jnp.Sum(jnp.Sin(x.Mul(random.Normal(k, 3)))) }
	}
	x := vec(1, 2, 3)
	for name, f := range map[string]func(k key) jnp.Array{
		"pairs": func(k key) jnp.Array {
			y := x
			for range 3 {
				k, y = step(k, y)
			}
			return y
		},
		"keys": func(k key) jnp.Array {
			y := x
			for _, k := range random.Keys(k, 3) {
				y = y.Add(draw(k))
			}
			return y
		},
		"a stream": func(k key) jnp.Array {
			s := random.NewStream(k)
			return draw(s.Next()).Add(draw(s.Next()))
		},
		"folded": func(k key) jnp.Array {
			y := x
			for i := range 3 {
				y = y.Add(draw(random.FoldIn(k, i)))
			}
			return y.Add(draw(k))
		},
		"cloned": func(k key) jnp.Array {
			return draw(k).Add(draw(random.Clone(k))).Add(draw(random.WrapKeyData(k.Data())))
		},
		"each of an array": func(k key) jnp.Array {
			keys := random.Split(k, 2, 2)
			return draw(keys.Index(0, 0)).Add(draw(keys.Index(0, 1))).Add(
				jnp.Sum(gojax.Vmap(draw)(keys.Index(1)), 0))
		},
		"mapped": func(k key) jnp.Array { return gojax.Vmap(draw)(random.Split(k, 3)) },
		"mapped, one for all": func(k key) jnp.Array {
			return gojax.Vmap(func(x jnp.Array) jnp.Array { return x.Add(random.Normal(k)) })(x)
		},
		"mapped over tasks": func(k key) jnp.Array {
			return gojax.Vmap(func(i jnp.Array) jnp.Array { return draw(random.FoldIn(k, i)) })(jnp.Arange(3))
		},
		"scanned": func(k key) jnp.Array {
			_, y := lax.Scan(func(k key, x jnp.Array) (key, jnp.Array) {
				k, sub := random.Pair(k)
				return k, random.Normal(sub).Mul(x)
			}, k, x)
			return y
		},
		"scanned keys": func(k key) jnp.Array {
			_, y := lax.Scan(func(c jnp.Array, k key) (jnp.Array, jnp.Array) { return c, draw(k) }, x,
				random.Split(k, 5))
			return y
		},
		"one step": func(k key) jnp.Array {
			_, y := lax.Scan(func(c, x jnp.Array) (jnp.Array, jnp.Array) { return c, random.Normal(k).Mul(x) },
				vec(1), vec(1))
			return y
		},
		"keys by the index of a loop": func(k key) jnp.Array {
			keys := random.Split(k, 3)
			return lax.ForiLoop(0, 3, func(i, c jnp.Array) jnp.Array { return c.Add(draw(keys.Index(i))) }, x)
		},
		"a while loop": func(k key) jnp.Array {
			type state struct {
				K key
				X jnp.Array
			}
			return lax.WhileLoop(func(s state) jnp.Array { return jnp.Less(jnp.Sum(s.X), 9) }, func(s state) state {
				k, sub := random.Pair(s.K)
				return state{k, s.X.Add(random.Uniform(sub))}
			}, state{k, x}).X
		},
		"one branch or the other": func(k key) jnp.Array {
			return gojax.Jit(func(p jnp.Array) jnp.Array {
				return lax.Cond(p, func() jnp.Array { return draw(k) },
					func() jnp.Array { return random.Uniform(k, 3) })
			})(jnp.AsArray(true))
		},
		"mapped branches": func(k key) jnp.Array {
			return gojax.Vmap(func(k key) jnp.Array {
				k, chosen := random.Pair(k)
				return lax.Cond(jnp.Less(random.Uniform(chosen), 0.5), func() jnp.Array { return draw(k) },
					func() jnp.Array { return gojax.Jit(draw)(k) })
			})(random.Split(k, 4))
		},
		"given away": func(k key) jnp.Array {
			f := gojax.Jit(func(k key) (key, jnp.Array) {
				k, sub := random.Pair(k)
				return k, draw(sub)
			}, gojax.DonateArgs(0))
			k, x := f(random.FoldIn(k, 1))
			_, y := f(k)
			return x.Add(y)
		},
		"a checkpoint of calls that saves products": func(k key) jnp.Array {
			f := gojax.Jit(func(k key, x jnp.Array) jnp.Array { return jnp.Sin(x.Mul(draw(k))) })
			return gojax.Grad(gojax.Checkpoint(func(x jnp.Array) jnp.Array {
				a, b := random.Pair(k)
				return jnp.Sum(f(a, x).Mul(f(b, x)))
			}, gojax.SaveDots))(x)
		},
		"a gradient":          func(k key) jnp.Array { return gojax.Grad(noisy(k))(x) },
		"a jitted gradient":   func(k key) jnp.Array { return gojax.Jit(gojax.Grad(noisy(k)))(x) },
		"a jitted loss":       func(k key) jnp.Array { return gojax.Grad(gojax.Jit(noisy(k)))(x) },
		"a checkpoint":        func(k key) jnp.Array { return gojax.Grad(gojax.Checkpoint(noisy(k)))(x) },
		"a jitted checkpoint": func(k key) jnp.Array { return gojax.Jit(gojax.Grad(gojax.Checkpoint(noisy(k))))(x) },
		"a checkpoint of a call": func(k key) jnp.Array {
			return gojax.Grad(gojax.Checkpoint(gojax.Jit(noisy(k))))(x)
		},
		"the way back twice": func(k key) jnp.Array {
			y, back := gojax.VJP(gojax.Checkpoint(noisy(k)), x)
			return back(y).Add(back(y))
		},
		"a Hessian": func(k key) jnp.Array { return gojax.Hessian(noisy(k))(x) },
		"a scan of checkpoints": func(k key) jnp.Array {
			return gojax.Grad(func(x jnp.Array) jnp.Array {
				f := gojax.Checkpoint(func(s struct {
					K key
					X jnp.Array
				}) jnp.Array {
					return jnp.Sin(s.X.Mul(random.Normal(s.K, 3)))
				})
				y, _ := lax.Scan(func(c jnp.Array, k key) (jnp.Array, jnp.Array) {
					return f(struct {
						K key
						X jnp.Array
					}{k, c}), c
				}, x, random.Split(k, 4))
				return jnp.Sum(y)
			})(x)
		},
		"a derivative of one's own": func(k key) jnp.Array {
			f := gojax.CustomJVP(func(x jnp.Array) jnp.Array { return x.Mul(random.Normal(k, 3)) },
				func(x, t jnp.Array) (jnp.Array, jnp.Array) {
					n := random.Normal(k, 3)
					return x.Mul(n), t.Mul(n)
				})
			return gojax.Grad(func(x jnp.Array) jnp.Array { return jnp.Sum(f(x)) })(x)
		},
		"traced again for another shape": func(k key) jnp.Array {
			a, b := random.Pair(k)
			f := gojax.Jit(func(k key, x jnp.Array) jnp.Array { return x.Add(random.Normal(k)) })
			return f(a, x).Add(f(b, vec(1)))
		},
		"goroutines": func(k key) jnp.Array {
			y := make([]jnp.Array, 16)
			var wg sync.WaitGroup
			for i := range y {
				wg.Go(func() { _, y[i] = step(random.FoldIn(k, i), x) })
			}
			wg.Wait()
			return jnp.Stack(y)
		},
	} {
		var results [2]jnp.Array
		for i, on := range []bool{false, true} {
			before := debug.KeyReuse(on)
			if err := gojax.Try(func() { results[i] = f(random.Key(1)) }); err != nil {
				t.Errorf("%s: %v", name, err)
			}
			debug.KeyReuse(before)
		}
		if !t.Failed() && jnp.ArrayEqual(results[0], results[1]).Item() == 0 {
			t.Errorf("%s: %v, and with keys followed %v", name, results[0], results[1])
		}
	}
}

// Of goroutines that draw with one key all but one are told.
func TestKeyReuseByGoroutines(t *testing.T) {
	defer debug.KeyReuse(debug.KeyReuse(true))
	k := random.Key(1)
	var mu sync.Mutex
	var wg sync.WaitGroup
	failed := 0
	for range 8 {
		wg.Go(func() {
			if gojax.Try(func() { draw(k) }) != nil {
				mu.Lock()
				failed++
				mu.Unlock()
			}
		})
	}
	wg.Wait()
	if failed != 7 {
		t.Errorf("%d of 8 failed", failed)
	}
}

// The environment variable switches the search on from outside.
func TestKeyReuseByEnvironment(t *testing.T) {
	if os.Getenv("GOJAX_TEST_CHILD") != "" {
		k := random.Key(1)
		fmt.Println(gojax.Try(func() { draw(k); draw(k) }))
		return
	}
	for value, want := range map[string]string{"1": "used again", "0": "<nil>", "perhaps": "neither true nor false"} {
		cmd := exec.Command(os.Args[0], "-test.run=TestKeyReuseByEnvironment", "-test.v")
		cmd.Env = append(os.Environ(), "GOJAX_TEST_CHILD=1", "GOJAX_DEBUG_KEY_REUSE="+value)
		out, err := cmd.CombinedOutput()
		if err != nil || !strings.Contains(string(out), want) {
			t.Errorf("%s: %v\n%s", value, err, out)
		}
	}
}
