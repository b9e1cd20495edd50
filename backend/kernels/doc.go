// Package kernels holds what compiled programs call on the host through XLA's foreign function interface: here, the
// user's own Go functions.
package kernels
