// Package golden runs cases of a function, its arguments and what JAX 0.10.2 returns for them.
//
// A folder holds one file for each family of functions, FAMILY.jsonl or FAMILY.jsonl.gz, with one case a line. The
// functions themselves are Go: those that cases call by a name "cat.NAME" are in the package catalogue, where a case
// says how they are transformed; what the other names stand for is in the package functions, and those are run as they
// are, under Jit and under Vmap. Where JAX's value is wrong, testdata/better.json has the right one (Better). To add a
// family, put its data in testdata and its functions in a table (functions.Families).
package golden

import (
	"bytes"
	"encoding/json"
	"fmt"
	"strings"

	"github.com/gojax/gojax/tests/golden/catalogue"
	"github.com/gojax/gojax/tests/golden/functions"
	"github.com/gojax/gojax/tests/jsonl"
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
	// Partitionable is how JAX drew random numbers: false, the way before it became the default.
	Partitionable *bool `json:"threefry_partitionable"`
}

// Tolerance holds where |a-b| <= Atol + Rtol*|b|; both 0 mean exact.
type Tolerance struct {
	Rtol, Atol float64
	typesOnly  bool // the elements are not known, and not compared
}

// Transform is one transformation of the function, named by T.
type Transform struct {
	T         string `json:"t"`
	InAxes    any    `json:"in_axes"`
	OutAxes   any    `json:"out_axes"`
	AxisName  string `json:"axis_name"`
	AxisSize  *int   `json:"axis_size"`
	Spmd      string `json:"spmd_axis_name"`
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
	var out []*Family
	err := jsonl.Folder(dir, func(name string, line []byte) error {
		c, err := readCase(line)
		if err != nil {
			return err
		}
		if len(out) == 0 || out[len(out)-1].Name != name {
			out = append(out, &Family{Name: name, Lookup: families[name], Functions: functions.Families[name]})
		}
		f := out[len(out)-1]
		f.Cases = append(f.Cases, c)
		return nil
	})
	return out, err
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
