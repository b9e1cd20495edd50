package main

import (
	"bytes"
	"go/ast"
	"go/doc"
	"go/printer"
	"go/token"
	"regexp"
	"slices"
	"strings"

	"github.com/gojax/gojax/tests/gosource"
)

// symbol is what its users are told of an exported name.
type symbol struct {
	signature string // "func Sum(x jnp.Array, axes ...int) jnp.Array", "KeepDims bool"
	synopsis  string // the first sentence of its comment, and the last paragraph if it tells the options
	also      string // other libraries' names in its comment, separated by spaces
	alias     string // of a type that is another package's: "ops.ConvOptions"
}

// reader gathers the exported names of one package.
type reader struct {
	pkg   string          // the name that users write
	types map[string]bool // the exported types
	names map[string]symbol
}

// readPackage is the exported names of a package, as one writes them: "Sum", "Array.Sum" (methods and fields).
func readPackage(pkg string, files []*ast.File) map[string]symbol {
	r := &reader{pkg: pkg, types: map[string]bool{}, names: map[string]symbol{}}
	decls := []ast.Decl{}
	for _, f := range files {
		decls = append(decls, f.Decls...)
	}
	for _, decl := range decls {
		if g, ok := decl.(*ast.GenDecl); ok {
			for _, spec := range g.Specs {
				if t, ok := spec.(*ast.TypeSpec); ok && t.Name.IsExported() {
					r.types[t.Name.Name] = true
				}
			}
		}
	}
	for _, decl := range decls {
		switch d := decl.(type) {
		case *ast.FuncDecl:
			r.addFunc(d)
		case *ast.GenDecl:
			r.addGroup(d)
		}
	}
	return r.names
}

func (r *reader) addFunc(d *ast.FuncDecl) {
	name := d.Name.Name
	if d.Recv != nil {
		t := gosource.Receiver(d)
		if !ast.IsExported(t) {
			return
		}
		name = t + "." + name
	}
	if !d.Name.IsExported() {
		return
	}
	local := typeParameters(d)
	r.qualify(d.Type, local)
	if d.Recv != nil {
		r.qualify(d.Recv, local)
	}
	r.add(name, written(&ast.FuncDecl{Recv: d.Recv, Name: d.Name, Type: d.Type}), d.Doc)
}

// addGroup takes in the declaration of types, constants or variables. What has no comment of its own has the group's.
func (r *reader) addGroup(d *ast.GenDecl) {
	for _, spec := range d.Specs {
		switch s := spec.(type) {
		case *ast.TypeSpec:
			if s.Name.IsExported() {
				r.addType(s, first(s.Doc, s.Comment, d.Doc))
			}
		case *ast.ValueSpec:
			signature := ""
			if s.Type != nil {
				r.qualify(s.Type, nil)
				signature = " " + written(s.Type)
			}
			for _, n := range s.Names {
				if n.IsExported() {
					r.add(n.Name, d.Tok.String()+" "+n.Name+signature, first(s.Doc, s.Comment, d.Doc))
				}
			}
		}
	}
}

// addType takes in a type and its fields, or an interface's methods.
func (r *reader) addType(s *ast.TypeSpec, comment *ast.CommentGroup) {
	name := s.Name.Name
	var members *ast.FieldList
	signature := "type " + name
	if s.TypeParams != nil {
		function := written(&ast.FuncType{TypeParams: s.TypeParams, Params: &ast.FieldList{}})
		signature += strings.TrimSuffix(strings.TrimPrefix(function, "func"), "()")
	}
	switch t := s.Type.(type) {
	case *ast.StructType:
		members, signature = t.Fields, signature+" struct"
	case *ast.InterfaceType:
		members, signature = t.Methods, signature+" interface"
	default:
		r.qualify(t, nil)
		if s.Assign.IsValid() {
			signature += " ="
		}
		signature += " " + written(t)
	}
	r.add(name, signature, comment)
	if s.Assign.IsValid() {
		symbol := r.names[name]
		symbol.alias = written(s.Type)
		r.names[name] = symbol
	}
	if members == nil {
		return
	}
	for _, f := range members.List {
		r.qualify(f.Type, nil)
		for _, n := range f.Names {
			if n.IsExported() {
				r.add(name+"."+n.Name, n.Name+" "+written(f.Type), first(f.Doc, f.Comment))
			}
		}
	}
}

func first(groups ...*ast.CommentGroup) *ast.CommentGroup {
	i := slices.IndexFunc(groups, func(g *ast.CommentGroup) bool { return g != nil })
	if i < 0 {
		return nil
	}
	return groups[i]
}

// foreign is how comments name what other libraries have: jax.lax.scan, NumPy's copyto, return_index.
var foreign = regexp.MustCompile(`\b(?:jax|numpy|scipy)(?:\.[a-z]\w*)+` +
	`|\b(?:NumPy|SciPy|JAX)'s ([a-z]\w*)` +
	`|\b[a-z]+_[a-z_]+\b`)

func (r *reader) add(name, signature string, comment *ast.CommentGroup) {
	s := symbol{signature: signature}
	if comment != nil {
		text := comment.Text()
		s.synopsis = new(doc.Package).Synopsis(text)
		if _, options, ok := strings.Cut(text, "\n\nOptions: "); ok {
			s.synopsis += " Options: " + strings.Join(strings.Fields(options), " ")
		}
		var also []string
		for _, m := range foreign.FindAllStringSubmatch(text, -1) {
			word := m[0]
			if m[1] != "" {
				word = m[1]
			}
			if !slices.Contains(also, word) {
				also = append(also, word)
			}
		}
		s.also = strings.Join(also, " ")
	}
	r.names[name] = s
}

// qualify writes the package before its exported types in a type, as one does outside of the package: Array becomes
// jnp.Array. Names in local, the type parameters, stay.
func (r *reader) qualify(n ast.Node, local map[string]bool) {
	ast.Inspect(n, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.Field:
			r.qualify(n.Type, local) // not the names
			return false
		case *ast.SelectorExpr:
			return false
		case *ast.Ident:
			if r.types[n.Name] && !local[n.Name] {
				n.Name = r.pkg + "." + n.Name
			}
		}
		return true
	})
}

// typeParameters is those of a function, or of a method's receiver.
func typeParameters(d *ast.FuncDecl) map[string]bool {
	local := map[string]bool{}
	if d.Type.TypeParams != nil {
		for _, f := range d.Type.TypeParams.List {
			for _, n := range f.Names {
				local[n.Name] = true
			}
		}
	}
	if d.Recv != nil {
		ast.Inspect(d.Recv.List[0].Type, func(n ast.Node) bool {
			switch x := n.(type) {
			case *ast.IndexExpr:
				local[gosource.TypeName(x.Index)] = true
			case *ast.IndexListExpr:
				for _, i := range x.Indices {
					local[gosource.TypeName(i)] = true
				}
			}
			return true
		})
	}
	return local
}

// written is a declaration or a type as source text in one line.
func written(n ast.Node) string {
	var b bytes.Buffer
	if err := printer.Fprint(&b, token.NewFileSet(), n); err != nil {
		return ""
	}
	return strings.Join(strings.Fields(b.String()), " ")
}
