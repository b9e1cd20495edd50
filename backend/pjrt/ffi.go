package pjrt

/*
#include <stdlib.h>
#include "shim.h"
*/
import "C"

import (
	"errors"
	"fmt"
	"sort"
	"strings"
	"sync"
	"unsafe"
)

// kernels are the FFI handlers registered so far.
var kernels = struct {
	sync.Mutex
	m map[string]kernel // by "platform/name"
}{m: map[string]kernel{}}

type kernel struct {
	handler unsafe.Pointer
	version string
}

// ffiPlatform is XLA's name of a platform's handlers.
var ffiPlatform = map[string]string{"cpu": "Host", "cuda": "CUDA"}

// Executing is a C function, int (*)(void), that tells a handler whether it is on the thread of a goroutine which is in
// ExecuteCallbacks or ExecuteInline. Else it is on a thread of XLA's, which others may wait for.
func Executing() unsafe.Pointer { return C.gx_executing }

// RegisterFFI makes a C function the handler of the custom calls named name (api_version 4) of programs for platform,
// and opens the platform's client if need be. The handler has XLA's typed FFI signature and stays registered for the
// life of the process: a second registration of the same handler does nothing, of another one is an error.
func RegisterFFI(name string, handler unsafe.Pointer, platform string) error {
	return RegisterFFIVersion(name, handler, platform, "")
}

// RegisterFFIVersion is RegisterFFI with a version that enters the key of cached programs: change it with the handler's
// meaning.
func RegisterFFIVersion(name string, handler unsafe.Pointer, platform, version string) error {
	if name == "" || handler == nil {
		return fmt.Errorf("pjrt: register a handler: the name and the handler must be given")
	}
	c, err := Open(platform)
	if err != nil {
		return err
	}
	kernels.Lock()
	defer kernels.Unlock()
	id := c.platform + "/" + name
	if k, ok := kernels.m[id]; ok {
		if k.handler == handler {
			return nil
		}
		return fmt.Errorf("pjrt: custom call %q has another handler on %s already", name, c.platform)
	}
	cn, cp := C.CString(name), C.CString(ffiPlatform[c.platform])
	defer C.free(unsafe.Pointer(cn))
	defer C.free(unsafe.Pointer(cp))
	var e unsafe.Pointer
	if C.gx_ffi_register(c.api, cn, C.size_t(len(name)), handler, cp, C.size_t(len(ffiPlatform[c.platform])), &e) != 0 {
		return fmt.Errorf("pjrt: the plugin %s takes no custom-call handlers", c.info.Path)
	}
	if err := take(c.api, "register handler "+name, e); err != nil {
		return err
	}
	kernels.m[id] = kernel{handler, version}
	return nil
}

// Library is a shared library that was loaded. It stays so.
type Library struct {
	path string
	lib  unsafe.Pointer
}

// OpenLibrary loads a shared library.
func OpenLibrary(path string) (*Library, error) {
	if err := checkLibrary(path); errors.As(err, new(*kinded)) {
		return nil, err
	} else if err != nil {
		return nil, fmt.Errorf("pjrt: the library %s cannot be read: %w", path, pathless(err))
	}
	const errLen = 1024
	errText := (*C.char)(C.calloc(1, errLen))
	defer C.free(unsafe.Pointer(errText))
	cp := C.CString(path)
	defer C.free(unsafe.Pointer(cp))
	lib := C.gx_dlopen(cp, errText, errLen)
	if lib == nil {
		return nil, fmt.Errorf("pjrt: %s cannot be loaded: %s", path, C.GoString(errText))
	}
	return &Library{path, lib}, nil
}

// Symbol is the address of what the library has under a name, nil where it has nothing.
func (l *Library) Symbol(name string) unsafe.Pointer {
	cs := C.CString(name)
	defer C.free(unsafe.Pointer(cs))
	return C.gx_dlsym(l.lib, cs)
}

// RegisterFFILibrary registers a handler that a shared library has under the name symbol, such as one written with
// XLA's FFI headers. The library stays loaded.
func RegisterFFILibrary(path, symbol, name, platform string) error {
	lib, err := OpenLibrary(path)
	if err != nil {
		return err
	}
	hash, err := fileHash(path)
	if err != nil {
		return err
	}
	h := lib.Symbol(symbol)
	if h == nil {
		return fmt.Errorf("pjrt: %s has no function %s", path, symbol)
	}
	return RegisterFFIVersion(name, h, platform, hash)
}

// HasKernel reports whether a handler of that name is registered on any platform.
func HasKernel(name string) bool {
	return HasKernelOn(name, "cpu") || HasKernelOn(name, "cuda")
}

// HasKernelOn reports whether a handler of that name is registered for platform.
func HasKernelOn(name, platform string) bool {
	kernels.Lock()
	defer kernels.Unlock()
	_, ok := kernels.m[platform+"/"+name]
	return ok
}

// ffiVersions lists the handlers and their versions, for the key of cached programs.
func ffiVersions() string {
	kernels.Lock()
	defer kernels.Unlock()
	if len(kernels.m) == 0 {
		return ""
	}
	var all []string
	for id, k := range kernels.m {
		if k.version != "" {
			all = append(all, "handler "+id+" "+k.version)
		}
	}
	sort.Strings(all)
	return strings.Join(all, "\n")
}
