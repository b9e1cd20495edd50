package mpi

import (
	"os"
	"strconv"
)

// Launcher is what has started this process as one of several.
type Launcher struct {
	Name    string // "mpirun of Open MPI"
	Size    int    // how many processes it says that there are
	Rank    int
	Library string // whose MPI library answers it: OpenMPI, MPICH, or "" where that is not known
}

// The families of MPI libraries.
const (
	OpenMPI = "Open MPI"
	MPICH   = "MPICH"
)

// launchers are what launchers set in the environment, of which the first that is there counts: mpirun's own processes
// may stand under Slurm.
var launchers = []struct{ name, size, rank, library string }{
	{"mpirun of Open MPI", "OMPI_COMM_WORLD_SIZE", "OMPI_COMM_WORLD_RANK", OpenMPI},
	{"mpiexec of MVAPICH", "MV2_COMM_WORLD_SIZE", "MV2_COMM_WORLD_RANK", MPICH},
	{srun, "SLURM_STEP_NUM_TASKS", "SLURM_PROCID", ""},
	{hydra, "PMI_SIZE", "PMI_RANK", MPICH},
	{"PALS", "PALS_SIZE", "PALS_RANKID", MPICH},
}

const (
	srun  = "srun"
	hydra = "mpiexec of MPICH"
)

// slurmLibrary is whose library answers srun by each kind of --mpi.
var slurmLibrary = map[string]string{"pmix": OpenMPI, "pmi2": MPICH, "cray_shasta": MPICH}

// Launched is the launcher of this process; nil where the environment names none.
func Launched() *Launcher {
	for _, l := range launchers {
		size, err := strconv.Atoi(os.Getenv(l.size))
		rank, err2 := strconv.Atoi(os.Getenv(l.rank))
		if err != nil || err2 != nil {
			continue
		}
		if l.name == srun && os.Getenv("HYDI_CONTROL_FD") != "" {
			continue // srun has started mpiexec's own processes
		}
		r := &Launcher{l.name, size, rank, l.library}
		if l.name == srun {
			r.Name += " --mpi=" + slurmType()
			r.Library = slurmLibrary[slurmType()]
		}
		return r
	}
	return nil
}

// slurmType is by which plugin srun tells its processes of each other. Plugins of PMIx are named by their version.
func slurmType() string {
	if os.Getenv("PMIX_RANK") != "" {
		return "pmix"
	}
	if os.Getenv("PMI_FD") != "" || os.Getenv("PMI_JOBID") != "" {
		return "pmi2"
	}
	if t := os.Getenv("SLURM_MPI_TYPE"); t != "" {
		return t
	}
	return "none"
}
