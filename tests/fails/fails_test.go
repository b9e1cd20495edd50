package fails

import (
	"fmt"
	"slices"
	"testing"

	"github.com/gojax/gojax/trace"
)

// recorder keeps what a test reports.
type recorder struct {
	testing.TB
	said []string
}

func (r *recorder) Helper() {}
func (r *recorder) Errorf(format string, a ...any) {
	r.said = append(r.said, fmt.Sprintf(format, a...))
}

func TestWith(t *testing.T) {
	mistake := func() { trace.Fail("jnp.Add", nil, "no shapes") }
	for _, c := range []struct {
		f     func()
		parts []string
		want  []string
	}{
		{mistake, []string{"jnp.Add", "shapes"}, nil},
		{mistake, []string{"jnp.Sub", "shapes"},
			[]string{`the error "fails_test.go:23: jnp.Add: no shapes" lacks "jnp.Sub"`}},
		{func() {}, []string{"x"}, []string{`the error is <nil>, want one with ["x"]`}},
	} {
		r := &recorder{}
		if With(r, c.f, c.parts...); !slices.Equal(r.said, c.want) {
			t.Errorf("it says %q, want %q", r.said, c.want)
		}
	}
}
