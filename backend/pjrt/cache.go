package pjrt

import (
	"bytes"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/binary"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"math"
	"os"
	"path/filepath"
	"sort"
	"strings"
	"sync"
	"sync/atomic"
	"time"
)

// The cache of compiled programs on disk. An entry is named by the hash of all that the compiled code depends on, is
// written under another name and renamed, and is sealed with the user's key; one that is damaged, or another's, is
// dropped and compiled again. Nothing that goes wrong with the folder fails a compilation: it is said once on stderr.

// Source tells where CompileCached got an executable from.
type Source int

const (
	Compiled Source = iota // compiled now, and stored
	CacheHit               // loaded from the disk, or made by another goroutine meanwhile
	CacheOff               // compiled now; the cache is off or cannot be used
)

// String is "compiled", "cache hit" or "cache off".
func (s Source) String() string { return [...]string{"compiled", "cache hit", "cache off"}[s] }

// flights holds the compilations under way, so that one key is compiled once at a time.
type flights struct {
	sync.Mutex
	m map[string]*flight
}

type flight struct {
	done chan struct{}
	x    *Executable
	err  error
}

// CompileCached is Compile through the cache on disk (GOJAX_CACHE_DIR; GOJAX_CACHE=off for none). key gives the
// program's text without source locations, by which it is found; text gives the one to compile and is called only
// when it is not. Several goroutines that ask for one key at the same time share one compilation.
func (c *Client) CompileCached(key, text func() []byte, o CompileOptions) (x *Executable, how Source, err error) {
	d, err := c.compileDevice(o)
	if err != nil {
		return nil, CacheOff, err
	}
	if spans(o.Devices) { // XLA tries out kernels in all processes together: none may have it from elsewhere
		x, err := c.Compile(text(), o)
		return x, CacheOff, err
	}
	program := key()
	id := c.cacheKey(program, o)
	c.compiles.Lock()
	if f := c.compiles.m[id]; f != nil {
		c.compiles.Unlock()
		<-f.done
		if f.err != nil {
			return nil, Compiled, f.err
		}
		return f.x.share(d), CacheHit, nil
	}
	f := &flight{done: make(chan struct{}), err: errors.New("pjrt: the compilation was given up")}
	c.compiles.m[id] = f
	c.compiles.Unlock()
	defer func() { // also when text panics: nobody may wait for ever
		c.compiles.Lock()
		delete(c.compiles.m, id)
		c.compiles.Unlock()
		close(f.done)
	}()
	f.x, how, f.err = c.compileOnce(id, donates(program), text, o)
	if f.err == nil && c.inline > 0 && o.Devices == nil {
		kept := func() []byte { return program } // not text, which may hold what functions of the user's hold
		f.x.again = func(to *Client) (*Executable, error) {
			x, _, err := to.CompileCached(kept, kept, CompileOptions{Effort: o.Effort})
			return x, err
		}
	}
	return f.x, how, f.err
}

// share is x under another handle, so that each caller may Delete its own.
func (x *Executable) share(d *Device) *Executable {
	return &Executable{client: x.client, loaded: x.loaded, dev: d, devices: x.devices, portable: x.portable,
		mayDonate: x.mayDonate, outs: x.outs, request: x.request, memory: x.memory, core: x.core, again: x.again}
}

func (c *Client) compileOnce(id string, mayDonate bool, text func() []byte, o CompileOptions) (*Executable, Source,
	error) {
	dir, key := programDir()
	if dir == "" {
		x, err := c.Compile(text(), o)
		return x, CacheOff, err
	}
	path := filepath.Join(dir, id[:2], id)
	if payload, err := readEntry(path, key); err == nil {
		if x, err := c.load(payload, o, mayDonate); err == nil {
			touch(path)
			return x, CacheHit, nil
		}
		os.Remove(path) // whole, but not for this plugin after all
	} else if !errors.Is(err, fs.ErrNotExist) {
		cacheTrouble(err)
		os.Remove(path)
	}
	x, err := c.Compile(text(), o)
	if err != nil {
		return nil, Compiled, err
	}
	payload, err := x.Serialize()
	if err != nil { // this plugin, or this program, cannot be stored
		return x, CacheOff, nil
	}
	if len(payload) > maxEntry {
		return x, CacheOff, nil
	}
	if err := writeEntry(path, key, payload); err != nil {
		cacheTrouble(err)
		return x, CacheOff, nil
	}
	trimSoon(dir, int64(len(payload)))
	return x, Compiled, nil
}

func cacheTrouble(err error) {
	warnOnce("cache",
		"the cache of compiled programs cannot be used fully: %v (GOJAX_CACHE_DIR names another folder, "+
			"GOJAX_CACHE=off silences this)", err)
}

// programDir is the folder of the compiled programs and the key that seals them; "" when the cache is off.
func programDir() (dir string, key []byte) {
	if !Flag("GOJAX_CACHE", true) {
		return "", nil
	}
	cache, err := CacheDir()
	if err == nil {
		dir = filepath.Join(cache, "programs")
		err = safe(cache, dir)
	}
	if err == nil {
		key, err = sealKey()
	}
	if err != nil {
		cacheTrouble(err)
		return "", nil
	}
	return dir, key
}

// cacheKey hashes the program's text and all else that the compiled code depends on: also the devices on which its
// partitions run, if it has such, and the effort.
func (c *Client) cacheKey(program []byte, o CompileOptions) string {
	h := sha256.New()
	h.Write(program)
	h.Write([]byte(c.environment()))
	if o.Devices != nil {
		h.Write([]byte("\npartitions "))
		h.Write(assignment(o.Devices))
	}
	if o.Effort != FullEffort {
		fmt.Fprintf(h, "\neffort %q", o.Effort.overrides())
	}
	return hex.EncodeToString(h.Sum(nil))
}

