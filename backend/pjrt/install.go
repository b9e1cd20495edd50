package pjrt

import (
	"archive/zip"
	"bytes"
	"context"
	"fmt"
	"io"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strings"
	"syscall"
	"time"
)

// Install downloads the pinned plugin of a platform by python3's pip, checks its SHA-256, and unpacks it into the cache
// folder, where FindPlugin looks; it returns the plugin's path. On linux/arm64 and darwin/arm64 the CPU plugin is
// go-xla's, and its installer, run by the go command, does the download. What is there and whole already is left alone.
// The folder appears at once and complete, and two processes that install at the same time do not disturb each other.
// Lines of progress go to w (nil for none): at length where it is a terminal, one line otherwise.
func Install(ctx context.Context, platform string, w io.Writer) (path string, err error) {
	platform, err = platformName(platform)
	if err != nil {
		return "", err
	}
	list := distributions(platform)
	if len(list) == 0 {
		return "",
			fail(ErrNoPlugin,
				"no package with a PJRT plugin for %s is known for %s/%s: set GOJAX_PJRT_PLUGIN to the path of one",
				platform, runtime.GOOS, runtime.GOARCH)
	}
	cache, err := CacheDir()
	if err != nil {
		return "", err
	}
	return list[0].install(ctx, cache, w)
}

func (d distribution) install(ctx context.Context, cache string, w io.Writer) (path string, err error) {
	platform := d.platform
	path = d.installed(cache)
	root := filepath.Join(cache, "plugins")
	if err := os.MkdirAll(root, 0o755); err != nil {
		return "",
			fmt.Errorf("pjrt: install %s: the cache folder cannot be made: %w (GOJAX_CACHE_DIR names another one)",
				d.name, err)
	}
	unlock, err := lockFolder(ctx, root)
	if err != nil {
		return "",
			fmt.Errorf(
				"pjrt: install %s: the cache folder cannot be written to: %w (GOJAX_CACHE_DIR names another one)",
				d.name, err)
	}
	defer unlock()
	if _, err := os.Stat(path); err == nil && d.verify(path, platform) == nil {
		return path, nil
	}
	tmp, err := os.MkdirTemp(root, ".tmp-")
	if err != nil {
		return "",
			fmt.Errorf(
				"pjrt: install %s: the cache folder cannot be written to: %w (GOJAX_CACHE_DIR names another one)",
				d.name, err)
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
		return "", fmt.Errorf("pjrt: install %s: what was downloaded does not have its plugin: %w", d.name, err)
	} else if d.hash != "" && h != d.hash {
		return "", fail(ErrCorrupt, "install %s: the unpacked plugin has SHA-256 %s instead of %s", d.name, h, d.hash)
	}
	if err := replaceFolder(out, d.folder(cache)); err != nil {
		return "", fmt.Errorf("pjrt: install %s: %w", d.name, err)
	}
	if err := d.verify(path, platform); err != nil { // also leaves the hash for the first program to find
		return "", err
	}
	return path, nil
}

// fetch downloads the wheels to dir/wheels and checks the pinned one, or has the distribution's program fill dir/out.
func (d distribution) fetch(ctx context.Context, dir string, w io.Writer) error {
	folder, by := filepath.Join(dir, "wheels"), "pip"
	if d.program != "" {
		folder, by = filepath.Join(dir, "out"), "go run "+d.program
	}
	p := startProgress(w, fmt.Sprintf("downloading %s %s (%s) with %s", d.name, d.version, bytesText(d.bytes), by),
		folder)
	defer p.stop()
	if d.program != "" {
		return d.command(ctx, "go", "run", d.program, "-plugin", d.platform, "-version", d.version, "-path", folder,
			"-cache=false", "-verbosity", "0")
	}
	pip := func(requirements ...string) error {
		return d.command(ctx, "python3",
			append([]string{"-m", "pip", "download", "--no-deps", "--only-binary", ":all:", "--no-input",
				"--disable-pip-version-check", "--progress-bar", "off", "--quiet", "-d", folder}, requirements...)...)
	}
	if err := pip(d.name + "==" + d.version); err != nil {
		return err
	}
	found, _ := filepath.Glob(filepath.Join(folder, "*.whl"))
	if len(found) != 1 {
		return fail(ErrNoPlugin, "install %s: pip left %d wheels instead of one", d.name, len(found))
	}
	h, err := readHash(found[0])
	if err != nil {
		return fmt.Errorf("pjrt: install %s: %w", d.name, err)
	}
	if h != d.wheel {
		return fail(ErrCorrupt,
			"install %s: the wheel %s has SHA-256 %s instead of %s: it was damaged on the way, or is not the one "+
				"gojax knows", d.name, filepath.Base(found[0]), h, d.wheel)
	}
	if len(d.extra) == 0 {
		return nil
	}
	p.say("downloading NVIDIA's libraries (some gigabytes) with pip")
	return pip(d.extra...)
}

// downloaders says how to come by the programs that download.
var downloaders = map[string]string{
	"python3": "there is no python3 in PATH, whose pip does the download: install python3 with pip",
	"go":      "there is no go command in PATH, which runs the program that does the download: install Go",
}

// command runs one of the downloaders.
func (d distribution) command(ctx context.Context, name string, args ...string) error {
	path, err := exec.LookPath(name)
	if err != nil {
		return fail(ErrNoPlugin, "install %s: %s, or set GOJAX_PJRT_PLUGIN to the path of a PJRT plugin", d.name,
			downloaders[name])
	}
	cmd := exec.CommandContext(ctx, path, args...)
	var out bytes.Buffer
	cmd.Stdout, cmd.Stderr = &out, &out
	cmd.WaitDelay = 5 * time.Second
	if err := cmd.Run(); err != nil {
		if ctx.Err() != nil {
			err = ctx.Err()
		}
		text := strings.TrimSpace(out.String())
		if strings.Contains(text, "No module named pip") {
			text = "python3 has no pip: install it (python3 -m ensurepip, or your system's python3-pip)"
		}
		return fail(ErrNoPlugin,
			"install %s: %s %s failed (%v):\n%s\nA plugin that is there already can be named by GOJAX_PJRT_PLUGIN.",
			d.name, name, strings.Join(args[:2], " "), err, text)
	}
	return nil
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
// the kernel's, so it cannot outlive a process that is killed.
func lockFolder(ctx context.Context, dir string) (unlock func(), err error) {
	f, err := os.OpenFile(filepath.Join(dir, ".lock"), os.O_CREATE|os.O_RDWR, 0o644)
	if err != nil {
		return nil, err
	}
	for {
		err = syscall.Flock(int(f.Fd()), syscall.LOCK_EX|syscall.LOCK_NB)
		if err == nil {
			return func() { f.Close() }, nil
		}
		if err == syscall.ENOLCK || err == syscall.EOPNOTSUPP || err == syscall.ENOSYS {
			return func() { f.Close() }, nil // a file system without locks: the rename at the end is still atomic
		}
		if err != syscall.EWOULDBLOCK && err != syscall.EINTR {
			f.Close()
			return nil, err
		}
		select {
		case <-ctx.Done():
			f.Close()
			return nil, ctx.Err()
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
