package main

import (
	"bytes"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
)

const testRoot = "../.."

// TestReport holds docs/COVERAGE.md and the names of "gojax find" to what the program makes, and every name of
// JAX's to a counterpart or a reason.
func TestReport(t *testing.T) {
	table, err := newTable(testRoot)
	if err != nil {
		t.Fatal(err)
	}
	for _, m := range table.missing() {
		t.Errorf(
			"%s has no counterpart: add one, or say in tests/coverage/exceptions*.go where it is or why it is left out",
			m)
	}
	for _, p := range table.problems {
		t.Error(p)
	}
	for path, want := range table.files() {
		got, err := os.ReadFile(filepath.Join(testRoot, path))
		if err != nil {
			t.Fatal(err)
		}
		if !bytes.Equal(got, want) {
			t.Errorf("%s is not up to date; make it again with\n\tgo run ./tests/coverage -w", path)
		}
	}
}

// TestMatching checks the rule and the exceptions on names that are there and names that are not.
func TestMatching(t *testing.T) {
	table, err := newTable(testRoot)
	if err != nil {
		t.Fatal(err)
	}
	for name, want := range map[string]row{
		"jax.numpy.cumsum":                      {state: covered, text: "jnp.CumSum"},
		"jax.numpy.atleast_1d":                  {state: covered, text: "jnp.AtLeast1D"},
		"jax.Array.weak_type":                   {state: covered, text: "jnp.Array.Weak"},
		"jax.Array.argsort":                     {state: covered, text: "jnp.Array.ArgSort"},
		"jax.Array.at.set":                      {state: covered, text: "jnp.Ref.Set"},
		"jax.value_and_grad":                    {state: covered, text: "gojax.ValueAndGrad"},
		"jax.numpy.float8_e5m2":                 {state: leftOut},
		"jax.sharding.AxisType":                 {state: leftOut},
		"jax.scipy.optimize.minimize":           {state: covered, text: "optimize.Minimize"},
		"jax.scipy.integrate.trapezoid":         {state: covered, text: "jnp.Trapezoid"},
		"jax.experimental.ode.odeint":           {state: covered, text: "ode.Odeint"},
		"jax.experimental.ode.safe_map":         {state: leftOut},
		"jax.experimental.sparse.BCOO":          {state: leftOut},
		"jax.errors.UnexpectedTracerError":      {state: covered},
		"jax.example_libraries.stax.LogSoftmax": {state: covered, text: "nn.LogSoftmax"},
		"jax.example_libraries.stax.FanOut":     {state: leftOut},
		"jax.lax.dot_general_p":                 {state: covered, text: "lax.DotGeneral"},
		"jax.random.truncated_normal":           {state: covered, text: "random.TruncatedNormal"},
	} {
		i := slices.IndexFunc(table.rows, func(r row) bool { return r.path() == name })
		if i < 0 {
			t.Errorf("%s is not in the list of names", name)
			continue
		}
		if r := table.rows[i]; r.state != want.state || want.text != "" && r.text != want.text {
			t.Errorf("%s: %s (%d)", name, r.text, r.state)
		}
	}
	s := symbols{
		"jnp": {"Sum": {}, "Array": {}, "Array.Sum": {}, "Reduction": {}, "Reduction.KeepDims": {}},
		"":    {"Grad": {}},
	}
	for ref, want := range map[string]bool{"jnp.Sum": true, "jnp.Array.Sum": true, "jnp.Reduction{KeepDims}": true,
		"gojax.Grad":  true,
		"jnp.Nothing": false, "nn.Sum": false, "Sum": false} {
		if s.has(ref) != want {
			t.Errorf("has(%q) is %v", ref, !want)
		}
	}
	if p := checkRefs(s, "x", "jnp.Sum, std math.Pi, jnp.Gone (a remark, with a comma)"); len(p) != 1 ||
		!strings.Contains(p[0], "jnp.Gone") {
		t.Errorf("problems %q", p)
	}
}

