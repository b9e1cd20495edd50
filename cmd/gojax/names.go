package main

import (
	_ "embed"
	"slices"
	"strings"
	"unicode"
)

const module = "github.com/gojax/gojax"

// Every public name of JAX and what became of it, and every exported name of this module, made by "go run
// ./tests/coverage -w", whose index.go says what the fields are.
//
//go:embed names.tsv
var namesTSV string

// names is the table, unpacked.
type names struct {
	jax   []jaxName
	gojax []*goName
	byRef map[string][]*goName // the last elements of two packages' paths may be the same
	// The fields and methods of a type, by its folder and name: "jnp jnp.Reduction".
	members map[string][]*goName
}

// A jaxName is a name of JAX's and what became of it.
type jaxName struct {
	name  string   // jax.numpy.sum
	class string   // how common it is
	state string   // here, later or out
	text  string   // the Go names, "jnp.ToSlice, jnp.CopyTo (a remark)", or the reason why there are none
	args  []string // its keyword arguments
}

// A goName is an exported name of this module.
type goName struct {
	ref       string   // linalg.Norm, jnp.Reduction.KeepDims
	folder    string   // jnp/linalg
	signature string   // func Norm(x jnp.Array, axes ...int) jnp.Array
	synopsis  string   // the first sentence of its comment
	also      []string // other libraries' names in its comment
}

func readNames(table string) *names {
	n := &names{byRef: map[string][]*goName{}, members: map[string][]*goName{}}
	for line := range strings.Lines(table) {
		f := append(strings.Split(strings.TrimRight(line, "\n"), "\t"), make([]string, 5)...)
		if f[0] == "jax" {
			n.jax = append(n.jax, jaxName{f[1], f[2], f[3], f[4], strings.Fields(f[5])})
			continue
		}
		g := &goName{f[1], f[2], f[3], f[4], strings.Fields(f[5])}
		n.gojax = append(n.gojax, g)
		n.byRef[g.ref] = append(n.byRef[g.ref], g)
		typ := g.folder + " " + g.ref[:strings.LastIndex(g.ref, ".")]
		n.members[typ] = append(n.members[typ], g)
	}
	return n
}

// path is the elements of the name in the form in which they are compared.
func (j jaxName) path() []string {
	if j.class == "primitives" {
		return pathOf(strings.TrimSuffix(j.name, "_p"))
	}
	return pathOf(j.name)
}

// path is that of the folder and the name in its package.
func (g *goName) path() []string {
	_, inPackage, _ := strings.Cut(g.ref, ".")
	return pathOf(g.folder + "." + inPackage)
}

// pathOf folds each element of a name. The names that NumPy goes by are one, and JAX's own, which says nothing, is
// left out.
func pathOf(s string) []string {
	between := func(r rune) bool { return strings.ContainsRune("./{}()[]", r) }
	path := strings.FieldsFunc(strings.TrimPrefix(s, module), between)
	path = slices.DeleteFunc(path, func(p string) bool { return p == "jax" || p == "gojax" })
	for i, p := range path {
		path[i] = fold(p)
		if path[i] == "np" || path[i] == "jnp" {
			path[i] = "numpy"
		}
	}
	if len(path) == 3 && path[1] == "treeutils" { // optax.tree_utils.tree_add is the older name of optax.tree.add
		path[1], path[2] = "tree", strings.TrimPrefix(path[2], "tree")
	}
	return path
}

// fold leaves letters and digits, in lower case.
func fold(s string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsLetter(r) || unicode.IsDigit(r) {
			return unicode.ToLower(r)
		}
		return -1
	}, s)
}

// remark is what the text says in parentheses.
func (j jaxName) remark() string {
	_, remark, _ := strings.Cut(j.text, " (")
	return strings.TrimSuffix(remark, ")")
}

// takes is the function's keyword argument that is wanted, by itself or after the function's name; "" if it has none.
func (j jaxName) takes(want []string) string {
	name, before := want[len(want)-1], want[:len(want)-1]
	i := slices.IndexFunc(j.args, func(a string) bool { return fold(a) == name })
	if i < 0 || !within(before, j.path()) {
		return ""
	}
	return j.args[i]
}

// standsFor is the Go names that COVERAGE.md gives for a name of JAX's, none for one that is not here.
func (n *names) standsFor(j jaxName) (found []*goName) {
	list, _, _ := strings.Cut(j.text, " (")
	module := pathOf(j.name[:strings.LastIndex(j.name, ".")])
	for ref := range strings.SplitSeq(list, ", ") {
		all := n.byRef[strings.NewReplacer("{", ".", "}", "", "()", "").Replace(ref)]
		for i, g := range all { // of several packages' the one that is called like JAX's module
			if slices.Equal(pathOf(g.folder), module) {
				all = all[i:]
				break
			}
		}
		if len(all) > 0 {
			found = append(found, all[0])
		}
	}
	return found
}

// without is the function that a method is with options, or nil: jnp.Sum for jnp.Reduction.Sum.
func (n *names) without(method *goName) *goName {
	part := strings.Split(method.ref, ".")
	if len(part) != 3 || !strings.HasPrefix(method.signature, "func ") {
		return nil
	}
	if len(n.fields(part[0]+"."+part[1], method.folder)) == 0 {
		return nil
	}
	return n.get(part[0]+"."+part[2], method.folder)
}

// get is the name ref of the package in folder, or nil.
func (n *names) get(ref, folder string) *goName {
	all := n.byRef[ref]
	i := slices.IndexFunc(all, func(g *goName) bool { return g.folder == folder })
	if i < 0 {
		return nil
	}
	return all[i]
}

// fields is those of a struct.
func (n *names) fields(typ, folder string) (fields []*goName) {
	for _, g := range n.members[folder+" "+typ] {
		if !strings.HasPrefix(g.signature, "func ") {
			fields = append(fields, g)
		}
	}
	return fields
}

// methods is the names of a type's methods, or of those of the type that has g as a field or method.
func (n *names) methods(g *goName) (methods []string) {
	typ, folder := g.ref, g.folder
	if strings.Count(typ, ".") > 1 {
		typ = typ[:strings.LastIndex(typ, ".")]
	}
	for _, g := range n.members[folder+" "+typ] {
		if strings.HasPrefix(g.signature, "func ") {
			methods = append(methods, strings.TrimPrefix(g.ref, typ+"."))
		}
	}
	return methods
}
