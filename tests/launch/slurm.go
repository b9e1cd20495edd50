package launch

import (
	"fmt"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"
)

// Slurm is a Slurm of one node, made for the test where root may, with its own configuration and keys: the machine's is
// left alone.
func Slurm(t *testing.T) (Launcher, error) {
	t.Helper()
	if os.Getuid() != 0 {
		return Launcher{}, fmt.Errorf("a Slurm of one node needs root")
	}
	for _, name := range []string{"srun", "slurmctld", "slurmd", "munged", "mungekey"} {
		if _, err := exec.LookPath(name); err != nil {
			return Launcher{}, fmt.Errorf("no Slurm is installed (apt-get install slurm-wlm munge): %w", err)
		}
	}
	// srun loads PMIx by a name that Debian has in the package for development alone.
	if lib, _ := filepath.Glob("/usr/lib/*/pmix2/lib/libpmix.so"); len(lib) == 0 {
		return Launcher{}, fmt.Errorf("no PMIx for Slurm is installed (apt-get install libpmix-dev)")
	}
	dir, err := os.MkdirTemp("", "slurm")
	if err != nil {
		return Launcher{}, err
	}
	t.Cleanup(func() { os.RemoveAll(dir) })
	for _, d := range []string{"run", "spool", "state"} {
		if err := os.Mkdir(filepath.Join(dir, d), 0o755); err != nil {
			return Launcher{}, err
		}
	}
	host, err := os.Hostname()
	if err != nil {
		return Launcher{}, err
	}
	conf := filepath.Join(dir, "slurm.conf")
	text := strings.NewReplacer("DIR", dir, "HOST", host, "CPUS", "8", "CTLDPORT", freePort(),
		"DPORT", freePort()).Replace(slurmConf)
	if err := os.WriteFile(conf, []byte(text), 0o644); err != nil {
		return Launcher{}, err
	}
	env := []string{"SLURM_CONF=" + conf}
	socket, key := filepath.Join(dir, "munge.socket"), filepath.Join(dir, "munge.key")
	if out, err := exec.Command("mungekey", "--create", "--keyfile="+key).CombinedOutput(); err != nil {
		return Launcher{}, fmt.Errorf("mungekey: %w: %s", err, out)
	}
	for _, c := range [][]string{
		{"munged", "-F", "-f", "--socket=" + socket, "--key-file=" + key,
			"--pid-file=" + filepath.Join(dir, "munged.pid"), "--log-file=" + filepath.Join(dir, "munged.log"),
			"--seed-file=" + filepath.Join(dir, "munged.seed")},
		{"slurmctld", "-D", "-f", conf},
		{"slurmd", "-D", "-f", conf},
	} {
		if err := daemon(t, env, c); err != nil {
			return Launcher{}, err
		}
		time.Sleep(300 * time.Millisecond)
	}
	l := srun("Slurm", "pmix", append(env, "OMPI_MCA_mpi_yield_when_idle=1"))
	for end := time.Now().Add(30 * time.Second); ; time.Sleep(500 * time.Millisecond) {
		c := exec.Command("sinfo", "-h", "-o", "%t")
		c.Env = append(os.Environ(), env...)
		out, err := c.CombinedOutput()
		if err == nil && strings.TrimSpace(string(out)) == "idle" {
			return l, nil
		}
		if time.Now().After(end) {
			log, _ := os.ReadFile(filepath.Join(dir, "ctld.log"))
			return Launcher{}, fmt.Errorf("the node of Slurm does not come up: %s %v\n%s", out, err, log)
		}
	}
}

func srun(name, mpi string, env []string) Launcher {
	return Launcher{name, func(n int) []string {
		return []string{"srun", "--mpi=" + mpi, "--overcommit", "-n", strconv.Itoa(n)}
	}, env}
}

// WithMPICH is a Slurm that starts programs for MPICH's library.
func (l Launcher) WithMPICH() Launcher {
	_, mpich := mpichFiles()
	return srun(l.Name+" with MPICH", "pmi2", append(slices.Clip(l.env), mpich...))
}

// freePort is a port of this machine that nothing listens at.
func freePort() string {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return "16817"
	}
	defer l.Close()
	return strconv.Itoa(l.Addr().(*net.TCPAddr).Port)
}

// daemon runs a command until the test ends.
func daemon(t *testing.T, env, args []string) error {
	c := exec.Command(args[0], args[1:]...)
	c.Env = append(os.Environ(), env...)
	if err := c.Start(); err != nil {
		return fmt.Errorf("%s: %w", args[0], err)
	}
	t.Cleanup(func() {
		c.Process.Signal(os.Interrupt)
		done := make(chan struct{})
		go func() { c.Wait(); close(done) }()
		select {
		case <-done:
		case <-time.After(5 * time.Second):
			c.Process.Kill()
			<-done
		}
	})
	return nil
}

const slurmConf = `ClusterName=test
SlurmctldHost=HOST(127.0.0.1)
SlurmUser=root
SlurmdUser=root
AuthType=auth/munge
AuthInfo=socket=DIR/munge.socket
MpiDefault=none
ProctrackType=proctrack/linuxproc
TaskPlugin=task/none
ReturnToService=2
SlurmctldPidFile=DIR/run/slurmctld.pid
SlurmdPidFile=DIR/run/slurmd.pid
SlurmctldPort=CTLDPORT
SlurmdPort=DPORT
SlurmdSpoolDir=DIR/spool
StateSaveLocation=DIR/state
SwitchType=switch/none
SchedulerType=sched/builtin
SelectType=select/cons_tres
JobAcctGatherType=jobacct_gather/none
AccountingStorageType=accounting_storage/none
SlurmctldLogFile=DIR/ctld.log
SlurmdLogFile=DIR/slurmd.log
NodeName=HOST NodeAddr=127.0.0.1 State=UNKNOWN CPUs=CPUS RealMemory=500
PartitionName=p Nodes=HOST Default=YES MaxTime=10 State=UP OverSubscribe=FORCE:4
SlurmdParameters=config_overrides
`
