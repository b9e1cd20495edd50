package main

import (
	"testing"

	"github.com/gojax/gojax"
	"github.com/gojax/gojax/tasks"
	"github.com/gojax/gojax/tests/leak"
)

func TestMain(m *testing.M) {
	tasks.Work() // which this program is too
	leak.Main(m, gojax.LiveBuffers)
}
