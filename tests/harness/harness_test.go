package harness

import (
	"flag"
	"fmt"
	"os"
	"regexp"
	"slices"
	"sync"
	"testing"

	"github.com/gojax/gojax"
	"github.com/gojax/gojax/tests/leak"
)

func TestMain(m *testing.M) { leak.Main(m, gojax.LiveBuffers) }

var (
	only    = flag.String("case", "", "run the cases whose id matches this regular expression")
	workers = flag.Int("workers", 3, "programs run at once")
	group   = flag.Int("group", 48, "cases in one program")
	eager   = flag.Int("eager", 0,
		"every so many cases one is run without Jit too, besides the first of every fourth primitive, or, where "+
			"everything is run, of each; 1: all")
)

// TestHarness runs cases of testdata, of each kind one, and prints "primitive: passed/total" for each primitive (seen
// with -v). With GOJAX_TEST_ALL=1 it runs all of them, and so it does of a folder that GOJAX_HARNESS names.
func TestHarness(t *testing.T) {
	dir := os.Getenv("GOJAX_HARNESS")
	if dir == "" {
		dir = "testdata"
	}
	pick, err := regexp.Compile(*only)
	if err != nil {
		t.Fatal(err)
	}
	cases, err := Load(dir)
	if err != nil {
		t.Fatal(err)
	}
	cases = slices.DeleteFunc(cases, func(c *Case) bool { return !pick.MatchString(c.ID) })
	if len(cases) == 0 {
		t.Fatalf("no case in %s matches %q", dir, *only)
	}
	if *eager == 0 && everything() {
		*eager = 24
	}
	chosen := choose(cases)
	report(t, cases, chosen, runAll(cases, chosen))
}

// runAll runs the chosen cases in groups under Jit, and some of them eagerly, and traces the others.
func runAll(cases []*Case, chosen map[*Case]bool) map[*Case]error {
	results := make(map[*Case]error, len(cases))
	var mu sync.Mutex
	record := func(c *Case, what string, err error) {
		mu.Lock()
		defer mu.Unlock()
		if err != nil && results[c] == nil {
			results[c] = fmt.Errorf("%s: %w", what, err)
		}
	}
	jobs := make(chan func())
	var wg sync.WaitGroup
	for range max(1, *workers) {
		wg.Go(func() {
			for f := range jobs {
				f()
			}
		})
	}
	for _, x64 := range []bool{false, true} {
		var same []*Case
		for _, c := range cases {
			switch {
			case !chosen[c] && c.X64 == x64:
				jobs <- func() { record(c, "traced", c.trace()) }
			case c.X64 == x64:
				same = append(same, c)
			}
		}
		for g := range slices.Chunk(same, max(1, *group)) {
			jobs <- func() {
				for i, err := range Jitted(g) {
					record(g[i], "under Jit", err)
				}
			}
		}
	}
	seen := map[string]bool{}
	for i, c := range cases {
		first := !seen[c.Prim] && (everything() || len(seen)%4 == 0)
		seen[c.Prim] = true
		if first || *eager > 0 && i%*eager == 0 {
			jobs <- func() { record(c, "eager", c.Eager()) }
		}
	}
	close(jobs)
	wg.Wait()
	return results
}

func report(t *testing.T, cases []*Case, chosen map[*Case]bool, results map[*Case]error) {
	type count struct{ passed, total int }
	counts := map[string]*count{}
	var order []string
	all, passed, traced := 0, 0, 0
	for _, c := range cases {
		n := counts[c.Prim]
		if n == nil {
			n = &count{}
			counts[c.Prim] = n
			order = append(order, c.Prim)
		}
		if chosen[c] {
			n.total++
		}
		switch err := results[c]; {
		case err == nil && !chosen[c]:
			traced++
		case err == nil:
			n.passed++
		default:
			t.Errorf("%s: %v", c.ID, err)
		}
	}
	for _, prim := range order {
		n := counts[prim]
		all, passed = all+n.total, passed+n.passed
		fmt.Printf("%s: %d/%d\n", prim, n.passed, n.total)
	}
	fmt.Printf("all primitives: %d/%d\n", passed, all)
	if traced > 0 {
		fmt.Printf("%d more of the same kinds, for GOJAX_TEST_ALL=1: their types were compared\n", traced)
	}
}
