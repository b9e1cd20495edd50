package mpi

import (
	"strings"
	"testing"
)

func TestAnswers(t *testing.T) {
	open, mpich := &Library{Path: "a", Family: OpenMPI, Version: "Open MPI v4"}, &Library{Path: "b", Family: MPICH}
	mpirun, srun := &Launcher{Name: "mpirun", Library: OpenMPI}, &Launcher{Name: "srun"}
	for _, c := range []struct {
		lib  *Library
		by   *Launcher
		fits bool
	}{{open, nil, true}, {open, mpirun, true}, {mpich, mpirun, false}, {mpich, srun, true}, {open, srun, true}} {
		if err := c.lib.answers(c.by); (err == nil) != c.fits {
			t.Errorf("%s by %+v: %v", c.lib.Path, c.by, err)
		}
	}
	for version, want := range map[string]string{"Open MPI v4.1.4, package: Debian": OpenMPI,
		"MPICH Version: 5.0.2": MPICH, "Intel(R) MPI Library 2021": MPICH, "MVAPICH Version : 3": MPICH, "X": "X"} {
		if got := familyOf(version); got != want {
			t.Errorf("%q is of %q, want %q", version, got, want)
		}
	}
}

func TestLoad(t *testing.T) {
	for path, want := range map[string]string{
		"/nowhere/libmpi.so": "/nowhere/libmpi.so",
		"libm.so.6":          "no function MPI_Init_thread",
	} {
		if _, err := Load(path); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%s: error %v, want one with %q", path, err, want)
		}
	}
	t.Setenv(EnvLibrary, "/nowhere/libmpi.so")
	if _, err := Find(nil); err == nil || !strings.Contains(err.Error(), EnvLibrary) {
		t.Errorf("error %v, want one that names %s", err, EnvLibrary)
	}
}
