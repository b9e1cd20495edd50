package checkpoint

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"hash"
	"io"
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"strings"

	"github.com/gojax/gojax/internal/files"
	"github.com/gojax/gojax/internal/kit"
	"github.com/gojax/gojax/ir"
	"github.com/gojax/gojax/jnp"
	"github.com/gojax/gojax/trace"
	"github.com/gojax/gojax/transforms/jit"
)

// ErrDamaged is what errors are (errors.Is) of files that are cut off, changed, or no checkpoints.
var ErrDamaged = errors.New("the file is damaged, or no checkpoint")

func damaged(err error) error { return fmt.Errorf("%w: %w", ErrDamaged, err) }

// A header begins with beginning, the sum over itself, middle, and the sum over the elements.
const (
	beginning = `{"__metadata__":{"gojax":"checkpoint 1","header":"`
	middle    = `","data":"`
	noSum     = "0000000000000000000000000000000000000000000000000000000000000000"

	maxTree = 1 << 24 // how long a structure may be as JSON
)

// sums are the places of the two sums in a header, nil if it is not that of a checkpoint.
func sums(header []byte) (own, data []byte) {
	const (
		from = 8 + len(beginning)
		next = from + len(noSum) + len(middle)
	)
	if len(header) < next+len(noSum) || string(header[8:from]) != beginning {
		return nil, nil
	}
	return header[from : from+len(noSum)], header[next : next+len(noSum)]
}

// headerSum is the sum over a header, with zeros in the place of that sum.
func headerSum(header []byte) string {
	header = slices.Clone(header)
	own, _ := sums(header)
	copy(own, noSum)
	h := sha256.New()
	h.Write(header)
	return sumOf(h)
}

func sumOf(h hash.Hash) string { return hex.EncodeToString(h.Sum(nil)) }

// Save writes a tree to a file, which is there whole or not at all: an error, or the end of the process at any moment,
// leaves what was there before. The tree may be given by a pointer. It waits for the arrays. A tree that cannot be
// (unexported fields, functions, channels) is an error, as is one that holds traced or deleted arrays. The file is a
// .safetensors file, whatever its name ends in. It has no counterpart in JAX; Orbax and flax.serialization have.
func Save(path string, tree any) error { return save("checkpoint.Save", path, tree) }

// Load reads into tree what Save has written. What the tree holds must fit, and what it leaves unset is filled: the
// comment of the package has the rules. An error leaves the tree as it is. Errors of files that are damaged are
// ErrDamaged. It has no counterpart in JAX; Orbax and flax.serialization have.
func Load[T any](path string, tree *T) error { return load("checkpoint.Load", path, tree) }

func save(op, path string, tree any) error {
	err := trace.Try(func() {
		x := reflect.ValueOf(tree)
		for x.Kind() == reflect.Pointer {
			x = x.Elem()
		}
		if !x.IsValid() {
			trace.Fail(op, nil, "the tree is nil")
		}
		trace.FlattenTree(x) // which refuses what is no tree
		var w taker
		root, err := w.take(x, "", 0)
		trace.Must(err, op, nil)
		if root != nil {
			root.Holds = x.Type().String()
		}
		files.Sweep(filepath.Dir(path))
		trace.Must(files.Replace(path, func(f *os.File) error { return write(op, f, root, w.leaves) }), op, nil)
	})
	return inFile(op, path, err)
}

// inFile is an error of op in a file. The line of the call, which who calls op knows, is left out.
func inFile(op, path string, err error) error {
	if e, ok := err.(*trace.Error); ok && e.Op == op {
		err = e.Err
	}
	if err == nil {
		return nil
	}
	return fmt.Errorf("%s: %s: %w", op, path, err)
}

func write(op string, f *os.File, root *part, leaves []leaf) error {
	tree, err := json.Marshal(root)
	if err != nil {
		return err
	}
	if len(tree) > maxTree {
		return fmt.Errorf("the structure and the plain values of the tree take %d bytes, and a checkpoint has room "+
			"for %d; keep large data in arrays", len(tree), maxTree)
	}
	values := map[string]*trace.Value{}
	tensors := make([]files.Tensor, len(leaves))
	for i, l := range leaves {
		values[l.Name], tensors[i] = l.value, l.Tensor
	}
	h, err := files.NewHeader([][2]string{{"gojax", "checkpoint 1"}, {"header", noSum}, {"data", noSum},
		{"tree", string(tree)}}, tensors)
	if err != nil {
		return err
	}
	if _, err := f.Write(h.Text); err != nil {
		return err
	}
	sum := sha256.New()
	for _, t := range h.Tensors {
		b := kit.HostBytes(op, values[t.Name])
		sum.Write(b)
		if _, err := f.Write(b); err != nil {
			return err
		}
	}
	own, data := sums(h.Text)
	copy(data, sumOf(sum))
	copy(own, headerSum(h.Text))
	_, err = f.WriteAt(h.Text, 0)
	return err
}

// pointer is tree, checked to be one.
func pointer(op string, tree any) reflect.Value {
	into := reflect.ValueOf(tree)
	if into.Kind() != reflect.Pointer || into.IsNil() {
		trace.Fail(op, nil, "the tree is a %T; give a pointer to it, that is not nil", tree)
	}
	return into
}

