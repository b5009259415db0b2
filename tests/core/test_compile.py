"""Compiled kernels: the cache hangs on all sources that went into the code."""

from __future__ import annotations

import importlib.util
import os
import sys
from pathlib import Path

import numpy as np

from rerating.core.compile import _sources, compiled_bare

INNER = """
from rerating.core.compile import compiled_bare

@compiled_bare
def step(a):
    return a[0] + {number}
"""
OUTER = """
from rerating.core.compile import compiled_bare
from kernels_of_a_test.inner import step

@compiled_bare
def outer(a):
    return step(a)
"""


def outer_of(folder: Path) -> float:
    """What the kernel of the package in that folder gives, loaded as in a new process."""
    name = "kernels_of_a_test"
    spec = importlib.util.spec_from_file_location(
        name, folder / "__init__.py", submodule_search_locations=[str(folder)]
    )
    assert spec is not None
    sys.modules[name] = importlib.util.module_from_spec(spec)
    _sources.cache_clear()
    try:
        return float(importlib.import_module(f"{name}.outer").outer(np.zeros(1)))
    finally:
        for loaded in [one for one in sys.modules if one.partition(".")[0] == name]:
            del sys.modules[loaded]


def test_a_change_in_another_file_of_the_folder_is_compiled_anew(tmp_path: Path) -> None:
    """What numba itself misses: the caller's own file stays as it was, the kernel that went into it does not."""
    (tmp_path / "__init__.py").touch()
    (tmp_path / "outer.py").write_text(OUTER, encoding="utf-8")
    found = []
    for turn, number in enumerate((1.0, 2.0)):
        (tmp_path / "inner.py").write_text(INNER.format(number=number), encoding="utf-8")
        os.utime(tmp_path / "inner.py", (turn, turn))
        found.append(outer_of(tmp_path))
    assert found == [1.0, 2.0]


def test_a_division_by_zero_in_a_bare_loop_is_an_infinity() -> None:
    assert ratio(np.array([1.0, 0.0])) == np.inf
    assert ratio(np.array([1.0, 4.0])) == 0.25


@compiled_bare
def ratio(a: np.ndarray) -> float:
    return float(a[0] / a[1])
