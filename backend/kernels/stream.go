package kernels

/*
#include "builtin.h"
*/
import "C"

import "unsafe"

// streaming are the handlers that write past the caches.
var streaming = map[string]unsafe.Pointer{
	"gojax_join":   C.gk_join,
	"gojax_stream": C.gk_stream,
}
