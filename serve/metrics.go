package serve

import (
	"net/http"
	"strconv"
	"time"

	"github.com/prometheus/client_golang/prometheus"
	"github.com/prometheus/client_golang/prometheus/collectors"
	"github.com/prometheus/client_golang/prometheus/promhttp"

	"github.com/gojax/gojax/transforms/jit"
)

// metrics is what GET /metrics tells.
type metrics struct {
	registry      *prometheus.Registry
	requests      *prometheus.CounterVec   // by model, code
	seconds       *prometheus.HistogramVec // by model, of calls that were answered
	rows, batches *prometheus.HistogramVec // by model, of each run
	panics        prometheus.Counter
}

func newMetrics(s *Server) *metrics {
	m := &metrics{
		registry: prometheus.NewRegistry(),
		requests: prometheus.NewCounterVec(prometheus.CounterOpts{Name: "gojax_serve_requests_total",
			Help: "Calls, by model and status code."}, []string{"model", "code"}),
		seconds: prometheus.NewHistogramVec(prometheus.HistogramOpts{Name: "gojax_serve_request_seconds",
			Help:    "How long calls took that were answered, from their headers on.",
			Buckets: prometheus.ExponentialBuckets(0.0005, 2, 15)}, []string{"model"}),
		rows: prometheus.NewHistogramVec(prometheus.HistogramOpts{Name: "gojax_serve_batch_rows",
			Help: "Rows of a run, before it is padded.", Buckets: prometheus.ExponentialBuckets(1, 2, 12)},
			[]string{"model"}),
		batches: prometheus.NewHistogramVec(prometheus.HistogramOpts{Name: "gojax_serve_batch_requests",
			Help: "Calls of a run.", Buckets: prometheus.ExponentialBuckets(1, 2, 12)}, []string{"model"}),
		panics: prometheus.NewCounter(prometheus.CounterOpts{Name: "gojax_serve_panics_total",
			Help: "Calls that panicked, which is a bug in the program's operations or in the server."}),
	}
	m.registry.MustRegister(m.requests, m.seconds, m.rows, m.batches, m.panics,
		collectors.NewGoCollector(), collectors.NewProcessCollector(collectors.ProcessCollectorOpts{}),
		prometheus.NewGaugeFunc(prometheus.GaugeOpts{Name: "gojax_serve_in_flight",
			Help: "Calls that are read, wait or run."}, func() float64 { return float64(s.inFlight.Load()) }),
		prometheus.NewGaugeFunc(prometheus.GaugeOpts{Name: "gojax_serve_queue_depth",
			Help: "Calls that wait to be run."}, func() float64 { return float64(s.depth()) }),
		prometheus.NewGaugeFunc(prometheus.GaugeOpts{Name: "gojax_live_buffers",
			Help: "Arrays on the devices."}, func() float64 { return float64(jit.LiveBuffers()) }))
	return m
}

func (m *metrics) handler() http.Handler {
	return promhttp.HandlerFor(m.registry, promhttp.HandlerOpts{})
}

// ran counts a run.
func (m *metrics) ran(l *lane, jobs, rows int) {
	m.rows.WithLabelValues(l.m.name).Observe(float64(rows))
	m.batches.WithLabelValues(l.m.name).Observe(float64(jobs))
}

// answered counts a call of a model, "" where there is none of the name.
func (m *metrics) answered(model string, code int, start time.Time) {
	m.requests.WithLabelValues(model, strconv.Itoa(code)).Inc()
	if code == http.StatusOK {
		m.seconds.WithLabelValues(model).Observe(time.Since(start).Seconds())
	}
}
