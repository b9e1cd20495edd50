package kernels

/*
#include "builtin.h"
*/
import "C"

import "unsafe"

// streaming is the handler that writes past the caches.
var streaming = map[string]unsafe.Pointer{"gojax_stream": C.gk_stream}
