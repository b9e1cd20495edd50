package tasks

import (
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/pem"
	"errors"
	"fmt"
	"math/big"
	"net"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/nats-io/nats-server/v2/server"
	"github.com/nats-io/nats.go"
)

// otherServer is a NATS server that is none of a pool's.
func otherServer(t *testing.T) *server.Server {
	t.Helper()
	s, err := server.NewServer(&server.Options{Host: "127.0.0.1", Port: server.RANDOM_PORT, JetStream: true,
		StoreDir: t.TempDir(), NoSigs: true, NoLog: true})
	if err != nil {
		t.Fatal(err)
	}
	s.Start()
	t.Cleanup(func() { s.Shutdown(); s.WaitForShutdown() })
	if !s.ReadyForConnections(answer) {
		t.Fatal("no server")
	}
	return s
}

// write makes a file, and returns its path.
func write(t *testing.T, name, text string) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), name)
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

// certificate is one that signs itself, for 127.0.0.1, and its key.
func certificate(t *testing.T) (cert, key string) {
	t.Helper()
	private, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	c := &x509.Certificate{SerialNumber: big.NewInt(1), Subject: pkix.Name{CommonName: "test"},
		NotBefore: time.Now().Add(-time.Hour), NotAfter: time.Now().Add(time.Hour), IsCA: true,
		BasicConstraintsValid: true, KeyUsage: x509.KeyUsageDigitalSignature | x509.KeyUsageCertSign,
		ExtKeyUsage: []x509.ExtKeyUsage{x509.ExtKeyUsageServerAuth, x509.ExtKeyUsageClientAuth},
		IPAddresses: []net.IP{net.IPv4(127, 0, 0, 1)}}
	text, err := x509.CreateCertificate(rand.Reader, c, c, private.Public(), private)
	if err != nil {
		t.Fatal(err)
	}
	secret, err := x509.MarshalPKCS8PrivateKey(private)
	if err != nil {
		t.Fatal(err)
	}
	block := func(kind string, b []byte) string {
		return write(t, "test.pem", string(pem.EncodeToMemory(&pem.Block{Type: kind, Bytes: b})))
	}
	return block("CERTIFICATE", text), block("PRIVATE KEY", secret)
}

// Server, pool and workers speak TLS, and one that trusts somebody else says so at once.
func TestTLS(t *testing.T) {
	cert, key := certificate(t)
	other, otherKey := certificate(t)
	file := write(t, "nats.conf", fmt.Sprintf("tls { cert_file: %q, key_file: %q, ca_file: %q, verify: true }", cert,
		key, cert))
	trust := func(ca, cert, key string) []nats.Option {
		return []nats.Option{nats.RootCAs(ca), nats.ClientCert(cert, key)}
	}
	t.Setenv(envTestTLS, cert+" "+cert+" "+key) // of this pool's workers
	p := start(t, Options{Workers: 1, ServerConfig: file, Connect: trust(cert, cert, key)})
	if !strings.HasPrefix(p.URL(), "tls://") {
		t.Errorf("the pool is at %s", p.URL())
	}
	first, err := process.Go(p, 0).Wait()
	if err != nil {
		t.Fatal(err)
	}
	cmd, said := late(t, p.URL())
	f := sleep.Go(p, time.Hour) // has one of them
	for pid := first; pid == first && err == nil; {
		pid, err = process.Go(p, 0).Wait()
		if pid != first && pid != cmd.Process.Pid {
			t.Fatalf("it was done by %d: %v: %s", pid, err, said)
		}
	}
	_ = f
	for what, c := range map[string][3]string{"another CA": {other, cert, key}, "no such CA": {"none", cert, key},
		"a certificate of another CA's": {cert, other, otherKey}} {
		_, err := Start(Options{Workers: 1, ServerConfig: file, Connect: trust(c[0], c[1], c[2])})
		if !errors.Is(err, ErrTLS) {
			t.Errorf("%s: %v", what, err)
		}
		cmd, said := late(t, p.URL(), envTestTLS+"="+strings.Join(c[:], " "))
		if err := cmd.Wait(); err == nil || !strings.Contains(said.String(), ErrTLS.Error()) {
			t.Errorf("a worker with %s: %v: %s", what, err, said)
		}
	}
}

// What a server of few bytes does not take in one message goes in several.
func TestSmallMessages(t *testing.T) {
	p := start(t, Options{Workers: 1, ServerConfig: write(t, "nats.conf", "max_payload: 16KB\n")})
	s, err := repeat.Go(p, 100_000).Wait()
	if err != nil || len(s) != 100_000 {
		t.Fatalf("%d bytes, %v", len(s), err)
	}
	if n, err := length.Go(p, s).Wait(); n != len(s) || err != nil {
		t.Errorf("%d bytes, %v", n, err)
	}
}

func TestServerWithUsers(t *testing.T) {
	file := write(t, "nats.conf", "authorization { users = [ {user: me, password: mine} ] }\n")
	if _, err := Start(Options{Workers: 1, ServerConfig: file}); !errors.Is(err, ErrServer) ||
		!strings.Contains(err.Error(), "Options.Token") {
		t.Error(err)
	}
}

// A server for which there is no room says so.
func TestNoRoom(t *testing.T) {
	t.Setenv("TMPDIR", filepath.Join(t.TempDir(), "none"))
	if _, err := Start(Options{Workers: 1}); err == nil || !strings.HasPrefix(err.Error(), "tasks: ") ||
		!strings.Contains(err.Error(), "TMPDIR") {
		t.Error(err)
	}
}

// Others do not get 127.0.0.1 for an address, where somebody else may listen for the token.
func TestReach(t *testing.T) {
	s := &serverProcess{c: serverConfig{Token: "t"}}
	for _, c := range []struct{ host, here, elsewhere string }{
		{"", "nats://gojax:t@a:1,nats://gojax:t@127.0.0.1:1", "nats://gojax:t@a:1"},
		{"0.0.0.0", "nats://gojax:t@a:1,nats://gojax:t@127.0.0.1:1", "nats://gojax:t@a:1"},
		{"127.0.0.1", "nats://gojax:t@127.0.0.1:1", "nats://gojax:t@127.0.0.1:1"},
		{"b", "nats://gojax:t@b:1", "nats://gojax:t@b:1"},
	} {
		s.c.Host = c.host
		here, elsewhere := s.reach(serverReady{Port: 1, Addresses: []string{"a", "127.0.0.1"}})
		if here != c.here || elsewhere != c.elsewhere {
			t.Errorf("%q: %s and %s", c.host, here, elsewhere)
		}
	}
}
