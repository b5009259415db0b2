#!/bin/sh
# Makes .venv with pinned dependencies: "./setup.sh core" for the demo, "./setup.sh dev" for everything.
# Works with plain Python and is faster where uv is there. Nothing outside this folder is touched.
set -eu
cd "$(dirname "$0")"
want=${1:-core}
case $want in
  core) lock=requirements.lock ;;
  dev) lock=requirements-dev.lock ;;
  *) echo "setup.sh: say core or dev" >&2; exit 2 ;;
esac

find_python() {
  for name in python3.13 python3.12 python3.11 python3.14 python3; do
    if command -v "$name" >/dev/null 2>&1 &&
       "$name" -c 'import sys; sys.exit(not (3, 11) <= sys.version_info[:2] < (3, 15))' >/dev/null 2>&1; then
      echo "$name"
      return
    fi
  done
}

python=$(find_python)
if [ -z "$python" ]; then
  echo "rerating needs Python 3.11, 3.12, 3.13 or 3.14; install one of them and run make again." >&2
  exit 1
fi

# A stamp says what was installed: the lock and the project's own metadata. A dev environment holds the core too.
stamp_of() { cat "$1" pyproject.toml | cksum | tr -d ' '; }
for done in "core-$(stamp_of requirements.lock)" "dev-$(stamp_of requirements-dev.lock)"; do
  if [ -f ".venv/.$done" ]; then
    case $want-$done in core-*|dev-dev-*) exit 0 ;; esac
  fi
done

if command -v uv >/dev/null 2>&1; then
  [ -x .venv/bin/python ] || uv venv --quiet --python "$("$python" -c 'import sys; print(sys.executable)')" .venv
  uv pip install --quiet --python .venv/bin/python --require-hashes -r "$lock"
  uv pip install --quiet --python .venv/bin/python --no-deps -e .
else
  if ! "$python" -c 'import venv, ensurepip' >/dev/null 2>&1; then
    echo "$python lacks the modules venv and ensurepip; on Debian install $("$python" -c 'import sys; print("python3.%d-venv" % sys.version_info[1])')." >&2
    exit 1
  fi
  [ -x .venv/bin/python ] || "$python" -m venv .venv
  .venv/bin/python -m pip --version >/dev/null 2>&1 || .venv/bin/python -m ensurepip --upgrade >/dev/null
  .venv/bin/python -m pip install --quiet --disable-pip-version-check --require-hashes -r "$lock"
  .venv/bin/python -m pip install --quiet --disable-pip-version-check --no-deps -e .
fi
touch ".venv/.$want-$(stamp_of "$lock")"
