package pjrt

import (
	"archive/zip"
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"syscall"
	"time"
)

// Install downloads the pinned plugin of a platform, checks its SHA-256, and unpacks it into the cache folder, where
// FindPlugin looks; it returns the plugin's path. The wheel comes from the package index that pip or uv is configured
// for, and by python3's pip where none is. Where the index has the plugin no more, the next that is known is taken; the
// name of a package in place of the platform asks for that one, and "openblas" for OpenBLAS (see FindOpenBLAS). On
// linux/arm64 and darwin/arm64 the CPU plugin is go-xla's, and its installer, run by the go command, does the download.
// What is there and whole already is left alone. The folder appears at once and complete, and two processes that
// install at the same time do not disturb each other. Lines of progress go to w (nil for none): at length where it is a
// terminal, one line otherwise.
func Install(ctx context.Context, platform string, w io.Writer) (path string, err error) {
	list, err := distributionsOf(platform)
	if err != nil {
		return "", err
	}
	cache, err := CacheDir()
	if err != nil {
		return "", err
	}
	return installFirst(ctx, list, cache, w)
}

// installFirst installs the first distribution that can still be had.
func installFirst(ctx context.Context, list []distribution, cache string, w io.Writer) (path string, err error) {
	for i, d := range list {
		path, err = d.install(ctx, cache, w)
		if !errors.Is(err, errGone) || i == len(list)-1 {
			return path, err
		}
		if w != nil {
			next := list[i+1]
			fmt.Fprintf(w, "gojax: %s %s is not on the package index any more: %s %s is taken in its place\n", d.name,
				d.version, next.name, next.version)
		}
	}
	return path, err
}

func (d distribution) install(ctx context.Context, cache string, w io.Writer) (path string, err error) {
	path = d.installed(cache)
	root := filepath.Join(cache, "plugins")
	trouble := func(err error) (string, error) {
		return "",
			fmt.Errorf(
				"pjrt: install %s: the cache folder cannot be written to: %w (GOJAX_CACHE_DIR names another one)",
				d.name, err)
	}
	if err := safe(cache, root); err != nil {
		return "", err
	}
	if err := os.MkdirAll(root, 0o755); err != nil {
		return trouble(err)
	}
	unlock, alone, err := lockFolder(ctx, root)
	if err != nil {
		return trouble(err)
	}
	defer unlock()
	sweep(root, alone)
	if _, err := os.Stat(path); err == nil && d.verify(path) == nil {
		return path, nil
	}
	tmp, err := os.MkdirTemp(root, ".tmp-")
	if err != nil {
		return trouble(err)
	}
	defer os.RemoveAll(tmp)
	if err := d.fetch(ctx, tmp, w); err != nil {
		return "", err
	}
	out := filepath.Join(tmp, "out")
	wheels, err := filepath.Glob(filepath.Join(tmp, "wheels", "*.whl"))
	if err != nil {
		return "", err
	}
	for _, whl := range wheels {
		if err := unpackWheel(whl, out); err != nil {
			return "", fmt.Errorf("pjrt: install %s: %w", d.name, err)
		}
		os.Remove(whl) // NVIDIA's take gigabytes, twice is too much
	}
	lib := filepath.Join(out, filepath.FromSlash(d.library))
	if h, err := readHash(lib); err != nil {
		return "", fmt.Errorf("pjrt: install %s: what was downloaded does not have %s: %w", d.name, d.what(), err)
	} else if d.hash != "" && h != d.hash {
		return "", fail(ErrCorrupt, "install %s: %s, unpacked, has SHA-256 %s instead of %s", d.name, d.what(), h,
			d.hash)
	}
	err = forMyself(out)
	if err == nil {
		err = replaceFolder(out, d.folder(cache))
	}
	if err != nil {
		return "", fmt.Errorf("pjrt: install %s: %w", d.name, err)
	}
	return path, safe(cache, path)
}

