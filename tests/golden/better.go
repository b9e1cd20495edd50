package golden

import (
	"bytes"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"reflect"
	"slices"
)

// A Better is a case whose stored value is wrong, or not as good as it can be: ours is compared with Out instead, or
// must be an error.
type Better struct {
	Family, ID  string
	JAX         any // what the case stores; nothing where that is an error
	Out         any
	Error       bool       // instead of Out
	Tol         *Tolerance // the case's unless given
	Source, Why string
	used        bool
}

// betters are the cases of testdata/better.json. A case of another folder is one of them if it stores the same.
type betters []*Better

func loadBetters(dir string) (betters, error) {
	text, err := os.ReadFile(filepath.Join(dir, "better.json"))
	if err != nil {
		return nil, err
	}
	d := json.NewDecoder(bytes.NewReader(text))
	d.UseNumber()
	d.DisallowUnknownFields()
	var list betters
	if err := d.Decode(&list); err != nil {
		return nil, fmt.Errorf("better.json: %w", err)
	}
	for _, b := range list {
		if b.Source == "" || b.Why == "" || (b.Out == nil) != b.Error {
			return nil, fmt.Errorf("better.json: %s of %s has no value, no source or no reason", b.ID, b.Family)
		}
	}
	return list, nil
}

// apply gives the families' cases the better values.
func (list betters) apply(families []*Family) {
	for _, f := range families {
		for _, c := range f.Cases {
			if i := slices.IndexFunc(list, func(b *Better) bool {
				return b.Family == f.Name && b.ID == c.ID && reflect.DeepEqual(b.JAX, c.Out)
			}); i >= 0 {
				b := list[i]
				c.Out, c.Error, b.used = b.Out, b.Error, true
				if b.Tol != nil {
					c.Tol = *b.Tol
				}
			}
		}
	}
}
