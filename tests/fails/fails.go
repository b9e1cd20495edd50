// Package fails says how tests expect mistakes to be reported.
package fails

import (
	"errors"
	"strings"
	"testing"

	"github.com/gojax/gojax/trace"
)

// With runs f, which must panic with a *trace.Error whose text has every one of the parts.
func With(t testing.TB, f func(), parts ...string) {
	t.Helper()
	err := trace.Try(f)
	if e := (*trace.Error)(nil); !errors.As(err, &e) {
		t.Errorf("the error is %v, want one with %q", err, parts)
		return
	}
	for _, p := range parts {
		if !strings.Contains(err.Error(), p) {
			t.Errorf("the error %q lacks %q", err, p)
		}
	}
}
