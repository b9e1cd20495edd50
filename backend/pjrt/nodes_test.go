package pjrt

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/gojax/gojax/tests/fakegpu"
)

// memoryStore is a store of one process. It panics where it is asked for what boom has.
type memoryStore struct {
	sync.Mutex
	m    map[string][]byte
	boom string
}

func (s *memoryStore) Get(key string, wait time.Duration) ([]byte, error) {
	for end := time.Now().Add(wait); ; time.Sleep(time.Millisecond) {
		if v, err := s.TryGet(key); err == nil {
			return v, nil
		}
		if time.Now().After(end) {
			return nil, &Error{Code: CodeDeadlineExceeded, Text: "late"}
		}
	}
}

func (s *memoryStore) TryGet(key string) ([]byte, error) {
	s.Lock()
	defer s.Unlock()
	if v, ok := s.m[key]; ok {
		return v, nil
	}
	return nil, &Error{Code: CodeNotFound, Text: "none"}
}

func (s *memoryStore) Put(key string, value []byte) error {
	s.Lock()
	defer s.Unlock()
	switch {
	case s.boom == "panic":
		panic("boom")
	case s.boom != "":
		return errors.New(s.boom)
	case s.m[key] != nil && string(s.m[key]) != string(value):
		return &Error{Code: CodeAlreadyExists, Text: "other"}
	}
	s.m[key] = slices.Clone(value)
	return nil
}

func init() {
	// The plugin's thread asks the store; of three processes, this is the second, with two GPUs.
	children["nodes"] = func() error {
		store := &memoryStore{m: map[string][]byte{"local/0": []byte("1"), "local/2": []byte("1")}}
		c, err := JoinNodes(Nodes{ID: 1, Count: 3, Visible: []int{4, 5}, Store: store})
		if err != nil {
			return err
		}
		fmt.Println(c.Devices(), c.AllDevices(), Preferred())
		for _, d := range c.AllDevices() {
			fmt.Print(d.ProcessIndex(), d.IsAddressable(), " ")
		}
		if d, err := Default(); err != nil || d != c {
			return fmt.Errorf("the default client is %v, %v", d, err)
		}
		_, err = c.Compile([]byte("x"), CompileOptions{Devices: c.AllDevices()})
		fmt.Println(err)
		text := func() []byte { return []byte("x") }
		_, how, err := c.CompileCached(nil, text, CompileOptions{Devices: c.AllDevices()})
		fmt.Println(how, err != nil)
		_, err = c.Compile([]byte("x"), CompileOptions{Devices: c.AllDevices()[3:]})
		fmt.Println(errors.Is(err, ErrDevice), err)
		_, err = JoinNodes(Nodes{})
		fmt.Println(err)
		return nil
	}
	for _, boom := range []string{"panic", "gone"} {
		children["nodes "+boom] = func() error {
			_, err := JoinNodes(Nodes{Count: 1, Store: &memoryStore{m: map[string][]byte{}, boom: boom}})
			var e *Error
			if !errors.As(err, &e) {
				return fmt.Errorf("error %v", err)
			}
			fmt.Println(e.Code, e.Text)
			_, err = Open("cuda") // alone it is one GPU
			return err
		}
	}
}

func TestJoinNodes(t *testing.T) {
	lib := fakegpu.Build(t)
	for name, want := range map[string][]string{
		"nodes": {
			"[cuda:1 cuda:2] [cuda:0 cuda:1 cuda:2 cuda:3] cuda", "0 false 1 true 1 true 2 false",
			// four partitions; one replica of four, on the devices 0, 1, 2 and 3
			"20012804", "4a18" + "08011004" + "1a030a0100" + "1a030a0101" + "1a030a0102" + "1a030a0103",
			"cache off true", "true pjrt: a program for the devices [cuda:3], of which none is of this process",
			"in use already",
		},
		"nodes panic": {"13 the store panicked: boom"},
		"nodes gone":  {"14 gone"},
	} {
		out, ok := child(t, name, "GOJAX_PLATFORM=cuda", "GOJAX_PJRT_PLUGIN=cuda="+lib)
		if !ok {
			t.Errorf("%s fails: %s", name, out)
		}
		for _, w := range want {
			if !strings.Contains(out, w) {
				t.Errorf("%s: no %q in\n%s", name, w, out)
			}
		}
	}
}

func TestPreferred(t *testing.T) {
	for _, c := range []struct{ platform, plugin, want string }{
		{"cpu", "", "cpu"}, {"cuda", "", "cuda"}, {"gpu", "", "cuda"}, {"cpu,cuda", "", "cpu"},
		{"", "/x/cuda.so", "cuda"}, {"", "/x/cpu.so", "cpu"},
	} {
		t.Setenv("GOJAX_PLATFORM", c.platform)
		t.Setenv("GOJAX_PJRT_PLUGIN", c.plugin)
		if got := Preferred(); got != c.want {
			t.Errorf("GOJAX_PLATFORM=%q, GOJAX_PJRT_PLUGIN=%q: %s, want %s", c.platform, c.plugin, got, c.want)
		}
	}
}
