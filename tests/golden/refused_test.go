package golden

import (
	"errors"
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"os/exec"
	"regexp"
	"strconv"
	"sync"
	"testing"
)

// compiled is what Go's compiler says of testdata/refused: for each function there, its error or nil.
var compiled = sync.OnceValues(func() (map[string]error, error) {
	const dir, file = "./testdata/refused", "testdata/refused/refused.go"
	set := token.NewFileSet()
	f, err := parser.ParseFile(set, file, nil, 0)
	if err != nil {
		return nil, err
	}
	out, err := exec.Command("go", "build", "-gcflags=-e", "-o", "/dev/null", dir).CombinedOutput()
	var exit *exec.ExitError
	if err != nil && !errors.As(err, &exit) {
		return nil, err
	}
	said := map[int]string{}
	for _, m := range regexp.MustCompile(`(?m)^.*refused\.go:(\d+):\d+: (.*)$`).FindAllSubmatch(out, -1) {
		line, _ := strconv.Atoi(string(m[1]))
		said[line] = string(m[2])
	}
	errs := map[string]error{}
	for _, d := range f.Decls {
		fn, ok := d.(*ast.FuncDecl)
		if !ok {
			continue
		}
		errs[fn.Name.Name] = nil
		for l := set.Position(fn.Pos()).Line; l <= set.Position(fn.End()).Line; l++ {
			if s, ok := said[l]; ok {
				errs[fn.Name.Name] = errors.New(s)
				delete(said, l)
			}
		}
	}
	if len(said) > 0 {
		return nil, fmt.Errorf("the compiler says of lines outside the functions: %v", said)
	}
	return errs, nil
})

// refusedByCompiler is nil if the compiler refuses the function of that name in testdata/refused.
func refusedByCompiler(name string) error {
	errs, err := compiled()
	if err != nil {
		return err
	}
	switch e, ok := errs[name]; {
	case !ok:
		return fmt.Errorf("testdata/refused has no function %s", name)
	case e == nil:
		return fmt.Errorf("%s compiles, so it must be run", name)
	}
	return nil
}

// TestRefusedByCompiler checks that what the catalogue holds to be impossible in Go is.
func TestRefusedByCompiler(t *testing.T) {
	errs, err := compiled()
	if err != nil {
		t.Fatal(err)
	}
	if len(errs) == 0 {
		t.Fatal("no functions")
	}
	for name, e := range errs {
		if e == nil {
			t.Errorf("%s compiles", name)
		} else {
			t.Logf("%s: %v", name, e)
		}
	}
}
