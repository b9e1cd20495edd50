package checkpoint

import (
	"cmp"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"

	"github.com/gojax/gojax/internal/files"
	"github.com/gojax/gojax/trace"
)

// Manager keeps the checkpoints of a computation in a folder, one for each step that is saved: what Orbax's
// CheckpointManager is for JAX. It has no state of its own, so that several processes may use one folder.
type Manager struct {
	Dir  string // made by the first Save
	Keep int    // how many checkpoints are kept, those of the latest steps; 0: all
}

var stepName = regexp.MustCompile(`^step-(\d{8,19})\.safetensors$`)

// Path is the file of a step: Dir/step-00000100.safetensors.
func (m Manager) Path(step int) string {
	return filepath.Join(m.Dir, fmt.Sprintf("step-%08d.safetensors", step))
}

// Save writes a tree as the checkpoint of a step, 0 or larger, as the function Save does, and then removes those of the
// earliest steps that are more than Keep; not this one, if it is among them. An error leaves the older checkpoints.
func (m Manager) Save(step int, tree any) error {
	const op = "checkpoint.Manager.Save"
	if step < 0 {
		return fmt.Errorf("%s: step %d is negative", op, step)
	}
	if m.Dir == "" {
		return fmt.Errorf("%s: Dir is not set", op)
	}
	if m.Keep < 0 {
		return fmt.Errorf("%s: Keep is %d; it is the number of checkpoints to keep, or 0 for all", op, m.Keep)
	}
	if err := m.makeDir(); err != nil {
		return fmt.Errorf("%s: %w", op, err)
	}
	if err := save(op, m.Path(step), tree); err != nil {
		return err
	}
	if err := m.removeOld(step); err != nil {
		return fmt.Errorf("%s: step %d is saved, but an older one could not be removed: %w", op, step, err)
	}
	return nil
}

// makeDir makes the folder, if it is not there.
func (m Manager) makeDir() error {
	if _, err := os.Stat(m.Dir); !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	if err := os.MkdirAll(m.Dir, 0o777); err != nil {
		return err
	}
	return files.SyncDir(filepath.Dir(m.Dir))
}

func (m Manager) removeOld(saved int) error {
	if m.Keep == 0 {
		return nil
	}
	steps, err := m.Steps()
	if err != nil {
		return err
	}
	for _, step := range steps[:max(0, len(steps)-m.Keep)] {
		if step == saved {
			continue
		}
		if err := os.Remove(m.Path(step)); err != nil && !errors.Is(err, fs.ErrNotExist) { // another process was faster
			return err
		}
	}
	return nil
}

// Steps lists the steps that are in the folder, in order. A folder that is not there has none.
func (m Manager) Steps() ([]int, error) {
	entries, err := os.ReadDir(m.Dir)
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return nil, fmt.Errorf("checkpoint.Manager.Steps: %w", err)
	}
	steps := []int{}
	for _, e := range entries {
		s := stepName.FindStringSubmatch(e.Name())
		if s == nil {
			continue
		}
		if step, err := strconv.Atoi(s[1]); err == nil && filepath.Base(m.Path(step)) == e.Name() {
			steps = append(steps, step)
		}
	}
	slices.Sort(steps)
	return steps, nil
}

// LatestStep is the last of Steps; where there is none the error is fs.ErrNotExist (errors.Is).
func (m Manager) LatestStep() (int, error) {
	steps, err := m.Steps()
	if err == nil && len(steps) == 0 {
		err = m.none("checkpoint.Manager.LatestStep")
	}
	if err != nil {
		return 0, err
	}
	return steps[len(steps)-1], nil
}

func (m Manager) none(op string) error {
	return fmt.Errorf("%s: there is no checkpoint in %s: %w", op, m.Dir, fs.ErrNotExist)
}

// RestoreStep reads the checkpoint of a step into tree, a pointer, as Load does.
func (m Manager) RestoreStep(step int, tree any) error {
	return load("checkpoint.Manager.RestoreStep", m.Path(step), tree)
}

// Restore reads the checkpoint of the latest step into tree, a pointer, as Load does, and says which step that is. One
// that is damaged is said on stderr, and the step before it taken. Where there is no checkpoint the error is
// fs.ErrNotExist (errors.Is), and the tree as it was: a computation that begins so starts from there.
func (m Manager) Restore(tree any) (step int, err error) {
	const op = "checkpoint.Manager.Restore"
	if err := trace.Try(func() { pointer(op, tree) }); err != nil {
		return 0, err // also where there is no checkpoint yet
	}
	for {
		steps, err := m.Steps()
		if err != nil {
			return 0, err
		}
		var bad error
		gone := false
		for _, step := range slices.Backward(steps) {
			switch err := load(op, m.Path(step), tree); {
			case err == nil:
				if bad != nil {
					fmt.Fprintf(os.Stderr, "gojax: step %d is taken: %v\n", step, bad)
				}
				return step, nil
			case errors.Is(err, fs.ErrNotExist): // removed since, when a later one was saved
				gone = true
			case errors.Is(err, ErrDamaged):
				bad = errors.Join(bad, err)
			default:
				return 0, err
			}
		}
		if !gone {
			return 0, cmp.Or(bad, m.none(op))
		}
	}
}
