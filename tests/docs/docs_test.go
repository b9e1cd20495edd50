package docs

import (
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	// The program's, so that the go command does not take a result from its cache when one of them has changed.
	_ "github.com/gojax/gojax"
	_ "github.com/gojax/gojax/checkpoint"
	_ "github.com/gojax/gojax/debug"
	_ "github.com/gojax/gojax/expr"
	_ "github.com/gojax/gojax/image"
	_ "github.com/gojax/gojax/jnp/fft"
	_ "github.com/gojax/gojax/nn/initializers"
	_ "github.com/gojax/gojax/ode"
	_ "github.com/gojax/gojax/optim"
	_ "github.com/gojax/gojax/scipy/cluster/vq"
	_ "github.com/gojax/gojax/scipy/fft"
	_ "github.com/gojax/gojax/scipy/interpolate"
	_ "github.com/gojax/gojax/scipy/linalg"
	_ "github.com/gojax/gojax/scipy/ndimage"
	_ "github.com/gojax/gojax/scipy/optimize"
	_ "github.com/gojax/gojax/scipy/signal"
	_ "github.com/gojax/gojax/scipy/spatial/transform"
	_ "github.com/gojax/gojax/scipy/stats"
)

// build makes one program of pages, by file name, and runs it. It returns what each page printed, and what the compiler
// said.
func build(t *testing.T, root string, pages map[string]string) (output map[string]string, compiler string, err error) {
	t.Helper()
	here, err := filepath.Abs(".")
	if err != nil {
		t.Fatal(err)
	}
	dir := t.TempDir()
	overlay := struct{ Replace map[string]string }{map[string]string{}}
	write := func(pkg, text string) {
		file := filepath.Join(dir, strings.ReplaceAll(pkg, "/", "_")+".go")
		if err := os.WriteFile(file, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		overlay.Replace[filepath.Join(here, "built", pkg, "page.go")] = file
	}
	var imports, calls strings.Builder
	for file, text := range pages {
		src, err := source(file, text)
		if err != nil {
			return nil, err.Error(), err
		}
		name := strings.ToLower(strings.TrimSuffix(filepath.Base(file), ".md"))
		write(name, src)
		fmt.Fprintf(&imports, "import %s %q\n", name, module+"/tests/docs/built/"+name)
		fmt.Fprintf(&calls, "fmt.Printf(\"\\x04%%s\\n\", %q)\n%s.Run()\n", file, name)
	}
	write("", "package main\n\nimport \"fmt\"\n"+imports.String()+"\nfunc main() {\n"+calls.String()+"}\n")
	text, err := json.Marshal(overlay)
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(dir, "overlay.json"), text, 0o600); err != nil {
		t.Fatal(err)
	}
	program := filepath.Join(dir, "program")
	cmd := exec.Command("go", "build", "-overlay", filepath.Join(dir, "overlay.json"), "-o", program, "./built")
	if said, err := cmd.CombinedOutput(); err != nil {
		return nil, string(said), err
	}
	run := exec.Command(program)
	run.Env = append(os.Environ(), "GOJAX_NUM_CPU_DEVICES=8", // for docs/PARALLEL.md
		"GOJAX_TEST_ROOT="+root) // for docs/SERVING.md
	run.Dir = t.TempDir() // files that pages write
	var stderr strings.Builder
	run.Stderr = &stderr
	out, err := run.Output()
	if err != nil {
		return nil, fmt.Sprintf("%s\n%s", out, stderr.String()), err
	}
	output = map[string]string{}
	for _, part := range strings.Split(string(out), "\x04")[1:] {
		file, text, _ := strings.Cut(part, "\n")
		output[file] = text
	}
	return output, "", nil
}

// Every line of Go in the documentation is compiled and run, and prints what the page says.
func TestDocumentation(t *testing.T) {
	root, err := filepath.Abs("../..")
	if err != nil {
		t.Fatal(err)
	}
	files, err := filepath.Glob(filepath.Join(root, "docs", "*.md"))
	if err != nil {
		t.Fatal(err)
	}
	pages := map[string]string{}
	for _, file := range append(files, filepath.Join(root, "README.md")) {
		text, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		// The path begins at the tree: what is under the library's own folder is not taken for the user's code.
		pages[strings.TrimPrefix(file, root)] = string(text)
	}
	output, said, err := build(t, root, pages)
	if err != nil {
		t.Fatalf("%v\n%s", err, said)
	}
	n := 0
	for file, text := range pages {
		n += len(pieces(text))
		for _, wrong := range check(file, text, output[file]) {
			t.Error(wrong)
		}
	}
	t.Logf("%d pieces of code in %d pages", n, len(pages))
}

// Mistakes in a page are told by its line.
func TestMistakes(t *testing.T) {
	const page = `# Title

| there | Go |
|---|---|
| a sum | ` + "`jnp.Arange(3).Sum()`" + ` |

` + "```go" + `
x := jnp.Arange(3) // known to the pieces below
fmt.Println(x)     // [0 1 2]
` + "```" + `

Text.

` + "```go" + `
%s
` + "```" + `
`
	for _, c := range []struct{ name, code, want string }{
		{"none", "fmt.Println(x.Sum()) // 3", ""},
		{"output", "fmt.Println(x.Sum()) // 4", "page.md:15: printed\n3\nwant\n4"},
		{"output at the end", "fmt.Println(x.Sum())\n// Output:\n// 4", "page.md:15: printed\n3\nwant\n4"},
		{"panic", "y := 2\nx.Add(jnp.Ones(2 * y))", "page.md:16: "},
		{"syntax", "y := 2\nx := := y", "page.md:16: "},
		{"type", "y := 2\ny.Sum()", "page.md:16: y.Sum undefined"},
	} {
		t.Run(c.name, func(t *testing.T) {
			const file = "/page.md"
			text := fmt.Sprintf(page, c.code)
			output, got, err := build(t, "", map[string]string{file: text})
			if err == nil {
				got = strings.Join(check(file, text, output[file]), "\n")
			}
			if c.want == "" && got != "" || !strings.Contains(got, c.want) {
				t.Errorf("got %q, want %q", got, c.want)
			}
		})
	}
}
