package main

import (
	"bufio"
	"bytes"
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"io"
	"math"
	"net"
	"net/http"
	"os"
	"slices"
	"strconv"
	"strings"
	"sync"
	"time"

	"github.com/gojax/gojax/jnp"
)

// result is what clients found.
type result struct {
	PerSecond float64
	P50, P99  float64 // milliseconds
	Calls     int
	Wrong     int
	perRun    float64
}

func (r *result) read(text string) error { return json.Unmarshal([]byte(text), r) }

func listen() (net.Listener, error) { return net.Listen("tcp", "127.0.0.1:0") }

// question is a request and its answer.
type question struct {
	request []byte
	want    []float32
}

// questions are requests of one row each.
func questions(data, format, host string) ([]question, error) {
	arrays, err := jnp.LoadArrays(data)
	if err != nil {
		return nil, err
	}
	x, y := arrays["x"], jnp.ToSlice[float32](arrays["y"])
	out := make([]question, x.Shape()[0])
	width := len(y) / len(out)
	for i := range out {
		row := x.Slice(i, i+1)
		var body bytes.Buffer
		kind := "application/x-npy"
		if format == "json" {
			kind = "application/json"
			err = json.NewEncoder(&body).Encode(map[string]any{"args": []any{[][]float32{jnp.ToSlice[float32](row)}}})
		} else {
			err = jnp.Save(&body, row)
		}
		if err != nil {
			return nil, err
		}
		out[i].request = fmt.Appendf(nil, "POST /v1/models/mlp/call HTTP/1.1\r\nHost: %s\r\nContent-Type: %s\r\n"+
			"Content-Length: %d\r\n\r\n%s", host, kind, body.Len(), &body)
		out[i].want = y[i*width : (i+1)*width]
	}
	return out, nil
}

// ask sends a question over a connection, and says whether the answer is right.
func ask(c net.Conn, r *bufio.Reader, q question) (right bool, err error) {
	if _, err := c.Write(q.request); err != nil {
		return false, err
	}
	answer, err := http.ReadResponse(r, nil)
	if err != nil {
		return false, err
	}
	body, err := io.ReadAll(answer.Body)
	if err != nil {
		return false, err
	}
	if answer.StatusCode != http.StatusOK {
		return false, fmt.Errorf("%s: %s", answer.Status, body)
	}
	return q.answers(answer.Header.Get("Content-Type"), body)
}

// answers reports whether a body is the answer.
func (q question) answers(kind string, body []byte) (bool, error) {
	var got []float32
	if kind == "application/json" {
		var y struct{ Result [][]float32 }
		if err := json.Unmarshal(body, &y); err != nil {
			return false, err
		}
		got = slices.Concat(y.Result...)
	} else {
		n := 4 * len(q.want)
		if len(body) < n {
			return false, errors.New("the answer is cut off")
		}
		for b := body[len(body)-n:]; len(b) > 0; b = b[4:] { // all headers but the elements are the same
			got = append(got, math.Float32frombits(uint32(b[0])|uint32(b[1])<<8|uint32(b[2])<<16|uint32(b[3])<<24))
		}
	}
	if len(got) != len(q.want) {
		return false, nil
	}
	for i, v := range got { // buckets round differently
		if math.Abs(float64(v-q.want[i])) > 1e-5 {
			return false, nil
		}
	}
	return true, nil
}

// client is the process of the clients.
func client(args []string) error {
	f := flag.NewFlagSet("client", flag.ExitOnError)
	url, data := f.String("url", "", ""), f.String("data", "", "")
	format, n := f.String("format", "npy", ""), f.Int("clients", 1, "")
	seconds, rate := f.Float64("seconds", 1, ""), f.Float64("rate", 0, "")
	if err := f.Parse(args); err != nil {
		return err
	}
	all, err := questions(*data, *format, *url)
	if err != nil {
		return err
	}
	var mu sync.Mutex
	var times []time.Duration
	var total result
	var failed error
	var done sync.WaitGroup
	begin := time.Now()
	end := begin.Add(time.Duration(*seconds * float64(time.Second)))
	for i := range *n {
		done.Go(func() {
			took, wrong, err := one(*url, all, i, end, *rate/float64(*n))
			mu.Lock()
			defer mu.Unlock()
			times = append(times, took...)
			total.Wrong += wrong
			failed = errors.Join(failed, err)
		})
	}
	done.Wait()
	if failed != nil {
		return failed
	}
	slices.Sort(times)
	at := func(q float64) float64 { return times[int(q*float64(len(times)-1))].Seconds() * 1e3 }
	total.PerSecond = float64(len(times)) / time.Since(begin).Seconds()
	total.P50, total.P99, total.Calls = at(0.5), at(0.99), len(times)
	return json.NewEncoder(os.Stdout).Encode(total)
}

// one is a client, which asks one question after the other; at so many a second, if that is not 0.
func one(address string, all []question, i int, end time.Time, rate float64) (took []time.Duration, wrong int,
	err error) {
	c, err := net.Dial("tcp", address)
	if err != nil {
		return nil, 0, err
	}
	defer c.Close()
	r := bufio.NewReader(c)
	for ; time.Now().Before(end); i++ {
		start := time.Now()
		right, err := ask(c, r, all[i%len(all)])
		if err != nil {
			return nil, 0, err
		}
		took = append(took, time.Since(start))
		if !right {
			wrong++
		}
		if rate > 0 {
			time.Sleep(time.Duration(float64(time.Second)/rate) - time.Since(start))
		}
	}
	return took, wrong, nil
}

// scrape reads the server's metrics; those of several labels are added up.
func scrape(address string) (map[string]float64, error) {
	r, err := http.Get("http://" + address + "/metrics")
	if err != nil {
		return nil, err
	}
	defer r.Body.Close()
	m := map[string]float64{}
	for s := bufio.NewScanner(r.Body); s.Scan(); {
		line := s.Text()
		i := strings.LastIndexByte(line, ' ')
		if i < 0 || line[0] == '#' {
			continue
		}
		if v, err := strconv.ParseFloat(line[i+1:], 64); err == nil {
			name, _, _ := strings.Cut(line[:i], "{")
			m[name] += v
		}
	}
	return m, nil
}
