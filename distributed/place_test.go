package distributed

import (
	"os"
	"reflect"
	"runtime"
	"strconv"
	"testing"
)

func TestGPUsOf(t *testing.T) {
	on := func(host string, gpus ...string) (all []place) {
		for _, g := range gpus {
			all = append(all, place{Host: host, GPUs: g, Any: true})
		}
		return all
	}
	for _, c := range []struct {
		name string
		all  []place
		want [][]int
	}{
		{"one process", on("a", "0,1"), [][]int{nil}},
		{"a GPU each", on("a", "0,1", "0,1"), [][]int{{0}, {1}}},
		{"two each", on("a", "4,5,6,7", "4,5,6,7"), [][]int{{0, 1}, {2, 3}}},
		{"given by the launcher", on("a", "0", "1"), [][]int{nil, nil}},
		{"given by the launcher, by one number", on("a", "0", "0"), [][]int{nil, nil}},
		{"two machines", append(on("a", "0,1", "0,1"), on("b", "0,1", "0,1")...), [][]int{{0}, {1}, {0}, {1}}},
	} {
		for rank, want := range c.want {
			if got, err := gpusOf(c.all, rank); err != nil || !reflect.DeepEqual(got, want) {
				t.Errorf("%s: process %d has %v, %v; want %v", c.name, rank, got, err, want)
			}
		}
	}
}

func TestShareCores(t *testing.T) {
	n := runtime.NumCPU()
	for _, c := range []struct {
		all  []place
		user string
		want string
	}{
		{[]place{{Host: "a", CPUs: "0-1"}}, "", ""},
		{[]place{{Host: "a", CPUs: "0-1"}, {Host: "a", CPUs: "0-1"}}, "", strconv.Itoa(max(1, n/2))},
		{[]place{{Host: "a", CPUs: "0-1"}, {Host: "a", CPUs: "0-1"}}, "7", "7"},
		{[]place{{Host: "a", CPUs: "0"}, {Host: "a", CPUs: "1"}, {Host: "b", CPUs: "0"}}, "", ""}, // bound to their own
	} {
		for _, name := range threadVariables {
			t.Setenv(name, "")
		}
		os.Setenv(threadVariables[0], c.user)
		shareCores(c.all, 0)
		if got := os.Getenv(threadVariables[0]); got != c.want {
			t.Errorf("%v, %q: %q threads, want %q", c.all, c.user, got, c.want)
		}
	}
}

func TestPlace(t *testing.T) {
	if p := here(); p.Host == "" || runtime.GOOS == "linux" && p.CPUs == "" || !oneMachine([]place{p, p}) ||
		oneMachine([]place{p, {Host: "b"}}) {
		t.Errorf("%+v", p)
	}
}
