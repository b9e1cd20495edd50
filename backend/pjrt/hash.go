package pjrt

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"syscall"
)

var hashes sync.Map // stamp of a file to its hash

// stamp tells one state of a file from another without reading it.
func stamp(path string) (string, error) {
	st, err := os.Stat(path)
	if err != nil {
		return "", err
	}
	inode := uint64(0)
	if s, ok := st.Sys().(*syscall.Stat_t); ok {
		inode = s.Ino
	}
	return fmt.Sprintf("%s size %d mtime %d inode %d", path, st.Size(), st.ModTime().UnixNano(), inode), nil
}

// fileHash is the SHA-256 of a file in hexadecimal, remembered in the process and on disk by the file's stamp.
func fileHash(path string) (string, error) {
	s, err := stamp(path)
	if err != nil {
		return "", err
	}
	if h, ok := hashes.Load(s); ok {
		return h.(string), nil
	}
	memo := hashMemo(path)
	if memo != "" {
		if b, err := os.ReadFile(memo); err == nil {
			if h, rest, ok := strings.Cut(string(b), " "); ok && rest == s && len(h) == 2*sha256.Size {
				hashes.Store(s, h)
				return h, nil
			}
		}
	}
	h, err := readHash(path)
	if err != nil {
		return "", err
	}
	hashes.Store(s, h)
	if memo != "" {
		// a folder that cannot be written costs the next process the time again
		_ = writeAtomically(memo, []byte(h+" "+s))
	}
	return h, nil
}

// hashMemo is where the hash of path is kept, "" without a cache folder.
func hashMemo(path string) string {
	dir, err := CacheDir()
	if err != nil {
		return ""
	}
	k := sha256.Sum256([]byte(path))
	return filepath.Join(dir, "hashes", hex.EncodeToString(k[:12]))
}

func readHash(path string) (string, error) {
	f, err := os.Open(path)
	if err != nil {
		return "", err
	}
	defer f.Close()
	h := sha256.New()
	if _, err := io.CopyBuffer(h, f, make([]byte, 1<<20)); err != nil {
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
