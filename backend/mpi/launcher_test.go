package mpi

import (
	"strings"
	"testing"
)

func TestLaunched(t *testing.T) {
	for _, l := range launchers {
		t.Setenv(l.size, "")
		t.Setenv(l.rank, "")
	}
	for _, name := range []string{"PMIX_RANK", "PMI_FD", "PMI_JOBID", "SLURM_MPI_TYPE"} {
		t.Setenv(name, "")
	}
	if l := Launched(); l != nil {
		t.Errorf("without a launcher it is %+v", l)
	}
	for _, c := range []struct {
		env  string
		want Launcher
	}{
		{"OMPI_COMM_WORLD_SIZE=4 OMPI_COMM_WORLD_RANK=3 SLURM_STEP_NUM_TASKS=1 SLURM_PROCID=0",
			Launcher{"mpirun of Open MPI", 4, 3, OpenMPI}},
		{"PMI_SIZE=2 PMI_RANK=1", Launcher{"mpiexec of MPICH", 2, 1, MPICH}},
		{"HYDI_CONTROL_FD=7 PMI_SIZE=8 PMI_RANK=1 SLURM_STEP_NUM_TASKS=2 SLURM_PROCID=0",
			Launcher{"mpiexec of MPICH", 8, 1, MPICH}},
		{"SLURM_STEP_NUM_TASKS=2 SLURM_PROCID=1 PMIX_RANK=1", Launcher{"srun --mpi=pmix", 2, 1, OpenMPI}},
		{"SLURM_STEP_NUM_TASKS=2 SLURM_PROCID=1 PMI_JOBID=9", Launcher{"srun --mpi=pmi2", 2, 1, MPICH}},
		{"SLURM_STEP_NUM_TASKS=2 SLURM_PROCID=1", Launcher{"srun --mpi=none", 2, 1, ""}},
	} {
		t.Run(c.env, func(t *testing.T) {
			for e := range strings.FieldsSeq(c.env) {
				name, value, _ := strings.Cut(e, "=")
				t.Setenv(name, value)
			}
			if l := Launched(); l == nil || *l != c.want {
				t.Errorf("it is %+v, want %+v", l, c.want)
			}
		})
	}
}
