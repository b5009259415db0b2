"""The decorators for compiled kernels.

Kernels never use fastmath or parallel reductions, so that the same input gives the same bits. Compiled code is cached
beside the source where that is writable, else in the user's cache folder; where neither is (a read-only install
without a writable home) it is compiled anew in each process instead of failing at import. A kernel calls kernels of its
own folder only, see `_sources`.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache
from pathlib import Path
from typing import Any, TypeVar

Function = TypeVar("Function", bound=Callable[..., Any])


def compiled(function: Function) -> Function:
    """Compile `function` with numba in nopython mode, releasing the GIL, with a cache where one can be kept."""
    return _compile(function)


def compiled_bare(function: Function) -> Function:
    """The same for loops that make no array: they read and write the ones they are given, and slices of these.

    References are then not counted (two atomic operations a slice, more than adding up what it holds), and a division
    by zero gives an infinity or NaN, as in NumPy, without a branch a division.
    """
    return _compile(function, **_bare())


def compiled_part(function: Function) -> Function:
    """`compiled` for what other kernels call and Python does not: it is compiled into each of them, and only there.

    Without an entry of its own and a place in the cache it compiles faster; what takes seconds and stands in several
    kernels is better kept in the cache (`compiled`). Python calls it as plain Python.
    """
    from numba.extending import register_jitable

    return register_jitable(nogil=True)(function)  # type: ignore[no-any-return]


def compiled_bare_part(function: Function) -> Function:
    """`compiled_bare` for what other kernels call and Python does not; see `compiled_part`."""
    from numba.extending import register_jitable

    return register_jitable(nogil=True, **_bare())(function)  # type: ignore[no-any-return]


def _bare() -> dict[str, Any]:
    from numba.core.options import DefaultOptions

    return {"error_model": "numpy"} | ({"_nrt": False} if hasattr(DefaultOptions, "_nrt") else {})


def _compile(function: Function, **options: Any) -> Function:
    import numba

    try:
        kernel = numba.njit(cache=True, nogil=True, **options)(function)
    except RuntimeError:  # numba's "cannot cache function: no locator available"
        return numba.njit(nogil=True, **options)(function)  # type: ignore[no-any-return]
    kept = kernel._cache._cache_file
    kept._source_stamp = (kept._source_stamp, _sources(Path(function.__code__.co_filename).parent))
    return kernel  # type: ignore[no-any-return]


@lru_cache
def _sources(folder: Path) -> tuple[tuple[str, int, int], ...]:
    """Names, times and sizes of a folder's files with kernels, and of the files of the folder that these import.

    numba looks at the file of a function alone when it takes compiled code from the cache. The code of a kernel in
    another file is compiled into it all the same, and would stay as it was when that file changes: with another layout
    of its arrays it would write where nothing is. So the cache hangs on all of them.
    """
    texts = {path: path.read_text(encoding="utf-8") for path in sorted(folder.glob("*.py"))}
    kernels = [text for text in texts.values() if "core.compile import" in text]
    found = [
        (path, path.stat())
        for path, text in texts.items()
        if text in kernels or any(f".{path.stem} import" in kernel for kernel in kernels)
    ]
    return tuple((path.name, status.st_mtime_ns, status.st_size) for path, status in found)
