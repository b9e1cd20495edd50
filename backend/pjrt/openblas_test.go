package pjrt

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/gojax/gojax/tests/clib"
)

func TestFindOpenBLAS(t *testing.T) {
	dir := t.TempDir()
	text := filepath.Join(dir, "text.so")
	if err := os.WriteFile(text, []byte("no library"), 0o644); err != nil {
		t.Fatal(err)
	}
	for _, off := range []string{"0", "off", "False", " no "} {
		t.Setenv("GOJAX_OPENBLAS", off)
		_, err := FindOpenBLAS()
		wantErr(t, err, ErrOff, "GOJAX_OPENBLAS="+strings.TrimSpace(off))
	}
	none := filepath.Join(dir, "none.so")
	for path, part := range map[string]string{none: "no such file", text: "not a library", dir: dir} {
		t.Setenv("GOJAX_OPENBLAS", path)
		_, err := FindOpenBLAS()
		wantErr(t, err, ErrNoPlugin, "GOJAX_OPENBLAS="+path, part)
	}
	some := clib.Library(t, "int nothing;")
	t.Setenv("GOJAX_OPENBLAS", some)
	if info, err := FindOpenBLAS(); err != nil || info.Path != some || info.Found != "GOJAX_OPENBLAS" {
		t.Errorf("%v, %v", info, err)
	}
}

// One that is damaged is not used, and not installed again behind the user's back.
func TestDamagedOpenBLAS(t *testing.T) {
	i := slices.IndexFunc(allDistributions, func(d distribution) bool { return d.platform == openBLAS })
	if len(distributions(openBLAS)) == 0 {
		t.Skip("no OpenBLAS is known for this machine")
	}
	cache := t.TempDir()
	t.Setenv("GOJAX_CACHE_DIR", cache)
	t.Setenv("GOJAX_OPENBLAS", "")
	path := allDistributions[i].installed(cache)
	if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(path, []byte("damaged"), 0o755); err != nil {
		t.Fatal(err)
	}
	_, err := OpenBLAS()
	wantErr(t, err, ErrCorrupt, "the library "+path, "damaged", "install openblas")
}

// An install that fails is not tried in each process.
func TestOpenBLASWithoutANetwork(t *testing.T) {
	if len(distributions(openBLAS)) == 0 {
		t.Skip("no OpenBLAS is known for this machine")
	}
	cache := t.TempDir()
	t.Setenv("GOJAX_CACHE_DIR", cache)
	t.Setenv("GOJAX_OPENBLAS", "")
	fakePython(t, "echo called >> "+filepath.Join(cache, "calls")+"; exit 1")
	downloads := func() int {
		b, _ := os.ReadFile(filepath.Join(cache, "calls"))
		return strings.Count(string(b), "called")
	}
	_, err := OpenBLAS()
	wantErr(t, err, ErrNoPlugin, "installing it failed")
	first := downloads()
	_, err = OpenBLAS()
	wantErr(t, err, ErrNoPlugin, "OpenBLAS is not found", "install openblas")
	if again := downloads(); first == 0 || again != first {
		t.Errorf("%d downloads, and then %d", first, again)
	}
}
