package pjrt

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"syscall"
	"time"
)

var hashes sync.Map // stamp of a file to its hash

// settleTime is longer than the clock of any file system takes for a tick.
var settleTime = 2 * time.Second

// stamp tells one state of a file from another without reading it. The time of the last change to the inode is in it,
// which programs cannot set. settled is false where the file changed so lately that another change could leave the same
// stamp, clocks of file systems being coarse.
func stamp(path string, st fs.FileInfo) (s string, settled bool) {
	s = fmt.Sprintf("%s size %d mtime %d", path, st.Size(), st.ModTime().UnixNano())
	sys, ok := st.Sys().(*syscall.Stat_t)
	if !ok {
		return s, false
	}
	changed := changeTime(sys)
	return fmt.Sprintf("%s ctime %d inode %d of %d owner %d", s, changed.UnixNano(), sys.Ino, sys.Dev, sys.Uid),
		time.Since(changed) > settleTime
}

// fileHash is the SHA-256 of a file in hexadecimal, remembered in the process and on disk by the file's stamp. What is
// on disk is sealed: who can write there cannot vouch for a file.
func fileHash(path string) (string, error) {
	f, st, err := openLibrary(path)
	if err != nil {
		return "", err
	}
	defer f.Close()
	s, settled := stamp(path, st)
	if h, ok := hashes.Load(s); ok {
		return h.(string), nil
	}
	memo, key := hashMemo(path)
	if memo != "" {
		if b, err := readSmall(memo, 1<<16); err == nil {
			if h, ok := openMemo(key, s, b); ok {
				hashes.Store(s, h)
				return h, nil
			}
		}
	}
	h, err := sumOf(f)
	if err != nil || !settled {
		return h, err
	}
	hashes.Store(s, h)
	if memo != "" {
		// a folder that cannot be written costs the next process the time again
		_ = writeAtomically(memo, sealMemo(key, s, h))
	}
	return h, nil
}

// sealMemo is what is written down of a file with the stamp s and the hash h.
func sealMemo(key []byte, s, h string) []byte {
	code := seal(key, []byte("hash\n"+h+"\n"+s))
	return []byte(h + " " + hex.EncodeToString(code[:]) + " " + s)
}

func openMemo(key []byte, s string, memo []byte) (h string, ok bool) {
	h, _, _ = strings.Cut(string(memo), " ")
	return h, len(h) == 2*sha256.Size && hmac.Equal(memo, sealMemo(key, s, h))
}

// hashMemo is where the hash of path is kept, and the key that seals it; "" without a safe cache folder.
func hashMemo(path string) (memo string, key []byte) {
	dir, err := CacheDir()
	if err != nil {
		return "", nil
	}
	folder := filepath.Join(dir, "hashes")
	if safe(dir, folder) != nil {
		return "", nil
	}
	if key, err = sealKey(); err != nil {
		return "", nil
	}
	k := sha256.Sum256([]byte(path))
	return filepath.Join(folder, hex.EncodeToString(k[:12])), key
}

// maxLibrary is several times what the largest plugin has, and what can be read in seconds.
const maxLibrary = 4 << 30

// openLibrary opens a plugin or a wheel, which may be a link to one.
func openLibrary(path string) (*os.File, fs.FileInfo, error) { return openChecked(path, maxLibrary, 0) }

func readHash(path string) (string, error) {
	f, _, err := openLibrary(path)
	if err != nil {
		return "", err
	}
	defer f.Close()
	return sumOf(f)
}

func sumOf(r io.Reader) (string, error) {
	h := sha256.New()
	if _, err := io.CopyBuffer(h, r, make([]byte, 1<<20)); err != nil {
		return "", err
	}
	return hex.EncodeToString(h.Sum(nil)), nil
}

// writeAtomically writes a file so that others see all of it or nothing.
func writeAtomically(path string, parts ...[]byte) error {
	dir := filepath.Dir(path)
	if err := os.MkdirAll(dir, 0o755); err != nil {
		return err
	}
	f, err := os.CreateTemp(dir, ".tmp-*")
	if err != nil {
		return err
	}
	for _, p := range parts {
		if _, err = f.Write(p); err != nil {
			break
		}
	}
	if e := f.Close(); err == nil {
		err = e
	}
	if err == nil {
		err = os.Rename(f.Name(), path)
	}
	if err != nil {
		os.Remove(f.Name())
	}
	return err
}
