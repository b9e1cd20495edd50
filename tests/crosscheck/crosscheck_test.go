// Package crosscheck runs the StableHLO that gojax writes through another binding of the same plugin, go-xla, and
// compares: what our own binding, cache and options add must not change a bit of the results.
package crosscheck

import (
	"fmt"
	"testing"

	"github.com/gojax/gojax"
	"github.com/gojax/gojax/ir"
	"github.com/gojax/gojax/jnp"
	"github.com/gojax/gojax/jnp/linalg"
	"github.com/gojax/gojax/lax"
	"github.com/gojax/gojax/random"
	"github.com/gojax/gojax/trace"
	"github.com/gomlx/go-xla/pjrt"
	"github.com/google/go-cmp/cmp"
)

// the programs, each of two float32[6,6] arrays.
var programs = map[string]func(x, y jnp.Array) jnp.Array{
	"arithmetic": func(x, y jnp.Array) jnp.Array { return jnp.Exp(x).Add(jnp.Mul(3, jnp.Sin(y))) },
	"vmap": gojax.Vmap(func(x, y jnp.Array) jnp.Array { return x.Sub(x.Mean()).Div(y.Std()) }, gojax.InAxes(1, 0),
		gojax.OutAxes(1)),
	"products": func(x, y jnp.Array) jnp.Array { return jnp.Einsum("ij,kj->ik", x, y).MatMul(x.T()) },
	"cholesky": func(x, y jnp.Array) jnp.Array {
		return linalg.Cholesky(x.MatMul(x.T()).Add(jnp.Eye(6)))
	},
	"indexing": func(x, y jnp.Array) jnp.Array {
		return x.At(jnp.S(1, 4), jnp.Arange(2).Mul(2)).Add(y.Index(jnp.S(2, 5), jnp.Arange(2).Mul(-4).Add(5)))
	},
	"sorting": func(x, y jnp.Array) jnp.Array { return jnp.Sort(x, 0).Add(jnp.CumSum(y, 1)) },
	"random": func(x, y jnp.Array) jnp.Array {
		return random.Normal(random.FoldIn(random.Key(3), x.Index(0, 0).AsType(jnp.Int32)), 6, 6).Mul(y)
	},
	"loop": func(x, y jnp.Array) jnp.Array {
		return lax.ForiLoop(0, 5, func(i, z jnp.Array) jnp.Array { return z.MatMul(y).Div(jnp.Abs(z).Max()) }, x)
	},
	"calls": func(x, y jnp.Array) jnp.Array {
		f := gojax.Jit(func(v jnp.Array) jnp.Array { return jnp.Tanh(v).Sum() })
		return jnp.Where(f(x).Gt(f(y)), x, y)
	},
}

func TestGoXLAAgrees(t *testing.T) {
	plugin, err := pjrt.GetPlugin(gojax.DefaultDevice().Client().Plugin().Path)
	if err != nil {
		t.Fatal(err)
	}
	client, err := plugin.NewClient(pjrt.NamedValuesMap{})
	if err != nil {
		t.Fatal(err)
	}
	defer func() {
		if err := client.Destroy(); err != nil {
			t.Error(err)
		}
	}()
	x, y := random.Normal(random.Key(1), 6, 6), random.Normal(random.Key(2), 6, 6)
	for name, f := range programs {
		t.Run(name, func(t *testing.T) {
			want := jnp.ToSlice[float32](gojax.Jit(f)(x, y))
			lowered := gojax.Lower(f)(x, y)
			if err := lowered.Program().Verify(); err != nil {
				t.Fatal(err)
			}
			if len(lowered.Program().In) != 2 {
				t.Fatalf("the program captures arrays:\n%v", lowered.Program())
			}
			got, err := runThere(client, lowered.Text(), x, y)
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(want, got); diff != "" {
				t.Errorf("ours (-) and go-xla's (+) differ:\n%s", diff)
			}
		})
	}
}

// runThere compiles and runs text by go-xla.
func runThere(client *pjrt.Client, text string, in ...jnp.Array) ([]float32, error) {
	exe, err := client.Compile().WithStableHLO([]byte(text)).Done()
	if err != nil {
		return nil, fmt.Errorf("compiling: %w", err)
	}
	defer exe.Destroy()
	args := make([]*pjrt.Buffer, len(in))
	for i, x := range in {
		if args[i], err = pjrt.ArrayToBuffer(client, jnp.ToSlice[float32](x), x.Shape()...); err != nil {
			return nil, err
		}
		defer args[i].Destroy()
	}
	out, err := exe.Execute(args...).Done()
	if err != nil {
		return nil, fmt.Errorf("executing: %w", err)
	}
	defer out[0].Destroy()
	flat, _, err := pjrt.BufferToArray[float32](out[0])
	return flat, err
}

// Every program that the library runs while this test does is verified: what Infer says of each equation once more.
func TestProgramsVerify(t *testing.T) {
	x := random.Normal(random.Key(1), 6, 6)
	for name, f := range programs {
		p := gojax.MakeProgram(f)(x, x)
		for stage, q := range map[string]*ir.Program{"traced": p, "after dead code": p.DCE(),
			"after both": p.DCE().CSE()} {
			if err := q.Verify(); err != nil {
				t.Errorf("%s, %s: %v\n%v", name, stage, err, q)
			}
		}
		if q, _ := trace.Trace("again", p.InTypes(),
			func(x []*trace.Value) []*trace.Value { return trace.Inline(p, x) }); q.Key() != p.Key() {
			t.Errorf("%s: replayed, the program is another one", name)
		}
	}
}
