package tasks

import (
	"encoding/gob"
	"errors"
	"reflect"
	"sync"
	"testing"
)

type node struct {
	Name string
	Next *node
	More map[string][]float64
}

func init() { gob.Register(node{}) }

// again encodes and decodes twice, by new coders and by those that are kept.
func again[T any](t *testing.T, xs ...T) {
	t.Helper()
	for range 3 {
		b, err := encode(xs, 1<<20)
		if err != nil {
			t.Fatal(err)
		}
		got, err := decode[T](b, len(xs))
		if err != nil || !reflect.DeepEqual(got, xs) {
			t.Errorf("%+v came back as %+v, %v", xs, got, err)
		}
	}
}

func TestCodec(t *testing.T) {
	again(t, 1, 0, -5)
	again(t, "a", "")
	again(t, node{Name: "a", Next: &node{Name: "b", More: map[string][]float64{"x": {1, 2}}}}, node{})
	again(t, &node{Name: "a"}, &node{Name: "b"})
	again[any](t, 1, "two", node{Name: "three"})
	again(t, map[string]any{"x": 1.5}, map[string]any{"y": node{Name: "z"}})
	again(t, struct{}{}, struct{}{})
	again(t, [][]byte{{1}, {2, 3}}, [][]byte{{4}})
	again(t, [3]complex128{1, 2i})
	var wg sync.WaitGroup
	for range 8 {
		wg.Go(func() {
			for range 50 {
				again(t, node{Name: "a", Next: &node{}}, node{})
			}
		})
	}
	wg.Wait()
}

func TestCodecErrors(t *testing.T) {
	good, err := encode([]node{{Name: "a"}}, 1<<20)
	if err != nil {
		t.Fatal(err)
	}
	for n := range good {
		if _, err := decode[node](good[:n], 1); !errors.Is(err, ErrEncoding) {
			t.Fatalf("%d of %d bytes: %v", n, len(good), err)
		}
		if _, err := decode[node](good[n:], 2); !errors.Is(err, ErrEncoding) {
			t.Fatalf("all but %d of %d bytes: %v", n, len(good), err)
		}
	}
	if _, err := encode([]*node{nil}, 1<<20); !errors.Is(err, ErrEncoding) {
		t.Errorf("nil: %v", err)
	}
	again(t, node{Name: "still"})
}
