package trace

import "testing"

// The innermost axis of a name counts, on the goroutine that opened it, and keys tell the open axes apart.
func TestNamedAxes(t *testing.T) {
	check := func(name string, want int) {
		t.Helper()
		if n, ok := NamedAxis(name); n != want || ok != (want > 0) {
			t.Errorf("axis %q has size %d, %v; want %d", name, n, ok, want)
		}
	}
	none := string(AppendAxes(nil))
	WithAxis("i", 3, func() {
		one := string(AppendAxes(nil))
		WithAxis("j", 4, func() {
			WithAxis("i", 5, func() { check("i", 5); check("j", 4) })
			check("i", 3)
			if two := string(AppendAxes(nil)); two == one || one == none || none != "" {
				t.Errorf("keys %q, %q, %q", none, one, two)
			}
		})
		check("j", 0)
		done := make(chan bool)
		go func() { defer close(done); check("i", 0) }()
		<-done
	})
	check("i", 0)
}
