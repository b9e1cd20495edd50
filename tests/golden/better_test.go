package golden

import (
	"os"
	"path/filepath"
	"testing"
)

// TestBetter replaces the value of a case, and leaves one that stores another value.
func TestBetter(t *testing.T) {
	dir := t.TempDir()
	write := func(text string) {
		if err := os.WriteFile(filepath.Join(dir, "better.json"), []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	const array = `{"dtype":"float32","shape":[1],"data":[`
	write(`[{"family":"special","id":"f/0","jax":` + array + `0]},"out":` + array + `0.5]},` +
		`"tol":{"rtol":0.25,"atol":0},"source":"mpmath f","why":"a series too short"}]`)
	for _, c := range []struct {
		family, stored, want string
	}{{"special", `0]}`, `0.5]}`}, {"special", `1]}`, `1]}`}, {"lax", `0]}`, `0]}`}} {
		list, err := loadBetters(dir)
		if err != nil {
			t.Fatal(err)
		}
		one, err := readCase([]byte(`{"id":"f/0","fn":"f","args":[],"out":` + array + c.stored + `}`))
		if err != nil {
			t.Fatal(err)
		}
		want, err := readCase([]byte(`{"id":"f/0","fn":"f","args":[],"out":` + array + c.want + `}`))
		if err != nil {
			t.Fatal(err)
		}
		list.apply([]*Family{{Name: c.family, Cases: []*Case{one}}})
		got, err := Arg(one.Out)
		if err != nil {
			t.Fatal(err)
		}
		if err := Compare(got, want.Out, Tolerance{}); err != nil {
			t.Errorf("a case of %s that stores %s: %v", c.family, c.stored, err)
		}
		if better := c.stored != c.want; better != list[0].used || better != (one.Tol.Rtol == 0.25) {
			t.Errorf("a case of %s that stores %s: used %v, tolerance %v", c.family, c.stored, list[0].used, one.Tol)
		}
	}
	noSource := `[{"family":"special","id":"f/0","jax":1,"out":2,"why":"w"}]`
	for _, bad := range []string{noSource, `[{"reason":"w"}]`, `{`} {
		write(bad)
		if _, err := loadBetters(dir); err == nil {
			t.Errorf("%s passes", bad)
		}
	}
}
