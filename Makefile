# The two commands of the README; each sets up what it needs.
.PHONY: demo test check lock clean schema golden

demo:
	@./setup.sh core
	@.venv/bin/rerating demo

# Tests start processes: modules are kept compiled for them even where Python is told not to.
test:
	@./setup.sh dev
	@PYTHONDONTWRITEBYTECODE= .venv/bin/python -m pytest -n auto --dist worksteal

check:
	@./setup.sh dev
	.venv/bin/ruff check .
	.venv/bin/ruff format --check .
	.venv/bin/mypy
	.venv/bin/lint-imports

# Pins with hashes and without addresses; needs uv.
lock:
	uv lock --python 3.11
	uv export --quiet --no-emit-project --no-dev --extra sample --no-header -o requirements.lock
	uv export --quiet --no-emit-project --all-extras --all-groups --no-header -o requirements-dev.lock

clean:
	rm -rf .venv .venv-wheel dist build .mypy_cache .ruff_cache .pytest_cache .hypothesis

# The JSON schema of an analysis, from its types.
schema:
	@.venv/bin/python -c "import json; from rerating.analysis import Analysis; print(json.dumps(Analysis.model_json_schema(mode='serialization', by_alias=True), indent=1, sort_keys=True, ensure_ascii=False))" > docs/schema/analysis.json

# The statements of whole reports as they read now; look at the difference before it is kept.
golden:
	@RERATING_GOLDEN=write .venv/bin/python -m pytest tests/statements/test_golden.py -n 0
