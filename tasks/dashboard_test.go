package tasks

import (
	"errors"
	"io"
	"net/http"
	"strings"
	"testing"
	"time"
)

func TestDashboard(t *testing.T) {
	p := start(t, Options{Workers: 2, InProcess: true})
	url, err := p.Dashboard("127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	if _, err := square.Map(p, Range(40)); err != nil {
		t.Error(err)
	}
	for range fails.Unordered(p, []string{"error", "fine"}) {
	}
	sleep.Go(p, time.Hour)
	var page string
	for end := time.Now().Add(5 * time.Second); time.Now().Before(end); time.Sleep(10 * time.Millisecond) {
		r, err := http.Get(url)
		if err != nil {
			t.Fatal(err)
		}
		text, _ := io.ReadAll(r.Body)
		r.Body.Close()
		if page = string(text); strings.Contains(page, "sleep") {
			break
		}
	}
	for _, want := range []string{`<dd class="good">41</dd>`, `<dd class="bad">1</dd>`, "<td>square</td><td>40</td>",
		"goroutine-2", "sleep\n<span", "<title>41 done, 1 failed, 1 waiting</title>", "at most 42 a second"} {
		if !strings.Contains(page, want) {
			t.Errorf("the page lacks %q:\n%s", want, page)
		}
	}
	if r, err := http.Get(url + "other"); err != nil || r.StatusCode != http.StatusNotFound {
		t.Error("there is another page")
	}
	if _, err := p.Dashboard(strings.Trim(strings.TrimPrefix(url, "http:"), "/")); !errors.Is(err, ErrPort) {
		t.Errorf("a port in use: %v", err)
	}
	p.Close()
	if _, err := http.Get(url); err == nil {
		t.Error("the page is there after Close")
	}
	if _, err := p.Dashboard("127.0.0.1:0"); !errors.Is(err, ErrClosed) {
		t.Error(err)
	}
}
