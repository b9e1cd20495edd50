package tasks

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"strconv"
	"strings"
	"sync"

	"github.com/gojax/gojax/trace"
	"github.com/nats-io/nats.go"
	"github.com/nats-io/nats.go/jetstream"
)

// Ref stands for a value that the pool's server keeps: a few bytes, which tasks take as an argument or a field of one.
type Ref[T any] struct {
	name  string
	value *T // where it was put
}

// The names of what was put tell whether 64-bit types were in force, in which arrays keep theirs.
const put32, put64 = "put-", "64-"

// Put hands v over to the pool's server once, for all workers: those which need it fetch it the first time that a task
// asks for it, and keep it until Ref.Delete or the end of the pool. It is ipyparallel's push, Dask's
// client.scatter(v, broadcast=True) and ray.put.
//
// Options: Options (MaxBytes), by Pool.With.
func Put[T any](p *Pool, v T) (Ref[T], error) {
	r := Ref[T]{name: put32 + strconv.FormatUint(p.nextID(), 10), value: &v}
	if trace.X64() {
		r.name = put64 + r.name
	}
	if err := context.Cause(p.ctx); err != nil {
		return Ref[T]{}, err
	}
	if err := context.Cause(p.open); err != nil {
		return Ref[T]{}, err
	}
	err := p.put(p.ctx, r.name, func() ([]byte, error) { return encode([]T{v}, p.opts.MaxBytes) })
	if err != nil {
		return Ref[T]{}, fmt.Errorf("%s: tasks.Put: %w", caller(), err)
	}
	return r, nil
}

// Get is the value. All tasks of a worker share it, so they must not change it.
func (r Ref[T]) Get(ctx context.Context) (T, error) {
	if r.value != nil {
		return *r.value, nil
	}
	var none T
	if r.name == "" {
		return none, errors.New("tasks: a Ref that Put has not made")
	}
	v, err := data.value(ctx, r.name, func(b []byte) (any, error) {
		var xs []T
		var err error
		trace.WithX64(strings.HasPrefix(r.name, put64), func() { xs, err = decode[T](b, 1) })
		if err != nil {
			return nil, err
		}
		return xs[0], nil
	})
	if err != nil {
		return none, fmt.Errorf("tasks: what was put cannot be fetched: %w", err)
	}
	return v.(T), nil
}

// Delete has the server and the workers of p, where it was put, forget the value: a program that puts another one in
// every round would fill their memory. Tasks that begin to use it later get an error; those that have it keep it. It is
// Python's del of a scattered future of Dask's or of an object reference of Ray's.
func (r Ref[T]) Delete(p *Pool) error {
	if r.name == "" {
		return errors.New("tasks: a Ref that Put has not made")
	}
	if err := context.Cause(p.open); err != nil {
		return err
	}
	return p.drop(p.ctx, r.name)
}

// GobEncode is the reference, not the value.
func (r Ref[T]) GobEncode() ([]byte, error) { return []byte(r.name), nil }

// GobDecode reads what GobEncode writes.
func (r *Ref[T]) GobDecode(b []byte) error {
	*r = Ref[T]{name: string(b)}
	return nil
}

// store is what a worker process reads and writes apart from messages.
type store struct {
	objects
	mu     sync.Mutex
	values map[string]*once
}

// objects are what a pool's server keeps apart from messages.
type objects struct {
	nc *nats.Conn
	in func() (jetstream.ObjectStore, error)
}

// at is the objects of a pool at the server of nc.
func (n names) at(nc *nats.Conn, js jetstream.JetStream) objects {
	return objects{nc, func() (jetstream.ObjectStore, error) {
		ctx, stop := context.WithTimeout(context.Background(), answer)
		defer stop()
		return js.CreateOrUpdateObjectStore(ctx, jetstream.ObjectStoreConfig{Bucket: n.bucket(),
			Storage: jetstream.FileStorage})
	}}
}

func (o objects) get(ctx context.Context, name string) ([]byte, error) {
	if o.in == nil {
		return nil, errors.New("this process is no worker")
	}
	s, err := o.in()
	if err != nil {
		return nil, err
	}
	return s.GetBytes(ctx, name)
}

func (o objects) put(ctx context.Context, name string, b []byte) error {
	s, err := o.in()
	if err == nil {
		_, err = s.Put(ctx, jetstream.ObjectMeta{Name: name, Opts: &jetstream.ObjectMetaOptions{
			ChunkSize: uint32(min(128<<10, carried(o.nc)))}}, bytes.NewReader(b))
	}
	return err
}

func (o objects) remove(ctx context.Context, name string) error {
	s, err := o.in()
	if err == nil {
		err = s.Delete(ctx, name)
	}
	return err
}

// once is a value that is fetched once.
type once struct {
	sync.Mutex
	there bool
	value any
}

var data store

func (s *store) connect(w *workerProcess) {
	s.values = map[string]*once{}
	s.objects = w.at(w.nc, w.js)
}

func (s *store) drop(name string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	delete(s.values, name)
}

func (s *store) value(ctx context.Context, name string, decode func([]byte) (any, error)) (any, error) {
	s.mu.Lock()
	if s.values == nil {
		s.mu.Unlock()
		return nil, errors.New("this process is no worker")
	}
	v := s.values[name]
	if v == nil {
		v = &once{}
		s.values[name] = v
	}
	s.mu.Unlock()
	v.Lock()
	defer v.Unlock()
	if v.there {
		return v.value, nil
	}
	b, err := s.get(ctx, name)
	if err == nil {
		v.value, err = decode(b)
	}
	v.there = err == nil
	return v.value, err
}
