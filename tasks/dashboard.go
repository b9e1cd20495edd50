package tasks

import (
	_ "embed"
	"fmt"
	"html/template"
	"net"
	"net/http"
	"strings"
	"sync"
	"time"
)

//go:embed page.html
var pageText string

var page = template.Must(template.New("page").Funcs(template.FuncMap{
	"short": func(d time.Duration) string {
		switch {
		case d >= time.Minute:
			return d.Round(time.Second).String()
		case d >= time.Second:
			return fmt.Sprintf("%.1f s", d.Seconds())
		case d >= time.Millisecond:
			return fmt.Sprintf("%.1f ms", d.Seconds()*1e3)
		}
		return fmt.Sprintf("%.0f µs", d.Seconds()*1e6)
	},
	"each": func(d time.Duration, done, failed int) time.Duration { return d / time.Duration(max(1, done+failed)) },
	"percent": func(d, of time.Duration) string {
		return fmt.Sprintf("%.0f%%", 100*min(1, d.Seconds()/max(of.Seconds(), 1e-9)))
	},
}).Parse(pageText))

// pages are the servers of a pool's pages.
type pages struct {
	mu   sync.Mutex
	all  []*http.Server
	over bool
}

func (p *pages) close() {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.over = true
	for _, s := range p.all {
		_ = s.Close()
	}
	p.all = nil
}

// Dashboard serves a page about the pool until this is closed, and returns its address: which tasks were done, run and
// failed, by worker, and how many a second. It renews itself every second and changes nothing. "127.0.0.1:0" is a free
// port that only this machine reaches; who reaches another address sees the page too.
func (p *Pool) Dashboard(address string) (url string, err error) {
	l, err := net.Listen("tcp", address)
	if err != nil {
		return "", fmt.Errorf("tasks: %w: %w", ErrPort, err)
	}
	mux := http.NewServeMux()
	mux.HandleFunc("GET /{$}", func(w http.ResponseWriter, _ *http.Request) {
		h := w.Header()
		h.Set("Content-Type", "text/html; charset=utf-8")
		h.Set("Cache-Control", "no-store")
		h.Set("Content-Security-Policy", "default-src 'none'; style-src 'unsafe-inline'")
		_ = page.Execute(w, newView(p.Stats())) // a reader that is gone needs no error
	})
	s := &http.Server{Handler: mux, ReadHeaderTimeout: answer}
	p.pages.mu.Lock()
	defer p.pages.mu.Unlock()
	if p.pages.over {
		l.Close()
		return "", fmt.Errorf("tasks: %w", ErrClosed)
	}
	p.pages.all = append(p.pages.all, s)
	go s.Serve(l)
	return "http://" + l.Addr().String() + "/", nil
}

// view is what the page shows.
type view struct {
	Stats
	Workers []workerView
	Busy    int     // workers that are at a task
	Rate    float64 // a second, over the last ten that are over
	Peak    int
	Bars    []bar
	Percent int // of all that was asked for
}

type workerView struct{ WorkerStats }

// bar is a second of the plot, in its coordinates.
type bar struct{ X, Y, Height int }

const plotHeight = 60

func newView(s Stats) view {
	v := view{Stats: s}
	for _, w := range s.Workers {
		v.Workers = append(v.Workers, workerView{w})
		if w.Task != "" {
			v.Busy++
		}
	}
	over := s.Seconds[:len(s.Seconds)-1]
	span := max(1, min(10, int(s.Up/time.Second)))
	for _, n := range over[len(over)-span:] {
		v.Rate += float64(n) / float64(span)
	}
	for _, n := range s.Seconds {
		v.Peak = max(v.Peak, n)
	}
	for i, n := range s.Seconds {
		h := 0
		if n > 0 {
			h = max(1, n*plotHeight/v.Peak)
		}
		v.Bars = append(v.Bars, bar{X: i * 10, Y: plotHeight - h, Height: h})
	}
	if all := s.Done + s.Failed + s.Waiting; all > 0 {
		v.Percent = 100 * (s.Done + s.Failed) / all
	}
	return v
}

// Title is what a tab shows.
func (v view) Title() string {
	parts := []string{fmt.Sprintf("%d done", v.Done)}
	if v.Failed > 0 {
		parts = append(parts, fmt.Sprintf("%d failed", v.Failed))
	}
	return strings.Join(append(parts, fmt.Sprintf("%d waiting", v.Waiting)), ", ")
}

// Worked is how long the worker has been at tasks, that of now included.
func (w workerView) Worked() time.Duration { return w.Busy + w.Since }
