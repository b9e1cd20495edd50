package pjrt

/*
#include <stdlib.h>
*/
import "C"

import (
	"fmt"
	"os"
	"runtime"
	"slices"
	"strconv"
	"strings"
	"sync"
	"unsafe"
)

// Flag reads a switch from the environment. One that is not set, or that says neither on nor off, is otherwise; the
// latter is said once on stderr.
func Flag(name string, otherwise bool) bool {
	s := os.Getenv(name)
	switch word := strings.TrimSpace(s); {
	case word == "":
		return otherwise
	case isYes(word):
		return true
	case isNo(word):
		return false
	}
	word := map[bool]string{true: "on", false: "off"}[otherwise]
	warnOnce(name, "%s=%q is neither true nor false (1, true, on, yes; 0, false, off, no): it stays %s", name, s, word)
	return otherwise
}

// isYes reports whether s is one of the words for what is switched on, which are also pip's.
func isYes(s string) bool {
	return slices.Contains([]string{"1", "true", "t", "on", "yes", "y"}, strings.ToLower(s))
}

// isNo reports whether s is one of the words for what is switched off.
func isNo(s string) bool {
	return slices.Contains([]string{"0", "false", "f", "off", "no", "n"}, strings.ToLower(s))
}

// setting reads a whole number from the environment. One that is not set, not a number or out of its limits is
// otherwise; of the latter two it is said once on stderr what comes of it.
func setting(name string, otherwise, least, most int64, then string) int64 {
	s := os.Getenv(name)
	if s == "" {
		return otherwise
	}
	n, err := strconv.ParseInt(strings.TrimSpace(s), 10, 64)
	if err == nil && n >= least && n <= most {
		return n
	}
	limits := fmt.Sprintf("from %d to %d", least, most)
	if most == 1<<63-1 {
		limits = fmt.Sprintf("of %d or more", least)
	}
	warnOnce(name, "%s=%q is not a whole number %s: %s", name, s, limits, then)
	return otherwise
}

// maxThreads is more than helps. Starting tens of thousands takes minutes, and the system may refuse them.
func maxThreads() int { return max(64, 4*runtime.NumCPU()) }

// Threads is how many threads a computation may use: GOJAX_NUM_THREADS or XLA's own variables, as XLA was told, or one
// a processor.
func Threads() int { return threads() }

var threads = sync.OnceValue(func() int {
	setThreads()
	for _, name := range []string{"PJRT_NPROC", "NPROC"} {
		if n, err := strconv.Atoi(strings.TrimSpace(os.Getenv(name))); err == nil && n > 0 {
			return min(n, maxThreads())
		}
	}
	return runtime.NumCPU()
})

// alone is PJRT_NPROC for a client whose programs use no other thread than the one that runs them.
const alone = "1"

// poolSize is held where PJRT_NPROC is read or set for a client that is being made.
var poolSize sync.Mutex

// setenv sets a variable until restore is called. It is one that setProcessEnv has set: the C library replaces its
// value, where a new one might move the list under the eyes of another thread.
func setenv(name, value string) (restore func()) {
	old := os.Getenv(name)
	os.Setenv(name, value)
	return func() { os.Setenv(name, old) }
}

// setThreads gives XLA the size of its thread pools, from GOJAX_NUM_THREADS where the user has not set XLA's own
// variable. More than maxThreads it does not get from either.
func setThreads() {
	for _, name := range []string{"PJRT_NPROC", "GOJAX_NUM_THREADS", "NPROC"} {
		s := os.Getenv(name)
		if s == "" {
			continue
		}
		n, err := strconv.Atoi(strings.TrimSpace(s))
		switch most := maxThreads(); {
		case n > most: // also where it is beyond all numbers
			warnOnce("threads", "%s=%s is more threads than %d processors have use for: it is taken for %d", name, s,
				runtime.NumCPU(), most)
			n = most
		case err != nil || n < 1:
			if name == "GOJAX_NUM_THREADS" {
				warnOnce("threads", "%s=%q is not a positive number: ignored", name, s)
			}
			continue
		}
		if name != "NPROC" || n == maxThreads() {
			os.Setenv("PJRT_NPROC", strconv.Itoa(n))
		}
		return
	}
}

// setProcessEnv sets what XLA reads from the environment while it starts: the size of its thread pools, and a quiet
// stderr (also its errors: what matters comes back as an error, and a program loaded from the cache logs harmless
// ones). What the user has set stays. It goes through os.Setenv, which in a cgo program reaches the C library's
// environment as well.
func setProcessEnv() {
	setThreads()
	for _, kv := range [][2]string{{"TF_CPP_MIN_LOG_LEVEL", "3"}, {"GRPC_VERBOSITY", "ERROR"},
		{"PJRT_NPROC", ""}} { // the last for setenv
		if _, ok := os.LookupEnv(kv[0]); !ok {
			os.Setenv(kv[0], kv[1])
		}
	}
	if numCPUDevices() > 1 {
		setPatience()
	}
}

// lateSeconds is for how many seconds a device may wait for the others in a collective: a week. After as many as XLA
// has by itself, 40, it would end the process, also where one device just has more to do before. The gate tells of
// launches that take long.
const lateSeconds = 7 * 24 * 3600

// setPatience adds the flags of XLA's for that to XLA_FLAGS, as far as the user has not set them. Only the C library's
// environment has them: the keys of cached programs and other processes, whose XLA may not know such flags and end, go
// by that of Go.
func setPatience() {
	flags := os.Getenv("XLA_FLAGS")
	for _, name := range []string{"warn_stuck", "terminate"} {
		name = "xla_cpu_collective_call_" + name + "_timeout_seconds"
		if !strings.Contains(flags, name) {
			flags += fmt.Sprintf(" --%s=%d", name, lateSeconds)
		}
	}
	name, value := C.CString("XLA_FLAGS"), C.CString(strings.TrimSpace(flags))
	C.setenv(name, value, 1)
	C.free(unsafe.Pointer(name))
	C.free(unsafe.Pointer(value))
}

// maxCPUDevices is far more than a machine has use for: each has a thread pool.
const maxCPUDevices = 1024

func numCPUDevices() int {
	return int(setting("GOJAX_NUM_CPU_DEVICES", 1, 1, maxCPUDevices, "one device is used"))
}

var warned sync.Map

// warnOnce prints a line to stderr the first time it is called with this id.
func warnOnce(id, format string, a ...any) {
	if _, old := warned.LoadOrStore(id, true); !old {
		fmt.Fprintf(os.Stderr, "gojax: "+format+"\n", a...)
	}
}
