package architecture

import (
	"go/ast"
	"go/parser"
	"go/token"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/gojax/gojax"
	"github.com/gojax/gojax/jnp"
	"github.com/gojax/gojax/tests/gosource"
)

// document is a Markdown file, without its blocks of code, and those by themselves.
type document struct {
	name        string // within the tree
	text, whole string
	blocks      []string // each begins with its language
}

// documents are the Markdown files of the tree.
func documents(t *testing.T) (docs []document) {
	t.Helper()
	for _, name := range tracked(t) {
		if filepath.Ext(name) != ".md" {
			continue
		}
		whole, err := os.ReadFile(filepath.Join(root(t), name))
		if err != nil {
			continue // deleted in the working tree
		}
		d := document{name: name, whole: string(whole)}
		for i, part := range strings.Split(d.whole, "\n```") {
			if i%2 == 1 {
				d.blocks = append(d.blocks, part)
			} else {
				d.text += part
			}
		}
		docs = append(docs, d)
	}
	if len(docs) < 5 {
		t.Fatalf("found only the documents %v", docs)
	}
	return docs
}

// readDocument is one of the documents.
func readDocument(t *testing.T, name string) document {
	t.Helper()
	docs := documents(t)
	i := slices.IndexFunc(docs, func(d document) bool { return d.name == name })
	if i < 0 {
		t.Fatalf("there is no %s", name)
	}
	return docs[i]
}

// Links within the tree lead to what is there.
func TestLinks(t *testing.T) {
	link := regexp.MustCompile(`\]\(([^)\s]+)\)`)
	for _, d := range documents(t) {
		for _, m := range link.FindAllStringSubmatch(codeSpan.ReplaceAllString(d.text, ""), -1) {
			to, _, _ := strings.Cut(m[1], "#")
			if strings.Contains(to, "://") || to == "" {
				continue
			}
			if _, err := os.Stat(filepath.Join(root(t), filepath.Dir(d.name), to)); err != nil {
				t.Errorf("%s has a link to %s, which is not there", d.name, to)
			}
		}
	}
}

var (
	codeSpan = regexp.MustCompile("`([^`]+)`")
	// place is a file of the tree as documents name it, by its path or by its name alone, and what it declares.
	place = regexp.MustCompile(`^([\w./-]+\.(?:go|c|h|s|md|py|tsv|yml))(?:: (\w+(?:\.\w+)?))?$`)
)

// ofThePast are documents that name what is no more.
var ofThePast = []string{"CHANGELOG.md"}

// What documents name as `trace/builder.go: Bind` is there: the file, and the function, method, type or variable in it.
// A file may be named without its folder.
func TestPlaces(t *testing.T) {
	byBase := map[string]bool{}
	for _, name := range tracked(t) {
		byBase[filepath.Base(name)] = true
	}
	declared := map[string][]string{}
	found := 0
	for _, d := range documents(t) {
		if slices.Contains(ofThePast, d.name) {
			continue
		}
		for _, span := range codeSpan.FindAllStringSubmatch(d.text, -1) {
			m := place.FindStringSubmatch(strings.Join(strings.Fields(span[1]), " "))
			if m == nil {
				continue
			}
			file, name := filepath.Join(root(t), m[1]), m[2]
			if _, err := os.Stat(file); err != nil {
				if strings.Contains(m[1], "/") || name != "" || !byBase[m[1]] {
					t.Errorf("%s names the file %s, which is not there", d.name, m[1])
				}
				continue
			}
			if name == "" {
				continue
			}
			if declared[file] == nil {
				declared[file] = declarations(t, file)
			}
			if found++; !slices.Contains(declared[file], name) {
				t.Errorf("%s names %s of %s, which that file does not declare", d.name, name, m[1])
			}
		}
	}
	if found < 50 {
		t.Errorf("found only %d places in the documents", found)
	}
}

// declarations are the names that a Go file declares, methods as Type.Method.
func declarations(t *testing.T, file string) (names []string) {
	t.Helper()
	f, err := parser.ParseFile(token.NewFileSet(), file, nil, parser.SkipObjectResolution)
	if err != nil {
		t.Fatal(err)
	}
	for _, decl := range f.Decls {
		switch d := decl.(type) {
		case *ast.FuncDecl:
			name := d.Name.Name
			if d.Recv != nil {
				name = gosource.Receiver(d) + "." + name
			}
			names = append(names, name)
		case *ast.GenDecl:
			for _, spec := range d.Specs {
				switch s := spec.(type) {
				case *ast.TypeSpec:
					names = append(names, s.Name.Name)
				case *ast.ValueSpec:
					for _, id := range s.Names {
						names = append(names, id.Name)
					}
				}
			}
		}
	}
	return names
}

