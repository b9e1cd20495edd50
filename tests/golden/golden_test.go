package golden

import (
	"errors"
	"flag"
	"fmt"
	"os"
	"regexp"
	"runtime/debug"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/gojax/gojax/tests/golden/catalogue"
)

var (
	only    = flag.String("case", "", "run the cases whose id matches this regular expression")
	workers = flag.Int("workers", 4, "cases run at once")
)

// limit is how long one case may take: a loop that does not end is a miss, by name.
const limit = 2 * time.Minute

// result is what became of a case.
type result struct {
	id      string
	waits   string // for what
	refused string // by Go's compiler: the function in testdata/refused
	err     error
}

// TestGolden runs every case of testdata, or of the folder that GOJAX_GOLDEN names, and prints "family: passed/total" for each family
// (seen with -v), what waits, and what missed. A case that waits for functions which do not exist yet never counts as passed.
func TestGolden(t *testing.T) {
	dir := os.Getenv("GOJAX_GOLDEN")
	if dir == "" {
		dir = "testdata"
	}
	pick, err := regexp.Compile(*only)
	if err != nil {
		t.Fatal(err)
	}
	fams, err := Load(dir)
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range fams {
		if f.Lookup == nil {
			fmt.Printf("%s: no table of functions yet, its %d cases are not run\n", f.Name, len(f.Cases))
			continue
		}
		report(t, f, runFamily(f, pick))
	}
}

// report prints the outcome of a family.
func report(t *testing.T, f *Family, results []result) {
	passed := 0
	waiting := map[string][]string{}
	for _, r := range results {
		if r.refused != "" {
			r.err = refusedByCompiler(r.refused)
		}
		switch {
		case r.waits != "":
			waiting[r.waits] = append(waiting[r.waits], r.id)
		case r.err != nil:
			t.Errorf("%s: %v", r.id, r.err)
		default:
			passed++
		}
	}
	fmt.Printf("%s: %d/%d\n", f.Name, passed, len(results))
	var lines []string
	for what, ids := range waiting {
		lines = append(lines, fmt.Sprintf("  %d wait for %s: %s", len(ids), what, strings.Join(ids, " ")))
	}
	slices.Sort(lines)
	for _, l := range lines {
		fmt.Println(l)
	}
}

func runFamily(f *Family, pick *regexp.Regexp) []result {
	var cases []*Case
	for _, c := range f.Cases {
		if pick.MatchString(c.ID) {
			cases = append(cases, c)
		}
	}
	results := make([]result, len(cases))
	next := make(chan int)
	var wg sync.WaitGroup
	for range max(1, *workers) {
		wg.Go(func() {
			for i := range next {
				results[i] = runCase(f, cases[i])
			}
		})
	}
	for i := range cases {
		next <- i
	}
	close(next)
	wg.Wait()
	return results
}

func runCase(f *Family, c *Case) result {
	r := result{id: c.ID}
	name := strings.TrimPrefix(c.Fn, "cat.")
	if r.waits = catalogue.Waiting[name]; r.waits != "" {
		return r
	}
	if r.refused = catalogue.Refused[name]; r.refused != "" {
		if !c.Error {
			r.err = fmt.Errorf("cannot be written in Go, yet JAX has no error")
		}
		return r
	}
	fn, ok := f.Lookup(c.Fn)
	if !ok {
		r.err = fmt.Errorf("no function %s", c.Fn)
		return r
	}
	done := make(chan error, 1)
	go func() {
		defer func() {
			if e := recover(); e != nil {
				done <- fmt.Errorf("panic: %v\n%s", e, debug.Stack())
			}
		}()
		done <- c.Run(fn)
	}()
	select {
	case r.err = <-done:
	case <-time.After(limit):
		r.err = fmt.Errorf("still running after %v", limit)
	}
	var refused compileError
	if c.Error && errors.As(r.err, &refused) {
		r.refused, r.err = string(refused), nil
	}
	return r
}

