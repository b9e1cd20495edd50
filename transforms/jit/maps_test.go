package jit

import (
	"fmt"
	"strings"
	"testing"

	"github.com/gojax/gojax/backend/pjrt"
)

// Where memory maps run out, executables that are not used go, and where that does not help the next compilation says
// why it cannot be.
func TestMemoryMapsRunOut(t *testing.T) {
	c, err := pjrt.Open("cpu")
	if err != nil {
		t.Fatal(err)
	}
	defer func(f func() (int, int)) { memoryMaps = f }(memoryMaps)
	s := &space{client: c, flights: map[string]*flight{}}
	s.m.Store(&map[string]*slot{})
	for i := range 100 {
		s.store(fmt.Sprint(i), &slot{})
	}
	used := 100
	memoryMaps = func() (int, int) { return used, 1000 }
	look := func() error {
		s.compiled.Store(mapsEach - 1)
		return s.room()
	}
	if err := look(); err != nil || len(*s.m.Load()) != 100 {
		t.Errorf("with room, %v, %d are kept", err, len(*s.m.Load()))
	}
	used = 600
	if err := look(); err != nil || len(*s.m.Load()) != 50 || s.find([]byte("99")) == nil {
		t.Errorf("half full, %v, %d are kept", err, len(*s.m.Load()))
	}
	used = 950
	if err := look(); err == nil || !strings.Contains(err.Error(), "950 of 1000 memory maps") || !s.scarce.Load() {
		t.Errorf("full: %v", err)
	}
	if s.room() == nil { // it looks each time now
		t.Error("full, and not said again")
	}
	used = 10
	if err := s.room(); err != nil || s.scarce.Load() {
		t.Errorf("with room again: %v", err)
	}
}
