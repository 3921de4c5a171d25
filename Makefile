# The daily commands of Khomo. `make` alone lists them.
.POSIX:
SHELL = /bin/sh
.DEFAULT_GOAL = help
.PHONY: help demo build tools-build tools-test tools-bench test test-sqlite test-postgres torture simulation lint fmt doc deny bench clean-var

# Where cargo builds: CARGO_TARGET_DIR when it is set, else target/.
TARGET = $${CARGO_TARGET_DIR:-target}
SCRIPTS = tests/support/scripts

# Of `make demo`. An empty PROFILE or DATA leaves the program's own default.
DIR = var/demo
PROFILE =
DATA =

help: ## list the commands
	@echo 'Khomo: make COMMAND'
	@echo
	@sed -n 's/^\([a-z-]*\):.*## \(.*\)$$/  \1 \2/p' Makefile | awk '{ name = $$1; $$1 = ""; printf "  %-14s%s\n", name, $$0 }'
	@echo
	@echo '  make demo PROFILE=tay-ninh-2024 DATA=DIR   another province, with a folder of real files'
	@echo '  make demo DIR=DIR                          keep its data elsewhere than var/demo'

demo: build ## build in release, then serve both portals with sample data at 127.0.0.1:8080 and :8081
	@exec "$(TARGET)/release/khomo" demo --dir "$(DIR)" $(if $(PROFILE),--profile "$(PROFILE)") $(if $(DATA),--data "$(DATA)")

build: tools-build ## build the program in release
	cargo build --release --locked

test: tools-build tools-test ## everything: format, lints, the suite on SQLite and on PostgreSQL, S3, browser, docs
	@sh $(SCRIPTS)/test.sh

test-sqlite: ## the suite on SQLite alone (its browser tests want what `make tools-test` installs)
	@sh $(SCRIPTS)/test.sh sqlite

test-postgres: ## the suite on a PostgreSQL started for it
	@sh $(SCRIPTS)/test.sh postgres

lint: ## format and clippy, as `make test` asks for them
	@sh $(SCRIPTS)/test.sh format clippy

fmt: ## format the code
	cargo fmt

doc: ## build the documentation of the code, private items too
	@sh $(SCRIPTS)/test.sh docs

deny: ## licences, sources and bans of the dependencies (needs cargo-deny)
	@command -v cargo-deny >/dev/null 2>&1 || { echo 'cargo-deny is missing. Install it: cargo install --locked cargo-deny' >&2; exit 1; }
	cargo deny --locked check bans licenses sources

torture: tools-build ## kill the program at 480 points of its work (a quarter of an hour)
	KHOMO_TORTURE=15 cargo test --locked --test tests -- --nocapture --test-threads 1 crash::

simulation: tools-build ## three years of a province, day by day (an hour)
	KHOMO_SIMULATION=days cargo test --locked --test tests -- --nocapture simulation::

bench: build tools-bench ## measure ingest, pages and search beside what one would use instead
	cargo build --release --locked --features bench --bin bare-page
	python3 benches/run.py --khomo "$(TARGET)/release/khomo"

tools-build: ## check, or install, what a build needs: a C compiler, make and perl
	@sh $(SCRIPTS)/need.sh build

tools-test: ## check, or install, what the tests need: PostgreSQL, Chromium and its driver, axe
	@sh $(SCRIPTS)/need.sh test

tools-bench: ## check, or install, what the measurements need: Python and wrk
	@sh $(SCRIPTS)/need.sh bench

clean-var: ## throw away the demo's data
	rm -rf var
