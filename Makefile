# Vakspiegel. `make help` lists what there is.
SHELL := /bin/sh
.DELETE_ON_ERROR:
.DEFAULT_GOAL := help

TOOLS := $(or $(XDG_CACHE_HOME),$(HOME)/.cache)/vakspiegel/bin
ROOMS := cmd api consent media review policies
GO_DIRS := $(wildcard $(ROOMS)) $(wildcard web/*.go)
# What the front end is built from; tests are not.
WEB_SOURCES := $(shell find web -type d \( -name node_modules -o -name dist -o -name e2e -o -name test-results -o -name playwright-report \) -prune \
	-o -type f ! -name '*.test.ts' ! -name '*.test.tsx' ! -name '*.go' ! -name '.*' -print)
PACKAGES := web/node_modules/.installed
FRONT_END := web/node_modules/.built
GENERATED := api/contract/contract.gen.go web/src/api/schema.d.ts docs/gegevens.md

.PHONY: help run build test bench check generate tools again \
	check-format check-vet check-lint check-generated check-web check-api check-modules

help: ## what there is
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-16s %s\n", $$1, $$2 }' Makefile

run: build ## build and start the demo on 127.0.0.1:8080, its data in data/ (ARGS="--lan" for a phone)
	@exec bin/vakspiegel demo --data data $(ARGS)

build: $(FRONT_END) ## bin/vakspiegel, with the front end in it
	@mkdir -p bin
	CGO_ENABLED=0 go build -trimpath -o bin/vakspiegel ./cmd/vakspiegel

test: tools build ## every test; on Debian, as root, it first installs what they need
	@.ci/test

bench: build ## Vakspiegel beside something bare that does the same work: a table with ratios
	go run ./cmd/bench

check: check-format check-modules check-vet check-lint check-generated check-web check-api ## formatting, linters, import rules, generated code, API design rules

check-format: ## gofmt, and no conflict of a merge left in a file
	@! git grep -nIE '^(<{7}|>{7}) ' || { echo "these files still hold a conflict"; exit 1; }
	@unformatted=$$(gofmt -l $(GO_DIRS)); test -z "$$unformatted" || { echo "gofmt: run gofmt -w on:" $$unformatted; exit 1; }

check-modules: ## go.mod and go.sum are tidy and the modules are what they were
	go mod tidy -diff
	go mod verify

check-vet: $(FRONT_END) ## go vet
	go vet ./...

check-lint: $(FRONT_END) ## golangci-lint, with the import rules of the rooms
	@.ci/tools lint
	$(TOOLS)/golangci-lint run ./...

check-generated: $(FRONT_END) ## generated files are what `make generate` makes
	@.ci/drift $(GENERATED)

check-web: $(PACKAGES) ## types, biome and locale files of the front end
	node .ci/lock.mjs
	npm --prefix web run --silent check

check-api: $(PACKAGES) ## the contract keeps the NL API Design Rules
	web/node_modules/.bin/spectral lint --ruleset api/rules.yaml --fail-severity warn --quiet api/openapi.yaml

generate: $(PACKAGES) ## write the generated files anew
	cd api && go tool oapi-codegen -config oapi-codegen.yaml openapi.yaml
	npm --prefix web run --silent generate
	go generate ./...

tools: ## bring what tests and checks need (PostgreSQL, MinIO, ffmpeg, Chromium, golangci-lint)
	@.ci/tools

# Exactly what the lock file says. Not `npm ci`: it refuses a lock file for a
# registry that lacks another platform's optional package (npm/cli issue 9846).
# No install scripts: nothing here needs one, and some report to their makers.
$(PACKAGES): web/package-lock.json web/.npmrc
	npm --prefix web install --no-save --ignore-scripts --no-audit --no-fund --loglevel=error
	@touch $@

$(FRONT_END): $(PACKAGES) $(WEB_SOURCES) $(if $(wildcard web/dist/index.html),,again)
	npm --prefix web run --silent build
	@touch $@
