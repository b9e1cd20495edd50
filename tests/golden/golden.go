// Package golden runs cases of a function, its arguments and what JAX 0.10.2 returns for them.
//
// A folder holds one file for each family of functions, FAMILY.jsonl or FAMILY.jsonl.gz, with one case a line. The functions
// themselves are Go: those that cases call by a name "cat.NAME" are in the package catalogue, where a case says how they are
// transformed; what the other names stand for is in the package functions, and those are run as they are, under Jit and under
// Vmap. To add a family, put its data in testdata and its functions in a table (functions.Families).
package golden

import (
	"bufio"
	"bytes"
	"compress/gzip"
	"encoding/json"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"sort"
	"strings"

	"github.com/gojax/gojax/tests/golden/catalogue"
	"github.com/gojax/gojax/tests/golden/functions"
)

// Family is the cases of one file.
type Family struct {
	Name  string
	Cases []*Case
	// Lookup finds the function of a case in the catalogue, for a family of transformed functions.
	Lookup func(fn string) (catalogue.Func, bool)
	// Functions are those of another family. Nil where Lookup is nil too: the family has no functions yet.
	Functions *functions.Family
}

// Case is one line of a family's file, with args, kwargs and out as encoding/json reads them, numbers as json.Number.
type Case struct {
	ID         string
	Fn         string
	Args       []any
	Kwargs     map[string]any
	Out        any
	Tol        Tolerance
	X64        bool
	Error      bool
	Message    string // of JAX's error
	Transforms []Transform
	Check      string // how to compare outputs that are not unique
	Note       string
	Params     map[string]any
	Index      []any
}

// Tolerance holds where |a-b| <= Atol + Rtol*|b|; both 0 mean exact.
type Tolerance struct{ Rtol, Atol float64 }

// Transform is one transformation of the function, named by T.
type Transform struct {
	T         string `json:"t"`
	InAxes    any    `json:"in_axes"`
	OutAxes   any    `json:"out_axes"`
	AxisName  string `json:"axis_name"`
	AxisSize  *int   `json:"axis_size"`
	Argnums   any    `json:"argnums"`
	HasAux    bool   `json:"has_aux"`
	Holomorph bool   `json:"holomorphic"`
	AllowInt  bool   `json:"allow_int"`
	given     map[string]bool
}

// UnmarshalJSON notes which fields are there: an axis may be null, and may be left out.
func (t *Transform) UnmarshalJSON(b []byte) error {
	type plain Transform
	d := json.NewDecoder(bytes.NewReader(b))
	d.UseNumber()
	if err := d.Decode((*plain)(t)); err != nil {
		return err
	}
	var fields map[string]json.RawMessage
	if err := json.Unmarshal(b, &fields); err != nil {
		return err
	}
	t.given = map[string]bool{}
	for k := range fields {
		t.given[k] = true
	}
	return nil
}

// Load reads the families of a folder, in the order of their names.
func Load(dir string) ([]*Family, error) {
	var files []string
	for _, pattern := range []string{"*.jsonl", "*.jsonl.gz"} {
		f, err := filepath.Glob(filepath.Join(dir, pattern))
		if err != nil {
			return nil, err
		}
		files = append(files, f...)
	}
	if len(files) == 0 {
		return nil, fmt.Errorf("no .jsonl or .jsonl.gz file in %q", dir)
	}
	sort.Strings(files)
	var out []*Family
	for _, file := range files {
		f, err := loadFamily(file)
		if err != nil {
			return nil, fmt.Errorf("%s: %w", file, err)
		}
		out = append(out, f)
	}
	return out, nil
}

func loadFamily(file string) (*Family, error) {
	r, err := os.Open(file)
	if err != nil {
		return nil, err
	}
	defer r.Close()
	name := strings.TrimSuffix(strings.TrimSuffix(filepath.Base(file), ".gz"), ".jsonl")
	f := &Family{Name: name, Lookup: families[name], Functions: functions.Families[name]}
	in := io.Reader(r)
	if strings.HasSuffix(file, ".gz") {
		z, err := gzip.NewReader(r)
		if err != nil {
			return nil, err
		}
		defer z.Close()
		in = z
	}
	lines := bufio.NewReader(in)
	for n := 1; ; n++ {
		line, err := lines.ReadBytes('\n')
		if len(bytes.TrimSpace(line)) > 0 {
			c, err := readCase(line)
			if err != nil {
				return nil, fmt.Errorf("line %d: %w", n, err)
			}
			f.Cases = append(f.Cases, c)
		}
		if err == io.EOF {
			return f, nil
		}
		if err != nil {
			return nil, err
		}
	}
}

func readCase(line []byte) (*Case, error) {
	d := json.NewDecoder(bytes.NewReader(line))
	d.UseNumber()
	c := new(Case)
	if err := d.Decode(c); err != nil {
		return nil, err
	}
	if c.ID == "" || c.Fn == "" {
		return nil, fmt.Errorf("a case without id or fn")
	}
	return c, nil
}

// families are those of transformed functions.
var families = map[string]func(fn string) (catalogue.Func, bool){
	"vmap":    fromCatalogue,
	"grad":    fromCatalogue,
	"control": fromCatalogue,
}

func fromCatalogue(fn string) (catalogue.Func, bool) {
	name, ok := strings.CutPrefix(fn, "cat.")
	if !ok {
		return nil, false
	}
	f, ok := catalogue.Functions[name]
	return f, ok
}
