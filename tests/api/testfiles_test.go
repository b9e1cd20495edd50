package api

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// byName are the packages whose tests are found by the name of the file that they test.
var byName = []string{
	".", "backend/kernels", "backend/mpi", "backend/pjrt", "checkpoint", "cmd/gojax", "debug", "distributed",
	"export", "expr", "expr/exprtest", "image",
	"internal/arrays", "internal/files", "internal/formula", "internal/hostfunc", "internal/kit", "internal/mask",
	"internal/mlir",
	"ir", "jnp", "jnp/fft", "jnp/linalg", "lax", "lower", "nn", "nn/initializers", "ode", "ops", "optim", "plot",
	"random", "scipy/cluster/vq", "scipy/fft", "scipy/interpolate", "scipy/linalg", "scipy/ndimage", "scipy/optimize",
	"scipy/signal", "scipy/sparse/linalg", "scipy/spatial/transform", "scipy/special", "scipy/stats", "serve", "trace",
	"transforms/deriv", "transforms/grad", "transforms/jit", "transforms/shard", "transforms/vmap", "tree",
}

// shared are the files of tests that belong to a package as a whole: those that run over many of its functions are its
// conformance. export_test.go has what tests outside of a package need of its inside.
var shared = []string{"bench_test.go", "conformance_test.go", "conformance_mesh_test.go",
	"conformance_programs_test.go", "conformance_rows_test.go", "export_test.go", "main_test.go"}

// The tests of quantile.go are in quantile_test.go, and its examples there or in example_quantile_test.go; those of the
// package itself are named after doc.go.
func TestTestsAreNamedAfterSources(t *testing.T) {
	for _, dir := range byName {
		files, err := filepath.Glob(filepath.Join(root, dir, "*_test.go"))
		if err != nil {
			t.Fatal(err)
		}
		if len(files) == 0 {
			t.Errorf("%s has no tests: is the test looking in the right place?", dir)
		}
		for _, file := range files {
			name := filepath.Base(file)
			if slices.Contains(shared, name) {
				continue
			}
			source := strings.TrimPrefix(strings.TrimSuffix(name, "_test.go"), "example_") + ".go"
			if _, err := os.Stat(filepath.Join(root, dir, source)); err != nil {
				t.Errorf("%s/%s is named after %s, which is not there", dir, name, source)
			}
		}
	}
}
