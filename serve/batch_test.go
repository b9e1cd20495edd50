package serve_test

import (
	"context"
	"fmt"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/gojax/gojax/export"
	"github.com/gojax/gojax/jnp"
	"github.com/gojax/gojax/serve"
)

// patient waits so long that a batch is run because it is full.
var patient = serve.Options{BatchWait: time.Minute, Parallel: 1}

// metric is a line of the metrics.
func metric(t testing.TB, s http.Handler, name string) string {
	t.Helper()
	for line := range strings.Lines(get(s, "/metrics").Body.String()) {
		if value, ok := strings.CutPrefix(line, name+" "); ok {
			return strings.TrimSpace(value)
		}
	}
	t.Fatalf("there is no metric %s", name)
	return ""
}

const (
	runs    = `gojax_serve_batch_requests_count{model="f"}`
	waiting = `gojax_serve_queue_depth`
)

// together calls with each body at one time.
func together(s http.Handler, bodies ...string) []string {
	out := make([]string, len(bodies))
	var all sync.WaitGroup
	for i, b := range bodies {
		all.Go(func() {
			w := post(s, jsonKind, []byte(b))
			out[i] = fmt.Sprint(w.Code, " ", strings.TrimSpace(w.Body.String()))
		})
	}
	all.Wait()
	return out
}

func TestCallsShareARun(t *testing.T) {
	s := served(t, plus(t), patient)
	got := together(s, `{"args":[[[1,2,3]]]}`, `{"args":[[[4,5,6],[7,8,9]]]}`, `{"args":[[[0,0,0]]]}`)
	want := []string{`200 {"result":[[2,3,4]]}`, `200 {"result":[[5,6,7],[8,9,10]]}`, `200 {"result":[[1,1,1]]}`}
	if fmt.Sprint(got) != fmt.Sprint(want) || metric(t, s, runs) != "1" {
		t.Errorf("%q in %s runs", got, metric(t, s, runs))
	}
}

// A call that is wrong is refused before it can join others, and those come out right.
func TestBadCompanions(t *testing.T) {
	s := served(t, plus(t), patient)
	good, bad := `{"args":[[[1,2,3],[4,5,6]]]}`, `{"args":[[[1,2,3],[4,5]]]}`
	for i, got := range together(s, good, bad, good, `{"args":[[[1],[2]]]}`, bad) {
		if i%2 == 0 && i < 4 != strings.HasPrefix(got, `200 {"result":[[2,3,4],[5,6,7]]}`) {
			t.Errorf("%d: %s", i, got)
		}
	}
	if metric(t, s, runs) != "1" {
		t.Error(metric(t, s, runs), "runs")
	}
	w := post(s, jsonKind, []byte(`{"args":[[[1,2,3],[1,2,3],[1,2,3],[1,2,3],[1,2,3]]]}`))
	const want = "args[0] is float32[5,3], and the program takes float32[n,3] there, of 1 to 4 rows"
	if w.Code != 422 || !strings.Contains(message(t, w), want) {
		t.Error(w.Code, w.Body)
	}
}

// A batch that is not full runs at its deadline, padded with rows that change nothing.
func TestDeadline(t *testing.T) {
	s := served(t, plus(t), serve.Options{BatchWait: time.Millisecond})
	if w := post(s, jsonKind, []byte(`{"args":[[[1,2,3],[4,5,6],[7,8,9]]]}`)); w.Body.String() !=
		`{"result":[[2,3,4],[5,6,7],[8,9,10]]}`+"\n" {
		t.Error(w.Code, w.Body)
	}
}

// Arrays without an axis of the batch must be equal in all calls of a run.
func TestOtherArguments(t *testing.T) {
	f := func(x, scale jnp.Array) jnp.Array { return x.Mul(scale) }
	e := saved(t, f, []any{jnp.Ones(1), jnp.Ones()}, []any{jnp.Ones(2), jnp.Ones()})
	s := served(t, e, serve.Options{BatchWait: 50 * time.Millisecond, Parallel: 1})
	got := together(s, `{"args":[[1],2]}`, `{"args":[[1],3]}`, `{"args":[[2],2]}`, `{"args":[[2],3]}`)
	want := []string{`200 {"result":[2]}`, `200 {"result":[3]}`, `200 {"result":[4]}`, `200 {"result":[6]}`}
	if fmt.Sprint(got) != fmt.Sprint(want) {
		t.Error(got)
	}
}

