package main

import (
	"fmt"
	"maps"
	"slices"
	"strings"
)

// searched is where the names of a module may be found: packages (by folder) or types ("jnp:Array" is the methods
// of jnp.Array), the first that has a name wins.
var searched = map[string][]string{
	"jax":                     {"", "lax", "jnp", "debug"},
	"jax.numpy":               {"jnp", "jnp:Array"},
	"jax.numpy.linalg":        {"jnp/linalg", "jnp"},
	"jax.numpy.fft":           {"jnp/fft"},
	"jax.random":              {"random", "random:KeyArray"},
	"jax.lax":                 {"lax", ""},
	"jax.lax.linalg":          {"lax"},
	"jax.nn":                  {"nn"},
	"jax.nn.initializers":     {"nn/initializers"},
	"jax.scipy.special":       {"scipy/special"},
	"jax.scipy.stats":         {"scipy/stats"},
	"jax.scipy.linalg":        {"scipy/linalg", "jnp/linalg"},
	"jax.scipy.signal":        {"scipy/signal"},
	"jax.scipy.fft":           {"scipy/fft"},
	"jax.debug":               {"debug"},
	"jax.ops":                 {"ops", "jnp"},
	"jax.dtypes":              {"jnp"},
	"jax.custom_batching":     {""},
	"jax.custom_derivatives":  {""},
	"jax.checkpoint_policies": {""},
	"jax.experimental":        {""},
	"jax.Array":               {"jnp:Array", "jnp"},
	"jax.Array.at":            {"jnp:Ref"},
	"jax.scipy.integrate":     {"scipy/integrate", "jnp"},
	"jax.scipy.optimize":      {"scipy/optimize"},
	"jax.scipy.interpolate":   {"scipy/interpolate"},
	"jax.scipy.ndimage":       {"scipy/ndimage"},
	"jax.scipy.cluster.vq":    {"scipy/cluster/vq"},

	"jax.scipy.spatial.transform":      {"scipy/spatial/transform"},
	"jax.image":                        {"image"},
	"jax.export":                       {"export"},
	"jax.flatten_util":                 {"tree"},
	"jax.tree":                         {"tree"},
	"jax.experimental.ode":             {"ode"},
	"jax.stages":                       {""},
	"jax.example_libraries.optimizers": {"optim"},
	"jax.example_libraries.stax":       {"nn", "nn/initializers"},
	"jax.distributed":                  {"distributed"},
	"optax":                            {"optim", "tree"},
	"optax.tree":                       {"tree"},
}

// fold is the form in which names are compared: lower case, no underscores.
func fold(name string) string { return strings.ToLower(strings.ReplaceAll(name, "_", "")) }

// row is a name and what stands for it here: a symbol, an expression of several, or the reason why there is none.
type row struct {
	feature
	state state
	text  string
}

type state uint8

const (
	unmatched state = iota
	covered         // text is the Go side
	later           // text says what part it belongs to
	leftOut         // text says why
)

// table is all names, matched.
type table struct {
	rows     []row
	source   symbols
	problems []string // of the table of exceptions
}

func newTable(root string) (*table, error) {
	names, err := loadFeatures()
	if err != nil {
		return nil, err
	}
	source, err := readSymbols(root)
	if err != nil {
		return nil, err
	}
	t := &table{source: source}
	folded := fold2(source)
	unused := maps.Clone(exceptions)
	for _, f := range names {
		r := row{feature: f}
		delete(unused, f.path())
		rule := folded.find(f)
		reason, ok := exceptions[f.path()]
		reason, insists := strings.CutPrefix(reason, "!")
		switch {
		case rule != "" && !insists:
			r.state, r.text = covered, rule
		case ok:
			r.setReason(reason)
		default:
			if reason, ok := wholeModules[f.module]; ok {
				r.setReason(reason)
			}
		}
		switch {
		case ok && rule != "" && !insists:
			t.problems = append(t.problems, fmt.Sprintf("%s needs no exception: %s has its name", f.path(), rule))
		case insists && rule == "":
			t.problems = append(t.problems,
				fmt.Sprintf("%s: the exception insists against nothing; leave its \"!\" out", f.path()))
		case r.state == covered && (rule == "" || insists):
			t.problems = append(t.problems, checkRefs(source, f.path(), r.text)...)
		}
		t.rows = append(t.rows, r)
	}
	for _, name := range slices.Sorted(maps.Keys(unused)) {
		t.problems = append(t.problems, fmt.Sprintf("exception for %s, which JAX does not have", name))
	}
	return t, nil
}

// setReason reads an exception: "out: reason", "later: with what", or Go symbols.
func (r *row) setReason(reason string) {
	kind, text, found := strings.Cut(reason, ": ")
	switch {
	case found && kind == "out":
		r.state, r.text = leftOut, text
	case found && kind == "later":
		r.state, r.text = later, text
	default:
		r.state, r.text = covered, reason
	}
}

// checkRefs reports the symbols of an exception that are not there. Go symbols are written as in code,
// "jnp.Array.Sum"; several are joined by ", "; what follows " (" is a remark; names of the standard library start
// with "std ".
func checkRefs(s symbols, name, text string) (problems []string) {
	refs, _, _ := strings.Cut(text, " (")
	for ref := range strings.SplitSeq(refs, ", ") {
		if !strings.HasPrefix(ref, "std ") && !s.has(ref) {
			problems = append(problems,
				fmt.Sprintf("%s: the table of exceptions names %s, which is not exported", name, ref))
		}
	}
	return problems
}

// foldedSymbols is the exported names by package, or "package:Type" for methods and fields, and folded name.
type foldedSymbols map[string]map[string]string

func fold2(s symbols) foldedSymbols {
	out := foldedSymbols{}
	for dir, names := range s {
		for _, name := range slices.Sorted(maps.Keys(names)) {
			where, last := dir, name
			if typ, member, ok := strings.Cut(name, "."); ok {
				where, last = dir+":"+typ, member
			}
			if out[where] == nil {
				out[where] = map[string]string{}
			}
			out[where][fold(last)] = packageName(dir) + "." + name
		}
	}
	return out
}

// find is the symbol for a name by rule, or "".
func (s foldedSymbols) find(f feature) string {
	if f.class == "submodules" {
		return ""
	}
	name, places := fold(f.name), searched[f.module]
	if f.class == "primitives" { // an operation may be for the engine's own use
		name, places = fold(strings.TrimSuffix(f.name, "_p")), slices.Concat(places, []string{"ops"})
	}
	for _, where := range places {
		if ref, ok := s[where][name]; ok {
			return ref
		}
	}
	return ""
}

// missing is the names that have neither a counterpart nor a reason.
func (t *table) missing() (out []string) {
	for _, r := range t.rows {
		if r.state == unmatched {
			out = append(out, fmt.Sprintf("%s (%s)", r.path(), r.class))
		}
	}
	return out
}
