.PHONY: check check-all test race bench tutorial cover clean

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

tutorial:
	go run ./examples/tutorial

cover:
	go test -coverpkg=./... -coverprofile=cover.out work && go tool cover -func=cover.out | tail -1

clean:
	rm -f cover.out
	go clean -testcache