// load reads into tree, a pointer.
func load(op, path string, tree any) error {
	f, err := os.Open(path)
	if err != nil {
		return fmt.Errorf("%s: %w", op, err)
	}
	defer f.Close()
	var x reflect.Value // what the tree becomes
	var into reflect.Value
	err = trace.Try(func() {
		into = pointer(op, tree)
		st, err := f.Stat()
		if err == nil {
			x, err = read(op, f, st.Size(), into.Elem())
		}
		trace.Must(err, op, nil)
	})
	if err != nil {
		return inFile(op, path, err)
	}
	into.Elem().Set(x)
	return nil
}

// read is a tree like has, which it must fit, of what the file holds.
func read(op string, f io.ReaderAt, size int64, has reflect.Value) (x reflect.Value, err error) {
	trace.Must(trace.CheckTree(has.Type(), "tree"), op, nil)
	h, root, err := readHeader(f, size)
	if err != nil {
		return x, damaged(err)
	}
	w := filler{tensors: map[string]files.Tensor{}, slots: map[*trace.Value]slot{}}
	for _, t := range h.Tensors {
		w.tensors[t.Name] = t
	}
	likeness := reflect.New(has.Type()).Elem()
	w.fill(likeness, has, root, "")
	if n := len(w.differs); n > 0 {
		const most = 10
		if n > most {
			w.differs = append(w.differs[:most], fmt.Sprintf("and %d more", n-most))
		}
		return x, fmt.Errorf("the file has another tree:\n\t%s", strings.Join(w.differs, "\n\t"))
	}
	if w.contradicts == nil && len(w.slots) != len(h.Tensors) {
		w.contradicts = fmt.Errorf("it has %d arrays, and its tree %d", len(h.Tensors), len(w.slots))
	}
	if w.contradicts != nil {
		return x, damaged(w.contradicts)
	}
	def, standIns := trace.FlattenTree(likeness)
	values, err := w.values(op, f, h)
	if err != nil {
		return x, err
	}
	return def.Unflatten(kit.Map(standIns, func(v *trace.Value) *trace.Value { return values[w.slots[v].path] })), nil
}

// readHeader reads the header, checks its sum, and takes the structure from it.
func readHeader(f io.ReaderAt, size int64) (h *files.Header, root *part, err error) {
	if h, err = files.ReadHeader(f, size); err != nil {
		return nil, nil, err
	}
	own, _ := sums(h.Text)
	if own == nil {
		return nil, nil, errors.New("checkpoint.Save did not write it; jnp.LoadArrays reads the arrays of any " +
			".safetensors file")
	}
	if string(own) != headerSum(h.Text) {
		return nil, nil, errors.New("the header has changed since it was written: its SHA-256 is another one")
	}
	tree := h.Metadata["tree"]
	if len(tree) > maxTree {
		return nil, nil, fmt.Errorf("its structure has %d bytes", len(tree))
	}
	return h, root, json.Unmarshal([]byte(tree), &root)
}

// values reads the arrays, by path, and checks the sum over them.
func (w *filler) values(op string, f io.ReaderAt, h *files.Header) (values map[string]*trace.Value, err error) {
	values = map[string]*trace.Value{}
	slots := map[string]slot{}
	for _, s := range w.slots {
		slots[s.path] = s
	}
	sum := sha256.New()
	err = trace.Try(func() {
		for _, t := range h.Tensors {
			a := slots[t.Name].array
			trace.CheckHost(op, a.Shape, a.DType)
			b := kit.AlignedBytes(int(t.End - t.Begin))
			if _, err := f.ReadAt(b, t.Begin); err != nil && len(b) > 0 {
				trace.Fail(op, nil, "%w", damaged(err))
			}
			sum.Write(b)
			values[t.Name] = slots[t.Name].value(op, b)
		}
		if _, data := sums(h.Text); string(data) != sumOf(sum) {
			trace.Fail(op, nil, "%w", damaged(errors.New(
				"the arrays have changed since they were written: their SHA-256 is another one")))
		}
	})
	if err != nil {
		for _, v := range values {
			v.Buffer().Delete()
		}
	}
	return values, err
}

// value is the leaf of the elements b.
func (s slot) value(op string, b []byte) *trace.Value {
	if s.array.DType == ir.Bool { // a bool of another value is true and false at once
		for i, v := range b {
			b[i] = min(v, 1)
		}
	}
	v := kit.FromHost(op, b, s.array.DType, s.array.Shape)
	if s.part.Kind == kindKey {
		v = s.impl.WrapKeyData(jnp.Wrap(v)).TraceValue()
	}
	return s.placed(op, v.WithWeak(s.part.Weak))
}

// placed is v where the array lies that the tree holds.
func (s slot) placed(op string, v *trace.Value) *trace.Value {
	if s.held == nil {
		return v
	}
	if over, ok := jit.ShardingOf(s.held); ok {
		defer v.Buffer().Delete()
		return jit.PutSharding(op, v, over)
	}
	d := jit.DeviceOf(s.held)
	if d == nil || d == jit.DeviceOf(v) {
		return v
	}
	defer v.Buffer().Delete()
	return jit.DevicePut(v, d)
}
