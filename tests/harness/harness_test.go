package harness

import (
	"errors"
	"flag"
	"fmt"
	"os"
	"regexp"
	"slices"
	"strings"
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
	eager   = flag.Int("eager", 24, "every so many cases one is run without Jit too, besides the first of each primitive; 1: all")
)

// TestHarness runs every case of testdata, or of the folder that GOJAX_HARNESS names, and prints "primitive: passed/total" for each
// primitive (seen with -v), with what waits for an operation that does not exist yet. Such a case never counts as passed.
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
	report(t, cases, runAll(cases))
}

// runAll runs cases in groups under Jit, and a sample of them eagerly.
func runAll(cases []*Case) map[*Case]error {
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
			if c.X64 == x64 {
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
		if !seen[c.Prim] || i%max(1, *eager) == 0 {
			seen[c.Prim] = true
			jobs <- func() { record(c, "eager", c.Eager()) }
		}
	}
	close(jobs)
	wg.Wait()
	return results
}

func report(t *testing.T, cases []*Case, results map[*Case]error) {
	type count struct {
		passed, total int
		waits         map[string]int
	}
	counts := map[string]*count{}
	var order []string
	for _, c := range cases {
		n := counts[c.Prim]
		if n == nil {
			n = &count{waits: map[string]int{}}
			counts[c.Prim] = n
			order = append(order, c.Prim)
		}
		n.total++
		var waits waiting
		switch err := results[c]; {
		case err == nil:
			n.passed++
		case errors.As(err, &waits):
			n.waits[string(waits)]++
		default:
			t.Errorf("%s: %v", c.ID, err)
		}
	}
	all, passed, waiting := 0, 0, 0
	for _, prim := range order {
		n := counts[prim]
		all, passed = all+n.total, passed+n.passed
		var waits []string
		for what, k := range n.waits {
			waiting += k
			waits = append(waits, fmt.Sprintf(", %d wait for %s", k, what))
		}
		slices.Sort(waits)
		fmt.Printf("%s: %d/%d%s\n", prim, n.passed, n.total, strings.Join(waits, ""))
	}
	fmt.Printf("all primitives: %d/%d, %d of them wait\n", passed, all, waiting)
}
