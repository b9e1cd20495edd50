package pjrt

import (
	"errors"
	"sync"
	"testing"

	"github.com/gojax/gojax/ir"
)

// Buffers are deleted while other goroutines run with them: errors, and never a crash.
func TestConcurrentDelete(t *testing.T) {
	c := client(t)
	x := compile(t, c, unary("negate", "tensor<1024xf32>"))
	for range 50 {
		a := upload(t, c, ir.Float32, make([]float32, 1024), 1024)
		var wg sync.WaitGroup
		for g := range 8 {
			wg.Go(func() {
				for range 20 {
					out := make([]*Buffer, 1)
					if err := x.Execute([]*Buffer{a}, out, nil); err != nil {
						if !errors.Is(err, ErrDeleted) {
							t.Error(err)
						}
						return
					}
					out[0].Delete()
					if g == 0 {
						a.Delete()
					}
				}
			})
		}
		wg.Wait()
		a.Delete()
	}
}

// Of several goroutines that donate one array, exactly one gets through.
func TestConcurrentDonation(t *testing.T) {
	c := client(t)
	x := compile(t, c, donateProgram)
	b := upload(t, c, ir.Float32, make([]float32, 1024), 1024)
	for range 50 {
		a := upload(t, c, ir.Float32, make([]float32, 1024), 1024)
		var wg sync.WaitGroup
		wins := make(chan *Buffer, 8)
		for range 8 {
			wg.Go(func() {
				out := make([]*Buffer, 1)
				err := x.Execute([]*Buffer{a, b}, out, []bool{true, false})
				if err == nil {
					wins <- out[0]
				} else if !errors.Is(err, ErrDonated) {
					t.Error(err)
				}
			})
		}
		wg.Wait()
		if len(wins) != 1 {
			t.Errorf("%d calls got the donated array", len(wins))
		}
		for range len(wins) {
			(<-wins).Delete()
		}
	}
	b.Delete()
}

// 8 goroutines run one program 10 000 times each and drop the results.
func TestConcurrentExecute(t *testing.T) {
	c := client(t)
	x := compile(t, c, unary("negate", "tensor<8xf32>"))
	n := 10000
	if testing.Short() {
		n = 1000
	}
	var wg sync.WaitGroup
	for g := range 8 {
		wg.Go(func() {
			a := upload(t, c, ir.Float32, []float32{float32(g), 1, 2, 3, 4, 5, 6, 7}, 8)
			defer a.Delete()
			out := make([]*Buffer, 1)
			for i := range n {
				if err := x.Execute([]*Buffer{a}, out, nil); err != nil {
					t.Error(err)
					return
				}
				if i%1000 == 0 {
					if got := download[float32](t, out[0]); got[0] != -float32(g) || got[7] != -7 {
						t.Errorf("goroutine %d got %v", g, got)
					}
				}
			}
		})
	}
	wg.Wait()
	Collect()
}
