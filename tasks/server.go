package tasks

import (
	"bufio"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net"
	"net/url"
	"os"
	"path/filepath"
	"runtime/debug"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"
	"syscall"
	"time"

	"github.com/nats-io/nats-server/v2/server"
)

// serverProcess is the pool's own NATS server: a process, so that a pool that computes does not keep it waiting, and
// that it can die and be started again with the tasks that it had, which are in files.
type serverProcess struct {
	url    string // for processes of this machine
	public string // and of others
	c      serverConfig
	dir    string
	lock   *os.File
	fail   func(error)
	ended  chan struct{}
	wg     sync.WaitGroup
	now    atomic.Pointer[child]
}

// serverConfig is what its process is told, and serverReady what it answers.
type serverConfig struct {
	Host, Token, Store, File string
	Port                     int
}

type serverReady struct {
	Port      int
	TLS       bool
	InUse     bool
	Text      string
	Host      string
	Addresses []string
}

// startServer starts a server. fail is called when it cannot be kept.
func startServer(o Options, at situated, fail func(error)) (*serverProcess, error) {
	s := &serverProcess{fail: fail, ended: make(chan struct{})}
	s.c = serverConfig{Host: "127.0.0.1", Token: o.Token, File: o.ServerConfig}
	address := o.Address
	if address == "" {
		address = at.address
	}
	if address != "" {
		host, port, err := net.SplitHostPort(address)
		if err == nil {
			s.c.Port, err = net.LookupPort("tcp", port)
		}
		if err != nil {
			return nil, fmt.Errorf("tasks: %w: Address: %w", ErrOptions, err)
		}
		s.c.Host = host
	}
	if s.c.Token == "" {
		s.c.Token = nonce()
	}
	if o.ServerConfig != "" {
		path, err := filepath.Abs(o.ServerConfig)
		if err != nil {
			return nil, err
		}
		s.c.File = path
	}
	if err := s.makeFolder(); err != nil {
		return nil, err
	}
	c, ready, err := s.run()
	if err != nil {
		s.removeFolder()
		return nil, err
	}
	s.c.Port = ready.Port // for good: clients come back to it
	s.url, s.public = s.reach(ready)
	s.wg.Go(func() { s.keep(c) })
	return s, nil
}

// reach is the server's URL for workers: several where it listens on several addresses. On other machines 127.0.0.1 is
// somebody else, who is not to get the token.
func (s *serverProcess) reach(r serverReady) (here, elsewhere string) {
	hosts := []string{s.c.Host}
	if ip := net.ParseIP(s.c.Host); s.c.Host == "" || ip != nil && ip.IsUnspecified() {
		hosts = r.Addresses
	}
	var all []string
	for _, h := range hosts {
		u := url.URL{Scheme: "nats", User: url.UserPassword(user, s.c.Token),
			Host: net.JoinHostPort(h, strconv.Itoa(r.Port))}
		if r.TLS {
			u.Scheme = "tls"
		}
		all = append(all, u.String())
	}
	return strings.Join(all, ","), strings.Join(all[:max(1, len(all)-1)], ",")
}

// run starts the process, and waits until it serves.
func (s *serverProcess) run() (*child, serverReady, error) {
	var r serverReady
	text, _ := json.Marshal(s.c)
	ours, theirs, err := os.Pipe()
	if err != nil {
		return nil, r, err
	}
	defer ours.Close()
	c, err := spawn(environ("server", envConfig+"="+string(text)), []*os.File{theirs})
	theirs.Close()
	if err != nil {
		return nil, r, err
	}
	_ = ours.SetReadDeadline(time.Now().Add(4 * answer))
	line, err := bufio.NewReader(ours).ReadBytes('\n')
	if err == nil {
		err = json.Unmarshal(line, &r)
	}
	switch {
	case err != nil:
		err = fmt.Errorf("tasks: %w: its process said nothing: %w", ErrServer, errors.Join(err, c.end()))
	case r.InUse:
		err = fmt.Errorf("tasks: %w: %s", ErrPort, r.Text)
	case r.Text != "":
		err = fmt.Errorf("tasks: %w: %s", ErrServer, r.Text)
	default:
		s.now.Store(c)
		return c, r, nil
	}
	c.pipe.Close()
	return nil, r, err
}

// keep starts the server again whenever it has died.
func (s *serverProcess) keep(c *child) {
	for {
		select {
		case <-s.ended:
			_ = c.end()
			return
		case <-c.exit:
			c.pipe.Close()
		}
		var err error
		for range 50 {
			select {
			case <-s.ended:
				return
			default:
			}
			if c, _, err = s.run(); err == nil {
				break
			}
			time.Sleep(100 * time.Millisecond)
		}
		if err != nil {
			s.fail(err)
			return
		}
	}
}

func (s *serverProcess) end() {
	close(s.ended)
	s.wg.Wait()
	s.removeFolder()
}

const prefix = "gojax-tasks-"

