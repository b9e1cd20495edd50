package golden

import (
	"errors"
	"flag"
	"fmt"
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/gojax/gojax/tests/golden/catalogue"
	"github.com/gojax/gojax/tests/golden/functions"
	"github.com/gojax/gojax/tests/sample"
)

var (
	only       = flag.String("case", "", "run the cases whose id matches this regular expression")
	onlyFamily = flag.String("family", "", "run the families whose name matches this regular expression")
	workers    = flag.Int("workers", 4, "cases run at once")
)

// limit is how long one case may take: a loop that does not end is a miss, by name.
const limit = 5 * time.Minute

// result is what became of a case.
type result struct {
	id      string
	refused string // by Go's compiler: the function in testdata/refused
	err     error
	left    bool  // no values were compared: no such case was chosen
	ran     modes // beside eager
}

// TestGolden runs cases of testdata, of each kind one, and prints "family: passed/total" for each family (seen with
// -v), and what missed. With GOJAX_TEST_ALL=1 it runs all of them, and so it does of a folder that GOJAX_GOLDEN names.
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
	better, err := loadBetters("testdata")
	if err != nil {
		t.Fatal(err)
	}
	better.apply(fams)
	fam, err := regexp.Compile("^(" + *onlyFamily + ")$")
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range fams {
		switch {
		case *onlyFamily != "" && !fam.MatchString(f.Name):
		case f.Lookup == nil && f.Functions == nil:
			fmt.Printf("%s: no table of functions yet, its %d cases are not run\n", f.Name, len(f.Cases))
		default:
			report(t, f, runFamily(f, pick))
		}
	}
	for _, b := range better {
		if b.used {
			fmt.Printf("%s: compared with %s, not with JAX: %s\n", b.ID, b.Source, b.Why)
		} else if dir == "testdata" {
			t.Errorf("better.json: no case of %s is %s and stores that value of JAX's", b.Family, b.ID)
		}
	}
}

// report prints the outcome of a family.
func report(t *testing.T, f *Family, results []result) {
	passed, total := 0, 0
	var ran [mapping + 1]int
	for _, r := range results {
		if r.refused != "" {
			r.err = refusedByCompiler(r.refused)
		}
		if !r.left {
			total++
		}
		switch {
		case r.err != nil:
			t.Errorf("%s: %v", r.id, r.err)
		case !r.left:
			passed++
		}
		for m, ok := range r.ran {
			if ok {
				ran[m]++
			}
		}
	}
	fmt.Printf("%s: %d/%d\n", f.Name, passed, total)
	if f.Functions != nil {
		fmt.Printf("  under Jit %d, under Vmap %d\n", ran[jitted], ran[mapping])
	}
	if n := len(results) - total; n > 0 {
		what := "their structure, shapes and types were compared"
		if f.Functions == nil {
			what = "not run"
		}
		fmt.Printf("  %d more of the same kinds, for GOJAX_TEST_ALL=1: %s\n", n, what)
	}
}

func runFamily(f *Family, pick *regexp.Regexp) []result {
	cases := slices.DeleteFunc(slices.Clone(f.Cases), func(c *Case) bool { return !pick.MatchString(c.ID) })
	chosen := choose(f, cases)
	results := make([]result, len(cases))
	Each(*workers, len(cases), func(i int) { results[i] = runCase(f, cases[i], chosen[i]) })
	if f.Functions != nil {
		runModes(f.Functions, cases, chosen, results)
	}
	return results
}

// together is how many cases are compiled as one program: a program costs more to compile than what a case adds to it.
const together = 24

// runModes runs the cases that passed under Jit and under Vmap, where they were chosen for it, and traces them
// elsewhere.
func runModes(f *functions.Family, cases []*Case, chosen []modes, results []result) {
	var ps []*inMode
	at := map[*inMode]int{}
	for i, c := range cases {
		g, ok := f.Lookup(c.Fn)
		if results[i].err != nil || !ok {
			continue
		}
		for _, m := range []mode{jitted, mapping} {
			if m == mapping && (c.Error || f.Unmapped[c.Fn] != "") {
				continue
			}
			p := &inMode{c: c, f: g, m: m}
			ps = append(ps, p)
			at[p] = i
		}
	}
	Each(*workers, len(ps), func(i int) {
		p := ps[i]
		p.err = Guarded(limit, func() error { p.prepare(f, chosen[at[p]][p.m]); return p.err })
	})
	leaveLarge(cases, chosen, ps)
	var groups [][]*inMode
	open := map[string]int{}
	for _, p := range ps {
		if p.err != nil || p.unrun != "" {
			continue
		}
		key := fmt.Sprint(p.c.X64, p.m)
		g, ok := open[key]
		if !ok || len(groups[g]) == together {
			g = len(groups)
			open[key] = g
			groups = append(groups, nil)
		}
		groups[g] = append(groups[g], p)
	}
	Each(*workers, len(groups), func(i int) {
		if err := Guarded(limit, func() error { runTogether(groups[i]); return nil }); err != nil {
			for _, p := range groups[i] {
				p.err = err
			}
		}
	})
	for _, p := range ps {
		r := &results[at[p]]
		if r.err == nil && p.err != nil {
			r.err = fmt.Errorf("%v: %w", p.m, p.err)
		}
		if p.err == nil && p.unrun == "" {
			r.ran[p.m] = true
		}
	}
}

