package faults

import (
	"fmt"
	"os"
	"strings"
	"testing"

	"github.com/gojax/gojax/jnp"
)

// The limits themselves: a child computes under them, and one that takes too much is stopped by them.
func TestChild(t *testing.T) {
	t.Run("computes", func(t *testing.T) {
		out := child(t, limits{env: []string{"FAULT=yes"}}, func(t *testing.T) {
			fmt.Println(os.Getenv("FAULT"), jnp.Arange(4).Sum().Item())
		})
		if !strings.HasPrefix(out, "yes 6\n") {
			t.Errorf("it printed %q", out)
		}
	})
	t.Run("fails", func(t *testing.T) {
		out := child(t, limits{exit: 1}, func(t *testing.T) { t.Error("no good") })
		if !strings.Contains(out, "no good") {
			t.Errorf("it printed %q", out)
		}
	})
	t.Run("too much", func(t *testing.T) {
		out := child(t, limits{memory: 1 << 30, exit: 2}, func(t *testing.T) {
			b := make([]byte, 4<<30)
			fmt.Println(len(b))
		})
		if !strings.Contains(out, "out of memory") {
			t.Errorf("it printed %q", clip(out))
		}
	})
}
