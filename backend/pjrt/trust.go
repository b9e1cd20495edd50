package pjrt

import (
	"bytes"
	"crypto/hmac"
	"crypto/rand"
	"crypto/sha256"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"syscall"
)

// What lies in the cache folder is run. So nobody else may be able to put something there, and what is read from it
// carries a code that only the owner of a secret key can make.

// insists reports whether the user takes the cache folder as it is, whoever can write to it.
func insists() bool { return Flag("GOJAX_CACHE_TRUST", false) }

// CheckCacheDir returns an error where the cache folder is not used, because somebody else than the user and root can
// write to it. GOJAX_CACHE_TRUST=1 insists on it.
func CheckCacheDir() error {
	dir, err := CacheDir()
	if err != nil {
		return err
	}
	return safe(dir, dir)
}

// safe returns an error where somebody other than the user and root could put files into a folder, or another folder in
// its place, and the same for what is at path, which is the folder or below it: one that is passed, or a link, is
// another's, or can be written to by others. (What is in a folder with the sticky bit, as /tmp, only its owner can
// replace.) What does not exist yet is as safe as what it will be made in.
func safe(folder, path string) error {
	if insists() {
		return nil
	}
	rest := split(path)
	within := len(rest) - len(split(folder)) // names below the folder
	at, links := "/", 0
	for len(rest) > 0 {
		next := filepath.Join(at, rest[0])
		st, err := os.Lstat(next)
		if errors.Is(err, fs.ErrNotExist) {
			return nil
		}
		if err != nil {
			return fmt.Errorf("pjrt: the cache folder %s cannot be looked at: %w (GOJAX_CACHE_DIR names another one)",
				folder, err)
		}
		if why := owned(st); why != "" {
			return untrusted(path, next, why, "chown it")
		}
		if st.Mode()&fs.ModeSymlink == 0 {
			at, rest = next, rest[1:]
			if writable(st, len(rest) <= within) {
				return untrusted(path, at, fmt.Sprintf("can be written to by others (%v)", st.Mode()), "chmod go-w "+at)
			}
			continue
		}
		target, err := os.Readlink(next)
		if links++; err != nil || links > 40 {
			return fail(ErrUntrusted,
				"%s leads through too many links (%v): GOJAX_CACHE_DIR names another cache folder", path, err)
		}
		if filepath.IsAbs(target) {
			at = "/"
		}
		rest = append(split(target), rest[1:]...)
	}
	return nil
}

// split gives the names of a path. ("..", in the target of a link, filepath.Join resolves: the folder it starts from
// has no links any more.)
func split(path string) []string {
	return slices.DeleteFunc(strings.Split(path, "/"), func(s string) bool { return s == "" || s == "." })
}

// writable reports whether others can write to what st describes; strict is for what is the user's own, and not on the
// way to it.
func writable(st fs.FileInfo, strict bool) bool {
	mode := st.Mode()
	sys, _ := st.Sys().(*syscall.Stat_t)
	switch {
	case mode.Perm()&0o022 == 0, !strict && mode&fs.ModeSticky != 0:
		return false
	}
	return strict || mode.Perm()&0o002 != 0 || sys == nil || !privateGroup(sys.Gid)
}

// owned says whose it is, where it is neither the user's nor root's.
func owned(st fs.FileInfo) string {
	sys, ok := st.Sys().(*syscall.Stat_t)
	if !ok || sys.Uid == 0 || int(sys.Uid) == os.Geteuid() || sys.Uid == nobody && rootIsNobody() {
		return ""
	}
	return fmt.Sprintf("belongs to user %d and not to you, user %d", sys.Uid, os.Geteuid())
}

func untrusted(path, at, why, cure string) error {
	what, it := "what lies in "+path, at+", on the way to it,"
	if st, err := os.Stat(path); err == nil && !st.IsDir() {
		what = "the plugin " + path
	}
	if at == path {
		it = "it"
	}
	return fail(ErrUntrusted,
		"%s is run as your code, and %s %s: %s, have GOJAX_CACHE_DIR name a folder that is yours alone, or insist on "+
			"this one with GOJAX_CACHE_TRUST=1", what, it, why, cure)
}

// nobody is the user that the kernel shows in the place of those who have no number in a user namespace.
const nobody = 65534

// rootIsNobody reports whether this process is in a user namespace without the machine's root, as some sandboxes are:
// what belongs to root then looks as if it were nobody's.
func rootIsNobody() bool {
	b, err := os.ReadFile("/proc/self/uid_map")
	f := strings.Fields(string(b))
	return err == nil && len(f) >= 3 && (f[1] != "0" || f[0] != "0")
}

// privateGroup reports whether a group has no members but this user and root: many systems give each user a group, and
// let it write to what the user makes.
func privateGroup(gid uint32) bool {
	group, err1 := os.ReadFile("/etc/group")
	users, err2 := os.ReadFile("/etc/passwd")
	if err1 != nil || err2 != nil {
		return false
	}
	return onlyMember(group, users, strconv.FormatUint(uint64(gid), 10), strconv.Itoa(os.Geteuid()))
}

