package pjrt

import (
	"bytes"
	"fmt"
	"math"
	"math/rand/v2"
	"slices"
	"sync"
	"testing"
	"unsafe"

	"github.com/gojax/gojax/ir"
)

// poolClient is client, where there is a pool.
func poolClient(t *testing.T) *Client {
	t.Helper()
	c := client(t)
	if !pool.on.Load() {
		t.Skip("no pool here")
	}
	return c
}

// Every request fits its class, which is a quarter larger at most beyond the smallest, and classes grow.
func TestPoolClasses(t *testing.T) {
	for n := int64(1); n < 1<<40; n += 1 + n/7 {
		for _, n := range []int64{n, n&^(unitBytes-1) + 1, n &^ (unitBytes - 1)} {
			class := classOf(n)
			if size := classBytes(class); size < n || size > n+n/4+unitBytes {
				t.Fatalf("%d bytes are of class %d, of %d bytes", n, class, size)
			}
			if n > 0 && class > 0 && classBytes(class-1) >= n {
				t.Fatalf("%d bytes are of class %d, and %d would do", n, class, class-1)
			}
		}
	}
}

// A program that runs again gets the memory it had, deleted or dropped.
func TestPoolReuses(t *testing.T) {
	c := poolClient(t)
	const n = 4 << 20
	x := compile(t, c, unary("negate", fmt.Sprintf("tensor<%dxf32>", n)))
	a := upload(t, c, ir.Float32, make([]float32, n), n)
	defer a.Delete()
	for _, drop := range []bool{false, true} {
		before := Pool()
		const calls = 200
		for range calls {
			b := run1(t, x, nil, a)
			if err := b.Ready(); err != nil {
				t.Fatal(err)
			}
			if !drop {
				b.Delete()
			}
		}
		got := Pool()
		if fresh := got.Fresh - before.Fresh; fresh > calls/4 {
			t.Errorf("dropped: %v: %d of %d calls took new memory", drop, fresh, calls)
		}
		if got.Reused == before.Reused {
			t.Errorf("dropped: %v: no call got memory of another", drop)
		}
	}
	Trim()
	if got := Pool(); got.Kept != 0 || got.Used < 4*n {
		t.Errorf("after Trim: %+v", got)
	}
}

// Collections that come sooner than they should are made while they have not taken as long as the block that they save
// would have cost; then a block is taken, and it begins again.
func TestPoolCollectsBeforeItGrows(t *testing.T) {
	poolClient(t)
	const size = 1 << 36 // nothing so large is ever warm
	var m deviceMemory
	m.init()
	var got []bool
	for range 6 {
		m.rest, m.doubt = math.MaxInt64, 1
		m.cost.Store(2 * size / poolSpeed * 2 / 5)
		m.held.Add(2 * size)
		before := m.floor.Load()
		m.refill(blocksOf(size))
		got = append(got, m.floor.Load() != before)
	}
	if want := []bool{true, true, false, true, true, false}; !slices.Equal(got, want) {
		t.Errorf("it collected: %v, want %v", got, want)
	}
	m.doubt = 2 // garbage that was none: no collection before its time
	m.held.Add(2 * size)
	before := m.floor.Load()
	if m.refill(blocksOf(size)); m.floor.Load() != before {
		t.Error("it collected again after a collection in vain")
	}
}

// Memory without pages that was taken while a program ran, by a kernel, is reason to collect before the next.
func TestPoolCollectsForKernels(t *testing.T) {
	c := poolClient(t)
	var m deviceMemory
	m.init()
	m.refill(nil)
	for _, grows := range []bool{false, true} {
		Trim()
		if grows {
			upload(t, c, ir.Float32, make([]float32, 1<<20), 1<<20).Delete()
		}
		m.held.Add(1 << 40)
		before := m.floor.Load()
		if m.refill(nil); (m.floor.Load() != before) != grows {
			t.Errorf("memory was taken: %v; it collected: %v", grows, !grows)
		}
	}
}

// Arrays of all sizes that come and go on many goroutines keep their elements, and nothing is lost.
func TestPoolFromManyGoroutines(t *testing.T) {
	c := poolClient(t)
	Trim()
	before := Pool()
	var all sync.WaitGroup
	for worker := range 8 {
		all.Go(func() {
			r := rand.New(rand.NewPCG(1, uint64(worker)))
			var live [6]*Buffer
			for range 200 {
				i := r.IntN(len(live))
				if b := live[i]; b != nil {
					p, n, err := b.View()
					if err != nil {
						t.Error(err)
						return
					}
					s := unsafe.Slice((*byte)(p), n)
					if bytes.Count(s, s[:1]) != n {
						t.Errorf("an array of %d bytes was written to", n)
					}
					b.Delete()
				}
				data := bytes.Repeat([]byte{byte(r.Int())}, 1<<(10+r.IntN(13))+r.IntN(5000))
				b, err := c.FromHost(unsafe.Pointer(&data[0]), ir.Uint8, []int{len(data)}, nil)
				if err != nil {
					t.Error(err)
					return
				}
				live[i] = b
				if r.IntN(50) == 0 {
					Trim()
				}
			}
			for _, b := range live {
				if b != nil {
					b.Delete()
				}
			}
		})
	}
	all.Wait()
	Trim()
	if got := Pool(); got.Used != before.Used || got.Kept != 0 {
		t.Errorf("%+v, and %+v before", got, before)
	}
}

func init() {
	children["pool"] = func() error {
		c, err := Default()
		if err != nil {
			return err
		}
		data := make([]byte, 1<<20)
		for range 3 {
			b, err := c.FromHost(unsafe.Pointer(&data[0]), ir.Uint8, []int{len(data)}, nil)
			if err != nil {
				return err
			}
			b.Delete()
		}
		fmt.Printf("%+v\n", Pool())
		return nil
	}
}

// GOJAX_POOL switches the pool off.
func TestPoolOff(t *testing.T) {
	client(t)
	if out, ok := child(t, "pool", "GOJAX_POOL=off"); !ok || out != fmt.Sprintf("%+v\n", PoolStats{}) {
		t.Errorf("off: %s", out)
	}
	if out, ok := child(t, "pool"); !ok || pool.on.Load() && out == fmt.Sprintf("%+v\n", PoolStats{}) {
		t.Errorf("on: %s", out)
	}
}
