package main

import (
	"errors"
	"fmt"
	"io"
	"math"
	"net"
	"net/http"
	"slices"
	"strings"
	"sync/atomic"
	"time"
)

// hostile are bodies that the server must refuse, with the codes that may say so.
var hostile = []struct {
	kind, body string
}{
	{"application/json", `{"args": [[[1, 2`},
	{"application/json", strings.Repeat("[", 100_000)},
	{"application/json", `{"args": [` + strings.Repeat("[", 5000) + strings.Repeat("]", 5000) + `]}`},
	{"application/json", `{"args": [[[1e999]]]}`},
	{"application/json", `{"args": [[["x"]]]}`},
	{"application/json", `{"args": [[[1,2],[3]]]}`},
	{"application/x-npy", "\x93NUMPY\x01\x00\x76\x00{'descr': '<f4', 'fortran_order': False, " +
		"'shape': (999999999999, 784), }"},
	{"application/x-npy", "\x93NUMPY\x02\x00\xff\xff\xff\x7f"},
	{"application/x-npy", "no file"},
	{"application/x-npz", "PK\x03\x04"},
	{"text/plain", "1 2 3"},
	{"", ""},
}

// attack sends hostile bodies until stop is closed, and counts answers that are no refusals.
func attack(address string, stop <-chan struct{}, sent, wrong *atomic.Int64) {
	for i := 0; ; i++ {
		select {
		case <-stop:
			return
		case <-time.After(50 * time.Millisecond):
		}
		if i%10 == 0 { // half a request, and gone
			if c, err := net.Dial("tcp", address); err == nil {
				fmt.Fprintf(c, "POST /v1/models/mlp/call HTTP/1.1\r\nHost: x\r\nContent-Type: application/x-npy\r\n"+
					"Content-Length: 3264\r\n\r\n\x93NUMPY")
				c.Close()
			}
			continue
		}
		h := hostile[i%len(hostile)]
		r, err := http.Post("http://"+address+"/v1/models/mlp/call", h.kind, strings.NewReader(h.body))
		if err != nil {
			wrong.Add(1)
			continue
		}
		_, _ = io.Copy(io.Discard, r.Body)
		r.Body.Close()
		sent.Add(1)
		if r.StatusCode < 400 || r.StatusCode >= 500 {
			wrong.Add(1)
		}
	}
}

// kill starts clients and kills them, until stop is closed.
func kill(address, data string, stop <-chan struct{}, killed *atomic.Int64) {
	for i := 0; ; i++ {
		format := []string{"npy", "json"}[i%2]
		c, err := start("client", "-url", address, "-data", data, "-format", format, "-clients", "4", "-seconds",
			"3600", "-rate", "200")
		if err == nil {
			time.Sleep(time.Duration(1000+i*137%700) * time.Millisecond)
			_ = c.cmd.Process.Kill()
			_ = c.cmd.Wait()
			killed.Add(1)
		}
		select {
		case <-stop:
			return
		case <-time.After(4 * time.Second):
		}
	}
}

// watched are the figures that must stay flat, and by how much more than a tenth they may grow.
var watched = []struct {
	name  string
	slack float64
}{
	{"process_resident_memory_bytes", 32 << 20}, {"go_goroutines", 10}, {"gojax_live_buffers", 8},
	{"process_open_fds", 10}, {"go_memstats_heap_inuse_bytes", 16 << 20},
}

// soak calls a server for a long time, and checks that what it holds stays flat.
func soak(out io.Writer, o options, model, data string) (err error) {
	s, err := start("server", model, "true")
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, s.end()) }()
	address, err := s.line()
	if err != nil {
		return err
	}
	stop := make(chan struct{})
	var sent, refused, killed atomic.Int64
	go attack(address, stop, &sent, &refused)
	go kill(address, data, stop, &killed)
	defer close(stop)
	seen := map[string][]float64{}
	calls, wrong := 0, 0
	period := min(10*time.Second, o.soak/20)
	begin := time.Now()
	for n := 0; time.Since(begin) < o.soak; n++ {
		c, err := start("client", "-url", address, "-data", data, "-format", []string{"npy", "json"}[n%2], "-clients",
			fmt.Sprint(o.clients), "-seconds", fmt.Sprint(period.Seconds()), "-rate", fmt.Sprint(o.rate))
		if err != nil {
			return err
		}
		text, err := c.line()
		if err != nil {
			return err
		}
		var r result
		if err := errors.Join(r.read(text), c.cmd.Wait()); err != nil {
			return err
		}
		calls, wrong = calls+r.Calls, wrong+r.Wrong
		m, err := scrape(address)
		if err != nil {
			return fmt.Errorf("the server does not answer: %w", err)
		}
		fmt.Fprintf(out, "%s calls %d (%.0f/s, p99 %.1f ms) wrong %d hostile %d unrefused %d killed %d panics %.0f",
			time.Since(begin).Round(time.Second), calls, r.PerSecond, r.P99, wrong, sent.Load(), refused.Load(),
			killed.Load(), m["gojax_serve_panics_total"])
		for _, w := range watched {
			seen[w.name] = append(seen[w.name], m[w.name])
			fmt.Fprintf(out, " %s %.0f", w.name, m[w.name])
		}
		fmt.Fprintln(out)
		if wrong > 0 || refused.Load() > 0 || m["gojax_serve_panics_total"] > 0 {
			return errors.New("FAIL: the server did what it must not: see the last line")
		}
	}
	return verdict(out, seen)
}

// verdict compares the last quarter of what was seen with the second, when caches are full.
func verdict(out io.Writer, seen map[string][]float64) error {
	var failed []error
	for _, w := range watched {
		v := seen[w.name]
		n := len(v) / 4
		early, late := median(v[n:2*n+1]), median(v[len(v)-n-1:])
		fmt.Fprintf(out, "%s: %.0f, then %.0f\n", w.name, early, late)
		if late > 1.1*early+w.slack || math.IsNaN(late) {
			failed = append(failed, fmt.Errorf("FAIL: %s grew from %.0f to %.0f", w.name, early, late))
		}
	}
	if failed == nil {
		fmt.Fprintln(out, "PASS: every answer was right, and nothing grew")
	}
	return errors.Join(failed...)
}

func median(v []float64) float64 {
	v = slices.Sorted(slices.Values(v))
	return v[len(v)/2]
}