// goFlags are flags of the go command that documents use; a test's own are declared by the package.
var goFlags = []string{"v", "run", "race", "bench", "benchtime", "count", "fuzz", "fuzztime", "timeout", "args"}

// The commands that documents give can be typed as they stand: packages, tests and flags are there.
func TestCommands(t *testing.T) {
	line := regexp.MustCompile(`(?m)^\s*(?:[A-Z_]+=\S+ )*go (test|run) (.*)$`)
	found := 0
	for _, d := range documents(t) {
		if slices.Contains(ofThePast, d.name) {
			continue
		}
		var lines []string
		for _, span := range codeSpan.FindAllStringSubmatch(d.text, -1) {
			lines = append(lines, strings.Join(strings.Fields(span[1]), " "))
		}
		for _, m := range line.FindAllStringSubmatch(strings.Join(append(lines, d.blocks...), "\n"), -1) {
			command, _, _ := strings.Cut(m[2], " #")
			found++
			checkCommand(t, d.name, m[1] == "test", strings.Fields(command))
		}
	}
	if found < 10 {
		t.Errorf("found only %d commands in the documents", found)
	}
}

// checkCommand checks the words of a go test or go run.
func checkCommand(t *testing.T, document string, isTest bool, words []string) {
	t.Helper()
	var source strings.Builder // of the packages
	for _, w := range words {
		dir, ok := strings.CutPrefix(w, "./")
		if !ok {
			continue
		}
		files, err := filepath.Glob(filepath.Join(root(t), strings.TrimSuffix(dir, "..."), "*.go"))
		if err != nil || len(files) == 0 && !strings.HasSuffix(dir, "...") {
			t.Errorf("%s: go ... %s: there is no package %s", document, strings.Join(words, " "), dir)
		}
		for _, f := range files {
			text, err := os.ReadFile(f)
			if err != nil {
				t.Fatal(err)
			}
			source.Write(text)
		}
	}
	for i, w := range words {
		name, isFlag := strings.CutPrefix(w, "-")
		name, value, hasValue := strings.Cut(name, "=")
		if !isFlag || source.Len() == 0 {
			continue
		}
		if isTest && slices.Contains(goFlags, name) {
			if !hasValue && i+1 < len(words) {
				value = words[i+1]
			}
			if name == "run" || name == "fuzz" {
				checkTestNames(t, document, value, source.String())
			}
		} else if !strings.Contains(source.String(), `"`+name+`", `) {
			t.Errorf("%s: go ... %s: there is no flag -%s", document, strings.Join(words, " "), name)
		}
	}
}

// checkTestNames checks that every test of a -run pattern is declared in source.
func checkTestNames(t *testing.T, document, pattern, source string) {
	t.Helper()
	for name := range strings.SplitSeq(strings.Trim(pattern, `'"`), "|") {
		name, _, _ = strings.Cut(name, "/")
		name = strings.Trim(name, "^$")
		if name != "" && !strings.Contains(source, "func "+name) {
			t.Errorf("%s: -run %s: there is no %s", document, pattern, name)
		}
	}
}

// The first program of the README compiles and runs as it stands there, in the module.
func TestReadmeExample(t *testing.T) {
	blocks := readDocument(t, "README.md").blocks
	i := slices.IndexFunc(blocks, func(b string) bool { return strings.HasPrefix(b, "go\npackage main") })
	if i < 0 {
		t.Fatal("README.md has no program")
	}
	file := filepath.Join(t.TempDir(), "main.go")
	if err := os.WriteFile(file, []byte(strings.TrimPrefix(blocks[i], "go\n")), 0o600); err != nil {
		t.Fatal(err)
	}
	cmd := exec.Command("go", "run", file)
	cmd.Dir = root(t)
	out, err := cmd.CombinedOutput()
	if err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	t.Logf("%s", out)
}

// The program that docs/DESIGN.md shows is printed as it stands there.
func TestDesignProgram(t *testing.T) {
	f := func(x jnp.Array) jnp.Array { return jnp.Exp(x).Add(jnp.Mul(3, x)) }
	p := gojax.MakeProgram(f)(jnp.Zeros(3)).String()
	p = regexp.MustCompile(`# docs_test.go:\d+`).ReplaceAllString(p, "# main.go:12")
	if !strings.Contains(readDocument(t, "docs/DESIGN.md").whole, p) {
		t.Errorf("docs/DESIGN.md has another program than\n%s", p)
	}
}
