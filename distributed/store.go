package distributed

import (
	"bytes"
	"crypto/rand"
	"crypto/subtle"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/url"
	"strconv"
	"sync"
	"time"

	"github.com/gojax/gojax/backend/mpi"
	"github.com/gojax/gojax/backend/pjrt"
)

// The plugins of GPUs tell each other of their devices, and how NCCL reaches them, by keys and values. Process 0 keeps
// these and serves them to the others by HTTP: MPI would have to be called by threads of the plugins' while programs of
// gojax's use it too. By the same server processes notice that others have ended.

// store is the keys and values in process 0.
type store struct {
	mu     sync.Mutex
	values map[string][]byte
	put    chan struct{} // closed when there is one more value
}

var _ pjrt.KeyValues = (*store)(nil)

func newStore() *store { return &store{values: map[string][]byte{}, put: make(chan struct{})} }

func storeError(code int, format string, a ...any) error {
	return &pjrt.Error{Op: "the store of the job", Code: code, Text: fmt.Sprintf(format, a...)}
}

func (s *store) lookUp(key string) (value []byte, ok bool, put chan struct{}) {
	s.mu.Lock()
	defer s.mu.Unlock()
	value, ok = s.values[key]
	return value, ok, s.put
}

// Get waits until there is a value.
func (s *store) Get(key string, wait time.Duration) ([]byte, error) {
	late := time.NewTimer(wait)
	defer late.Stop()
	for {
		value, ok, put := s.lookUp(key)
		if ok {
			return value, nil
		}
		select {
		case <-put:
		case <-late.C:
			return nil, storeError(pjrt.CodeDeadlineExceeded, "no process has put %q within %v", key, wait)
		}
	}
}

// TryGet does not wait.
func (s *store) TryGet(key string) ([]byte, error) {
	if value, ok, _ := s.lookUp(key); ok {
		return value, nil
	}
	return nil, storeError(pjrt.CodeNotFound, "there is no %q", key)
}

// Put refuses another value than a key has already.
func (s *store) Put(key string, value []byte) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	if old, ok := s.values[key]; ok {
		if bytes.Equal(old, value) {
			return nil
		}
		return storeError(pjrt.CodeAlreadyExists, "there is another value of %q", key)
	}
	s.values[key] = bytes.Clone(value)
	close(s.put)
	s.put = make(chan struct{})
	return nil
}

// mostValue is how many bytes a value has at most.
const mostValue = 1 << 28

// statuses are the answers that stand for errors of the store.
var statuses = map[int]int{
	pjrt.CodeNotFound:         http.StatusNotFound,
	pjrt.CodeDeadlineExceeded: http.StatusRequestTimeout,
	pjrt.CodeAlreadyExists:    http.StatusConflict,
	pjrt.CodeUnauthenticated:  http.StatusUnauthorized,
	pjrt.CodeInvalidArgument:  http.StatusBadRequest,
}

// ServeHTTP answers GET ?key=, with &wait= in milliseconds where it shall wait, and PUT ?key=. GET ?watch= keeps the
// connection until one side ends. Any other request asks whether this is the store.
func (s *served) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	q := r.URL.Query()
	key := q.Get("key")
	var value []byte
	var err error
	switch {
	case subtle.ConstantTimeCompare([]byte(r.Header.Get("Authorization")), []byte("Bearer "+s.Token)) != 1:
		err = storeError(pjrt.CodeUnauthenticated, "the token is not that of the job")
	case q.Has("watch"):
		s.watch(w, q.Get("watch"))
		return
	case !q.Has("key"):
	case r.Method == http.MethodPut:
		if value, err = io.ReadAll(http.MaxBytesReader(w, r.Body, mostValue)); err != nil {
			err = storeError(pjrt.CodeInvalidArgument, "reading the value of %q: %v", key, err)
		} else {
			value, err = nil, s.Put(key, value)
		}
	case q.Has("wait"):
		ms, _ := strconv.Atoi(q.Get("wait"))
		value, err = s.Get(key, time.Duration(ms)*time.Millisecond)
	default:
		value, err = s.TryGet(key)
	}
	var e *pjrt.Error
	if errors.As(err, &e) {
		http.Error(w, e.Text, statuses[e.Code])
		return
	}
	_, _ = w.Write(value)
}

// served is a store that others can reach.
type served struct {
	*store
	Addresses []string // to be tried in this order
	Token     string
	server    *http.Server
	lost      func(rank string)
}

// watch calls lost when the process of that rank ends, which has the connection as long as it lives.
func (s *served) watch(w http.ResponseWriter, rank string) {
	conn, _, err := http.NewResponseController(w).Hijack()
	if err != nil {
		return
	}
	defer conn.Close()
	if _, err := io.WriteString(conn, watching); err == nil {
		_, _ = io.Copy(io.Discard, conn)
		s.lost(rank)
	}
}

const watching = "HTTP/1.1 200 OK\r\n\r\n"

// watch calls lost when process 0 ends, which does so when the process of that rank ends.
func (r *remote) watch(rank int, lost func(rank string)) error {
	conn, err := r.join(rank)
	if err == nil {
		go func() {
			_, _ = io.Copy(io.Discard, conn)
			conn.Close()
			lost("0")
		}()
	}
	return err
}

