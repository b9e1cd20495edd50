// Package leak ends a package's tests with the check that no device array is left: what a test drops must come back,
// however the test ended.
package leak

import (
	"fmt"
	"os"
	"runtime"
	"testing"
	"time"
)

// patience is how long the collector may take: buffers are freed by cleanups, which run some time after it.
const patience = 5 * time.Minute

// Main runs m's tests and then fails them if live, which counts the device arrays in use, does not come down to zero.
// It is called by a TestMain and does not return. live is an argument so that every package's tests can use this one,
// those of the packages that count included. after are further checks of what the tests together did, run if they
// passed; each returns an exit code.
func Main(m *testing.M, live func() int, after ...func() int) {
	code := m.Run()
	for _, f := range after {
		if code == 0 {
			code = f()
		}
	}
	if n := settle(live); n != 0 && code == 0 {
		fmt.Fprintf(os.Stderr,
			"FAIL: %d device arrays are still alive after the last test; some variable or cache holds them\n", n)
		code = 1
	}
	os.Exit(code)
}

// settle collects until live is zero, or patience is at an end, and returns what is left.
func settle(live func() int) (n int) {
	for end := time.Now().Add(patience); ; time.Sleep(5 * time.Millisecond) {
		runtime.GC()
		if n = live(); n == 0 || time.Now().After(end) {
			return n
		}
	}
}
