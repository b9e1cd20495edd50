// Package gojax compiles Go functions over arrays with XLA. A function is written with jnp, which has NumPy's
// functions, and the transformations here turn it into a faster or another one of the same signature:
//
//	f := func(x jnp.Array) jnp.Array { return jnp.Exp(x).Add(jnp.Mul(3, jnp.Sin(x))) }
//	y := gojax.Jit(f)(x)        // compiled as one program, on the CPU or a GPU
//	z := gojax.Vmap(f)(rows)    // over the first axis, without a loop
//	g := gojax.Grad(loss)(p)    // the gradient of a function to a scalar, in p's structure
//
// Inputs and outputs may be trees: structs, slices, arrays, maps and pointers that hold arrays; package tree computes
// with them. Plain Go values among a jitted function's arguments (int, string, bool, float64) are static: the function
// is traced anew for each of their values.
//
//	type Params struct{ W, B jnp.Array }
//	step := gojax.Jit(func(p Params, x jnp.Array, relu bool) jnp.Array { ... })
//
// A jitted function is called once for each structure, types and static values of its arguments, with stand-ins for
// arrays, and what it does with them is recorded; later calls run the compiled record. So it must not depend on
// variables that change, and its side effects happen at the first call only. Calls return before the result is
// computed; BlockUntilReady waits.
//
// Mistakes in a computation (shapes that do not match, a donated array used again) panic with *Error, which has the
// line of the user's code; Try turns that into an error.
package gojax

import (
	"io"

	"github.com/gojax/gojax/backend/pjrt"
	"github.com/gojax/gojax/trace"
	"github.com/gojax/gojax/transforms/jit"
)

// Version is the version of gojax, as semver.org has it; with "-dev" it is on the way to that version. Compiled
// programs on disk do not depend on it: they are found by their text, the plugin and its options.
const Version = "0.1.0-dev"

// Error is what gojax panics with: the operation, the types of its operands, the user's file and line, and the cause.
type Error = trace.Error

// Device is where arrays live and programs run.
type Device = jit.Device

// Try runs f and returns the *Error it panics with, if any. Other panics pass.
func Try(f func()) error { return trace.Try(f) }

// EnableX64 sets whether 64-bit types are in force in the process. Off, which is the default, int64, uint64, float64
// and complex128 are made 32-bit types on the way in, as in JAX. The environment variable GOJAX_ENABLE_X64 sets it from
// outside.
func EnableX64(on bool) { trace.SetX64(on) }

// X64Enabled reports whether 64-bit types are in force here.
func X64Enabled() bool { return trace.X64() }

// WithX64 is f with 64-bit types in force (or not) while it runs, on its goroutine alone. Inside a function that is
// being traced the setting of the trace stays.
func WithX64[F any](on bool, f F) F { return trace.WithX64Func("gojax.WithX64", on, f) }

// Devices lists the devices of the platform that GOJAX_PLATFORM names (unset: cuda where a GPU and its plugin are
// found, else cpu). The error says what to do where no plugin is found.
func Devices() ([]*Device, error) { return jit.Devices() }

// DefaultDevice is where new arrays are made. It panics with *Error where no plugin can be opened; Devices has the
// error.
func DefaultDevice() *Device { return jit.DefaultDevice() }

// SetDefaultDevice sets where new arrays are made, and where functions without array arguments run; nil is the first
// device.
func SetDefaultDevice(d *Device) { jit.SetDefaultDevice(d) }

// DevicePut is the tree x with its arrays where they are to be: on a *Device (nil: the default device), or over the
// devices of a mesh, as a Sharding or NamedShardings says (jax.device_put). Arrays that are there already are not
// copied, and over the devices of a CPU none is whose parts are in one piece in memory. It panics with *Error where a
// dimension does not divide.
func DevicePut[T any](x T, where Placement) T { return jit.PutTree("gojax.DevicePut", x, where) }

// BlockUntilReady waits until every array in the tree x is computed, and returns x. If a computation failed it panics
// with *Error at the line that launched it, where that is known.
func BlockUntilReady[T any](x T) T { return jit.WaitTree(x) }

// LiveBuffers counts the arrays on all devices: those in use, and those that wait for the garbage collector.
func LiveBuffers() int { return jit.LiveBuffers() }

// LiveBytes is the memory of LiveBuffers.
func LiveBytes() int64 { return jit.LiveBytes() }

// MemoryUse tells what the process holds on its devices, and how the pool does from which the CPU's large results and
// temporaries come (GOJAX_POOL=off does without it).
type MemoryUse struct {
	Buffers int   // LiveBuffers
	Bytes   int64 // LiveBytes
	Pool    PoolStats
}

// PoolStats counts what the pool of large blocks keeps and has done, in bytes and requests.
type PoolStats = pjrt.PoolStats

// MemoryStats is the state of the process's memory. That of one device is gojax.Device.MemoryStats.
func MemoryStats() MemoryUse { return MemoryUse{LiveBuffers(), LiveBytes(), pjrt.Pool()} }

// Trim gives the system the memory that is kept for further arrays: that of arrays which nothing refers to any more,
// of the pool's free blocks, and of Go's own heap. A program that is done with large arrays for a while may call it;
// otherwise the memory goes back in some seconds, or when the machine runs short.
func Trim() { pjrt.Trim() }

// TrackMemory sets whether arrays that are made from now on are noted with the line that makes them, for MemoryProfile,
// as the environment variable GOJAX_MEMORY_PROFILE=1 does from the start; it returns what was set before. It costs less
// than a microsecond an array, and some Go memory for each.
func TrackMemory(on bool) (before bool) { return pjrt.TrackMemory(on) }

// MemoryProfile writes what the process holds on its devices, by the lines that made it, in the format of pprof
// (jax.profiler.device_memory_profile): go tool pprof -lines -top file. Each sample has the number of arrays and their
// bytes, and a label with the device. Arrays that were made while TrackMemory was off are one sample, "untracked".
// Arrays that nothing refers to any more count until the garbage collector has found them.
func MemoryProfile(w io.Writer) error { return jit.MemoryProfile(w) }

// CompileEvent tells of one program that was compiled, and why it had to be.
type CompileEvent = jit.CompileEvent

// Compilations counts the programs that this process compiled or loaded from the disk cache.
func Compilations() int64 { return jit.Compilations() }

// OnCompile calls f after each compilation until stop is called.
func OnCompile(f func(CompileEvent)) (stop func()) { return jit.OnCompile(f) }

// ForbidCompiles makes every further compilation an *Error that says why it was needed, until allow is called: what a
// server does after warming up.
func ForbidCompiles() (allow func()) { return jit.ForbidCompiles() }
