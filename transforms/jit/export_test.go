package jit

import "io"

// SetNotices sends what the library says on stderr to w, until back is called.
func SetNotices(w io.Writer) (back func()) {
	before := notices
	notices = w
	return func() { notices = before }
}
