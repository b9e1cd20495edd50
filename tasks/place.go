package tasks

import (
	"bufio"
	"context"
	"crypto/rand"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"io"
	"net/url"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"sync"
	"syscall"
	"time"
)

// The variables that tell a process what it is.
const (
	envServer = "GOJAX_TASKS"        // the URL of a NATS server
	envRole   = "GOJAX_TASKS_ROLE"   // worker, and by ourselves: local, server
	envPool   = "GOJAX_TASKS_POOL"   // which pool a worker joins, where a server has several
	envDir    = "GOJAX_TASKS_DIR"    // a folder that srun's ranks share
	envConfig = "GOJAX_TASKS_CONFIG" // a config, from ourselves
	envName   = "GOJAX_TASKS_NAME"   // a local worker's
)

// situated is where this process stands.
type situated struct {
	worker  bool
	local   bool   // a worker that its pool's process has started
	url     string // GOJAX_TASKS
	address string // where the pool's server listens by default
	rank    int    // of srun's tasks
	size    int
	file    string // by which rank 0 tells the others where it is
	publish func(address, pool string) (forget func(), err error)
}

// config is what a pool tells its workers.
type config struct {
	URL, Pool, Build string
}

// ranked reports whether the workers are processes of srun's.
func (s situated) ranked() bool { return s.size > 1 }

// ranks counts the pools of a process that srun has started.
var ranks sync.Once

func situation() (s situated, err error) {
	s = situated{url: os.Getenv(envServer), size: 1}
	if s.url != "" {
		if u, err := url.Parse(s.url); err != nil || u.Host == "" {
			return s, fmt.Errorf("tasks: %w: %s is no nats://user:token@host:port", ErrOptions, envServer)
		}
	}
	switch role := os.Getenv(envRole); role {
	case "local":
		s.worker, s.local = true, true
		return s, nil
	case "worker":
		s.worker = true
		if s.url == "" {
			return s, fmt.Errorf("tasks: %w: %s=worker needs %s, the server's URL", ErrOptions, envRole, envServer)
		}
		return s, nil
	case "":
	default:
		return s, fmt.Errorf("tasks: %w: %s is worker or empty, not %q", ErrOptions, envRole, role)
	}
	if s.url != "" && len(os.Args) > 1 && os.Args[1] == "worker" {
		s.worker = true
		return s, nil
	}
	return s, s.slurm()
}

// work makes this process a worker, until its pool ends.
func (s situated) work(o Options) error {
	if s.local {
		c, err := inherited()
		if err != nil {
			return err
		}
		return serveTasks(o, c, os.Getenv(envName), true)
	}
	host, _ := os.Hostname()
	name := fmt.Sprintf("%s-%d", host, os.Getpid())
	c := config{URL: s.url, Pool: os.Getenv(envPool)}
	ctx, stop := context.WithTimeout(context.Background(), arrival)
	defer stop()
	if s.file != "" {
		var err error
		if c, err = s.read(ctx); err != nil {
			return err
		}
		name = fmt.Sprintf("rank-%d", s.rank)
	}
	var err error
	if c.Build, err = build(); err != nil {
		return err
	}
	if c.Pool == "" {
		if c.Pool, err = lookFor(ctx, c.URL, o); err != nil {
			return err
		}
	}
	return serveTasks(o, c, name, false)
}

// parent is a pipe whose other end is the pool's process, which writes a config and then nothing: the end of file is
// that of the process.
const parent = 3

// inherited is the config of a worker that its pool's process has started. When that process ends, this one does.
func inherited() (c config, err error) {
	pipe := bufio.NewReader(os.NewFile(parent, "parent"))
	text := []byte(os.Getenv(envConfig))
	if len(text) == 0 {
		if text, err = pipe.ReadBytes('\n'); err != nil {
			os.Exit(0) // the pool was closed, or never came to be
		}
	}
	go func() {
		_, _ = io.Copy(io.Discard, pipe)
		_ = syscall.Kill(-os.Getpid(), syscall.SIGKILL) // with what a task has started
		os.Exit(0)
	}()
	return c, json.Unmarshal(text, &c)
}

