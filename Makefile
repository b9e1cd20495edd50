.PHONY: check test race bench tutorial cover clean

check: ## what CI runs
	bash .ci/run

test:
	go test -timeout 30m ./...

race:
	go test -timeout 30m -race ./...

bench: ## the table of figures
	go run ./benchmarks

tutorial:
	go run ./examples/tutorial

cover:
	go test -coverpkg=./... -coverprofile=cover.out ./... && go tool cover -func=cover.out | tail -1

clean:
	rm -f cover.out
	go clean -testcache
