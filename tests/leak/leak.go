// Package leak ends a package's tests with the check that no device array is left: what a test drops must come back,
// however the test ended.
package leak

import (
	"fmt"
	"os"
	"runtime"
	"strconv"
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
	if n := Settle(live, 0); n != 0 && code == 0 {
		fmt.Fprintf(os.Stderr,
			"FAIL: %d device arrays are still alive after the last test; some variable or cache holds them\n", n)
		code = 1
	}
	os.Exit(code)
}

// Devices asks for n CPU devices, unless the environment asks for more. It is called by a TestMain: devices are counted
// when the first array is made.
func Devices(n int) {
	const name = "GOJAX_NUM_CPU_DEVICES"
	if have, _ := strconv.Atoi(os.Getenv(name)); have < n {
		os.Setenv(name, strconv.Itoa(n))
	}
}

// Settle collects until live is at most the given number, or patience is at an end, and returns what is left.
func Settle(live func() int, most int) (n int) {
	for end := time.Now().Add(patience); ; time.Sleep(5 * time.Millisecond) {
		runtime.GC()
		if n = live(); n <= most || time.Now().After(end) {
			return n
		}
	}
}

// Steady collects until live no longer changes, and returns it: what tests hold before something that is to free all
// that it makes. Garbage that takes longer to be freed is counted.
func Steady(live func() int) int {
	last := -1
	for range 100 {
		runtime.GC()
		time.Sleep(2 * time.Millisecond)
		n := live()
		if n == last {
			break
		}
		last = n
	}
	return last
}
