package pjrt

import (
	"runtime"
	"sync"
)

// region is a box of elements within an array in memory, row-major: of the array dims, from low on.
type region struct {
	data      []byte
	dims, low []int
}

// boxCopy copies the elements of a box from one array to another: as many runs of bytes as counts says along each
// axis, the outermost first, with steps from one to the next.
type boxCopy struct {
	to, from                 []byte
	run, bytes               int // of one, and of all
	counts, toStep, fromStep []int
}

// newBoxCopy is for a box of so many elements along each axis, each of size bytes.
func newBoxCopy(to, from region, box []int, size int) (c boxCopy) {
	c.run, c.bytes = size, size
	toStep, fromStep, toLow, fromLow := size, size, 0, 0
	for k := len(box) - 1; k >= 0; k-- {
		if c.bytes *= box[k]; c.bytes == 0 {
			return boxCopy{}
		}
		switch {
		case len(c.counts) == 0 && toStep == c.run && fromStep == c.run:
			c.run *= box[k]
		case box[k] > 1:
			c.counts = append([]int{box[k]}, c.counts...)
			c.toStep = append([]int{toStep}, c.toStep...)
			c.fromStep = append([]int{fromStep}, c.fromStep...)
		}
		toLow += to.low[k] * toStep
		fromLow += from.low[k] * fromStep
		toStep *= to.dims[k]
		fromStep *= from.dims[k]
	}
	c.to, c.from = to.data[toLow:], from.data[fromLow:]
	return c
}

// part copies the bytes of the box from lo up to hi, which are counted without those between the runs.
func (c *boxCopy) part(lo, hi int) {
	if lo >= hi {
		return
	}
	var few [8]int
	at := append(few[:0], c.counts...)
	to, from := 0, 0
	for k, row := len(at)-1, lo/c.run; k >= 0; k-- {
		at[k], row = row%c.counts[k], row/c.counts[k]
		to += at[k] * c.toStep[k]
		from += at[k] * c.fromStep[k]
	}
	for skip := lo % c.run; ; skip = 0 {
		n := min(c.run-skip, hi-lo)
		copy(c.to[to+skip:][:n], c.from[from+skip:])
		if lo += n; lo == hi {
			return
		}
		for k := len(at) - 1; ; k-- {
			at[k]++
			to += c.toStep[k]
			from += c.fromStep[k]
			if at[k] < c.counts[k] {
				break
			}
			to -= at[k] * c.toStep[k]
			from -= at[k] * c.fromStep[k]
			at[k] = 0
		}
	}
}

// copyAll makes the copies.
func copyAll(list ...boxCopy) {
	total := 0
	for i := range list {
		total += list[i].bytes
	}
	inShares(total, func(lo, hi int) {
		for i := range list {
			c := &list[i]
			c.part(min(max(lo, 0), c.bytes), min(hi, c.bytes))
			lo, hi = lo-c.bytes, hi-c.bytes
			if hi <= 0 {
				return
			}
		}
	})
}

// shareBytes is what is worth a goroutine to copy.
const shareBytes = 8 << 20

// inShares calls f for the parts of n bytes: of many in several goroutines at once, since one core does not use up the
// memory's speed.
func inShares(n int, f func(lo, hi int)) {
	workers := min(runtime.GOMAXPROCS(0), n/shareBytes, 8)
	if workers < 2 {
		f(0, n)
		return
	}
	var wg sync.WaitGroup
	for i := range workers {
		lo, hi := n/workers*i, n/workers*(i+1)
		if i == workers-1 {
			hi = n
		}
		wg.Go(func() { f(lo, hi) })
	}
	wg.Wait()
}
