package mpi

/*
#cgo linux LDFLAGS: -ldl
#include <stdlib.h>
#include "library.h"
*/
import "C"

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"unsafe"
)

// EnvLibrary is the environment variable that names the library.
const EnvLibrary = "GOJAX_MPI_LIB"

// Library is a library of MPI that was loaded.
type Library struct {
	Path    string
	Version string // the first line of what it says of itself
	Family  string // OpenMPI or MPICH; its own name where it is neither's
	ABI     string
	table   *C.gk_mpi
}

// abis are the names of the enum in library.h.
var abis = []string{"Open MPI", "MPICH", "MPI 5"}

// names are the files that are looked for, in this order. MPI 5's come first, but for Open MPI's launcher: with that,
// the one that is found may be MPICH's.
func names(family string) []string {
	open, mpich := "libmpi.so.40", []string{"libmpi_abi.so.1", "libmpi_abi.so.0", "libmpi.so.12", "libmpich.so.12"}
	if runtime.GOOS == "darwin" {
		open, mpich = "libmpi.40.dylib", []string{"libmpi_abi.1.dylib", "libmpi_abi.0.dylib", "libmpi.12.dylib",
			"libmpich.12.dylib"}
	}
	if family == OpenMPI {
		return append([]string{open}, mpich...)
	}
	return append(mpich, open)
}

// Find loads the library that GOJAX_MPI_LIB names, else the first that is there of those that can answer l, or, where l
// is nil, of all: in the system's places for libraries. One of another family than l's is refused.
func Find(l *Launcher) (*Library, error) {
	family := ""
	if l != nil {
		family = l.Library
	}
	if path := os.Getenv(EnvLibrary); path != "" {
		lib, err := Load(path)
		if err != nil {
			return nil, fmt.Errorf("%s=%s: %w", EnvLibrary, path, err)
		}
		return lib, lib.answers(l)
	}
	var all []error
	var other error
	for _, name := range names(family) {
		lib, err := Load(name)
		if err == nil {
			if err = lib.answers(l); err == nil {
				return lib, nil
			}
			other = err
		}
		all = append(all, fmt.Errorf("%s: %w", name, err))
	}
	if other != nil {
		return nil, other
	}
	return nil, fmt.Errorf("no library of MPI was found; install one (Debian: openmpi-bin; pip install mpich), or "+
		"name its file, libmpi.so, in %s. Tried:\n%w", EnvLibrary, errors.Join(all...))
}

// answers refuses a library that the launcher does not know how to start.
func (l *Library) answers(by *Launcher) error {
	if by == nil || by.Library == "" || l.Family == by.Library {
		return nil
	}
	return fmt.Errorf("%s has started this process, and %s is %s: each process would run alone. Start the program by "+
		"that library's own mpirun, or name a library of %s in %s", by.Name, l.Path, l.Version, by.Library, EnvLibrary)
}

// Load loads a library: the path of a file, or a name that the system's linker finds.
func Load(path string) (*Library, error) {
	const room = 8192
	buf := (*C.char)(C.calloc(2, room))
	defer C.free(unsafe.Pointer(buf))
	version := (*C.char)(unsafe.Add(unsafe.Pointer(buf), room))
	name := C.CString(path)
	defer C.free(unsafe.Pointer(name))
	standard := C.int(0)
	if strings.HasPrefix(filepath.Base(path), "libmpi_abi") {
		standard = 1
	}
	var abi C.int
	table := (*C.gk_mpi)(C.calloc(1, C.size_t(unsafe.Sizeof(C.gk_mpi{})))) // programs keep it
	if e := C.gm_load(table, name, standard, &abi, version, buf, room); e != nil {
		C.free(unsafe.Pointer(table))
		return nil, errors.New(C.GoString(e))
	}
	text, _, _ := strings.Cut(strings.TrimSpace(C.GoString(version)), "\n")
	text = strings.TrimSpace(strings.Join(strings.Fields(text), " "))
	return &Library{path, text, familyOf(text), abis[abi], table}, nil
}

// familyOf is whose launchers start the library that says this of itself.
func familyOf(version string) string {
	switch v := strings.ToLower(version); {
	case strings.Contains(v, "open mpi"):
		return OpenMPI
	case strings.Contains(v, "mpich"), strings.Contains(v, "intel"), strings.Contains(v, "mvapich"):
		return MPICH
	}
	return version
}

// Comm is this process among those of its job.
type Comm struct {
	Library *Library
	Rank    int
	Size    int
}

// Start begins MPI. The processes must be as many as the launcher says.
func (l *Library) Start(by *Launcher) (*Comm, error) {
	const room = 8192
	buf := (*C.char)(C.calloc(1, room))
	defer C.free(unsafe.Pointer(buf))
	if e := C.gm_start(l.table, buf, room); e != nil {
		return nil, fmt.Errorf("%s (%s): %s", l.Path, l.Version, C.GoString(e))
	}
	c := &Comm{l, int(l.table.rank), int(l.table.size)}
	if by != nil && by.Size != c.Size {
		return c, fmt.Errorf("%s has started %d processes, and for %s (%s) there are %d: it is not the library of "+
			"that launcher. Start the program by the library's own mpirun, under Slurm by srun --mpi=pmix (Open MPI) "+
			"or --mpi=pmi2 (MPICH), or name another library in %s", by.Name, by.Size, l.Path, l.Version, c.Size,
			EnvLibrary)
	}
	return c, nil
}

// Table is what programs communicate by: see kernels.UseMPI.
func (c *Comm) Table() unsafe.Pointer { return unsafe.Pointer(c.Library.table) }

// SetMost sets how many elements one message has at most, for tests, and returns what it was.
func (c *Comm) SetMost(n int64) (before int64) {
	before, c.Library.table.most = int64(c.Library.table.most), C.int64_t(n)
	return before
}

func (c *Comm) result(what string, e C.int) error {
	if e == 0 {
		return nil
	}
	const room = 8192
	buf := (*C.char)(C.calloc(1, room))
	defer C.free(unsafe.Pointer(buf))
	return fmt.Errorf("MPI, %s: %s", what, C.GoString(C.gm_error(c.Library.table, e, buf, room)))
}

// Barrier returns when all processes have called it.
func (c *Comm) Barrier() error { return c.result("barrier", C.gm_barrier(c.Library.table)) }

// Broadcast gives data of the process root to all others, whose data have the same length.
func (c *Comm) Broadcast(data []byte, root int) error {
	return c.result("broadcast", C.gm_broadcast(c.Library.table, unsafe.Pointer(unsafe.SliceData(data)),
		C.int64_t(len(data)), C.int(root)))
}

// Gather is the data of all processes, in their order. All must have the same length, and be short.
func (c *Comm) Gather(data []byte) ([][]byte, error) {
	all := make([]byte, c.Size*len(data))
	e := C.gm_gather(c.Library.table, unsafe.Pointer(unsafe.SliceData(data)), C.int(len(data)),
		unsafe.Pointer(unsafe.SliceData(all)))
	if err := c.result("gathering", e); err != nil {
		return nil, err
	}
	parts := make([][]byte, c.Size)
	for i := range parts {
		parts[i] = all[i*len(data) : (i+1)*len(data)]
	}
	return parts, nil
}

// Stop ends MPI, once all processes have called it.
func (c *Comm) Stop() error { return c.result("end", C.gm_stop(c.Library.table)) }

// Abort ends all processes of the job.
func (c *Comm) Abort(code int) { C.gm_abort(c.Library.table, C.int(code)) }
