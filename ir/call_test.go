package ir

import (
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
)

// The methods of jnp.Array that are no functions of jnp are those that the source has.
func TestArrayOnly(t *testing.T) {
	files, _ := filepath.Glob("../jnp/*.go")
	declared := regexp.MustCompile(`(?m)^func (\(\w+ \*?Array\) )?([A-Z]\w*)[\[(]`)
	functions, methods := map[string]bool{}, map[string]bool{}
	for _, f := range files {
		src, err := os.ReadFile(f)
		if err != nil {
			t.Fatal(err)
		}
		for _, d := range declared.FindAllStringSubmatch(string(src), -1) {
			if d[1] == "" {
				functions[d[2]] = !strings.HasSuffix(f, "_test.go")
			} else {
				methods[d[2]] = true
			}
		}
	}
	for m := range methods {
		if slices.Contains(arrayOnly, m) == functions[m] {
			t.Errorf("Array.%s: in the list is %v, a function of its name is %v", m, !functions[m], functions[m])
		}
	}
	for _, m := range arrayOnly {
		if !methods[m] {
			t.Errorf("Array has no method %s", m)
		}
	}
}

func TestCallName(t *testing.T) {
	for fn, want := range map[string]string{
		"jnp.Add[...]":                            "jnp.Add",
		"jnp.Array.Add":                           "jnp.Add",
		"jnp.Array.Add-fm":                        "jnp.Add",
		"jnp.(*Array).SetTraceValue":              "jnp.Array.SetTraceValue",
		"jnp.Sum.func1":                           "jnp.Sum",
		"jnp.Apply[...].func1.2":                  "jnp.Apply",
		"jnp.binary":                              "",
		"jnp.init.func3":                          "",
		"jnp/linalg.Norms.Norm":                   "linalg.Norms.Norm",
		"scipy/stats.Norm.PDF":                    "stats.Norm.PDF",
		"scipy/stats.Norm.PDF.func1":              "stats.Norm.PDF",
		"nn/initializers.Options.scaling.func1":   "",
		"random.(*KeyArray).Len":                  "random.KeyArray.Len",
		"ops.TopK":                                "ops.TopK",
		"transforms/vmap.Vmap[...]":               "gojax.Vmap",
		"transforms/jit.Jit[...].func2":           "gojax.Jit",
		"transforms/jit.(*jitted).call":           "",
		"transforms/jit.(*Lowered).Compile.func1": "gojax.Lowered.Compile",
		"trace.Bind":                              "",
		"internal/callback.Pure[...]":             "",
		"backend/pjrt.(*Buffer).ToHost":           "",
		"debug.Print":                             "debug.Print",
		"gojax.Vmap[...]":                         "gojax.Vmap",
		"gojax.Grad[...].func1":                   "gojax.Grad",
		"gojax.(*Lowered[...]).Compile":           "gojax.Lowered.Compile",
		"gojax.jitArrays.func1":                   "",
		"tests/golden.Run":                        "",
		"examples/mlp.Step":                       "",
		"gojaxother/jnp.Add":                      "",
		"gojax.WithX64[...].func1-range":          "gojax.WithX64",
	} {
		full := module + "/" + fn
		if own, ok := strings.CutPrefix(fn, "gojax"); ok {
			full = module + own
		}
		if got := CallName(full, "file_test.go"); got != "" {
			t.Errorf("%s, in a test: %q", full, got)
		}
		if got := CallName(full, "file.go"); got != want {
			t.Errorf("%s: %q, want %q", full, got, want)
		}
	}
}
