package main

import (
	"go/ast"
	"go/parser"
	"go/token"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// exempt are the functions without a file, and why.
var exempt = map[string]string{}

func init() {
	for _, e := range []struct{ why, names string }{
		{"of whole axes: their own tests", "special.LogSumExp special.Softmax special.LogSoftmax nn.Glu " +
			"stats.Mode stats.RankData stats.SEM stats.NewGaussianKDE stats.GaussianKDE.D stats.GaussianKDE.N " +
			"stats.GaussianKDE.Evaluate stats.GaussianKDE.PDF stats.GaussianKDE.LogPDF stats.GaussianKDE.Resample " +
			"stats.GaussianKDE.IntegrateGaussian stats.GaussianKDE.IntegrateKDE stats.GaussianKDE.IntegrateBox1D"},
		{"numbers without arguments", "special.Bernoulli"},
		{"exact", "jnp.Add jnp.Sub jnp.Mul jnp.DivMod jnp.Neg jnp.Positive jnp.Maximum jnp.Minimum jnp.Fmax " +
			"jnp.Fmin jnp.NextAfter jnp.Spacing jnp.Real jnp.Imag jnp.Conj jnp.Modf jnp.Frexp jnp.Ldexp jnp.Fix " +
			"jnp.Round jnp.Clip jnp.NaNToNum jnp.GCD jnp.LCM nn.Identity"},
		{"another name of one that has a file", "jnp.FloatPower nn.Swish nn.HardSwish nn.Tanh"},
	} {
		for _, name := range strings.Fields(e.names) {
			exempt[name] = e.why
		}
	}
}

// TestWhole asks for a file for every special function, for every method of every distribution, and for every
// elementwise function.
func TestWhole(t *testing.T) {
	n := 0
	for _, p := range []struct{ pkg, files string }{
		{"special", "../../scipy/special/*.go"}, {"stats", "../../scipy/stats/*.go"},
		{"jnp", "../../jnp/ufunc_[amr]*.go"}, {"nn", "../../nn/activations.go"},
	} {
		for _, name := range functionsIn(t, p.files) {
			name = p.pkg + "." + name
			files, err := filepath.Glob(filepath.Join("testdata", p.pkg, strings.TrimPrefix(name, p.pkg+".")+"*.jsonl"))
			if err != nil {
				t.Fatal(err)
			}
			found := false
			for _, f := range files { // Sici[0] is of Sici, and GammaInc is not of Gamma
				rest := strings.TrimPrefix(filepath.Base(f), strings.TrimPrefix(name, p.pkg+"."))
				found = found || !ast.IsExported(rest) && strings.Trim(rest[:1], "abcdefghijklmnopqrstuvwxyz") != ""
			}
			switch {
			case !found && exempt[name] == "":
				t.Errorf("no truth is known of %s: add it to a script in make", name)
			case found && exempt[name] != "":
				t.Errorf("%s has a file, and is said to need none: %s", name, exempt[name])
			}
			n++
		}
	}
	if n < 250 {
		t.Errorf("only %d functions were found", n)
	}
}

// functionsIn are the exported functions of files that return arrays, and the methods of distributions. Structs of
// options have methods too: those have the names of functions.
func functionsIn(t *testing.T, pattern string) (names []string) {
	paths, err := filepath.Glob(pattern)
	if err != nil || len(paths) == 0 {
		t.Fatalf("no files %s: %v", pattern, err)
	}
	functions := map[string]bool{}
	var methods []string
	for _, path := range paths {
		if strings.HasSuffix(path, "_test.go") {
			continue
		}
		src, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		f, err := parser.ParseFile(token.NewFileSet(), path, src, 0)
		if err != nil {
			t.Fatal(err)
		}
		for _, d := range f.Decls {
			fn, ok := d.(*ast.FuncDecl)
			if !ok || !fn.Name.IsExported() || fn.Type.Results == nil {
				continue
			}
			if fn.Recv == nil {
				functions[fn.Name.Name] = true
			} else if typ, ok := fn.Recv.List[0].Type.(*ast.Ident); ok && typ.IsExported() {
				methods = append(methods, typ.Name+"."+fn.Name.Name)
			}
		}
	}
	for name := range functions {
		names = append(names, name)
	}
	for _, m := range methods {
		if _, method, _ := strings.Cut(m, "."); !functions[method] {
			names = append(names, m)
		}
	}
	return names
}