// TestComparisonCanFail changes one thing of an output at a time.
func TestComparisonCanFail(t *testing.T) {
	out := func() any {
		c, err := readCase([]byte(`{"id":"x","fn":"f","args":[],"out":[{"dtype":"float32","shape":[2],"data":[1,2]},{"dict":{"a":{"dtype":"int32","shape":[],"data":[3],"weak":true}}},"nan",null]}`))
		if err != nil {
			t.Fatal(err)
		}
		return c.Out
	}
	got := func(change func(l []any)) any {
		a, err := Arg(out())
		if err != nil {
			t.Fatal(err)
		}
		change(a.([]any))
		return a
	}
	arr := func(s string) any {
		c, err := readCase([]byte(`{"id":"x","fn":"f","args":[` + s + `]}`))
		if err != nil {
			t.Fatal(err)
		}
		a, err := Arg(c.Args[0])
		if err != nil {
			t.Fatal(err)
		}
		return a
	}
	tol := Tolerance{Rtol: 1e-3}
	if err := Compare(got(func([]any) {}), out(), tol); err != nil {
		t.Errorf("equal outputs: %v", err)
	}
	if err := Compare(got(func(l []any) { l[0] = arr(`{"dtype":"float32","shape":[2],"data":[1,2.001]}`) }), out(), tol); err != nil {
		t.Errorf("outputs within the tolerance: %v", err)
	}
	for name, change := range map[string]func(l []any){
		"value":     func(l []any) { l[0] = arr(`{"dtype":"float32","shape":[2],"data":[1,2.1]}`) },
		"nan":       func(l []any) { l[0] = arr(`{"dtype":"float32","shape":[2],"data":[1,"nan"]}`) },
		"inf":       func(l []any) { l[0] = arr(`{"dtype":"float32","shape":[2],"data":[1,"inf"]}`) },
		"dtype":     func(l []any) { l[0] = arr(`{"dtype":"float16","shape":[2],"data":[1,2]}`) },
		"shape":     func(l []any) { l[0] = arr(`{"dtype":"float32","shape":[2,1],"data":[1,2]}`) },
		"structure": func(l []any) { l[0] = []any{l[0]} },
		"weak":      func(l []any) { l[1] = map[string]any{"a": arr(`{"dtype":"int32","shape":[],"data":[3]}`)} },
		"integer":   func(l []any) { l[1] = map[string]any{"a": arr(`{"dtype":"int32","shape":[],"data":[4],"weak":true}`)} },
		"key":       func(l []any) { l[1] = map[string]any{"b": l[1].(map[string]any)["a"]} },
		"none":      func(l []any) { l[3] = 1 },
		"string":    func(l []any) { l[2] = "inf" },
	} {
		if err := Compare(got(change), out(), tol); err == nil {
			t.Errorf("another %s passes", name)
		}
	}
	if err := Compare(got(func(l []any) { l[0] = arr(`{"dtype":"float32","shape":[2],"data":[1,2.0000002]}`) }), out(), Tolerance{}); err == nil {
		t.Errorf("another value passes where equality is asked for")
	}
}

// TestCasesCanFail runs cases that must miss: another value, an error where there is none, none where there should be one.
func TestCasesCanFail(t *testing.T) {
	const head = `{"id":"x","fn":"cat.g_sum_sin","x64":false,"tol":{"rtol":0.001,"atol":0},"args":[{"dtype":"float32","shape":[1],"data":[0.5]}],`
	for _, c := range []struct {
		name, rest string
		passes     bool
	}{
		{"right", `"transforms":[{"t":"grad"}],"out":{"dtype":"float32","shape":[1],"data":[0.87758]}}`, true},
		{"another value", `"transforms":[{"t":"grad"}],"out":{"dtype":"float32","shape":[1],"data":[0.87]}}`, false},
		{"another transform", `"transforms":[{"t":"vmap","in_axes":0}],"out":{"dtype":"float32","shape":[1],"data":[0.87758]}}`, false},
		{"no error", `"transforms":[{"t":"grad"}],"error":true,"message":"m"}`, false},
		{"an error", `"transforms":[{"t":"grad","argnums":1}],"out":{"dtype":"float32","shape":[1],"data":[0.87758]}}`, false},
		{"the error asked for", `"transforms":[{"t":"vmap","in_axes":3}],"error":true,"message":"m"}`, true},
		{"unknown transform", `"transforms":[{"t":"gard"}],"error":true,"message":"m"}`, false},
	} {
		cs, err := readCase([]byte(head + c.rest))
		if err != nil {
			t.Fatal(err)
		}
		r := runCase(&Family{Lookup: fromCatalogue}, cs)
		if passes := r.err == nil; passes != c.passes {
			t.Errorf("%s: passes: %v (%v)", c.name, passes, r.err)
		}
	}
}
