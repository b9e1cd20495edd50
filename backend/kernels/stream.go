package kernels

/*
#include "builtin.h"
*/
import "C"

import "unsafe"

// streaming are the handlers of arithmetic past the caches.
var streaming = map[string]unsafe.Pointer{
	"gojax_stream": C.gk_stream,
}
