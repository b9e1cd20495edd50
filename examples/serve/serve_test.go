package main

import (
	"bytes"
	"os"
	"strings"
	"testing"
	"time"

	"github.com/gojax/gojax/tests/leak"
	"github.com/gojax/gojax/transforms/jit"
)

// TestMain lets this test binary be the server and the clients.
func TestMain(m *testing.M) {
	if os.Getenv(roleEnv) != "" {
		main()
		os.Exit(0)
	}
	leak.Main(m, jit.LiveBuffers)
}

func TestLoad(t *testing.T) {
	o := defaults
	o.clients, o.seconds = 8, 0.3
	var out bytes.Buffer
	if err := run(&out, o); err != nil {
		t.Fatalf("%v\n%s", err, &out)
	}
	if n := strings.Count(out.String(), "batching"); n != 4 {
		t.Errorf("%d measurements:\n%s", n, &out)
	}
}

func TestSoak(t *testing.T) {
	o := defaults
	o.clients, o.rate, o.soak = 4, 100, 4*time.Second
	var out bytes.Buffer
	if err := run(&out, o); err != nil || !strings.Contains(out.String(), "PASS") {
		t.Errorf("%v\n%s", err, &out)
	}
}

func TestVerdict(t *testing.T) {
	seen := map[string][]float64{}
	for _, w := range watched {
		for i := range 20 {
			seen[w.name] = append(seen[w.name], w.slack*float64(i))
		}
	}
	var out bytes.Buffer
	if err := verdict(&out, seen); err == nil || strings.Count(err.Error(), "FAIL") != len(watched) {
		t.Error(err)
	}
}