// TestFeatures counts the names, as JAX's listing does, and packs a small listing.
func TestFeatures(t *testing.T) {
	all, err := loadFeatures()
	if err != nil {
		t.Fatal(err)
	}
	count := map[string]int{}
	for _, f := range all {
		count[f.module+" "+f.class]++
	}
	for key, want := range map[string]int{"jax.numpy essential": 222, "jax.numpy expected": 68, "jax.numpy rare": 124,
		"jax.numpy submodules": 2,
		"jax.lax essential":    127, "jax.lax primitives": 154, "jax.random rare": 18, "jax.scipy.stats essential": 16,
		"jax.Array expected": 80, "jax.Array.at essential": 13, "jax.scipy.integrate other": 1, "jax.ref other": 10,
		"jax.example_libraries.stax other": 45, "jax.scipy.signal other": 0} {
		if count[key] != want {
			t.Errorf("%s: %d names, want %d", key, count[key], want)
		}
	}
	dir := t.TempDir()
	listing, more, packed := filepath.Join(dir, "in.md"), filepath.Join(dir, "more.md"), filepath.Join(dir, "out.gz")
	for name, text := range map[string]string{
		listing: "# T\n### jax.x — 3 public names\n- **essential** (2): a b_c\n- **primitives** (1): a_p\n\n" +
			"## other\n- **rare** (1): gone\n### Array.at[...] methods: set\n",
		more: "# More\n\n- `jax.x`: `a`\n- `jax.none`: \n- `jax.y`: `d`, `e_f`\n",
	} {
		if err := os.WriteFile(name, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	if err := packFeatures(packed, listing, more); err != nil {
		t.Fatal(err)
	}
	b, err := os.ReadFile(packed)
	if err != nil {
		t.Fatal(err)
	}
	small, err := unpackFeatures(b)
	want := []feature{{"jax.x", "essential", "a"}, {"jax.x", "essential", "b_c"}, {"jax.x", "primitives", "a_p"},
		{"jax.Array.at", "essential", "set"}, {"jax.y", "other", "d"}, {"jax.y", "other", "e_f"}}
	if err != nil || !slices.Equal(small, want) {
		t.Errorf("%v, %v", small, err)
	}
	if err := os.WriteFile(listing, []byte("nothing"), 0o600); err != nil {
		t.Fatal(err)
	}
	if packFeatures(packed, listing) == nil {
		t.Error("a listing without sections: no error")
	}
}

// counterpart is how a comment says what a function is called elsewhere, or that it is not there.
var counterpart = regexp.MustCompile(
	`NumPy|JAX|SciPy|Flax|numpy|jax\.|flax\.|scipy|optax|Python|array API|no counterpart`)

// see is a reference to another function's comment.
var see = regexp.MustCompile(
	`(?:[Ss]ee|is|as in|of|function|by|method|for) (?:the )?(?:function |method )?\[?((?:[a-z]+\.)?[A-Z]\w*(?:\.[A-Z]\w*)?)`)

// TestComments asks of every function and method that its comment names its counterpart: itself, by naming a
// function of the package that does, or, for a method, by having the name of such a function or a type whose
// comment says what it is. Array, whose methods are many, has to say it of each.
func TestComments(t *testing.T) {
	x := &exporter{root: testRoot}
	for _, dir := range documented {
		all, err := x.comments(dir)
		if err != nil {
			t.Fatal(err)
		}
		named := map[string]bool{}
		for _, c := range all {
			named[c.name] = counterpart.MatchString(c.text)
		}
		pkg := packageName(dir) + "."
		says := func(c comment) bool {
			if named[c.name] {
				return true
			}
			if typ, method, ok := strings.Cut(strings.TrimPrefix(c.name, pkg), "."); ok &&
				(named[pkg+method] || named[pkg+typ] && typ != "Array") {
				return true
			}
			return slices.ContainsFunc(see.FindAllStringSubmatch(c.text, -1),
				func(m []string) bool { return named[m[1]] || named[pkg+m[1]] })
		}
		for _, c := range all { // a function may be explained by one that is explained by another
			named[c.name] = says(c)
		}
		for _, c := range all {
			switch {
			case c.text == "":
				t.Errorf("%v: %s has no comment", c.at, c.name)
			case c.isType || goOnly(c.name):
			case !says(c):
				t.Errorf(
					"%v: the comment of %s does not say what it is called in NumPy, SciPy or JAX (or that it has no "+
						"counterpart there): %s", c.at, c.name, c.text)
			}
		}
	}
}

// goOnly are the methods that Go's interfaces or the engine ask for.
func goOnly(name string) bool {
	_, method, _ := strings.Cut(name, ".")
	switch method[strings.LastIndex(method, ".")+1:] {
	case "String", "GoString", "Format", "TraceValue", "SetTraceValue", "ElementRank",
		"MarshalJSON", "UnmarshalJSON", "MarshalBinary", "UnmarshalBinary", "LogValue":
		return strings.Contains(method, ".")
	}
	return name == "jnp.Wrap" // for the packages above
}

// TestExamples asks of every function and method that an Example with checked output calls it.
func TestExamples(t *testing.T) {
	if testing.Short() {
		t.Skip("compiles the packages")
	}
	x, err := newExporter(testRoot, documented)
	if err != nil {
		t.Fatal(err)
	}
	for _, dir := range documented {
		if x.files[module+"/"+dir] == "" {
			t.Fatalf("%s does not compile", dir)
		}
		shown, err := x.shown(dir)
		if err != nil {
			t.Fatal(err)
		}
		all, err := x.comments(dir)
		if err != nil {
			t.Fatal(err)
		}
		if dir == "jnp" && (!shown["jnp.Array.Sum"] || !shown["jnp.Reduction.Sum"] || shown["jnp.Wrap"]) {
			t.Errorf("of jnp, Examples show %v", shown)
		}
		if len(all) == 0 || len(shown) == 0 {
			t.Errorf("%s: no functions or no Examples found", dir)
		}
		for _, c := range all {
			if !c.isType && !shown[c.name] && !goOnly(c.name) {
				t.Errorf("%v: no Example of %s", c.at, c.name)
			}
		}
	}
}
