package checkpoint

import (
	"fmt"
	"maps"
	"os"
	"slices"
	"strings"

	"github.com/gojax/gojax/internal/files"
	"github.com/gojax/gojax/ir"
	"github.com/gojax/gojax/jnp"
	"github.com/gojax/gojax/trace"
)

// Entry is a part of the tree in a checkpoint: an array, a random key, or a plain value.
type Entry struct {
	Path  string    // as Go would write it behind the tree's name: .Layers[0].W; "" where the tree is one part
	Kind  string    // array, key, or the Go kind of a plain value: int, float64, string, bool
	DType jnp.DType // of an array, Invalid of others
	Shape []int     // of an array, or of keys
	Value string    // of a plain value, as Go writes it; of a key its generator
}

// String is the entry in a line: .W float32[2,3].
func (e Entry) String() string {
	what := e.Kind
	switch e.Kind {
	case kindArray:
		what = e.DType.String() + ir.ShapeString(e.Shape)
	case kindKey:
		what += "<" + e.Value + ">" + ir.ShapeString(e.Shape)
	default:
		what += " " + e.Value
	}
	return strings.TrimSpace(e.Path + " " + what)
}

// List tells what is in a checkpoint that Save or Manager.Save has written, without the type of its tree: what was set,
// fields and keys of maps by their names in order. It reads and checks the header alone, not the elements. A file that
// is damaged is ErrDamaged. It has no counterpart in JAX; Orbax's metadata function is the nearest.
func List(path string) (entries []Entry, err error) {
	const op = "checkpoint.List"
	f, err := os.Open(path)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", op, err)
	}
	defer f.Close()
	err = trace.Try(func() {
		st, err := f.Stat()
		trace.Must(err, op, nil)
		h, root, err := readHeader(f, st.Size())
		if err == nil {
			l := lister{filler: filler{tensors: map[string]files.Tensor{}}}
			for _, t := range h.Tensors {
				l.tensors[t.Name] = t
			}
			err = l.add(root, "", 0)
			entries = l.entries
		}
		if err != nil {
			trace.Fail(op, nil, "%w", damaged(err))
		}
	})
	if err != nil {
		return nil, inFile(op, path, err)
	}
	return entries, nil
}

// lister lists the parts of a structure.
type lister struct {
	filler  // for the arrays
	entries []Entry
}

func (l *lister) add(p *part, path string, depth int) (err error) {
	if depth > maxDepth {
		return fmt.Errorf("the tree is nested more than %d deep", maxDepth)
	}
	if p == nil {
		return nil
	}
	each := func(path string, p *part) {
		if err == nil {
			err = l.add(p, path, depth+1)
		}
	}
	switch p.Kind {
	case kindArray, kindKey:
		s, err := l.slot(p, path)
		if err != nil {
			return fmt.Errorf("%s: %w", path, err)
		}
		e := Entry{Path: path, Kind: p.Kind, DType: s.array.DType, Shape: s.array.Shape}
		if p.Kind == kindKey {
			e.DType, e.Shape, e.Value = ir.Invalid, e.Shape[:len(e.Shape)-1], p.Type
		}
		l.entries = append(l.entries, e)
	case kindStruct:
		for _, name := range slices.Sorted(maps.Keys(p.Fields)) {
			each(fieldPath(path, name), p.Fields[name])
		}
	case kindMap:
		for _, key := range slices.Sorted(maps.Keys(p.Fields)) {
			each(keyPath(path, key), p.Fields[key])
		}
	case kindList, kindPointer:
		for i, q := range p.Parts {
			at := path
			if p.Kind == kindList {
				at = indexPath(path, i)
			}
			each(at, q)
		}
	case kindUnset:
	default:
		l.entries = append(l.entries, Entry{Path: path, Kind: p.Kind, Value: p.Value})
	}
	return err
}
