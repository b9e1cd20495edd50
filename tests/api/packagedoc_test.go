package api

import (
	"go/ast"
	"regexp"
	"strings"
	"testing"
)

// engine are the folders of packages that users do not call.
var engine = []string{"backend/", "ir", "lower", "ops", "trace", "transforms/"}

// opening is how much of a package's comment go doc shows on half a screen, in lines, and firsts is how many names a
// user finds there.
const opening, firsts = 30, 5

// The comment of a package begins with what it is for and the functions that are used most: it shows five of the
// package's names early, or all where there are fewer, and none that is not there.
func TestPackagesShowWhatIsUsedMost(t *testing.T) {
packages:
	for _, dir := range public(t) {
		for _, e := range engine {
			if dir == e || strings.HasSuffix(e, "/") && strings.HasPrefix(dir, e) {
				continue packages
			}
		}
		s := read(t, dir)
		names, functions := map[string]bool{}, map[string]bool{}
		s.funcs(func(fn *ast.FuncDecl, _ string) {
			if fn.Name.IsExported() {
				functions[fn.Name.Name] = true
			}
		})
		for _, f := range s.files {
			for _, d := range f.Decls {
				for _, name := range declared(d) {
					name = name[strings.LastIndex(name, ".")+1:]
					names[name] = ast.IsExported(name)
				}
			}
		}
		var doc string
		for _, f := range s.files {
			doc += f.Doc.Text()
		}
		lines := strings.Split(doc, "\n")
		text := strings.Join(lines[:min(len(lines), opening)], "\n")
		shown := map[string]bool{}
		for _, word := range regexp.MustCompile(`\w+`).FindAllString(text, -1) {
			if names[word] {
				shown[word] = true
			}
		}
		if want := min(firsts, len(functions)); len(shown) < want {
			t.Errorf("the first %d lines of the comment of %s show %d of its names; want %d", opening, dir, len(shown),
				want)
		}
		own := regexp.MustCompile(`(?:^|[^\w./])` + s.name + `\.([A-Z]\w*)`)
		for _, m := range own.FindAllStringSubmatch(doc, -1) {
			if !names[m[1]] {
				t.Errorf("the comment of %s names %s.%s, which is not there", dir, s.name, m[1])
			}
		}
	}
}