// environment is what compiled code depends on besides the program. What XLA reads once, when the client is made, is
// taken down then; the rest cannot change either.
func (c *Client) environment() string {
	c.envOnce.Do(func() {
		var b strings.Builder
		hash, err := c.info.Hash()
		if err != nil {
			hash = "unknown: " + err.Error()
		}
		fmt.Fprintf(&b, "\ncache %d\nplugin %s %d.%d %s\nplatform %s\noptions %x\ndevices %d\n", cacheVersion, hash,
			c.info.Major, c.info.Minor, c.info.Version, c.platform, c.options(CompileOptions{}), len(c.devices))
		for _, d := range c.devices {
			fmt.Fprintf(&b, "device %s\n", d.kind)
		}
		fmt.Fprintf(&b, "processor %s\ndriver %s\n", processor(), driver())
		poolSize.Lock()
		defer poolSize.Unlock()
		for _, k := range []string{"XLA_FLAGS", "PJRT_NPROC", "NPROC", "CUDA_VISIBLE_DEVICES"} {
			v := os.Getenv(k)
			if c.alone && k == "PJRT_NPROC" {
				v = alone
			}
			fmt.Fprintf(&b, "%s=%s\n", k, v)
		}
		c.env = b.String()
	})
	return c.env + ffiVersions()
}

// driver is the version of the GPU's driver.
func driver() string {
	b, _ := os.ReadFile("/proc/driver/nvidia/version")
	line, _, _ := bytes.Cut(b, []byte("\n"))
	return string(line)
}

// cacheVersion changes with the form of the entries.
const cacheVersion = 3

var entryMagic = []byte("gojax program 2\n")

// maxEntry is the most that one program may take on disk.
const maxEntry = 1 << 30

var errDamaged = errors.New("damaged entry, or not sealed with this user's key (gojax/cache.key in the folder " +
	"for settings: keep it with the cache, or set GOJAX_CACHE_TRUST=1)")

// entryCode seals an entry with its name: a whole entry under the name of another would be another program.
func entryCode(path string, key, payload []byte) [sha256.Size]byte {
	return seal(key, []byte("program\n"+filepath.Base(path)), payload)
}

// readEntry reads and checks an entry: the magic, the payload's length, the entry's code, the payload.
func readEntry(path string, key []byte) ([]byte, error) {
	head := len(entryMagic) + 8 + sha256.Size
	f, st, err := openRegular(path, int64(head)+maxEntry)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	damaged := fmt.Errorf("%s: %w", path, errDamaged)
	b := make([]byte, head)
	if _, err := io.ReadFull(f, b); err != nil || !bytes.HasPrefix(b, entryMagic) {
		return nil, damaged
	}
	// the length first: nothing is allocated for a file of another size
	n := binary.LittleEndian.Uint64(b[len(entryMagic):])
	if n != uint64(st.Size()-int64(head)) {
		return nil, damaged
	}
	payload := make([]byte, n)
	if _, err := io.ReadFull(f, payload); err != nil {
		return nil, damaged
	}
	if code := entryCode(path, key, payload); !hmac.Equal(code[:], b[head-sha256.Size:]) {
		return nil, damaged
	}
	return payload, nil
}

func writeEntry(path string, key, payload []byte) error {
	code := entryCode(path, key, payload)
	return writeAtomically(path, entryMagic, binary.LittleEndian.AppendUint64(nil, uint64(len(payload))), code[:],
		payload)
}

// touch notes that an entry was used, for the eviction; once an hour is enough.
func touch(path string) {
	if st, err := os.Stat(path); err == nil && time.Since(st.ModTime()) > time.Hour {
		now := time.Now()
		_ = os.Chtimes(path, now, now)
	}
}

// cacheLimit is the most bytes the cache may take: GOJAX_CACHE_MAX_BYTES, or 2 GiB.
func cacheLimit() int64 {
	return setting("GOJAX_CACHE_MAX_BYTES", 2<<30, 0, math.MaxInt64, "2 GiB are used")
}

var written atomic.Int64 // bytes since the folder was last looked through

// trimSoon looks through the folder at the process's first write and whenever a sixteenth of the limit was written
// since: not at every write, and never so late that the limit is far exceeded.
func trimSoon(dir string, n int64) {
	limit := cacheLimit()
	w := written.Add(n)
	if w != n && w < limit/16 {
		return
	}
	written.Store(1)
	trim(dir, limit)
	trim(filepath.Join(filepath.Dir(dir), "hashes"), 1<<20)
}

// trim removes the least recently used entries until the rest fits limit, and leftovers of writes that did not end.
func trim(dir string, limit int64) {
	type entry struct {
		path string
		size int64
		used time.Time
	}
	var all []entry
	total := int64(0)
	_ = filepath.WalkDir(dir, func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return nil
		}
		st, err := d.Info()
		if err != nil {
			return nil
		}
		if strings.HasPrefix(d.Name(), ".tmp-") {
			if time.Since(st.ModTime()) > time.Hour {
				os.Remove(path)
			}
			return nil
		}
		if !st.Mode().IsRegular() || st.Size() > 2*maxEntry { // nothing that was put there by writeEntry
			os.Remove(path)
			return nil
		}
		all = append(all, entry{path, st.Size(), st.ModTime()})
		total += st.Size()
		return nil
	})
	sort.Slice(all, func(i, j int) bool { return all[i].used.Before(all[j].used) })
	for _, e := range all {
		if total <= limit {
			return
		}
		if os.Remove(e.path) == nil {
			total -= e.size
		}
	}
}
