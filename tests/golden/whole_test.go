package golden

import (
	"maps"
	"regexp"
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/gojax/gojax/tests/golden/functions"
	"github.com/gojax/gojax/transforms/jit"
)

// severalPrograms are the functions that execute more than one program when they are called outside of a trace, and
// why.
var severalPrograms = map[string]string{
	"jnp.unique": reads, "jnp.unique_all": reads, "jnp.unique_counts": reads, "jnp.unique_inverse": reads,
	"jnp.unique_values": reads,
	"jnp.union1d":       reads, "jnp.intersect1d": reads, "jnp.setdiff1d": reads, "jnp.setxor1d": reads,
	"jnp.argwhere": reads, "jnp.flatnonzero": reads, "jnp.trim_zeros": reads, "jnp.mask_indices": reads,
	"jnp.fromfunction": users, "jnp.piecewise": users,
	"jnp.argsort": entry, "jnp.partition": entry, "jnp.histogram": entry, "jnp.histogram2d": entry,
	"jax.nn.initializers.variance_scaling": entry,
	"at.divide": "divides by ones that are multiplied in at the index, where that may name an element twice: a " +
		"scatter, and a division",
	"at.power":      "as at.divide",
	"cat.key_chain": entry, "cat.vmap_normal_split": entry, "cat.vmap_perm_split": entry,
	"cat.vmap_uniform_split":        entry,
	"jax.random.generalized_normal": "divides 1 by an array p first, as JAX does by a Python number in float64",
	"jsp.stats.gaussian_kde":        "makes an estimate, whose parts the user may ask for, and evaluates it: two calls",
}

const (
	reads = "the shape of its result depends on the elements, which it reads on the way"
	users = "calls functions of the user's, eagerly"
	entry = "the table's entry makes its arguments or what it compares by calls of its own"
)

// TestWholeFunctions counts the programs that an eager call executes: one, however many operations the function is made
// of, or none where the result is known without the device. Of every function it runs the case with the most keywords,
// with GOJAX_TEST_ALL=1 the first too. Package lax is left out: its functions are single operations, or made of them as
// a user would.
func TestWholeFunctions(t *testing.T) {
	fams, err := Load("testdata")
	if err != nil {
		t.Fatal(err)
	}
	pick, err := regexp.Compile(*only)
	if err != nil {
		t.Fatal(err)
	}
	fam := regexp.MustCompile("^(" + *onlyFamily + ")$")
	var mu sync.Mutex
	var ran []string
	defer jit.OnExecute(func(name string) { mu.Lock(); ran = append(ran, name); mu.Unlock() })()
	used := map[string]bool{}
	for _, f := range fams {
		if f.Functions == nil || *onlyFamily != "" && !fam.MatchString(f.Name) {
			continue
		}
		chosen := firstAndFullest(slices.DeleteFunc(slices.Clone(f.Cases), func(c *Case) bool {
			_, ok := f.Functions.Lookup(c.Fn)
			return !ok || strings.HasPrefix(c.Fn, "lax.") || !pick.MatchString(c.ID)
		}))
		number := numbered(f.Cases)
		for _, fn := range slices.Sorted(maps.Keys(chosen)) {
			if !calledEagerly(fn, number[fn]) && severalPrograms[fn] == "" {
				continue
			}
			first, fullest := chosen[fn][0], chosen[fn][1]
			run := []*Case{fullest}
			if first != fullest && (everything() || severalPrograms[fn] != "") {
				run = append(run, first)
			}
			for _, c := range run {
				var call *functions.Call
				err := c.with64(func() error {
					failed, err := c.attempt(func() (err error) {
						if call, err = c.call(); err != nil {
							return err
						}
						g, _ := f.Functions.Lookup(fn)
						mu.Lock()
						ran = nil
						mu.Unlock()
						g(call)
						return nil
					})
					return c.judge(failed, err)
				})
				mu.Lock()
				n := slices.Clone(ran)
				mu.Unlock()
				switch {
				case err != nil: // TestGolden tells
				case len(n) > 1 && severalPrograms[fn] == "":
					t.Errorf("%s executes %d programs: %v", c.ID, len(n), n)
				case len(n) > 1:
					used[fn] = true
				}
			}
		}
	}
	if *only == "" && *onlyFamily == "" {
		for fn := range severalPrograms {
			if !used[fn] {
				t.Errorf("%s is excused and executes no more than one program", fn)
			}
		}
	}
}