// makeFolder makes the server's folder, which is locked while this process lives, and removes those whose process and
// server were killed together.
func (s *serverProcess) makeFolder() (err error) {
	old, _ := filepath.Glob(filepath.Join(os.TempDir(), prefix+"*", "lock"))
	for _, path := range old {
		f, err := os.Open(path)
		if err != nil {
			continue // another user's
		}
		info, err := f.Stat()
		if err == nil && time.Since(info.ModTime()) > arrival &&
			syscall.Flock(int(f.Fd()), syscall.LOCK_EX|syscall.LOCK_NB) == nil {
			_ = os.RemoveAll(filepath.Dir(path))
		}
		f.Close()
	}
	notes, _ := filepath.Glob(filepath.Join(os.TempDir(), prefix+"note-*")) // which live for microseconds
	for _, path := range notes {
		if info, err := os.Stat(path); err == nil && time.Since(info.ModTime()) > arrival {
			_ = os.Remove(path)
		}
	}
	if s.dir, err = os.MkdirTemp("", prefix); err != nil {
		return fmt.Errorf("tasks: no folder for the server's files: %w (TMPDIR names one for all)", err)
	}
	s.c.Store = s.dir
	if s.lock, err = os.Create(filepath.Join(s.dir, "lock")); err == nil {
		err = syscall.Flock(int(s.lock.Fd()), syscall.LOCK_EX)
	}
	if err != nil {
		s.removeFolder()
	}
	return err
}

func (s *serverProcess) removeFolder() {
	_ = os.RemoveAll(s.dir)
	if s.lock != nil {
		s.lock.Close()
	}
}

// user is whom the server lets in, with the token for a password.
const user = "gojax"

// A process that is to be the server needs nothing of the program's: it does not come to main.
func init() {
	if os.Getenv(envRole) != "server" {
		return
	}
	var c serverConfig
	err := json.Unmarshal([]byte(os.Getenv(envConfig)), &c)
	tell := os.NewFile(parent+1, "ready")
	debug.SetGCPercent(400) // many small messages, and little that stays
	var s *server.Server
	var r serverReady
	if err == nil {
		s, r, err = serve(c)
	}
	if err != nil {
		r.Text = err.Error()
		r.InUse = errors.Is(err, syscall.EADDRINUSE) || errors.Is(err, syscall.EACCES) ||
			errors.Is(err, syscall.EADDRNOTAVAIL)
	}
	text, _ := json.Marshal(r)
	_, _ = tell.Write(append(text, '\n'))
	if err != nil {
		os.Exit(1)
	}
	_, _ = io.Copy(io.Discard, os.NewFile(parent, "parent"))
	s.Shutdown()
	s.WaitForShutdown()
	_ = os.RemoveAll(c.Store) // the pool's process does so too, if it can
	os.Exit(0)
}

// serve starts a server in this process.
func serve(c serverConfig) (*server.Server, serverReady, error) {
	var r serverReady
	o := &server.Options{}
	if c.File != "" {
		var err error
		if o, err = server.ProcessConfigFile(c.File); err != nil {
			return nil, r, err
		}
		if o.Authorization != "" || o.Username != "" || len(o.Users)+len(o.Nkeys) > 0 {
			return nil, r, errors.New("its file has users; the pool's server has one, with Options.Token (a server " +
				"that runs already is named by GOJAX_TASKS)")
		}
	}
	o.Host, o.Port = c.Host, c.Port
	o.Username, o.Password = user, c.Token
	o.JetStream, o.StoreDir = true, filepath.Join(c.Store, "jetstream")
	o.NoSigs, o.NoLog = true, o.LogFile == ""
	if o.Port == 0 {
		o.Port = server.RANDOM_PORT
	} else { // the server itself would only not come up
		l, err := net.Listen("tcp", net.JoinHostPort(c.Host, strconv.Itoa(c.Port)))
		if err != nil {
			return nil, r, err
		}
		l.Close()
	}
	s, err := server.NewServer(o)
	if err != nil {
		return nil, r, err
	}
	if o.LogFile != "" {
		s.ConfigureLogger()
	}
	s.Start()
	if !s.ReadyForConnections(2 * answer) {
		return nil, r, errors.New("the server does not come up")
	}
	if !s.JetStreamEnabled() {
		return nil, r, errors.New("JetStream does not come up: is there room for files?")
	}
	r.Port = s.Addr().(*net.TCPAddr).Port
	r.TLS = o.TLSConfig != nil
	r.Addresses = reachable()
	return s, r, nil
}

// reachable are this machine's name and addresses, as others may know it.
func reachable() (all []string) {
	if name, err := os.Hostname(); err == nil {
		if _, err := net.LookupHost(name); err == nil {
			all = append(all, name)
		}
	}
	addresses, _ := net.InterfaceAddrs()
	for _, a := range addresses {
		if ip, ok := a.(*net.IPNet); ok && ip.IP.IsGlobalUnicast() {
			all = append(all, ip.IP.String())
		}
	}
	return append(all, "127.0.0.1")
}
