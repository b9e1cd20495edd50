package pjrt

import (
	"cmp"
	"context"
	"crypto/sha256"
	"crypto/tls"
	"crypto/x509"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"html"
	"io"
	"net"
	"net/http"
	"net/url"
	"os"
	"path"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"time"
)

// Wheels are downloaded by the protocol of Python's package indexes ("simple repository API"): a page for each project,
// HTML or JSON, with a link for each file. Which index, the user's configuration says; indexconfig.go reads it.

// errGone is the error of a wheel that the index does not have: all was well but for that.
var errGone = fmt.Errorf("not on the index: %w", ErrNoPlugin)

// errNoSource is that no source of packages is configured.
var errNoSource = fmt.Errorf("no package index is configured: %w", errGone)

// How long a server may keep silent, or take for slowBytes, and how long a second try waits.
var (
	patience  = time.Minute
	tryAgain  = time.Second
	slowBytes = int64(64 << 10)
)

const maxPage = 64 << 20

// web downloads from indexes.
type web struct {
	client *http.Client
}

// newWeb makes a client that goes by the environment's proxies, or by the one of pip's settings, and trusts the
// certificates that these name besides the system's.
func newWeb(s sources) (*web, error) {
	t := &http.Transport{
		Proxy:             http.ProxyFromEnvironment,
		DialContext:       (&net.Dialer{Timeout: patience / 2}).DialContext,
		ForceAttemptHTTP2: true,
	}
	if s.proxy != "" {
		proxy, err := address(s.proxy, "http://")
		if err != nil {
			return nil, fmt.Errorf("pip's setting of a proxy: %w", err)
		}
		t.Proxy = http.ProxyURL(proxy)
	}
	if s.cert != "" {
		pem, err := readSmall(s.cert, maxPage)
		if err != nil {
			return nil, fmt.Errorf("pip's setting of certificates: %w", err)
		}
		pool, err := x509.SystemCertPool()
		if err != nil {
			pool = x509.NewCertPool()
		}
		pool.AppendCertsFromPEM(pem)
		t.TLSClientConfig = &tls.Config{RootCAs: pool}
	}
	t.RegisterProtocol("file", http.NewFileTransport(http.Dir("/")))
	return &web{&http.Client{Transport: t, CheckRedirect: checkRedirect}}, nil
}

func checkRedirect(req *http.Request, via []*http.Request) error {
	from := via[len(via)-1].URL
	switch {
	case len(via) > 10:
		return verdict("more than 10 redirects")
	case req.URL.Scheme != from.Scheme && req.URL.Scheme != "https":
		return verdict("a redirect from " + from.Scheme + " to " + req.URL.Scheme)
	}
	return nil
}

// address parses the address of an index or a proxy, without quoting it in the error: it may hold a password.
func address(s, scheme string) (*url.URL, error) {
	if !strings.Contains(s, "://") {
		s = scheme + s
	}
	u, err := url.Parse(s)
	if err != nil || u.Scheme != "file" && u.Host == "" ||
		!slices.Contains([]string{"http", "https", "file", "socks5", "socks5h"}, u.Scheme) {
		return nil, errors.New("it is not an address that begins with https://, http:// or file://")
	}
	return u, nil
}

// shown is an address as it may be printed: without name, password and query, which may be secrets.
func shown(u *url.URL) string { return u.Scheme + "://" + u.Host + u.Path }

var userInfo = regexp.MustCompile(`//[^/\s"']*@`)

// withoutSecrets removes names and passwords from the addresses in a text.
func withoutSecrets(text string) string { return userInfo.ReplaceAllString(text, "//***@") }

// webError is a download that failed.
type webError struct {
	at     string
	status int // 0 where there was no answer
	err    error
}

func (e *webError) Error() string {
	if e.status != 0 {
		return fmt.Sprintf("%s answers %d %s", e.at, e.status, http.StatusText(e.status))
	}
	return e.at + ": " + withoutSecrets(e.err.Error())
}

func (e *webError) Unwrap() error { return e.err }

// refused reports whether a download failed for want of a password or a certificate: pip knows of more places where
// such things are kept.
func refused(err error) bool {
	var e *webError
	var cert *tls.CertificateVerificationError
	var alert tls.AlertError
	return errors.As(err, &e) && slices.Contains([]int{401, 403, 407}, e.status) || errors.As(err, &cert) ||
		errors.As(err, &alert)
}

// verdict is an error that another try does not cure.
type verdict string

func (v verdict) Error() string { return string(v) }

