"""The house as a whole: quick to start, nothing hidden in the root, and one version."""

from __future__ import annotations

import ast
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

import rerating
from rerating.core.version import VERSION

ROOT = Path(__file__).parents[1]
SOURCE = ROOT / "src" / "rerating"
HEAVY = ("polars", "numba", "pandas", "scipy", "numpy", "deltalake", "exchange_calendars", "pydantic")


def test_all_is_sorted_complete_and_loads() -> None:
    assert rerating.__all__ == sorted(rerating.__all__)
    assert set(rerating.__all__) == set(rerating._HOMES)
    for name in rerating.__all__:
        assert getattr(rerating, name).__name__ == name
    with pytest.raises(AttributeError):
        rerating.nothing_of_the_kind  # noqa: B018


@pytest.mark.parametrize("call", ["import rerating", "import rerating.cli"])
def test_importing_the_package_or_the_doors_loads_nothing_heavy(call: str) -> None:
    code = f"import sys; {call}; print([name for name in {HEAVY!r} if name in sys.modules])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() in {"[]", "['pydantic']"}


def test_help_loads_nothing_heavy() -> None:
    code = (
        "import sys\nsys.argv = ['rerating', '--help']\nfrom rerating.cli import main\n"
        "try:\n    main()\nexcept SystemExit:\n    pass\n"
        "print([name for name in ('polars', 'numba', 'pandas', 'scipy') if name in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip().endswith("[]")


def root_imports(tree: ast.AST) -> list[int]:
    """Lines that import the package root itself, at any depth of the file."""
    lines = []
    for node in ast.walk(tree):
        if isinstance(node, ast.Import) and any(alias.name == "rerating" for alias in node.names):
            lines.append(node.lineno)
        if isinstance(node, ast.ImportFrom) and node.module == "rerating" and node.level == 0:
            lines.append(node.lineno)
    return lines


def test_nothing_inside_imports_the_package_root() -> None:
    for path in sorted(SOURCE.rglob("*.py")):
        assert not root_imports(ast.parse(path.read_text(encoding="utf-8"))), path


def test_that_test_would_notice() -> None:
    assert root_imports(ast.parse("def f():\n    from rerating import Gap\n")) == [2]
    assert root_imports(ast.parse("import rerating\n")) == [1]


def test_one_version() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    assert project["version"] == VERSION == rerating.__version__


def test_the_locks_carry_hashes_and_no_addresses() -> None:
    for name in ("requirements.lock", "requirements-dev.lock"):
        text = (ROOT / name).read_text(encoding="utf-8")
        assert "--hash=sha256:" in text
        assert "://" not in text