// join is the connection by which process 0 watches the process of that rank.
func (r *remote) join(rank int) (net.Conn, error) {
	conn, err := net.DialTimeout("tcp", r.address, reachable)
	if err != nil {
		return nil, err
	}
	_, err = fmt.Fprintf(conn, "GET /?watch=%d HTTP/1.1\r\nHost: %s\r\nAuthorization: Bearer %s\r\n\r\n", rank,
		r.address, r.token)
	answer := make([]byte, len(watching))
	if err == nil {
		_, err = io.ReadFull(conn, answer)
	}
	if err != nil || string(answer) != watching {
		conn.Close()
		return nil, fmt.Errorf("process 0 answers %q: %v", answer, err)
	}
	return conn, nil
}

// serve has others reach the store, from this machine alone or from all that reach it.
func serve(alone bool, lost func(rank string)) (*served, error) {
	listen, hosts := ":0", []string(nil)
	if alone {
		listen, hosts = "127.0.0.1:0", []string{"127.0.0.1"}
	} else {
		all, err := net.InterfaceAddrs()
		if err != nil {
			return nil, err
		}
		for _, a := range all {
			if ip, ok := a.(*net.IPNet); ok && ip.IP.IsGlobalUnicast() {
				hosts = append(hosts, ip.IP.String())
			}
		}
	}
	l, err := net.Listen("tcp", listen)
	if err != nil {
		return nil, err
	}
	s := &served{store: newStore(), Token: rand.Text(), lost: lost}
	for _, h := range hosts {
		s.Addresses = append(s.Addresses, net.JoinHostPort(h, strconv.Itoa(l.Addr().(*net.TCPAddr).Port)))
	}
	s.server = &http.Server{Handler: s, ReadHeaderTimeout: 10 * time.Second}
	go s.server.Serve(l)
	return s, nil
}

// reachable is how long an address is tried.
const reachable = 5 * time.Second

// remote is the store of process 0 as the others have it.
type remote struct {
	address, token string
	client         *http.Client
}

var _ pjrt.KeyValues = (*remote)(nil)

// reach finds which of the addresses is that of the store.
func reach(addresses []string, token string) (*remote, error) {
	var all []error
	for _, a := range addresses {
		// No proxy: that of the environment is for the world outside.
		r := &remote{a, token, &http.Client{Transport: &http.Transport{MaxIdleConnsPerHost: 8,
			DialContext: (&net.Dialer{Timeout: reachable}).DialContext}}}
		_, err := r.ask(http.MethodGet, url.Values{}, nil, 10*time.Second)
		if err == nil {
			return r, nil
		}
		all = append(all, fmt.Errorf("%s: %w", a, err))
	}
	return nil, fmt.Errorf("process 0 cannot be reached: %w", errors.Join(all...))
}

func (r *remote) ask(method string, q url.Values, body []byte, limit time.Duration) ([]byte, error) {
	failed := func(err error) ([]byte, error) {
		return nil, storeError(pjrt.CodeUnavailable, "asking process 0 for %q: %v", q.Get("key"), err)
	}
	c := *r.client
	c.Timeout = limit
	u := url.URL{Scheme: "http", Host: r.address, Path: "/", RawQuery: q.Encode()}
	request, err := http.NewRequest(method, u.String(), bytes.NewReader(body))
	if err != nil {
		return failed(err)
	}
	request.Header.Set("Authorization", "Bearer "+r.token)
	answer, err := c.Do(request)
	if err != nil {
		return failed(err)
	}
	defer answer.Body.Close()
	value, err := io.ReadAll(answer.Body)
	if err != nil {
		return failed(err)
	}
	if answer.StatusCode == http.StatusOK {
		return value, nil
	}
	for code, status := range statuses {
		if status == answer.StatusCode {
			return nil, storeError(code, "%s", bytes.TrimSpace(value))
		}
	}
	return failed(fmt.Errorf("%s: %s", answer.Status, value))
}

// slack is how much longer than the store a process waits for its answer.
const slack = 30 * time.Second

func (r *remote) Get(key string, wait time.Duration) ([]byte, error) {
	q := url.Values{"key": {key}, "wait": {strconv.FormatInt(wait.Milliseconds(), 10)}}
	return r.ask(http.MethodGet, q, nil, wait+slack)
}

func (r *remote) TryGet(key string) ([]byte, error) {
	return r.ask(http.MethodGet, url.Values{"key": {key}}, nil, slack)
}

func (r *remote) Put(key string, value []byte) error {
	_, err := r.ask(http.MethodPut, url.Values{"key": {key}}, value, slack)
	return err
}

// share has all processes use the store of process 0, which stop ends, and calls lost with the rank of one that ends.
// alone says that they are on one machine.
func share(c *mpi.Comm, alone bool, lost func(rank string)) (kv pjrt.KeyValues, stop func(), err error) {
	var s *served
	note := struct {
		Addresses    []string
		Token, Error string
	}{}
	if c.Rank == 0 {
		if s, err = serve(alone, lost); err != nil {
			note.Error = err.Error()
		} else {
			note.Addresses, note.Token = s.Addresses, s.Token
		}
	}
	text, _ := json.Marshal(note)
	text = fixed(string(text), 1<<14)
	if err := c.Broadcast(text, 0); err != nil {
		return nil, nil, err
	}
	if err := json.Unmarshal([]byte(unfixed(text)), &note); err != nil {
		return nil, nil, err
	}
	if note.Error != "" {
		return nil, nil, fmt.Errorf("process 0 cannot keep the store of the job: %s", note.Error)
	}
	if s != nil {
		return s.store, func() { s.server.Close() }, nil
	}
	r, err := reach(note.Addresses, note.Token)
	if err == nil {
		err = r.watch(c.Rank, lost)
	}
	return r, func() {}, err
}