// passing reports whether the same request may succeed a little later.
func passing(err error) bool {
	var e *webError
	var v verdict
	var n net.Error
	final := refused(err) || errors.As(err, &v) || errors.Is(err, errSlow) || errors.Is(err, context.Canceled) ||
		errors.As(err, &n) && n.Timeout()
	return errors.As(err, &e) && !final && (e.status == 0 || e.status == 429 || e.status >= 500)
}

var errSlow = errors.New("the server is too slow")

// get copies what is at u to out, at most limit bytes; it returns where redirects led to, and the type of the content.
func (w *web) get(ctx context.Context, u *url.URL, accept string, limit int64, out io.Writer) (*url.URL, string,
	error) {
	ctx, cancel := context.WithCancelCause(ctx)
	defer cancel(nil)
	timer := time.AfterFunc(patience, func() {
		cancel(fmt.Errorf("%w: less than %s came in %v", errSlow, bytesText(slowBytes), patience))
	})
	defer timer.Stop()
	failed := func(err error) error {
		var e *url.Error
		if errors.As(err, &e) {
			err = e.Err // without the address, password and all
		}
		if cause := context.Cause(ctx); cause != nil {
			err = cause
		}
		return &webError{at: shown(u), err: err}
	}
	clean := *u
	clean.User, clean.Fragment = nil, ""
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, clean.String(), nil)
	if err != nil {
		return nil, "", failed(err)
	}
	req.Header.Set("Accept", accept)
	req.Header.Set("User-Agent", "gojax")
	if u.User != nil { // as a header, it does not follow a redirect to another host
		password, _ := u.User.Password()
		req.SetBasicAuth(u.User.Username(), password)
	}
	resp, err := w.client.Do(req)
	if err != nil {
		return nil, "", failed(err)
	}
	defer resp.Body.Close()
	if resp.StatusCode != http.StatusOK {
		err := &webError{at: shown(u), status: resp.StatusCode}
		if resp.StatusCode == http.StatusNotFound || resp.StatusCode == http.StatusGone {
			err.err = errGone
		}
		return nil, "", err
	}
	if _, err := io.Copy(out, &moving{r: resp.Body, left: limit, timer: timer}); err != nil {
		return nil, "", failed(err)
	}
	end := *resp.Request.URL
	if end.Host == u.Host && end.Scheme == u.Scheme {
		end.User = u.User
	}
	return &end, resp.Header.Get("Content-Type"), nil
}

// moving reads at most left bytes, and winds up the timer each time that slowBytes have come.
type moving struct {
	r         io.Reader
	left, got int64
	timer     *time.Timer
}

func (m *moving) Read(b []byte) (int, error) {
	n, err := m.r.Read(b)
	m.left -= int64(n)
	if m.left < 0 {
		return 0, verdict("it is larger than what was asked for")
	}
	if m.got += int64(n); m.got >= slowBytes {
		m.got = 0
		m.timer.Reset(patience)
	}
	return n, err
}

// link is a file of a page: its address, its SHA-256 in hexadecimal where the page has it, and whether it was
// withdrawn.
type link struct {
	url    *url.URL
	hash   string
	yanked bool
}

func (l link) name() string { return path.Base(l.url.Path) }

// page reads the links of a page.
func (w *web) page(ctx context.Context, u *url.URL) ([]link, error) {
	var text strings.Builder
	at, kind, err := w.get(ctx, u, "application/vnd.pypi.simple.v1+json, application/vnd.pypi.simple.v1+html;q=0.2, "+
		"text/html;q=0.1", maxPage, &text)
	if err != nil {
		return nil, err
	}
	var found []link
	add := func(address, hash string, yanked bool) {
		l, err := at.Parse(strings.TrimSpace(address))
		if err != nil || l.Scheme == "file" && at.Scheme != "file" {
			return
		}
		if l.Host == at.Host && l.Scheme == at.Scheme {
			l.User = at.User
		}
		if h, ok := strings.CutPrefix(l.Fragment, "sha256="); ok && hash == "" {
			hash, _, _ = strings.Cut(h, "&")
		}
		found = append(found, link{l, strings.ToLower(hash), yanked})
	}
	if !strings.Contains(kind, "json") {
		eachAnchor(text.String(), at, func(href string, yanked bool) { add(href, "", yanked) })
		return found, nil
	}
	var project struct {
		Files []struct {
			URL    string            `json:"url"`
			Hashes map[string]string `json:"hashes"`
			Yanked any               `json:"yanked"` // false, true or the reason
		} `json:"files"`
	}
	if err := json.Unmarshal([]byte(text.String()), &project); err != nil {
		return nil, &webError{at: shown(u), err: fmt.Errorf("its answer cannot be read: %w", err)}
	}
	for _, f := range project.Files {
		add(f.URL, f.Hashes["sha256"], f.Yanked != nil && f.Yanked != false)
	}
	return found, nil
}