// Programs whose rows depend on each other, or on their places, run alone and as they are.
func TestNoBatch(t *testing.T) {
	buckets := [][]any{{jnp.Zeros(1, 3)}, {jnp.Zeros(4, 3)}}
	for _, c := range []struct {
		name string
		e    *export.Exported
		o    serve.Options
		why  string
	}{
		{"mean", saved(t, func(x jnp.Array) jnp.Array { return x.Sub(x.Mean(0)) }, buckets...), patient,
			"result of one changes with others"},
		{"place", saved(t, func(x jnp.Array) jnp.Array {
			return x.Add(jnp.Arange(float32(x.Shape()[0])).Reshape(-1, 1))
		}, buckets...), patient, "result of one changes with its place"},
		{"sum", saved(t, func(x jnp.Array) []jnp.Array { return []jnp.Array{x, x.Sum()} }, buckets...), patient,
			"result[1] has no axis of the batch"},
		{"one", saved(t, func(x jnp.Array) jnp.Array { return x.Add(1) }, buckets[1]), patient, "see Buckets"},
		{"off", plus(t), serve.Options{NoBatching: true}, "see Buckets"},
	} {
		s := served(t, c.e, c.o)
		page := get(s, "/v1/models/f").Body.String()
		if !strings.Contains(page, c.why) || strings.Contains(page, `"batch"`) {
			t.Errorf("%s: %s", c.name, page)
		}
		four := `{"args":[[[1,2,3],[4,5,6],[7,8,9],[1,2,3]]]}`
		if w := post(s, jsonKind, []byte(four)); w.Code != 200 {
			t.Errorf("%s: %d %s", c.name, w.Code, w.Body)
		}
		if w := post(s, jsonKind, []byte(`{"args":[[[1,2,3],[4,5,6]]]}`)); w.Code != 422 {
			t.Errorf("%s: %d %s", c.name, w.Code, w.Body)
		}
	}
}

// Rows names the axis of a batch where a program has one size.
func TestRows(t *testing.T) {
	type pair struct{ A, B jnp.Array }
	f := func(p pair, k jnp.Array) jnp.Array { return p.A.Add(p.B).Mul(k) }
	e := saved(t, f, []any{pair{jnp.Ones(4), jnp.Ones(4)}, jnp.Ones()})
	o := patient
	o.Rows = []string{"args[0]"}
	s := served(t, e, o)
	got := together(s, `{"args":[{"A":[1],"B":[2]},2]}`, `{"args":[{"A":[1,2,3],"B":[1,1,1]},2]}`)
	if fmt.Sprint(got) != `[200 {"result":[6]} 200 {"result":[4,6,8]}]` || metric(t, s, runs) != "1" {
		t.Error(got)
	}
	w := post(s, jsonKind, []byte(`{"args":[{"A":[1],"B":[1,1]},2]}`))
	if w.Code != 422 || !strings.Contains(message(t, w), `args[0]["B"] has 2 rows, and args[0]["A"] has 1`) {
		t.Error(w.Code, w.Body)
	}
	o.Rows = []string{"args[2]"}
	if _, err := serve.New(map[string]*export.Exported{"f": e}, o); err == nil ||
		!strings.Contains(err.Error(), `f has no input args[2], but args[0]["A"], args[0]["B"], args[1]`) {
		t.Error(err)
	}
}

// eventually waits for what another goroutine does.
func eventually(t testing.TB, what string, f func() bool) {
	t.Helper()
	for end := time.Now().Add(20 * time.Second); !f(); time.Sleep(time.Millisecond) {
		if time.Now().After(end) {
			t.Fatal(what)
		}
	}
}

// begin starts a call that waits in the queue.
func begin(t testing.TB, ctx context.Context, s http.Handler) (done chan *httptest.ResponseRecorder) {
	t.Helper()
	done = make(chan *httptest.ResponseRecorder, 1)
	go func() {
		r := httptest.NewRequestWithContext(ctx, "POST", "/v1/models/f/call", strings.NewReader(`{"args":[[[1,2,3]]]}`))
		r.Header.Set("Content-Type", jsonKind)
		w := httptest.NewRecorder()
		s.ServeHTTP(w, r)
		done <- w
	}()
	return done
}

// A client that is gone leaves its place in the queue, in a batch that is being made too.
func TestGoneClientsLeave(t *testing.T) {
	o := patient
	o.Parallel, o.Queue = 1, 2
	s := served(t, plus(t), o)
	ctx, cancel := context.WithCancel(context.Background())
	first := begin(t, ctx, s)
	second := begin(t, ctx, s)
	eventually(t, "two calls are not in flight", func() bool { return metric(t, s, "gojax_serve_in_flight") == "2" })
	if w := post(s, jsonKind, []byte(`{"args":[[[1,2,3]]]}`)); w.Code != 503 || w.Header().Get("Retry-After") == "" {
		t.Error(w.Code, w.Body, "where the queue is full")
	}
	cancel()
	for _, c := range []chan *httptest.ResponseRecorder{first, second} {
		if w := <-c; w.Code != 499 {
			t.Error(w.Code, w.Body)
		}
	}
	if n := metric(t, s, waiting); n != "0" {
		t.Error(n, "wait")
	}
	w := post(s, jsonKind, []byte(`{"args":[[[1,2,3],[1,2,3],[1,2,3],[1,2,3]]]}`)) // runs at once
	if w.Code != 200 {
		t.Error(w.Code, w.Body)
	}
}

func TestTimeout(t *testing.T) {
	o := patient
	o.Timeout = 20 * time.Millisecond
	s := served(t, plus(t), o)
	if w := post(s, jsonKind, []byte(`{"args":[[[1,2,3]]]}`)); w.Code != 504 {
		t.Error(w.Code, w.Body)
	}
}