func onlyMember(group, users []byte, gid, me string) bool {
	mine := map[string]bool{"root": true, "": true}
	for line := range bytes.Lines(users) {
		f := strings.Split(strings.TrimSpace(string(line)), ":")
		if len(f) < 4 {
			continue
		}
		if f[2] == me || f[2] == "0" {
			mine[f[0]] = true
		} else if f[3] == gid {
			return false
		}
	}
	for line := range bytes.Lines(group) {
		f := strings.Split(strings.TrimSpace(string(line)), ":")
		if len(f) == 4 && f[2] == gid {
			return !slices.ContainsFunc(strings.Split(f[3], ","), func(s string) bool { return !mine[s] })
		}
	}
	return false // its members are listed elsewhere
}

const keySize = 32

// sealKey is the user's secret key. It lies in the user's folder for settings, so that a cache folder that came from
// elsewhere does not bring its own; where there is none, or it cannot be written, in the cache folder. Who insists on a
// folder of several users has none.
func sealKey() ([]byte, error) {
	if insists() {
		return nil, nil
	}
	var first error
	for _, place := range []func() (string, error){
		func() (string, error) { d, err := os.UserConfigDir(); return filepath.Join(d, "gojax"), err },
		CacheDir,
	} {
		dir, err := place()
		if err == nil {
			err = safe(dir, dir)
		}
		var key []byte
		if err == nil {
			key, err = keyAt(filepath.Join(dir, "cache.key"))
		}
		if err == nil {
			return key, nil
		}
		if first == nil {
			first = err
		}
	}
	return nil, first
}

// keyAt reads a key, or makes one where there is none, or none that is a secret.
func keyAt(path string) ([]byte, error) {
	if key, err := readKey(path); err == nil {
		return key, nil
	} else if !errors.Is(err, fs.ErrNotExist) {
		if err := os.RemoveAll(path); err != nil {
			return nil, err
		}
	}
	if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
		return nil, err
	}
	f, err := os.CreateTemp(filepath.Dir(path), ".key-")
	if err != nil {
		return nil, err
	}
	defer os.Remove(f.Name())
	key := make([]byte, keySize)
	_, _ = rand.Read(key) // never fails
	_, err = f.Write(key)
	if err = errors.Join(err, f.Close()); err != nil {
		return nil, err
	}
	// Where two processes do this at once, the first link stays and both read it.
	if err := os.Link(f.Name(), path); err != nil && !errors.Is(err, fs.ErrExist) {
		if err := os.Rename(f.Name(), path); err != nil { // a file system without links
			return nil, err
		}
	}
	return readKey(path)
}

func readKey(path string) ([]byte, error) {
	f, st, err := openRegular(path, keySize)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	if sys, ok := st.Sys().(*syscall.Stat_t); ok && int(sys.Uid) != os.Geteuid() || st.Mode().Perm()&0o077 != 0 ||
		st.Size() != keySize {
		return nil, fmt.Errorf("%s is no secret key of this user", path)
	}
	key := make([]byte, keySize)
	_, err = io.ReadFull(f, key)
	return key, err
}

// seal is the code by which parts of the cache are told from what others put there.
func seal(key []byte, parts ...[]byte) (code [sha256.Size]byte) {
	h := hmac.New(sha256.New, key)
	for _, p := range parts {
		h.Write(p)
	}
	return [sha256.Size]byte(h.Sum(nil))
}

// openRegular opens a file that must be a regular one, not a link, of at most limit bytes. It does not wait, as opening
// a pipe does, and nothing is read.
func openRegular(path string, limit int64) (*os.File, fs.FileInfo, error) {
	return openChecked(path, limit, syscall.O_NOFOLLOW)
}

func openChecked(path string, limit int64, flags int) (*os.File, fs.FileInfo, error) {
	f, err := os.OpenFile(path, os.O_RDONLY|syscall.O_NONBLOCK|flags, 0)
	if err != nil {
		return nil, nil, err
	}
	st, err := f.Stat()
	switch {
	case err != nil:
	case !st.Mode().IsRegular():
		err = &fs.PathError{Op: "read", Path: path, Err: fmt.Errorf("not a file (%v)", st.Mode())}
	case st.Size() > limit:
		err = &fs.PathError{Op: "read", Path: path,
			Err: fmt.Errorf("%s, more than the %s that it may have", bytesText(st.Size()), bytesText(limit))}
	default:
		return f, st, nil
	}
	f.Close()
	return nil, nil, err
}

// readSmall reads a file that must be a regular one of at most limit bytes.
func readSmall(path string, limit int64) ([]byte, error) {
	f, _, err := openChecked(path, limit, 0)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	return io.ReadAll(io.LimitReader(f, limit))
}
