package kernels

/*
#include "mpi.h"
*/
import "C"

import "unsafe"

// Communicate is the name of the custom call by which programs communicate with other processes.
const Communicate = "gojax_mpi"

var communicating = map[string]unsafe.Pointer{Communicate: C.gk_communicate}

// UseMPI has programs communicate by the library that the gk_mpi at table stands for.
func UseMPI(table unsafe.Pointer) { C.gk_mpi_use((*C.gk_mpi)(table)) }
