//go:build amd64 || arm64

package ir

// frames fills pc with the return addresses of the frames above its caller, as far as they are found: far cheaper than
// runtime.Callers, which looks each one up in tables. They identify a place but do not tell all of it, since functions
// may be inlined.
//
//go:noescape
func frames(pc *[maxPCs]uintptr)

const fastFrames = true
