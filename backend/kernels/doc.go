// Package kernels holds what compiled programs call on the host through XLA's foreign function interface: the user's
// own Go functions, and LAPACK of OpenBLAS.
package kernels
