//go:build amd64 || arm64

package trace

// getg returns an opaque word that is the same for as long as one goroutine lives.
func getg() uintptr
