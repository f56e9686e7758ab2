# Two commands: `make demo` shows a school and a desk, `make test` checks everything.
# Each installs what it needs first, says what it is doing, and does nothing twice.

PYTHON ?= python3
VENV   := .venv
BIN    := $(VENV)/bin
READY  := $(VENV)/ready
PORT   ?= 8000

.PHONY: demo test check format words lock clean help

help:
	@echo "make demo   a made-up school and desk on http://127.0.0.1:$(PORT), with a sign-in link for each role"
	@echo "make test   every check and every test, the browser's included"
	@echo "make check  the quick ones: style, types, walls"
	@echo "make words  takes up new sentences into each translation, and says how many wait for words"

demo: $(READY)
	@$(BIN)/plainview demo --port $(PORT)

test: $(READY)
	@scripts/browser
	@$(MAKE) --no-print-directory check
	@echo "== tests"
	@$(BIN)/pytest -n 2 --dist loadfile

check: $(READY)
	@echo "== style"
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@echo "== types of the core"
	@$(BIN)/mypy
	@echo "== walls between the rooms"
	@$(BIN)/lint-imports --no-logo
	@echo "== the teaching content"
	@$(BIN)/plainview content check content

format: $(READY)
	@$(BIN)/ruff check --fix .
	@$(BIN)/ruff format .

# The words of the site, in each language that has a folder under site/locale. Needs gettext (apt install gettext).
# A sentence that has changed is asked for again: a guess at what it may mean would look like a translation.
words: $(READY)
	@command -v msgattrib >/dev/null || { echo "make words needs gettext: apt install gettext"; exit 1; }
	@cd src/plainview && PLAINVIEW_SECRET=$$(printf '%064d' 0) PLAINVIEW_HOME=$(abspath build/words) \
	  $(abspath $(BIN))/plainview manage makemessages --all --add-location file --no-obsolete --verbosity 0
	@for po in src/plainview/site/locale/*/LC_MESSAGES/django.po; do \
	  msgattrib --clear-fuzzy --empty --clear-previous --no-obsolete $$po | grep -v '^"POT-Creation-Date' >$$po.new && mv $$po.new $$po; \
	  echo "== $$po"; msgfmt --check-format --statistics -o $${po%.po}.mo $$po; \
	  msgattrib --untranslated --no-wrap $$po | grep '^msgid "..*"' || true; \
	done

# The lock file carries the hash of every package; what does not match is not installed.
$(READY): requirements.lock pyproject.toml
	@PYTHON="$(PYTHON)" scripts/install $(VENV)
	@touch $(READY)

lock:
	uv pip compile --universal --generate-hashes --no-annotate --no-header \
	  --extra site --extra dev pyproject.toml -o requirements.lock

clean:
	rm -rf $(VENV) build dist .pytest_cache .ruff_cache .mypy_cache
