package tasks_test

import (
	"context"
	"errors"
	"fmt"
	"log"
	"time"

	"github.com/gojax/gojax/jnp"
	"github.com/gojax/gojax/random"
	"github.com/gojax/gojax/tasks"
)

// Tasks are variables of a package: every process has them before main.
var (
	cube = tasks.Func("cube", func(_ context.Context, i int) (int, error) {
		if i > 100 {
			return 0, errors.New("too much")
		}
		return i * i * i, nil
	})
	largest = tasks.Func("largest", func(_ context.Context, key random.KeyArray) (jnp.Array, error) {
		return random.Normal(key, 1000).Max(), nil
	})
	entry = tasks.Func("entry", func(ctx context.Context, in lookup) (float64, error) {
		table, err := in.Table.Get(ctx)
		if err != nil {
			return 0, err
		}
		return table[in.I], nil
	})
)

type lookup struct {
	I     int
	Table tasks.Ref[[]float64]
}

// pool is what main would have at its beginning: Start does not return in workers.
func pool() *tasks.Pool {
	p, err := tasks.Start(tasks.Options{Workers: 2})
	if err != nil {
		log.Fatal(err)
	}
	return p
}

func ExampleFunc() {
	fmt.Println(cube.Name())
	// Output: cube
}

func ExampleTask_Name() {
	fmt.Println(largest.Name())
	// Output: largest
}

func ExampleTask_Map() {
	p := pool()
	defer p.Close()
	all, err := cube.Map(p, tasks.Range(6))
	fmt.Println(all, err)
	_, err = cube.Map(p, []int{1, 2, 1000})
	fmt.Println(errors.Unwrap(err))
	// Output:
	// [0 1 8 27 64 125] <nil>
	// too much
}

func ExampleTask_Go() {
	p := pool()
	defer p.Close()
	f := largest.Go(p, random.Key(1))
	v, err := f.Wait()
	fmt.Println(v.Item() > 3, err)
	// Output: true <nil>
}

func ExampleTask_Unordered() {
	p := pool()
	defer p.Close()
	sum := 0
	for r := range cube.Unordered(p, []int{1, 2, 3, 1000}) {
		if r.Err != nil {
			fmt.Println("input", r.Index, "failed")
			continue
		}
		sum += r.Value
	}
	fmt.Println(sum)
	// Unordered output:
	// input 3 failed
	// 36
}

func ExampleFuture_Wait() {
	p := pool()
	defer p.Close()
	a, b := cube.Go(p, 2), cube.Go(p, 3)
	x, _ := a.Wait()
	y, _ := b.Wait()
	fmt.Println(x + y)
	// Output: 35
}

func ExampleFuture_Done() {
	p := pool()
	defer p.Close()
	f := cube.Go(p, 4)
	select {
	case <-f.Done():
		v, _ := f.Wait()
		fmt.Println(v)
	case <-time.After(time.Minute):
		fmt.Println("not yet")
	}
	// Output: 64
}

func ExampleRange() {
	fmt.Println(tasks.Range(4))
	// Output: [0 1 2 3]
}

func ExamplePut() {
	p := pool()
	defer p.Close()
	table, err := tasks.Put(p, []float64{0.5, 1.5, 2.5})
	if err != nil {
		log.Fatal(err)
	}
	fmt.Println(entry.Map(p, []lookup{{2, table}, {0, table}}))
	// Output: [2.5 0.5] <nil>
}

func ExampleRef_Delete() {
	p := pool()
	defer p.Close()
	for round := range 3 { // parameters that change
		table, _ := tasks.Put(p, []float64{float64(round)})
		fmt.Println(entry.Map(p, []lookup{{0, table}}))
		_ = table.Delete(p)
	}
	// Output:
	// [0] <nil>
	// [1] <nil>
	// [2] <nil>
}

func ExampleRef_Get() {
	p := pool()
	defer p.Close()
	table, _ := tasks.Put(p, []float64{7})
	x, err := table.Get(context.Background()) // in tasks too
	fmt.Println(x, err)
	// Output: [7] <nil>
}

func ExampleStart() {
	p, err := tasks.Start(tasks.Options{Workers: 2, Retries: 1, Timeout: time.Minute})
	if err != nil {
		log.Fatal(err)
	}
	defer p.Close()
	fmt.Println(cube.Go(p, 5).Wait())
	// Output: 125 <nil>
}

func ExampleWork() {
	tasks.Work() // at the beginning of main, or of TestMain: here and there it does nothing, and in workers all
	fmt.Println("no worker")
	// Output: no worker
}

func ExamplePool_With() {
	p := pool()
	defer p.Close()
	all, err := cube.Map(p.With(tasks.Options{Chunk: 1000}), tasks.Range(100)) // tasks too small to go alone
	fmt.Println(all[99], err)
	// Output: 970299 <nil>
}

func ExamplePool_WithContext() {
	p := pool()
	defer p.Close()
	ctx, stop := context.WithCancel(context.Background())
	stop()
	_, err := cube.Map(p.WithContext(ctx), tasks.Range(100))
	fmt.Println(errors.Is(err, context.Canceled))
	// Output: true
}

func ExamplePool_Stats() {
	p := pool()
	defer p.Close()
	_, _ = cube.Map(p, tasks.Range(10))
	s := p.Stats()
	fmt.Println(s.Done, s.Failed, s.Waiting)
	// Output: 10 0 0
}

func ExamplePool_Dashboard() {
	p := pool()
	defer p.Close()
	url, err := p.Dashboard("127.0.0.1:0") // to be opened in a browser
	fmt.Println(len(url) > 0, err)
	// Output: true <nil>
}

func ExamplePool_URL() {
	p, err := tasks.Start(tasks.Options{Workers: 1, Address: "127.0.0.1:0", Token: "s3cret"})
	if err != nil {
		log.Fatal(err)
	}
	defer p.Close()
	fmt.Println(p.URL()[:len("nats://gojax:s3cret@127.0.0.1:")])
	// Output: nats://gojax:s3cret@127.0.0.1:
}

func ExamplePool_Close() {
	p := pool()
	_ = p.Close()
	_, err := cube.Go(p, 1).Wait()
	fmt.Println(errors.Is(err, tasks.ErrClosed))
	// Output: true
}

func ExampleError_Error() {
	e := &tasks.Error{Call: "main.go:31", Task: "fit", Index: 7, Worker: "local-2", Where: "fit.go:12",
		Err: tasks.ErrPanic}
	fmt.Println(e.Error())
	// Output: main.go:31: task fit, input 7, on local-2: fit.go:12: the task panicked
}

func ExampleError_Unwrap() {
	e := &tasks.Error{Task: "fit", Err: tasks.ErrTimeout}
	fmt.Println(errors.Is(e, context.DeadlineExceeded))
	// Output: true
}
