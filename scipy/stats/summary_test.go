package stats_test

import (
	"testing"

	"github.com/gojax/gojax/jnp"
	"github.com/gojax/gojax/scipy/stats"
)

func TestSummaryRefused(t *testing.T) {
	x := jnp.Zeros(3)
	checkRefusals(t, "summary_test.go", []refusal{
		{func() { stats.Mode(x, 1) }, []string{"stats.Mode", "axis 1"}},
		{func() { stats.Mode(x, 0, 0) }, []string{"stats.Mode", "one axis"}},
		{func() { stats.Modes{Flat: true}.Mode(x, 0) }, []string{"stats.Mode", "Flat"}},
		{func() { stats.Modes{NaNPolicy: stats.Omit}.Mode(x) }, []string{"stats.Mode", `"omit"`}},
		{func() { stats.StandardErrors{NaNPolicy: "drop"}.SEM(x) }, []string{"stats.StandardErrors.SEM", `"drop"`}},
		{func() { stats.Ranking{Method: "best"}.RankData(x) }, []string{"stats.Ranking.RankData", `"best"`}},
	})
}
