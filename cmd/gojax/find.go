package main

import (
	"errors"
	"flag"
	"fmt"
	"io"
	"regexp"
	"slices"
	"strings"
	"text/tabwriter"
	"unicode"
)

const findUsage = `usage: gojax find [-n COUNT] NAME...

Says what a name of NumPy, SciPy, JAX or this module is called here, with its signature, its options and its
import path. Case and underscores do not matter, a module in front is welcome, and a part of a name will do, or a
keyword argument: logsumexp, jax.lax.top_k, np.linalg.norm, keepdims, is_causal.

`

// find looks up names.
func find(args []string, stdout, stderr io.Writer) error {
	flags := flag.NewFlagSet("gojax find", flag.ContinueOnError)
	flags.SetOutput(stderr)
	count := flags.Int("n", 20, "list at most so many names besides the best")
	flags.Usage = func() {
		fmt.Fprint(stderr, findUsage)
		flags.PrintDefaults()
	}
	switch err := flags.Parse(args); {
	case errors.Is(err, flag.ErrHelp):
		return nil
	case err != nil:
		return errUsage
	case flags.NArg() == 0:
		flags.Usage()
		return errUsage
	}
	n := readNames(namesTSV)
	var missing []string
	for i, query := range flags.Args() {
		query, _, _ = strings.Cut(query, "(") // a call is found by its function
		if strings.IndexFunc(query, letterOrDigit) < 0 {
			return fmt.Errorf("%q is no name", flags.Arg(i))
		}
		if i > 0 {
			fmt.Fprintln(stdout)
		}
		hits := n.search(query)
		if len(hits) == 0 || hits[0].how == near {
			missing = append(missing, query)
		}
		n.show(stdout, hits, max(0, *count))
	}
	if len(missing) > 0 {
		return fmt.Errorf("nothing is called %s", strings.Join(missing, ", "))
	}
	return nil
}

func letterOrDigit(r rune) bool { return unicode.IsLetter(r) || unicode.IsDigit(r) }

// show tells everything of the hits that are what was asked for, five at most, and of the best one in any case, and
// lists count others.
func (n *names) show(w io.Writer, hits []*hit, count int) {
	if len(hits) > 0 && hits[0].how == near {
		fmt.Fprintln(w, "did you mean")
		n.list(w, hits[:min(count, len(hits))])
		return
	}
	told := 0
	for told < len(hits) && told < 5 && (told == 0 || hits[told].how == exact) {
		if told > 0 {
			fmt.Fprintln(w)
		}
		n.tell(w, hits[told])
		told++
	}
	rest := hits[told:]
	if len(rest) == 0 || count == 0 {
		return
	}
	fmt.Fprintln(w, "\nalso")
	n.list(w, rest[:min(count, len(rest))])
	if len(rest) > count {
		fmt.Fprintf(w, "  and %d more (-n %d lists them)\n", len(rest)-count, len(rest))
	}
}

// list writes a line for each hit.
func (n *names) list(w io.Writer, hits []*hit) {
	t := tabwriter.NewWriter(w, 0, 8, 2, ' ', 0)
	for _, h := range hits {
		if len(h.found) == 0 {
			fmt.Fprintf(t, "  %s\t%s\n", h.jax.name, h.jax.whyNot())
			continue
		}
		fmt.Fprintf(t, "  %s\t%s\n", h.found[0].ref, strings.Join(n.calledInJAX(h), ", "))
	}
	t.Flush()
}

// whyNot says why a name of JAX's is not here.
func (j jaxName) whyNot() string {
	if j.state == "later" {
		return "not yet: " + j.text
	}
	return "left out: " + j.text
}

// calledInJAX is the names of JAX's that the first Go name of a hit stands for; that which was found, and then up
// to two others.
func (n *names) calledInJAX(h *hit) (all []string) {
	if h.jax.name != "" {
		all = append(all, h.jax.name)
	}
	for _, j := range n.jax {
		judged := slices.Index(classes, j.class) < slices.Index(classes, "submodules")
		if len(all) < 3 && judged && !slices.Contains(all, j.name) && slices.Contains(n.standsFor(j), h.found[0]) {
			all = append(all, j.name)
		}
	}
	return all
}

