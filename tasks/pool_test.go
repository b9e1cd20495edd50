package tasks

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/nats-io/nats-server/v2/server"
)

// pids are the processes of a pool: its workers and its server.
func (p *Pool) pids() (workers []int, server int) {
	s := p.Stats()
	for _, w := range s.Workers {
		workers = append(workers, w.PID)
	}
	return workers, s.Server
}

func alive(pid int) bool { return syscall.Kill(pid, 0) == nil }

// gone waits for processes to end, and names those that do not.
func gone(long time.Duration, pids ...int) (left []int) {
	for end := time.Now().Add(long); ; time.Sleep(20 * time.Millisecond) {
		left = nil
		for _, pid := range pids {
			if alive(pid) {
				left = append(left, pid)
			}
		}
		if len(left) == 0 || time.Now().After(end) {
			return left
		}
	}
}

func TestCloseLeavesNothing(t *testing.T) {
	t.Setenv("TMPDIR", t.TempDir())
	p := start(t)
	sleep.Go(p, time.Hour)
	if _, err := process.Map(p, Range(3)); err != nil {
		t.Fatal(err)
	}
	workers, server := p.pids()
	address := p.engine.(*hub).nc.ConnectedAddr()
	if err := p.Close(); err != nil {
		t.Error(err)
	}
	p.Close()
	if left := gone(0, append(workers, server)...); len(left) > 0 {
		t.Errorf("the processes %v are left of %v and %d", left, workers, server)
	}
	if c, err := net.Dial("tcp", address); err == nil {
		c.Close()
		t.Errorf("%s still listens", address)
	}
	if files, _ := os.ReadDir(os.TempDir()); len(files) > 0 {
		t.Errorf("files are left: %v", files)
	}
}

// orphans makes a pool in a process that is killed.
func orphans() {
	p, err := Start(Options{Workers: 2})
	if err == nil {
		_, err = process.Map(p, Range(50))
	}
	if err != nil {
		fmt.Println(err)
		os.Exit(1)
	}
	sleep.Go(p, time.Hour)
	workers, server := p.pids()
	fmt.Println(append(workers, server))
	select {}
}

func TestPoolIsKilled(t *testing.T) {
	tmp := t.TempDir()
	cmd := exec.Command(self(t))
	cmd.Env = append(os.Environ(), "TASKS_TEST=pool", "TMPDIR="+tmp)
	out, err := cmd.StdoutPipe()
	if err == nil {
		err = cmd.Start()
	}
	if err != nil {
		t.Fatal(err)
	}
	var pids [3]int
	if _, err := fmt.Fscanf(out, "[%d %d %d]", &pids[0], &pids[1], &pids[2]); err != nil {
		rest, _ := io.ReadAll(out)
		t.Fatalf("%v: %s", err, rest)
	}
	if gone(0, pids[:]...); !alive(pids[0]) || !alive(pids[2]) {
		t.Errorf("the processes are %v", pids)
	}
	_ = cmd.Process.Kill()
	_ = cmd.Wait()
	if left := gone(5*time.Second, pids[:]...); len(left) > 0 {
		t.Errorf("the processes %v outlive their pool", left)
	}
	if files, _ := os.ReadDir(tmp); len(files) > 0 {
		t.Errorf("files are left: %v", files)
	}
}

// A worker, and the server, are killed while tasks run: each task gives its result once.
func TestKills(t *testing.T) {
	p := start(t)
	const n = 400
	inputs := make([]time.Duration, n)
	for i := range inputs {
		inputs[i] = 4 * time.Millisecond
	}
	seen := make([]int, n)
	done := 0
	for r := range sleep.Unordered(p, inputs) {
		if r.Err != nil {
			t.Fatal(r.Err)
		}
		seen[r.Index]++
		if done++; done == 100 || done == 200 || done == 300 {
			workers, server := p.pids()
			victim := workers[0]
			if done == 200 {
				victim = server
			}
			if err := syscall.Kill(victim, syscall.SIGKILL); err != nil {
				t.Error(err)
			}
		}
	}
	for i, k := range seen {
		if k != 1 {
			t.Errorf("task %d gave %d results", i, k)
		}
	}
	if s := p.Stats(); s.Done != n || s.Waiting != 0 || s.Workers[0].Starts < 2 {
		t.Errorf("the ledger says %+v", s)
	}
}

