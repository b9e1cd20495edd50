package sharding

import (
	"errors"
	"flag"
	"fmt"
	"os"
	"regexp"
	"runtime/debug"
	"slices"
	"sync"
	"testing"
	"time"
)

var (
	only       = flag.String("case", "", "run the cases whose id matches this regular expression")
	onlyFamily = flag.String("family", "", "run the families whose name matches this regular expression")
	workers    = flag.Int("workers", 2, "cases run at once")
)

// limit is how long one case may take: a collective that waits for a device that never comes is a miss, by name.
const limit = 2 * time.Minute

// TestSharding runs the cases of testdata, or of the folder that GOJAX_SHARDING names, and prints "family:
// passed/total" for each family (seen with -v), and what missed.
func TestSharding(t *testing.T) {
	dir := os.Getenv("GOJAX_SHARDING")
	if dir == "" {
		dir = "testdata"
	}
	pick, family := regexp.MustCompile(*only), regexp.MustCompile("^("+*onlyFamily+")$")
	fams, err := Load(dir)
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range fams {
		switch {
		case *onlyFamily != "" && !family.MatchString(f.Name):
		case f.Run == nil:
			fmt.Printf("%s: no runner yet, its %d cases are not run\n", f.Name, len(f.Cases))
		default:
			runFamily(t, f, pick)
		}
	}
}

func runFamily(t *testing.T, f *Family, pick *regexp.Regexp) {
	cases := slices.DeleteFunc(slices.Clone(f.Cases), func(c *Case) bool { return !pick.MatchString(c.ID) })
	missed := make([]error, len(cases))
	next := make(chan int)
	var wg sync.WaitGroup
	for range max(1, *workers) {
		wg.Go(func() {
			for i := range next {
				missed[i] = guarded(func() error { return f.Run(cases[i]) })
			}
		})
	}
	for i := range cases {
		next <- i
	}
	close(next)
	wg.Wait()
	passed, waits := 0, 0
	for i, err := range missed {
		switch {
		case err == nil:
			passed++
		case errors.Is(err, errWaits):
			waits++
		default:
			t.Errorf("%s %s: %v", f.Name, cases[i].ID, err)
		}
	}
	fmt.Printf("%s: %d/%d\n", f.Name, passed, len(cases))
	if waits > 0 {
		fmt.Printf("  %d %v\n", waits, errWaits)
	}
}

// guarded is f, with a panic that is none of ours, or no end, as an error.
func guarded(f func() error) error {
	done := make(chan error, 1)
	go func() {
		defer func() {
			if e := recover(); e != nil {
				done <- fmt.Errorf("panic: %v\n%s", e, debug.Stack())
			}
		}()
		done <- f()
	}()
	select {
	case err := <-done:
		return err
	case <-time.After(limit):
		return fmt.Errorf("still running after %v", limit)
	}
}
