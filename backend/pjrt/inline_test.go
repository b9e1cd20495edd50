package pjrt

import (
	"errors"
	"slices"
	"testing"
	"time"
)

// Programs that call Go functions have a place each, on the first device that has one; too many of them wait, and end
// with an error where nothing else ends. Nested ones never wait.
func TestCrowd(t *testing.T) {
	w := &crowd{outer: make(chan struct{}, 40), inner: make(chan struct{}, 2), patience: time.Millisecond}
	enter := func(nested bool) int {
		p, err := w.enter(nested)
		if err != nil {
			t.Error(err)
		}
		return p
	}
	var places []int
	for range 40 {
		places = append(places, enter(false))
	}
	inner := []int{enter(true), enter(true)}
	if places[31] != 0 || places[32] != 1 || !slices.Equal(inner, []int{1, 1}) || w.used[0] != perDevice {
		t.Errorf("places %v and %v", places, inner)
	}
	for _, nested := range []bool{false, true} {
		if _, err := w.enter(nested); !errors.Is(err, ErrTooMany) {
			t.Errorf("nested %v: %v", nested, err)
		}
	}
	time.AfterFunc(5*time.Millisecond, func() { w.leave(places[0], false) })
	w.patience = time.Minute
	if p := enter(false); p != 0 {
		t.Errorf("it waited for place 0 and got %d", p)
	}
	w.leave(inner[0], true)
	if p := enter(true); p != 1 {
		t.Errorf("it was given place %d", p)
	}
	n := 0
	for _, k := range lanes {
		n += k
	}
	if n != len(w.used) {
		t.Errorf("the lanes have %d places, want %d", n, len(w.used))
	}
}