// A task that kills every worker is given up, and the others are not.
func TestRetries(t *testing.T) {
	p := start(t, Options{Workers: 2, Retries: 1})
	var others []*Future[int]
	for i := range 20 {
		others = append(others, square.Go(p, i))
	}
	_, err := fails.Go(p, "exit").Wait()
	if !errors.Is(err, ErrLost) || !strings.Contains(err.Error(), "2 times") {
		t.Errorf("a task that ends its process: %v", err)
	}
	for i, f := range others {
		if v, err := f.Wait(); v != i*i || err != nil {
			t.Errorf("%d: %d, %v", i, v, err)
		}
	}
}

func TestWorkersThatCannotStart(t *testing.T) {
	t.Setenv("TASKS_TEST", "dies")
	p := start(t)
	_, err := square.Map(p, Range(3))
	if !errors.Is(err, ErrWorkers) || !strings.Contains(err.Error(), "exit status 7") {
		t.Errorf("workers that end at once: %v", err)
	}
}

func TestBadOptions(t *testing.T) {
	for _, o := range []Options{{Workers: -2}, {Retries: -2}, {Chunk: -1}, {Timeout: -1}, {MaxBytes: -1},
		{Address: "nowhere"}, {Address: "127.0.0.1:what"}} {
		if p, err := Start(o); !errors.Is(err, ErrOptions) {
			t.Errorf("%+v gave %v, %v", o, p, err)
		}
	}
	if _, err := Start(Options{}, Options{}); !errors.Is(err, ErrOptions) {
		t.Error(err)
	}
	for name, value := range map[string]string{envServer: "here", envRole: "king"} {
		t.Run(name, func(t *testing.T) {
			t.Setenv(name, value)
			if _, err := Start(); !errors.Is(err, ErrOptions) {
				t.Error(err)
			}
		})
	}
	if o := (Options{Retries: -1}); o.tries() != 1 || (Options{}).tries() != 4 || (Options{Retries: 2}).tries() != 3 {
		t.Error("a task is not begun as often as Retries says")
	}
}

func TestAddressInUse(t *testing.T) {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	t.Setenv("TMPDIR", t.TempDir())
	p, err := Start(Options{Workers: 1, Address: l.Addr().String()})
	if !errors.Is(err, ErrPort) || !strings.Contains(err.Error(), l.Addr().String()) {
		t.Errorf("a port in use gave %v, %v", p, err)
	}
	if files, _ := os.ReadDir(os.TempDir()); len(files) > 0 {
		t.Errorf("files are left: %v", files)
	}
}

// self is this program's file.
func self(t *testing.T) string {
	t.Helper()
	path, err := program()
	if err != nil {
		t.Fatal(err)
	}
	return path
}

// late starts this program as a worker that joins the pool at url.
func late(t *testing.T, url string, env ...string) (cmd *exec.Cmd, said *bytes.Buffer) {
	t.Helper()
	said = &bytes.Buffer{}
	cmd = exec.Command(self(t))
	cmd.Env = append(append(os.Environ(), envServer+"="+url, envRole+"=worker"), env...)
	cmd.Stderr = said
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = cmd.Process.Kill(); _ = cmd.Wait() })
	return cmd, said
}

// Workers join when they like, and end with the pool.
func TestLateWorkers(t *testing.T) {
	p := start(t, Options{Workers: -1})
	f := process.Go(p, 0)
	cmd, said := late(t, p.URL())
	if pid, err := f.Wait(); err != nil || pid != cmd.Process.Pid {
		t.Errorf("it was done by %d, %v: %s", pid, err, said)
	}
	p.Close()
	if err := cmd.Wait(); err != nil {
		t.Errorf("when the pool was closed: %v: %s", err, said)
	}
}