// leaveLarge leaves what is large out of a sample where the function is in it already.
func leaveLarge(cases []*Case, chosen []modes, ps []*inMode) {
	if everything() {
		return
	}
	isLarge := make([]bool, len(ps))
	Each(*workers, len(ps), func(i int) {
		if p := ps[i]; p.err == nil && p.unrun == "" {
			p.err = p.c.with64(func() error { isLarge[i] = p.length() > large; return nil })
		}
	})
	var kinds sample.Kinds
	number := numbered(cases)
	for i, c := range cases {
		if chosen[i][eager] {
			kinds.Add(c.Fn)
		}
	}
	for i, p := range ps {
		kind := p.c.Fn
		if number[kind]%8 == 0 {
			kind = fmt.Sprint(kind, " ", p.m)
		}
		if isLarge[i] && !kinds.Add(kind) {
			p.err = p.c.with64(p.leave)
		}
	}
}

func runCase(f *Family, c *Case, in modes) result {
	r := result{id: c.ID}
	if f.Functions != nil {
		return runFunction(f.Functions, c, in)
	}
	name := strings.TrimPrefix(c.Fn, "cat.")
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
	if r.left = in == (modes{}); r.left {
		return r
	}
	r.err = Guarded(limit, func() error { return c.Run(fn) })
	var refused compileError
	if c.Error && errors.As(r.err, &refused) {
		r.refused, r.err = string(refused), nil
	}
	return r
}

// runFunction runs a case eagerly, if it was chosen for that.
func runFunction(f *functions.Family, c *Case, in modes) result {
	r := result{id: c.ID}
	g, ok := f.Lookup(c.Fn)
	if !ok {
		r.err = fmt.Errorf("no function %s", c.Fn)
		return r
	}
	r.left = in == (modes{})
	if in[eager] {
		r.err = Guarded(limit, func() error { return c.runCall(g) })
	}
	return r
}

// TestComparisonCanFail changes one thing of an output at a time.
func TestComparisonCanFail(t *testing.T) {
	out := func() any {
		c, err := readCase(
			[]byte(`{"id":"x","fn":"f","args":[],"out":[{"dtype":"float32","shape":[2],"data":[1,2]},{"dict":{"a":{"dtype":"int32","shape":[],"data":[3],"weak":true}}},"nan",null]}`))
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
	if err := Compare(got(func(l []any) { l[0] = arr(`{"dtype":"float32","shape":[2],"data":[1,2.001]}`) }), out(),
		tol); err != nil {
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
		"integer": func(l []any) {
			l[1] = map[string]any{"a": arr(`{"dtype":"int32","shape":[],"data":[4],"weak":true}`)}
		},
		"key":    func(l []any) { l[1] = map[string]any{"b": l[1].(map[string]any)["a"]} },
		"none":   func(l []any) { l[3] = 1 },
		"string": func(l []any) { l[2] = "inf" },
	} {
		if err := Compare(got(change), out(), tol); err == nil {
			t.Errorf("another %s passes", name)
		}
	}
	if err := Compare(got(func(l []any) { l[0] = arr(`{"dtype":"float32","shape":[2],"data":[1,2.0000002]}`) }), out(),
		Tolerance{}); err == nil {
		t.Errorf("another value passes where equality is asked for")
	}
}

// TestCasesCanFail runs cases that must miss: another value, an error where there is none, none where there should be
// one.
func TestCasesCanFail(t *testing.T) {
	const head = `{"id":"x","fn":"cat.g_sum_sin","x64":false,"tol":{"rtol":0.001,"atol":0},"args":[{"dtype":"float32","shape":[1],"data":[0.5]}],`
	for _, c := range []struct {
		name, rest string
		passes     bool
	}{
		{"right", `"transforms":[{"t":"grad"}],"out":{"dtype":"float32","shape":[1],"data":[0.87758]}}`, true},
		{"another value", `"transforms":[{"t":"grad"}],"out":{"dtype":"float32","shape":[1],"data":[0.87]}}`, false},
		{"another transform",
			`"transforms":[{"t":"vmap","in_axes":0}],"out":{"dtype":"float32","shape":[1],"data":[0.87758]}}`, false},
		{"no error", `"transforms":[{"t":"grad"}],"error":true,"message":"m"}`, false},
		{"an error", `"transforms":[{"t":"grad","argnums":1}],"out":{"dtype":"float32","shape":[1],"data":[0.87758]}}`,
			false},
		{"the error asked for", `"transforms":[{"t":"vmap","in_axes":3}],"error":true,"message":"m"}`, true},
		{"unknown transform", `"transforms":[{"t":"gard"}],"error":true,"message":"m"}`, false},
	} {
		cs, err := readCase([]byte(head + c.rest))
		if err != nil {
			t.Fatal(err)
		}
		r := runCase(&Family{Lookup: fromCatalogue}, cs, modes{eager: true})
		if passes := r.err == nil; passes != c.passes {
			t.Errorf("%s: passes: %v (%v)", c.name, passes, r.err)
		}
	}
}
