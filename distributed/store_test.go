package distributed

import (
	"errors"
	"fmt"
	"net/http"
	"sync"
	"testing"
	"time"

	"github.com/gojax/gojax/backend/pjrt"
)

func code(err error) int {
	var e *pjrt.Error
	if errors.As(err, &e) {
		return e.Code
	}
	return 0
}

// The store is the same in process 0, and from another one.
func TestStore(t *testing.T) {
	lost := make(chan string, 1)
	s, err := serve(true, func(rank string) { lost <- rank })
	if err != nil {
		t.Fatal(err)
	}
	defer s.server.Close()
	r, err := reach(append([]string{"127.0.0.1:1"}, s.Addresses...), s.Token)
	if err != nil {
		t.Fatal(err)
	}
	for i, kv := range []pjrt.KeyValues{s.store, r} {
		k := func(name string) string { return fmt.Sprint(name, i, "/ä &?=") }
		all := make([]byte, 1<<20)
		for i := range all {
			all[i] = byte(i)
		}
		if _, err := kv.TryGet(k("a")); code(err) != pjrt.CodeNotFound {
			t.Errorf("a key that is not there: %v", err)
		}
		if _, err := kv.Get(k("a"), 20*time.Millisecond); code(err) != pjrt.CodeDeadlineExceeded {
			t.Errorf("waiting for a key: %v", err)
		}
		var wait sync.WaitGroup
		for range 8 { // wait for it at once
			wait.Go(func() {
				if v, err := kv.Get(k("a"), time.Minute); err != nil || string(v) != string(all) {
					t.Errorf("%d bytes, %v", len(v), err)
				}
			})
		}
		for range 2 { // once more is no mistake
			if err := kv.Put(k("a"), all); err != nil {
				t.Error(err)
			}
		}
		wait.Wait()
		if err := kv.Put(k("a"), nil); code(err) != pjrt.CodeAlreadyExists {
			t.Errorf("another value: %v", err)
		}
		if err := kv.Put(k("empty"), nil); err != nil {
			t.Error(err)
		}
		if v, err := kv.TryGet(k("empty")); err != nil || len(v) != 0 {
			t.Errorf("an empty value is %q, %v", v, err)
		}
	}
	if _, err := reach(s.Addresses, "another"); code(err) != pjrt.CodeUnauthenticated {
		t.Errorf("another token: %v", err)
	}
	stranger := &remote{s.Addresses[0], "another", &http.Client{}}
	if err := stranger.watch(1, nil); err == nil {
		t.Error("a stranger may watch")
	}
	if err := r.watch(3, func(rank string) { lost <- rank }); err != nil {
		t.Fatal(err)
	}
	s.server.Close()
	if _, err := r.TryGet("a"); code(err) != pjrt.CodeUnavailable {
		t.Errorf("the server is gone: %v", err)
	}
	if _, err := reach(s.Addresses, s.Token); code(err) != pjrt.CodeUnavailable {
		t.Errorf("the server is gone: %v", err)
	}
}

// Both sides notice that the other one ends.
func TestWatch(t *testing.T) {
	lost := make(chan string, 2)
	note := func(rank string) { lost <- rank }
	s, err := serve(true, note)
	if err != nil {
		t.Fatal(err)
	}
	defer s.server.Close()
	r, err := reach(s.Addresses, s.Token)
	if err != nil {
		t.Fatal(err)
	}
	conn, err := r.join(7)
	if err != nil {
		t.Fatal(err)
	}
	conn.Close()
	if rank := <-lost; rank != "7" {
		t.Errorf("process %s is lost, want 7", rank)
	}
}
