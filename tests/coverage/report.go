package main

import (
	"bytes"
	"fmt"
	"strings"
)

// reportPath is where the table goes.
const reportPath = "docs/COVERAGE.md"

const preamble = `# What of JAX is here

Every public name of JAX 0.10.2, and of optax 0.2.8, with what stands for it in gojax. "go run ./cmd/gojax find NAME"
looks names up here and in the documentation of the packages. Both are made by "go run ./tests/coverage -w" from JAX's
list of names and from the source; a test holds them up to date. Names are matched without underscores and case, and
spelled by the rule of [NAMES.md](NAMES.md): cumsum is jnp.CumSum. Where the Go name differs, the table of exceptions in
tests/coverage names it, or the reason why there is none.

How common a name is (essential, expected, rare) is a judgement by what JAX's tutorials use; "other" names, of modules
around the core, are not judged. "Not yet" names belong to a part that is missing as a whole, which the table names;
"left out" ones have no meaning in Go or no use.

`

func (t *table) report() []byte {
	var b bytes.Buffer
	b.WriteString(preamble)
	t.summary(&b)
	module := ""
	for i, r := range t.rows {
		if r.module != module {
			module = r.module
			fmt.Fprintf(&b, "\n## %s\n", module)
		}
		if i == 0 || t.rows[i-1].module != r.module || t.rows[i-1].class != r.class {
			library := "JAX"
			if strings.HasPrefix(module, "optax") {
				library = "optax"
			}
			fmt.Fprintf(&b, "\n%s:\n\n| %s | gojax |\n|---|---|\n", strings.ToUpper(r.class[:1])+r.class[1:], library)
		}
		fmt.Fprintf(&b, "| `%s` | %s |\n", r.name, r.describe())
	}
	return b.Bytes()
}

func (r row) describe() string {
	text := strings.ReplaceAll(r.text, "|", "\\|")
	switch r.state {
	case covered:
		refs, remark, _ := strings.Cut(text, " (")
		var out []string
		for ref := range strings.SplitSeq(refs, ", ") {
			out = append(out, "`"+strings.TrimPrefix(ref, "std ")+"`")
		}
		if remark != "" {
			remark = " (" + remark
		}
		return strings.Join(out, ", ") + remark
	case later:
		return "not yet: " + text
	case leftOut:
		return "left out: " + text
	}
	return "**missing**"
}

// summary writes how many names of each module and class have a counterpart, and how many are not here yet, left
// out and missing.
func (t *table) summary(b *bytes.Buffer) {
	type key struct{ module, class string }
	counts := map[key]*[4]int{}
	var modules []string
	seen := map[string]bool{}
	count := func(module, class string, s state) {
		k := key{module, class}
		if counts[k] == nil {
			counts[k] = new([4]int)
		}
		counts[k][s]++
	}
	for _, r := range t.rows {
		if !seen[r.module] {
			seen[r.module] = true
			modules = append(modules, r.module)
		}
		for _, module := range []string{r.module, "all"} {
			count(module, r.class, r.state)
			count(module, "", r.state)
		}
	}
	b.WriteString(
		"Names with a counterpart, of all, a class of each module; then how many of the module's others are\n" +
			"not here yet, left out on purpose, and missing.\n\n")
	fmt.Fprintf(b, "| module | %s | not yet | left out | missing |\n|---|%s---|---|---|\n",
		strings.Join(classes, " | "), strings.Repeat("---|", len(classes)))
	for _, module := range append(modules, "all") {
		fmt.Fprintf(b, "| %s |", module)
		for _, class := range classes {
			if n := counts[key{module, class}]; n != nil {
				fmt.Fprintf(b, " %d/%d |", n[covered], n[unmatched]+n[covered]+n[later]+n[leftOut])
			} else {
				b.WriteString(" |")
			}
		}
		n := counts[key{module, ""}]
		fmt.Fprintf(b, " %d | %d | %d |\n", n[later], n[leftOut], n[unmatched])
	}
}