// forMyself takes the right to write from all others, which a lax umask gives to what the installer's program makes.
func forMyself(dir string) error {
	return filepath.WalkDir(dir, func(path string, e fs.DirEntry, err error) error {
		if err != nil || e.Type()&fs.ModeSymlink != 0 {
			return err
		}
		st, err := e.Info()
		if err != nil || st.Mode().Perm()&0o022 == 0 {
			return err
		}
		return os.Chmod(path, st.Mode().Perm()&^0o022)
	})
}

// sweep removes what installs left that were killed. alone says that no other process can be at it now; where the file
// system has no locks, only what is a day old is surely dead.
func sweep(root string, alone bool) {
	entries, _ := os.ReadDir(root)
	for _, e := range entries {
		if !strings.HasPrefix(e.Name(), ".tmp-") && !strings.HasSuffix(e.Name(), ".old") {
			continue
		}
		if st, err := e.Info(); alone || err == nil && time.Since(st.ModTime()) > 24*time.Hour {
			os.RemoveAll(filepath.Join(root, e.Name()))
		}
	}
}

// fetch downloads the wheels to dir/wheels and checks the pinned one, or has the distribution's program fill dir/out.
func (d distribution) fetch(ctx context.Context, dir string, w io.Writer) error {
	folder, by, from := filepath.Join(dir, "wheels"), "with pip", configured()
	from.whole = from.whole && len(from.pages(d.name)) > 0 // of an address that is none, pip says more
	switch {
	case d.program != "":
		folder, by = filepath.Join(dir, "out"), "with go run "+d.program
	case from.whole:
		by = "from " + from.String()
	}
	p := startProgress(w, fmt.Sprintf("downloading %s %s (%s) %s", d.name, d.version, bytesText(d.bytes), by), folder)
	defer p.stop()
	if d.program != "" {
		return d.failed(d.command(ctx, dir, "go", "run", d.program, "-plugin", d.platform, "-version", d.version,
			"-path", folder, "-cache=false", "-verbosity", "0"))
	}
	err := errNoSource
	if len(from.pages(d.name)) > 0 {
		err = from.download(ctx, folder, d.wanted())
	}
	if refused(err) || errors.Is(err, errGone) && !from.whole {
		err = d.byPip(ctx, dir, folder, err)
	}
	if err != nil || len(d.extra) == 0 {
		return d.failed(err)
	}
	p.say("downloading NVIDIA's libraries (some gigabytes) " + by)
	if from.whole {
		err = from.download(ctx, folder, wantedOf(d.extra)...)
	}
	if !from.whole || refused(err) {
		err = d.pip(ctx, dir, folder, d.extra...)
	}
	return d.failed(err)
}

// byPip downloads the wheel with pip. before is what became of another way to get it.
func (d distribution) byPip(ctx context.Context, dir, folder string, before error) error {
	if err := d.pip(ctx, dir, folder, d.name+"=="+d.version); err != nil {
		if refused(before) {
			err = fmt.Errorf("%w\n%w", before, err)
		}
		return err
	}
	found, _ := filepath.Glob(filepath.Join(folder, "*.whl"))
	if len(found) != 1 {
		return fail(ErrNoPlugin, "pip left %d wheels instead of one", len(found))
	}
	h, err := readHash(found[0])
	if err == nil && h != d.wheel {
		err = wrongHash(link{url: &url.URL{Path: filepath.Base(found[0])}}, h, d.wheel)
	}
	return err
}

// failed makes err, unless it is nil, the error of an install, with what the user can do.
func (d distribution) failed(err error) error {
	if err == nil {
		return nil
	}
	kind, other := ErrNoPlugin, ""
	if errors.Is(err, ErrCorrupt) {
		kind = ErrCorrupt
	}
	if d.program == "" {
		other = "; PIP_INDEX_URL names another package index"
	}
	return &kinded{errors.Join(kind, err),
		fmt.Sprintf("pjrt: install %s: %s\nOne that is there already can be named by %s%s.", d.name,
			strings.TrimPrefix(err.Error(), "pjrt: "), namedBy(d.platform), other)}
}

