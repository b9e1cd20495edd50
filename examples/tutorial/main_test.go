package main

import (
	"testing"

	"github.com/gojax/gojax/tasks"
	"github.com/gojax/gojax/tests/leak"
	"github.com/gojax/gojax/transforms/jit"
)

func TestMain(m *testing.M) {
	severalDevices()
	tasks.Work()
	leak.Main(m, jit.LiveBuffers)
}
