package export

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"unsafe"

	"github.com/gojax/gojax/internal/files"
	"github.com/gojax/gojax/internal/kit"
	"github.com/gojax/gojax/ir"
	"github.com/gojax/gojax/trace"
	"github.com/gojax/gojax/transforms/jit"
)

// A file of Save's is a .safetensors file: the constants as arrays, "constant.0" and so on, and the programs as bytes,
// each what jax.export would have written, "program.0.cpu". The metadata says how many there are, and the sums of all.

const (
	fileMark    = `"gojax":"export 1"`
	fileVersion = "export 1"

	// onlyPython ends the names of programs that are for JAX alone: the CPU's without calls of kernels.
	onlyPython = ".jax"
)

// contents is what the metadata have under "contents".
type contents struct {
	Name      string            `json:"name"`
	Constants []string          `json:"constants"` // dtypes: complex128 is stored as two float64
	Programs  []string          `json:"programs"`  // names of arrays, in the order in which they are tried
	Sums      map[string]string `json:"sums"`      // SHA-256 of each array
}

func constantName(i int) string { return fmt.Sprintf("constant.%d", i) }

// namedProgram is a program of a file.
type namedProgram struct {
	name string
	*record
}

// writeFile writes programs that share constants.
func writeFile(op, path, name string, programs []namedProgram, constants []*trace.Value) error {
	c := contents{Name: name, Sums: map[string]string{}, Constants: []string{}}
	data := map[string][]byte{}
	var tensors []files.Tensor
	add := func(name, code string, shape []int, b []byte) {
		sum := sha256.Sum256(b)
		data[name], c.Sums[name] = b, hex.EncodeToString(sum[:])
		tensors = append(tensors, files.Tensor{Name: name, Code: code, Shape: shape})
	}
	for i, v := range constants {
		code, shape := files.Code(v.DType()), v.Shape()
		if v.DType() == ir.Complex128 {
			code, shape = files.Code(ir.Float64), append(slices.Clone(shape), 2)
		}
		c.Constants = append(c.Constants, v.DType().String())
		add(constantName(i), code, shape, kit.HostBytes(op, v))
	}
	for _, p := range programs {
		b := p.marshal()
		if len(b) > maxFile {
			return fmt.Errorf("the program has %d bytes, and a flatbuffer can have %d", len(b), maxFile)
		}
		c.Programs = append(c.Programs, p.name)
		add(p.name, files.Code(ir.Uint8), []int{len(b)}, b)
	}
	text, err := json.Marshal(c)
	if err != nil {
		return err
	}
	sum := sha256.Sum256(text)
	h, err := files.NewHeader([][2]string{{"gojax", fileVersion}, {"sum", hex.EncodeToString(sum[:])},
		{"contents", string(text)}}, tensors)
	if err != nil {
		return err
	}
	files.Sweep(filepath.Dir(path))
	return files.Replace(path, func(f *os.File) error {
		if _, err := f.Write(h.Text); err != nil {
			return err
		}
		for _, t := range h.Tensors {
			if _, err := f.Write(data[t.Name]); err != nil {
				return err
			}
		}
		return nil
	})
}

// readFile reads what writeFile wrote.
func readFile(r io.ReaderAt, size int64) (*Exported, error) {
	h, err := files.ReadHeader(r, size)
	if err != nil {
		return nil, fmt.Errorf("%w: %w", ErrFormat, err)
	}
	text := h.Metadata["contents"]
	sum := sha256.Sum256([]byte(text))
	var c contents
	if h.Metadata["gojax"] != fileVersion || h.Metadata["sum"] != hex.EncodeToString(sum[:]) {
		return nil, fmt.Errorf("%w: the sum over its contents is another", ErrFormat)
	}
	if err := json.Unmarshal([]byte(text), &c); err != nil {
		return nil, fmt.Errorf("%w: %w", ErrFormat, err)
	}
	f := reader{r: r, c: &c, tensors: map[string]files.Tensor{}}
	for _, t := range h.Tensors {
		f.tensors[t.Name] = t
	}
	constants := make([]*trace.Value, 0, len(h.Tensors))
	for i, d := range c.Constants {
		v, err := f.constant(constantName(i), d)
		if err != nil {
			return nil, fmt.Errorf("%w: %w", ErrFormat, err)
		}
		constants = append(constants, v)
	}
	if len(constants) == 0 {
		constants = nil
	}
	e := &Exported{name: c.Name}
	for _, name := range c.Programs {
		if strings.HasSuffix(name, onlyPython) {
			continue
		}
		v, err := f.program(name, constants)
		if err != nil {
			return nil, fmt.Errorf("%w: %s: %w", ErrFormat, name, err)
		}
		e.variants = append(e.variants, v)
	}
	if len(e.variants) == 0 {
		return nil, fmt.Errorf("%w: there is no program in it", ErrFormat)
	}
	return e, nil
}

// reader reads the parts of a file.
type reader struct {
	r       io.ReaderAt
	c       *contents
	tensors map[string]files.Tensor
}

// bytes are those of an array, whose sum is checked. There are no more of them than the file has.
func (f *reader) bytes(name string) ([]byte, error) {
	t, ok := f.tensors[name]
	if !ok {
		return nil, fmt.Errorf("there is no %s in it", name)
	}
	b := make([]byte, t.End-t.Begin)
	if _, err := f.r.ReadAt(b, t.Begin); err != nil && err != io.EOF {
		return nil, err
	}
	if sum := sha256.Sum256(b); hex.EncodeToString(sum[:]) != f.c.Sums[name] {
		return nil, fmt.Errorf("%s has changed: the sum over it is another", name)
	}
	return b, nil
}

func (f *reader) program(name string, constants []*trace.Value) (*variant, error) {
	b, err := f.bytes(name)
	if err != nil {
		return nil, err
	}
	r, err := parseRecord(b)
	if err != nil {
		return nil, err
	}
	return newVariant(r, constants)
}

// constant is an array of the file, on the default device.
func (f *reader) constant(name, dtype string) (v *trace.Value, err error) {
	b, err := f.bytes(name)
	if err != nil {
		return nil, err
	}
	t := f.tensors[name]
	a := ir.Aval{Shape: t.Shape, DType: t.DType()}
	if n := len(a.Shape); dtype == ir.Complex128.String() && a.DType == ir.Float64 && n > 0 && a.Shape[n-1] == 2 {
		a = ir.Aval{Shape: a.Shape[:n-1], DType: ir.Complex128}
	}
	if a.DType.String() != dtype || a.Check() != nil {
		return nil, fmt.Errorf("%s is no array of %s", name, dtype)
	}
	err = trace.Try(func() { v = jit.FromHost(unsafe.Pointer(unsafe.SliceData(b)), a, nil) })
	return v, err
}

// writePlain writes a program alone, as jax.export does.
func writePlain(path string, r *record) error {
	b := r.marshal()
	if len(b) > maxFile {
		return fmt.Errorf(
			"the program has %d bytes with its constants, and a flatbuffer can have %d; save it under a name "+
				"that does not end in %s", len(b), maxFile, plainSuffix)
	}
	files.Sweep(filepath.Dir(path))
	return files.Replace(path, func(f *os.File) error {
		_, err := io.Copy(f, bytes.NewReader(b))
		return err
	})
}