// program is this program's file, and on Linux the very one that runs, though another build may have its name by now.
func program() (string, error) {
	if runtime.GOOS == "linux" {
		return "/proc/self/exe", nil
	}
	return os.Executable()
}

// build is a hash of this program: workers must have the pool's.
var build = sync.OnceValues(func() (string, error) {
	path, err := program()
	if err != nil {
		return "", err
	}
	f, err := os.Open(path)
	if err != nil {
		return "", err
	}
	defer f.Close()
	h := sha256.New()
	if _, err := io.Copy(h, f); err != nil {
		return "", err
	}
	return hex.EncodeToString(h.Sum(nil)), nil
})

// nonce is a word that nobody guesses.
func nonce() string { return rand.Text() }

// hidden is a URL without its password.
func hidden(address string) string {
	var all []string
	for one := range strings.SplitSeq(address, ",") {
		u, err := url.Parse(one)
		if err != nil {
			return "the server"
		}
		all = append(all, u.Redacted())
	}
	return strings.Join(all, ",")
}

// environ is this process' environment for a child of the given role.
func environ(role string, more ...string) []string {
	var env []string
	for _, e := range os.Environ() {
		if !strings.HasPrefix(e, "GOJAX_TASKS") {
			env = append(env, e)
		}
	}
	return append(append(env, envRole+"="+role), more...)
}

// slurm looks whether srun has started this process beside others.
func (s *situated) slurm() error {
	env := func(name string) (n int) {
		_, _ = fmt.Sscan(os.Getenv("SLURM_"+name), &n)
		return n
	}
	if env("STEP_NUM_TASKS") < 2 || os.Getenv("SLURM_PROCID") == "" {
		return nil
	}
	s.size, s.rank = env("STEP_NUM_TASKS"), env("PROCID")
	dir := os.Getenv(envDir)
	if dir == "" {
		cache, err := os.UserCacheDir()
		if err != nil {
			return fmt.Errorf("tasks: no folder for the ranks to meet in: %w (%s names one)", err, envDir)
		}
		dir = filepath.Join(cache, "gojax", "tasks")
	}
	s.file = filepath.Join(dir, strings.Join([]string{"slurm", os.Getenv("SLURM_CLUSTER_NAME"),
		os.Getenv("SLURM_JOB_ID"), os.Getenv("SLURM_STEP_ID"), os.Getenv("SLURM_RESTART_COUNT")}, "-"))
	if s.rank > 0 {
		s.worker = true
		return nil
	}
	s.publish = s.write
	if env("STEP_NUM_NODES") > 1 {
		s.address = ":0"
	}
	first := false
	ranks.Do(func() { first = true })
	if !first {
		return fmt.Errorf("tasks: %w: under srun a program has one pool, whose workers are the other ranks", ErrOptions)
	}
	return nil
}

// write tells the other ranks where the pool is. They alone can read it: it holds the token.
func (s *situated) write(address, pool string) (func(), error) {
	text, _ := json.Marshal(config{URL: address, Pool: pool})
	err := os.MkdirAll(filepath.Dir(s.file), 0o700)
	if err == nil {
		err = os.WriteFile(s.file+".new", text, 0o600)
	}
	if err == nil {
		err = os.Rename(s.file+".new", s.file)
	}
	if err != nil {
		return func() {}, fmt.Errorf("tasks: the other ranks cannot be told where the pool is: %w (%s names a folder "+
			"that they share)", err, envDir)
	}
	return func() { os.Remove(s.file) }, nil
}

// read waits for what rank 0 writes.
func (s *situated) read(ctx context.Context) (c config, err error) {
	for {
		text, err := os.ReadFile(s.file)
		if err == nil {
			return c, json.Unmarshal(text, &c)
		}
		select {
		case <-ctx.Done():
			return c, fmt.Errorf("tasks: %w: rank %d finds no %s, which rank 0 writes in tasks.Start; if the nodes do "+
				"not share that folder, %s names one", ErrServer, s.rank, s.file, envDir)
		case <-time.After(20 * time.Millisecond):
		}
	}
}
