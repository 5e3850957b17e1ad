# The one set of doors to this project. CI uses them too, and nothing else.
# A line `name: … ## text` is a door; `make help` shows it.

.DEFAULT_GOAL := help
PREFIX ?= /usr/local
HOLDFAST_TORTURE_ROUNDS ?= 10000

.PHONY: help deps run test build deb release format lint race sanitize fuzz torture bench install \
	clean

help: ## shows this list
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "  make %-9s %s\n", $$1, $$2 }' Makefile

deps: ## installs what Debian has and building and testing need
	@.ci/deps test

run: build ## builds and starts the sandbox: the relay with a local Platform simulator
	@exec .build/release/holdfast sandbox

test: ## builds and runs every test; the last line counts them
	@.ci/test

build: ## builds the release binaries into .build/release/
	@.ci/deps build
	swift build -c release --static-swift-stdlib --product holdfast
	swift build -c release --static-swift-stdlib --product platform-simulator

deb: ## makes the Debian package, .build/holdfast_VERSION_ARCHITECTURE.deb
	@.ci/deps deb
	@$(MAKE) --no-print-directory build
	@.ci/deb

release: build ## packs stripped binaries, man page and examples into .build/holdfast-VERSION.tar.gz
	@.ci/release

format: ## rewrites the Swift files in the project's format
	swift format -i -p -r Sources Tests Migrations Package.swift

lint: ## checks format, shell scripts and stray blanks without changing anything
	@.ci/lint

race: ## runs every test under the thread sanitizer
	@.ci/test --sanitize=thread --scratch-path=.build/race

sanitize: ## the same under the address sanitizer, with leaks; C code under the undefined one too
	@.ci/test --sanitize=address --scratch-path=.build/sanitize

fuzz: ## fuzzes every parser that strangers reach (TARGET=name RUNS=1000000 SECONDS_EACH=n)
	@TARGET="$(TARGET)" RUNS="$(RUNS)" SECONDS_EACH="$(SECONDS_EACH)" JOBS="$(JOBS)" \
		SANITIZE="$(SANITIZE)" .ci/fuzz

torture: ## runs the long reliability tests (HOLDFAST_TORTURE_ROUNDS=10000)
	@HOLDFAST_TORTURE_ROUNDS=$(HOLDFAST_TORTURE_ROUNDS) .ci/test --filter TortureTests

bench: build ## measures this machine: events per second, latency, end to end
	@.build/release/holdfast bench

install: ## installs binaries, man page, completions and examples (PREFIX=/usr/local)
	@.ci/install "$(DESTDIR)$(PREFIX)"

clean: ## removes everything that was built
	rm -rf .build
