package main

import (
	"strings"
	"testing"
)

func TestDevices(t *testing.T) {
	out, _, err := gojaxRun(t, "devices")
	if err != nil || !strings.Contains(out, "cpu:0") && !strings.Contains(out, "cuda:0") {
		t.Errorf("%v\n%s", err, out)
	}
}
