package gosource

import (
	"go/ast"
	"go/parser"
	"go/token"
	"testing"
)

func TestReceiver(t *testing.T) {
	for text, want := range map[string]string{"f()": "", "(T) f()": "T", "(t *T) f()": "T", "(t T[X]) f()": "T",
		"(*T[X, Y]) f()": "T"} {
		f, err := parser.ParseFile(token.NewFileSet(), "", "package p; func "+text+" {}", 0)
		if err != nil {
			t.Fatal(err)
		}
		if got := Receiver(f.Decls[0].(*ast.FuncDecl)); got != want {
			t.Errorf("func %s is a method of %q, want %q", text, got, want)
		}
	}
}
