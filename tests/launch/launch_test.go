package launch

import (
	"fmt"
	"os"
	"strings"
	"testing"
	"time"
)

func TestMain(m *testing.M) {
	if os.Getenv("GOJAX_TEST_LAUNCHED") != "" {
		fmt.Println("hello")
		os.Exit(0)
	}
	os.Exit(m.Run())
}

// All that are found start as many processes as they are told.
func TestAll(t *testing.T) {
	for _, l := range All(t) {
		r := l.Run(t, 2, time.Minute, []string{"GOJAX_TEST_LAUNCHED=1"})
		if n := strings.Count(r.Out, "hello"); r.Err != nil || n != 2 {
			t.Errorf("%s has started %d of 2 processes: %v\n%s", l.Name, n, r.Err, r.Out)
		}
	}
}
