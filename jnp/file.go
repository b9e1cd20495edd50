package jnp

import (
	"fmt"
	"io"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/gojax/gojax/internal/files"
	"github.com/gojax/gojax/trace"
)

// Arrays in files by name. What the name ends in says what the file is.

// archive is a kind of file that has arrays by name.
type archive struct {
	read  func(op string, r io.ReaderAt, size int64) (map[string]Array, error)
	write func(op string, w io.Writer, arrays map[string]Array) error
}

var archives = map[string]archive{
	".npz": {readNPZ, writeNPZ}, ".safetensors": {readSafetensors, writeSafetensors},
}

const npyFile = ".npy"

// delimiters are what separates numbers in files of text, "" being white space.
var delimiters = map[string]string{".txt": "", ".dat": "", ".csv": ",", ".tsv": "\t"}

// aloneName is what numpy.savez calls an array without a name.
const aloneName = "arr_0"

// LoadFile reads the array in a file (NumPy load and loadtxt). What path ends in says what it is: .npy; .npz or
// .safetensors, if they hold one array (LoadArrays reads those of more); .csv, .tsv, .txt or .dat for numbers in text,
// as LoadTxt reads them. While 64-bit types are off, data of 64 bits are narrowed as FromSlice does it. A file that is
// cut off, damaged or no array is an error.
//
// Options: LoadTxt (Delimiter, Comments, SkipRows, MaxRows, Columns, DType, NDMin, FillValue).
func LoadFile(path string) (Array, error) {
	return loadFile("jnp.LoadFile", path, func(op string, f *os.File, size int64) (x Array, err error) {
		ext := extension(path)
		a, many := archives[ext]
		_, text := delimiters[ext]
		switch {
		case many:
			arrays, err := a.read(op, f, size)
			if err != nil {
				return Array{}, err
			}
			names := slices.Sorted(maps.Keys(arrays))
			if len(names) != 1 {
				return Array{}, fmt.Errorf("it holds %d arrays %.200q; jnp.LoadArrays gives them by name", len(names),
					names)
			}
			return arrays[names[0]], nil
		case text:
			return LoadTxt{}.read(op, f, ext)
		case ext == npyFile:
			return readNPY(op, f, size, size)
		}
		return Array{}, unknownKind(slices.Collect(maps.Keys(delimiters)), npyFile)
	})
}

// LoadArrays reads the arrays in a .npz or a .safetensors file by name (NumPy load). Floats of 8 bits, which have no
// dtype here, become bfloat16, which holds every one of them; otherwise dtypes are as for LoadFile. A file that is cut
// off or damaged is an error.
func LoadArrays(path string) (map[string]Array, error) {
	return loadFile("jnp.LoadArrays", path, func(op string, f *os.File, size int64) (map[string]Array, error) {
		if a, ok := archives[extension(path)]; ok {
			return a.read(op, f, size)
		}
		return nil, unknownKind(nil)
	})
}

// SaveFile writes x to a file (NumPy save and savetxt). What path ends in says how: .npy; .npz or .safetensors, as the
// only array ("arr_0", as numpy.savez calls it); .csv, .tsv, .txt or .dat for text, as SaveTxt writes it, of one axis
// or two. The file is there whole or not at all: it is written under another name, and an error leaves an older one as
// it is. It waits for x; a traced x is an error.
//
// Options: SaveTxt (Delimiter, Format, Newline, Header, Footer, Comments).
func SaveFile(path string, x Array) error {
	return saveFile("jnp.SaveFile", path, func(op string, w io.Writer) error {
		ext := extension(path)
		a, many := archives[ext]
		_, text := delimiters[ext]
		switch {
		case many:
			return a.write(op, w, map[string]Array{aloneName: x})
		case text:
			return SaveTxt{}.write(op, w, ext, x)
		case ext == npyFile:
			return trace.Try(func() { writeNPY(op, w, x) })
		}
		return unknownKind(slices.Collect(maps.Keys(delimiters)), npyFile)
	})
}

// SaveArrays writes arrays by name to a .npz or a .safetensors file (NumPy savez), which is there whole or not at all,
// as with SaveFile. It waits for them; a traced one is an error.
func SaveArrays(path string, arrays map[string]Array) error {
	return saveFile("jnp.SaveArrays", path, func(op string, w io.Writer) error {
		if a, ok := archives[extension(path)]; ok {
			return a.write(op, w, arrays)
		}
		return unknownKind(nil)
	})
}

// loadFile opens a file of which read knows what to read, and says in errors which it is.
func loadFile[T any](op, path string, read func(op string, f *os.File, size int64) (T, error)) (x T, err error) {
	f, err := os.Open(path)
	if err != nil {
		return x, fmt.Errorf("%s: %w", op, err)
	}
	defer f.Close()
	st, err := f.Stat()
	if err == nil {
		x, err = read(op, f, st.Size())
	}
	return x, inFile(op, path, err)
}

func saveFile(op, path string, write func(op string, w io.Writer) error) error {
	return inFile(op, path, files.Replace(path, func(f *os.File) error { return write(op, f) }))
}

// inFile is an error of op in a file.
func inFile(op, path string, err error) error {
	if err == nil {
		return nil
	}
	return fmt.Errorf("%s: %s: %w", op, path, plain(op, err))
}

// plain is err without op and the line of the call, which who calls op knows.
func plain(op string, err error) error {
	if e, ok := err.(*trace.Error); ok && e.Op == op {
		return e.Err
	}
	return err
}

// extension is what a file's name ends in.
func extension(path string) string { return strings.ToLower(filepath.Ext(path)) }

// unknownKind is the error of a name that ends in none of the kinds, archives included.
func unknownKind(kinds []string, more ...string) error {
	kinds = slices.Concat(kinds, more, slices.Collect(maps.Keys(archives)))
	slices.Sort(kinds)
	return fmt.Errorf("the name ends in none of %s", strings.Join(kinds, ", "))
}
