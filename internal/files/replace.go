package files

import (
	"crypto/rand"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"syscall"
)

// Files that are being written are .gojax-*.tmp beside the file that they become. Their writer holds a lock on them,
// which the kernel takes away when the writer ends, however it ends. So Sweep can tell those that nobody will finish.
const (
	tmpPrefix = ".gojax-"
	tmpSuffix = ".tmp"
)

// Replace has write fill a new file, and gives that the name path once its bytes are on the disk. At every moment path
// is the old file or the new one, even if the process is killed or the machine stops. An error leaves the old one. The
// new file has the permissions of the old one. What a symbolic link names is replaced, not the link. Pipes, terminals
// and the process's own open files (/dev/stdout) are written to as they are.
func Replace(path string, write func(f *os.File) error) error {
	open := strings.HasPrefix(path, "/dev/std") || strings.HasPrefix(path, "/dev/fd/") ||
		strings.HasPrefix(path, "/proc/")
	if real, err := filepath.EvalSymlinks(path); err == nil && !open {
		path = real
	}
	old, err := os.Stat(path)
	switch {
	case err == nil && old.IsDir():
		return &fs.PathError{Op: "write", Path: path, Err: syscall.EISDIR}
	case open || err == nil && !old.Mode().IsRegular():
		f, err := os.OpenFile(path, os.O_WRONLY|os.O_APPEND, 0)
		if err != nil {
			return err
		}
		return errors.Join(write(f), f.Close())
	}
	f, err := temporary(filepath.Dir(path))
	if err != nil {
		return err
	}
	named := false
	defer func() { // also where write panics
		if !named {
			os.Remove(f.Name())
		}
		f.Close() // only now: with it goes the lock
	}()
	if err := write(f); err != nil {
		return err
	}
	if old != nil {
		if err := f.Chmod(old.Mode().Perm()); err != nil {
			return err
		}
	}
	if err := f.Sync(); err != nil {
		return err
	}
	if err := os.Rename(f.Name(), path); err != nil {
		return err
	}
	named = true
	return SyncDir(filepath.Dir(path))
}

// temporary makes a file in dir that this process has locked.
func temporary(dir string) (*os.File, error) {
	for {
		name := filepath.Join(dir, tmpPrefix+rand.Text()+tmpSuffix)
		f, err := os.OpenFile(name, os.O_RDWR|os.O_CREATE|os.O_EXCL, 0o666)
		if err != nil {
			return nil, err
		}
		// A file system without locks has no sweeping either.
		_ = syscall.Flock(int(f.Fd()), syscall.LOCK_EX)
		mine, err1 := f.Stat()
		named, err2 := os.Lstat(name)
		if err1 == nil && err2 == nil && os.SameFile(mine, named) {
			return f, nil
		}
		f.Close() // swept away between its making and its locking
		if err := errors.Join(err1, err2); err != nil && !errors.Is(err, fs.ErrNotExist) {
			return nil, err
		}
	}
}

// SyncDir has the names in dir written to the disk. Some file systems cannot, and need not.
func SyncDir(dir string) error {
	d, err := os.Open(dir)
	if err != nil {
		return err
	}
	defer d.Close()
	if err := d.Sync(); err != nil && !errors.Is(err, syscall.EINVAL) && !errors.Is(err, syscall.ENOTSUP) {
		return err
	}
	return nil
}

// Sweep removes from dir what killed processes have left behind. It does what it can.
func Sweep(dir string) {
	entries, _ := os.ReadDir(dir)
	for _, e := range entries {
		if !strings.HasPrefix(e.Name(), tmpPrefix) || !strings.HasSuffix(e.Name(), tmpSuffix) ||
			!e.Type().IsRegular() {
			continue
		}
		f, err := os.Open(filepath.Join(dir, e.Name()))
		if err != nil {
			continue
		}
		if syscall.Flock(int(f.Fd()), syscall.LOCK_EX|syscall.LOCK_NB) == nil {
			os.Remove(f.Name())
		}
		f.Close()
	}
}