// tell writes all that is known of a hit.
func (n *names) tell(w io.Writer, h *hit) {
	if len(h.found) == 0 {
		fmt.Fprintf(w, "%s\n    %s\n", h.jax.name, h.jax.whyNot())
		return
	}
	for i, g := range h.found {
		if i > 0 {
			fmt.Fprintln(w)
		}
		fmt.Fprint(w, g.ref)
		if jax := n.calledInJAX(&hit{found: []*goName{g}, jax: h.jax}); len(jax) > 0 {
			fmt.Fprintf(w, "  (%s)", strings.Join(jax, ", "))
		}
		fmt.Fprintf(w, "\n    %s\n", g.signature)
		synopsis, _, _ := strings.Cut(g.synopsis, "Options: ")
		write(w, "", synopsis)
		if i == 0 {
			write(w, "note", h.jax.remark())
			if h.how == argument {
				write(w, "note", fmt.Sprintf("%s of %s has another name among the options, or none", h.arg, h.jax.name))
			}
		}
		for _, line := range n.options(g) {
			write(w, "options", line)
		}
		if !strings.HasPrefix(g.signature, "func ") {
			write(w, "methods", strings.Join(n.methods(g), ", "))
		}
		write(w, "import", fmt.Sprintf("%q", strings.TrimSuffix(module+"/"+g.folder, "/")))
	}
}

// write writes text under a label, in lines of ordinary width; nothing if there is no text.
func write(w io.Writer, label, text string) {
	const width = 90
	if text == "" {
		return
	}
	indent := ""
	if label != "" {
		indent = strings.Repeat(" ", 9)
	}
	line := label + strings.Repeat(" ", len(indent)-len(label))
	for word := range strings.FieldsSeq(text) {
		if len(line)+len(word) > width && len(line) > len(indent) {
			fmt.Fprintf(w, "    %s\n", strings.TrimRight(line, " "))
			line = indent
		}
		line += word + " "
	}
	fmt.Fprintf(w, "    %s\n", strings.TrimRight(line, " "))
}

// structure is a type in a signature that may be a struct.
var structure = regexp.MustCompile(`\b[a-z]\w*\.[A-Z]\w*`)

// options are the structs that have the function as a method, the structs in its signature, and, for a struct,
// itself: each with its fields, or those of them that the function takes, if its comment or the method's names
// them.
func (n *names) options(g *goName) (lines []string) {
	describe := func(typ, comment, use string) {
		var all, named []string
		words := strings.FieldsFunc(comment, func(r rune) bool { return !letterOrDigit(r) })
		for _, f := range n.fields(typ, g.folder) {
			all = append(all, f.signature)
			if slices.Contains(words, strings.TrimPrefix(f.ref, typ+".")) {
				named = append(named, f.signature)
			}
		}
		if len(named) > 0 {
			all = named
		}
		if len(all) > 0 {
			lines = append(lines, typ+"{"+strings.Join(all, "; ")+"}"+use)
		}
	}
	if strings.HasPrefix(g.signature, "type ") {
		describe(g.ref, "", "")
		return lines
	}
	_, told, _ := strings.Cut(g.synopsis, "Options: ")
	for _, m := range n.gojax {
		if m.folder == g.folder && n.without(m) == g {
			part := strings.Split(m.ref, ".") // jnp, Reduction, Sum
			_, here, _ := strings.Cut(told, part[1]+" (")
			here, _, _ = strings.Cut(here, ")")
			describe(part[0]+"."+part[1], here+" "+m.synopsis, "."+part[2])
		}
	}
	for _, at := range structure.FindAllStringIndex(g.signature, -1) {
		if at[0] == 0 || g.signature[at[0]-1] != '*' { // what is pointed to is an operand
			describe(g.signature[at[0]:at[1]], told, "")
		}
	}
	return lines
}