var (
	tagPattern  = regexp.MustCompile(`(?is)<(a|base)((?:\s+[^\s=>"']+(?:\s*=\s*(?:"[^"]*"|'[^']*'|[^\s>]+))?)*)\s*/?>`)
	hrefPattern = regexp.MustCompile(`(?is)\shref\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s>]+))`)
)

// eachAnchor calls f with the target of each anchor of an HTML page; a <base> changes what they are relative to.
func eachAnchor(text string, at *url.URL, f func(href string, yanked bool)) {
	for _, tag := range tagPattern.FindAllStringSubmatch(text, -1) {
		m := hrefPattern.FindStringSubmatch(tag[2])
		if m == nil {
			continue
		}
		href := html.UnescapeString(m[1] + m[2] + m[3])
		if strings.EqualFold(tag[1], "a") {
			f(href, strings.Contains(strings.ToLower(tag[2]), " data-yanked"))
		} else if base, err := at.Parse(href); err == nil {
			*at = *base
		}
	}
}

// fetch downloads a link into folder, and refuses a file whose SHA-256 is another.
func (w *web) fetch(ctx context.Context, l link, folder, hash string, limit int64) error {
	if l.hash != "" && l.hash != hash {
		return wrongHash(l, l.hash, hash)
	}
	out, err := os.Create(filepath.Join(folder, l.name()))
	if err != nil {
		return err
	}
	h := sha256.New()
	_, _, err = w.get(ctx, l.url, "*/*", limit, io.MultiWriter(out, h))
	if e := out.Close(); err == nil {
		err = e
	}
	if got := hex.EncodeToString(h.Sum(nil)); err == nil && got != hash {
		err = wrongHash(l, got, hash)
	}
	if err != nil {
		os.Remove(out.Name())
	}
	return err
}

func wrongHash(l link, got, want string) error {
	return fail(ErrCorrupt,
		"the wheel %s has SHA-256 %s instead of %s: it was damaged on the way, or is not the one gojax knows",
		shown(l.url), got, want)
}

// retried calls f up to three times, as long as it fails for reasons that pass.
func retried(ctx context.Context, f func() error) error {
	for try := 1; ; try++ {
		err := f()
		if err == nil || try == 3 || !passing(err) {
			return err
		}
		select {
		case <-ctx.Done():
			return ctx.Err()
		case <-time.After(time.Duration(try) * tryAgain):
		}
	}
}

// wanted is a file to be downloaded: the project it is of, what it is called in messages, how it is picked among the
// links of a page, its hash ("" for the one that the page has), and the most that it may have.
type wanted struct {
	project, text string
	pick          func([]link) (link, bool)
	hash          string
	limit         int64
}

// wanted is the wheel of the distribution.
func (d distribution) wanted() wanted {
	return wanted{d.name, d.name + " " + d.version, func(links []link) (link, bool) {
		i := slices.IndexFunc(links, func(l link) bool { return l.name() == d.file })
		if i < 0 {
			return link{}, false
		}
		return links[i], true
	}, d.wheel, 2*d.bytes + maxPage}
}

// download fetches files into folder, each from the first source that has it. The error is errGone where all sources
// answered and none has it.
func (s sources) download(ctx context.Context, folder string, files ...wanted) error {
	w, err := newWeb(s)
	if err != nil {
		return err
	}
	defer w.client.CloseIdleConnections()
	if err := os.MkdirAll(folder, 0o755); err != nil {
		return err
	}
	for _, f := range files {
		if err := s.downloadOne(ctx, w, folder, f); err != nil {
			return err
		}
	}
	return nil
}

func (s sources) downloadOne(ctx context.Context, w *web, folder string, f wanted) error {
	var trouble error
	for _, u := range s.pages(f.project) {
		err := retried(ctx, func() error {
			links, err := w.page(ctx, u)
			if err != nil {
				return err
			}
			l, ok := f.pick(links)
			if !ok {
				return errGone
			}
			return w.fetch(ctx, l, folder, cmp.Or(f.hash, l.hash), f.limit)
		})
		if err == nil || ctx.Err() != nil {
			return err
		}
		if !errors.Is(err, errGone) && trouble == nil {
			trouble = err
		}
	}
	if trouble != nil {
		return trouble
	}
	return fail(errGone, "%s is not on %s", f.text, s)
}
