package pjrt

import (
	"runtime"
	"testing"
	"time"
	"unsafe"

	"github.com/gojax/gojax/ir"
)

func TestZeroCopy(t *testing.T) {
	c := client(t)
	if !c.cpu {
		t.Skip("for the CPU")
	}
	x := compile(t, c, donateProgram)
	collected := make(chan bool, 1)
	var a, r *Buffer
	func() {
		mem := AlignedBytes(4096)
		if uintptr(unsafe.Pointer(&mem[0]))%64 != 0 || len(mem) != 4096 || cap(mem) != 4096 {
			t.Fatal("not aligned")
		}
		type owner struct{ mem []byte }
		keep := &owner{mem}
		runtime.AddCleanup(keep, func(int) { collected <- true }, 0)
		fs := unsafe.Slice((*float32)(unsafe.Pointer(&mem[0])), 1024)
		fs[3] = 5
		var err error
		a, err = c.FromHostNoCopy(unsafe.Pointer(&mem[0]), ir.Float32, []int{1024}, nil, keep)
		if err != nil {
			t.Fatal(err)
		}
		v, _, err := a.View()
		if err != nil || v != unsafe.Pointer(&mem[0]) || !a.Aliases() {
			t.Fatalf("not in place: %v", err)
		}
		if LiveBytes() != 0 {
			t.Error("the caller's memory is counted as the device's")
		}
	}()
	runtime.GC()
	runtime.GC()
	select {
	case <-collected:
		t.Fatal("the memory was let go while the array is alive")
	case <-time.After(10 * time.Millisecond):
	}
	// Donated, its memory is let go, but never written to.
	one := upload(t, c, ir.Float32, make([]float32, 1024), 1024)
	r = run1(t, x, []bool{true, false}, a, one)
	if got := download[float32](t, r); got[3] != 5 {
		t.Errorf("got %v", got[3])
	}
	for i := 0; heldHost() > 0 && i < 100_000; i++ {
		time.Sleep(time.Millisecond)
	}
	runtime.GC()
	select {
	case <-collected:
	case <-time.After(5 * time.Minute):
		t.Error("the memory is still held")
	}
	// Memory at an odd address is copied.
	mem := AlignedBytes(4096 + 4)
	b, err := c.FromHostNoCopy(unsafe.Pointer(&mem[4]), ir.Float32, []int{1024}, nil, mem)
	if err != nil || b.Aliases() || heldHost() != 0 {
		t.Errorf("%v %v %d", err, b.Aliases(), heldHost())
	}
	for _, x := range []*Buffer{b, r, one} {
		x.Delete()
	}
}
