.PHONY: check check-all test race bench floors quality tutorial cover clean

check: ## what CI runs for a change
	bash .ci/run

check-all: ## what CI runs at night: all cases, fuzzing, the race detector over everything
	bash .ci/nightly

test:
	go test work

race:
	go test -timeout 1h -race work

bench: ## the table of figures
	go run ./benchmarks

floors: ## compares a run with the ratios in benchmarks/floors.json
	go run ./benchmarks -floors benchmarks/floors.json

quality: ## random bits through PractRand's tests, where its RNG_test is installed: LENGTH=16GB
	@command -v RNG_test >/dev/null || { echo "no RNG_test of PractRand's in the PATH; see CONTRIBUTING.md"; exit 1; }
	go build -o randomness.out ./tests/randomness
	for keys in one split fold; do ./randomness.out -keys $$keys | RNG_test stdin32 -tlmax $(or $(LENGTH),1GB); done

tutorial:
	go run ./examples/tutorial

cover:
	go test -coverpkg=./... -coverprofile=cover.out work && go tool cover -func=cover.out | tail -1

clean:
	rm -f cover.out randomness.out
	go clean -testcache