func TestWrongToken(t *testing.T) {
	p := start(t, Options{Workers: -1, Token: "right"})
	wrong := strings.Replace(p.URL(), "right", "wrong", 1)
	cmd, said := late(t, wrong)
	if err := cmd.Wait(); err == nil || !strings.Contains(said.String(), ErrToken.Error()) ||
		strings.Contains(said.String(), "wrong") {
		t.Errorf("a worker with a wrong token: %v: %s", err, said)
	}
	t.Setenv(envServer, wrong)
	if _, err := Start(); !errors.Is(err, ErrToken) {
		t.Errorf("a pool with a wrong token: %v", err)
	}
	t.Setenv(envServer, "nats://gojax:right@127.0.0.1:1")
	if _, err := Start(); !errors.Is(err, ErrServer) {
		t.Errorf("a pool without a server: %v", err)
	}
}

func TestAnotherBuild(t *testing.T) {
	p := start(t, Options{Workers: -1})
	other := filepath.Join(t.TempDir(), "other")
	text, err := os.ReadFile(self(t))
	if err == nil {
		err = os.WriteFile(other, append(text, 0), 0o700) // another hash
	}
	if err != nil {
		t.Fatal(err)
	}
	cmd := exec.Command(other)
	cmd.Env = append(os.Environ(), envServer+"="+p.URL(), envRole+"=worker")
	if out, err := cmd.CombinedOutput(); err == nil || !strings.Contains(string(out), ErrBuild.Error()) {
		t.Errorf("a worker of another build: %v: %s", err, out)
	}
}

// A server that is not the pool's keeps nothing of it.
func TestOtherServer(t *testing.T) {
	s, err := server.NewServer(&server.Options{Host: "127.0.0.1", Port: server.RANDOM_PORT, JetStream: true,
		StoreDir: t.TempDir(), NoSigs: true, NoLog: true, Username: "me", Password: "secret"})
	if err != nil {
		t.Fatal(err)
	}
	s.Start()
	defer s.WaitForShutdown()
	defer s.Shutdown()
	if !s.ReadyForConnections(answer) {
		t.Fatal("no server")
	}
	t.Setenv(envServer, strings.Replace(s.ClientURL(), "//", "//me:secret@", 1))
	p, q := start(t, Options{Workers: 1}), start(t, Options{Workers: 1})
	for _, p := range []*Pool{p, q} {
		if got, err := repeat.Map(p, []int{1, 2 * inline}); err != nil || len(got[1]) != 2*inline {
			t.Error(err)
		}
	}
	p.Close()
	if _, err := square.Map(q, Range(10)); err != nil {
		t.Errorf("when another pool was closed: %v", err)
	}
	q.Close()
	if z, err := s.Jsz(nil); err != nil || z.Streams > 0 {
		t.Errorf("%d streams are left, %v", z.Streams, err)
	}
}

func TestServerConfig(t *testing.T) {
	file := filepath.Join(t.TempDir(), "nats.conf")
	if err := os.WriteFile(file, []byte("max_payload: 2MB\nserver_name: mine\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	p := start(t, Options{Workers: 1, ServerConfig: file})
	if nc := p.engine.(*hub).nc; nc.ConnectedServerName() != "mine" || nc.MaxPayload() != 2<<20 {
		t.Errorf("the server is %q and takes %d", nc.ConnectedServerName(), nc.MaxPayload())
	}
	if err := os.WriteFile(file, []byte("tls {"), 0o600); err != nil {
		t.Fatal(err)
	}
	if _, err := Start(Options{Workers: 1, ServerConfig: file}); !errors.Is(err, ErrServer) {
		t.Errorf("a file that is none: %v", err)
	}
}

func TestPoolWithContextThatIsOver(t *testing.T) {
	p := start(t, Options{Workers: 1, InProcess: true})
	ctx, stop := context.WithCancel(t.Context())
	stop()
	if _, err := square.Map(p.WithContext(ctx), Range(3)); !errors.Is(err, context.Canceled) {
		t.Error(err)
	}
	if _, err := Put(p.WithContext(ctx), 3); !errors.Is(err, context.Canceled) {
		t.Error(err)
	}
}