func (d distribution) pip(ctx context.Context, dir, folder string, requirements ...string) error {
	args := append([]string{"-m", "pip", "download", "--no-deps", "--only-binary", ":all:", "--no-input",
		"--disable-pip-version-check", "--progress-bar", "off", "--quiet", "-d", folder}, requirements...)
	err := d.command(ctx, dir, "python3", append([]string{"-I"}, args...)...)
	if err != nil && strings.Contains(err.Error(), noPip) {
		// It may be among the packages of the user, which -I leaves out. The working folder has nothing to import.
		err = d.command(ctx, dir, "python3", append([]string{"-E"}, args...)...)
	}
	return err
}

// downloaders says how to come by the programs that download.
var downloaders = map[string]string{
	"python3": "no package index is configured, and there is no python3 in PATH, whose pip knows one: set " +
		"PIP_INDEX_URL, or install python3 with pip",
	"go": "there is no go command in PATH, which runs the program that does the download: install Go",
}

// noPip is in the words of a python3 without pip.
const noPip = "No module named pip"

// command runs one of the downloaders: in an empty folder, which temporary files go to as well, and without Python's
// variables, since python3 runs what it finds in its working folder and where those point.
func (d distribution) command(ctx context.Context, dir, name string, args ...string) error {
	path, err := exec.LookPath(name)
	if err != nil {
		return fail(ErrNoPlugin, "%s", downloaders[name])
	}
	work := filepath.Join(dir, "work")
	if err := os.MkdirAll(work, 0o700); err != nil {
		return err
	}
	cmd := exec.CommandContext(ctx, path, args...)
	var out bytes.Buffer
	cmd.Stdout, cmd.Stderr = &out, &out
	cmd.Dir, cmd.Env = work, append(withoutPython(os.Environ()), "TMPDIR="+work)
	cmd.WaitDelay = 5 * time.Second
	if err := cmd.Run(); err != nil {
		kind := ErrNoPlugin
		if ctx.Err() != nil {
			err = ctx.Err()
		}
		text := withoutSecrets(strings.TrimSpace(out.String()))
		switch {
		case strings.Contains(text, noPip):
			text += "\nInstall pip (python3 -m ensurepip, or your system's python3-pip), or set PIP_INDEX_URL."
		case strings.Contains(text, "No matching distribution found") && !strings.Contains(text, "Retrying ("):
			kind = errGone // pip says the same where it did not get through
		}
		return fail(kind, "%s %s failed (%v):\n%s", name, strings.Join(args[:3], " "), err, text)
	}
	return nil
}

// withoutPython is an environment without the variables of the Python interpreter.
func withoutPython(env []string) []string {
	return slices.DeleteFunc(env, func(kv string) bool { return strings.HasPrefix(kv, "PYTHON") })
}

// unpackWheel unpacks a wheel into dir.
func unpackWheel(path, dir string) error {
	z, err := zip.OpenReader(path)
	if err != nil {
		return err
	}
	defer z.Close()
	for _, f := range z.File {
		name := filepath.FromSlash(f.Name)
		if !filepath.IsLocal(name) {
			return fmt.Errorf("%s holds the name %q, which leads out of its folder", filepath.Base(path), f.Name)
		}
		if f.FileInfo().IsDir() {
			continue
		}
		if err := unpackFile(f, filepath.Join(dir, name)); err != nil {
			return err
		}
	}
	return nil
}

