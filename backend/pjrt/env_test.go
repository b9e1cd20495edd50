package pjrt

import (
	"fmt"
	"os"
	"strings"
	"testing"
)

func TestFlag(t *testing.T) {
	for s, want := range map[string]string{"": "false true", "1": "true true", "TRUE": "true true", "on": "true true",
		" yes ": "true true", "0": "false false", "off": "false false", "No": "false false", "perhaps": "false true",
		"2": "false true"} {
		t.Setenv("GOJAX_TEST_FLAG", s)
		if got := fmt.Sprint(Flag("GOJAX_TEST_FLAG", false), Flag("GOJAX_TEST_FLAG", true)); got != want {
			t.Errorf("%q: %s, want %s", s, got, want)
		}
	}
}

// More threads than a machine has use for, tens of thousands of which would take minutes, are fewer; it is said.
func TestThreads(t *testing.T) {
	most := fmt.Sprintf("PJRT_NPROC=%d\n", maxThreads())
	plugin := client(t).Plugin().Path
	for env, parts := range map[string][]string{
		"GOJAX_NUM_THREADS=40000":                   {most, "is taken for"},
		"GOJAX_NUM_THREADS=99999999999999999999999": {most, "is taken for"},
		"GOJAX_NUM_THREADS= 3 ":                     {"PJRT_NPROC=3\n"},
		"GOJAX_NUM_THREADS=0":                       {"PJRT_NPROC=\n", "not a positive number"},
		"GOJAX_NUM_THREADS=2.5":                     {"PJRT_NPROC=\n", "not a positive number"},
		"PJRT_NPROC=40000":                          {most, "PJRT_NPROC=40000 is"},
		"NPROC=40000":                               {most, "NPROC=40000 is"},
		"NPROC=3":                                   {"PJRT_NPROC=\n"},
	} {
		vars := []string{"PJRT_NPROC=", "NPROC=", "GOJAX_NUM_THREADS=", "GOJAX_PJRT_PLUGIN=" + plugin, env}
		out, ok := child(t, "threads", vars...)
		for _, p := range parts {
			if !ok || strings.Count(out, p) != 1 {
				t.Errorf("%s: %s; want %q", env, out, p)
			}
		}
		if len(parts) == 1 && strings.Contains(out, "gojax:") {
			t.Errorf("%s: %s", env, out)
		}
	}
}

func TestSetting(t *testing.T) {
	for s, want := range map[string]int64{"": 2 << 30, "12": 12, " 12": 12, "0": 0, "-1": 2 << 30, "2GB": 2 << 30,
		"99999999999999999999": 2 << 30} {
		t.Setenv("GOJAX_CACHE_MAX_BYTES", s)
		if got := cacheLimit(); got != want {
			t.Errorf("%q: %d, want %d", s, got, want)
		}
	}
	t.Setenv("GOJAX_CACHE_DIR", "~/cache")
	if _, err := CacheDir(); err == nil || !strings.Contains(err.Error(), "~") {
		t.Error(err)
	}
	if _, err := os.Stat("~"); err == nil {
		t.Error("a folder ~ was made")
	}
}
