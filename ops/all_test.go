package ops

import (
	"go/ast"
	"go/parser"
	"go/token"
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"testing"

	"github.com/gojax/gojax/ir"
	"github.com/gojax/gojax/trace"
)

// What an operation lacks, and why. A rule that is written must leave this list.
var (
	noBatch = map[string]string{
		"full":          "has no operands, so it is never mapped",
		"iotaOp":        "has no operands, so it is never mapped",
		"arrayConst":    "has no operands, so it is never mapped",
		"platformIndex": "has no operands, so it is never mapped",
	}
	noJVP = map[string]string{
		"scatterApply": "applies its function as often as windows overlap, so there is no one derivative; JAX " +
			"refuses it too",
		"nextAfter":             "is a step function of bits; JAX refuses it too",
		"geqrf":                 "is the inside of qr, which has the rule; JAX refuses it too",
		"householderProduct":    "is the inside of qr, which has the rule; JAX refuses it too",
		"luPivotsToPermutation": "gives integers, of integers",
		"schur":                 "is not unique, and its blocks come and go; JAX refuses it too",
		"hessenberg":            "is a step of other decompositions; JAX refuses it too",
		"tridiagonal":           "is a step of other decompositions; JAX refuses it too",
	}
)

// declared lists the types of the package that have a method Name() string and are not test helpers, by their source.
func declared(t *testing.T) map[string]bool {
	t.Helper()
	files, err := os.ReadDir(".")
	if err != nil {
		t.Fatal(err)
	}
	ops := map[string]bool{}
	fset := token.NewFileSet()
	for _, entry := range files {
		name := entry.Name()
		if !strings.HasSuffix(name, ".go") || strings.HasSuffix(name, "_test.go") {
			continue
		}
		f, err := parser.ParseFile(fset, name, nil, 0)
		if err != nil {
			t.Fatal(err)
		}
		for _, decl := range f.Decls {
			fn, ok := decl.(*ast.FuncDecl)
			if !ok || fn.Recv == nil || fn.Name.Name != "Name" || fn.Type.Params.NumFields() != 0 {
				continue
			}
			recv := fn.Recv.List[0].Type
			if star, ok := recv.(*ast.StarExpr); ok {
				recv = star.X
			}
			ops[recv.(*ast.Ident).Name] = true
		}
	}
	return ops
}

func typeName(op ir.Op) string {
	t := reflect.TypeOf(op)
	if t.Kind() == reflect.Pointer {
		t = t.Elem()
	}
	return t.Name()
}

// written are the operations that programs have only once they are being written for several processes: nothing
// transforms them.
var written = map[string]bool{"sequenced": true, "localMap": true}

func TestAllHoldsEveryOperation(t *testing.T) {
	ops := declared(t)
	if len(ops) < 60 {
		t.Fatalf("found only %d operations in the source: %v", len(ops), ops)
	}
	in := map[string]bool{}
	for _, op := range All() {
		name := typeName(op)
		if in[name] {
			t.Errorf("%s is twice in All", name)
		}
		in[name] = true
		if !ops[name] {
			t.Errorf("%s is in All and has no Name of its own", name)
		}
	}
	for name := range ops {
		if !in[name] && !written[name] {
			t.Errorf("%s is declared and not in All: add %s{} to all.go", name, name)
		}
	}
}

func TestEveryOperationHasItsRules(t *testing.T) {
	names := map[string]string{}
	for _, op := range All() {
		name := typeName(op)
		if before, ok := names[op.Name()]; ok {
			t.Errorf("%s and %s are both called %q", before, name, op.Name())
		}
		names[op.Name()] = name
		if _, ok := op.(trace.Lowerer); !ok {
			t.Errorf("%s has no Lower", name)
		}
		check := func(rule string, has bool, lacks map[string]string) {
			switch reason := lacks[name]; {
			case has && reason != "":
				t.Errorf("%s has %s and is listed as one that %s", name, rule, reason)
			case !has && reason == "":
				t.Errorf("%s has no %s and no reason is given", name, rule)
			}
		}
		_, ok := op.(trace.Batcher)
		check("Batch", ok, noBatch)
		_, ok = op.(trace.JVPer)
		check("JVP", ok, noJVP)
	}
	for _, lacks := range []map[string]string{noBatch, noJVP} {
		for name := range lacks {
			found := false
			for _, op := range All() {
				found = found || typeName(op) == name
			}
			if !found {
				t.Errorf("%s is excused and not in All", name)
			}
		}
	}
}

// Tests are found by the name of the file that they test.
func TestTestFilesHaveSources(t *testing.T) {
	files, err := filepath.Glob("*_test.go")
	if err != nil || len(files) == 0 {
		t.Fatal(files, err)
	}
	for _, f := range files {
		source := strings.TrimSuffix(f, "_test.go") + ".go"
		if _, err := os.Stat(source); err != nil && !strings.HasPrefix(f, "conformance") {
			t.Errorf("%s tests no file of that name; what serves all operations is in conformance*_test.go", f)
		}
	}
}