func unpackFile(f *zip.File, path string) error {
	if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
		return err
	}
	r, err := f.Open()
	if err != nil {
		return err
	}
	defer r.Close()
	mode := fs.FileMode(0o644)
	if f.Mode()&0o111 != 0 || strings.Contains(path, ".so") {
		mode = 0o755 // ptxas and the like are run
	}
	out, err := os.OpenFile(path, os.O_CREATE|os.O_WRONLY|os.O_TRUNC, mode)
	if err != nil {
		return err
	}
	if _, err = io.CopyBuffer(out, r, make([]byte, 1<<20)); err == nil {
		err = out.Sync()
	}
	if e := out.Close(); err == nil {
		err = e
	}
	return err
}

// replaceFolder puts src in the place of dst. A library that another process has mapped stays valid for it.
func replaceFolder(src, dst string) error {
	old := dst + ".old"
	os.RemoveAll(old)
	if err := os.Rename(dst, old); err != nil && !os.IsNotExist(err) {
		return err
	}
	defer os.RemoveAll(old)
	return os.Rename(src, dst)
}

// lockFolder keeps other processes from installing into the folder until the returned function is called. The lock is
// the kernel's, so it cannot outlive a process that is killed. alone is false where the file system has no locks.
func lockFolder(ctx context.Context, dir string) (unlock func(), alone bool, err error) {
	f, err := os.OpenFile(filepath.Join(dir, ".lock"), os.O_CREATE|os.O_RDWR|syscall.O_NONBLOCK, 0o644)
	if err != nil {
		return nil, false, err
	}
	for {
		err = syscall.Flock(int(f.Fd()), syscall.LOCK_EX|syscall.LOCK_NB)
		if err == nil {
			return func() { f.Close() }, true, nil
		}
		if err == syscall.ENOLCK || err == syscall.EOPNOTSUPP || err == syscall.ENOSYS {
			return func() { f.Close() }, false, nil // the rename at the end is still atomic
		}
		if err != syscall.EWOULDBLOCK && err != syscall.EINTR {
			f.Close()
			return nil, false, err
		}
		select {
		case <-ctx.Done():
			f.Close()
			return nil, false, ctx.Err()
		case <-time.After(100 * time.Millisecond):
		}
	}
}

// progress shows how far a download has come, by the size of what lies in the folder it goes to.
type progress struct {
	w    io.Writer
	tty  bool
	line chan string
	done chan struct{}
}

func startProgress(w io.Writer, text, dir string) *progress {
	p := &progress{w: w, line: make(chan string), done: make(chan struct{})}
	if f, ok := w.(*os.File); ok {
		st, err := f.Stat()
		p.tty = err == nil && st.Mode()&os.ModeCharDevice != 0
	}
	if w == nil {
		p.w = io.Discard
	}
	go p.run(text, dir)
	return p
}

func (p *progress) run(text, dir string) {
	defer close(p.done)
	if !p.tty {
		fmt.Fprintln(p.w, "gojax: "+text)
		for text = range p.line {
			fmt.Fprintln(p.w, "gojax: "+text)
		}
		return
	}
	start := time.Now()
	tick := time.NewTicker(250 * time.Millisecond)
	defer tick.Stop()
	for {
		fmt.Fprintf(p.w, "\r\x1b[Kgojax: %s: %.0f s", text, time.Since(start).Seconds())
		if n := folderBytes(dir); n > 0 {
			fmt.Fprintf(p.w, ", %s", bytesText(n))
		}
		select {
		case t, ok := <-p.line:
			if !ok {
				fmt.Fprintln(p.w)
				return
			}
			text = t
			fmt.Fprintln(p.w)
		case <-tick.C:
		}
	}
}

func (p *progress) say(text string) { p.line <- text }
func (p *progress) stop()           { close(p.line); <-p.done }

func folderBytes(dir string) (n int64) {
	_ = filepath.WalkDir(dir, func(_ string, e fs.DirEntry, err error) error {
		if err == nil && !e.IsDir() {
			if st, err := e.Info(); err == nil {
				n += st.Size()
			}
		}
		return nil
	})
	return n
}
