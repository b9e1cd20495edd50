package jit

import (
	"bytes"
	"runtime"
	"strings"
	"testing"

	"github.com/google/pprof/profile"

	"github.com/gojax/gojax/backend/pjrt"
)

// bytesAt are the bytes of a profile at lines of the function name.
func bytesAt(t *testing.T, name string) (arrays, size int64) {
	t.Helper()
	var b bytes.Buffer
	if err := MemoryProfile(&b); err != nil {
		t.Fatal(err)
	}
	p, err := profile.Parse(&b)
	if err != nil {
		t.Fatal(err)
	}
	if err := p.CheckValid(); err != nil {
		t.Fatal(err)
	}
	for _, s := range p.Sample {
		if f := s.Location[0].Line[0].Function; strings.HasSuffix(f.Name, name) {
			arrays, size = arrays+s.Value[0], size+s.Value[1]
		}
	}
	return arrays, size
}

func holding(n int) []*val {
	list := make([]*val, n)
	for i := range list {
		list[i] = vec(1, 2, 3)
	}
	return list
}

func TestMemoryProfile(t *testing.T) {
	before := holding(2)
	defer pjrt.TrackMemory(pjrt.TrackMemory(true))
	list := holding(3)
	if n, size := bytesAt(t, "jit.vec"); n != 3 || size != 36 {
		t.Errorf("%d arrays of %d bytes, want 3 of 36", n, size)
	}
	if n, size := bytesAt(t, "untracked"); n < 2 || size < 24 {
		t.Errorf("%d arrays of %d bytes are untracked", n, size)
	}
	Delete(list[0])
	if n, size := bytesAt(t, "jit.vec"); n != 2 || size != 24 {
		t.Errorf("%d arrays of %d bytes after one is deleted, want 2 of 24", n, size)
	}
	runtime.KeepAlive(list)
	for _, v := range append(before, list[1:]...) {
		Delete(v)
	}
	if n, _ := bytesAt(t, "jit.vec"); n != 0 {
		t.Errorf("%d arrays after all are deleted", n)
	}
}
