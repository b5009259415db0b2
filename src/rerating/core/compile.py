"""The decorators for compiled kernels.

Kernels never use fastmath or parallel reductions, so that the same input gives the same bits. Compiled code is cached
beside the source where that is writable, else in the user's cache folder; where neither is (a read-only install
without a writable home) it is compiled anew in each process instead of failing at import.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

Function = TypeVar("Function", bound=Callable[..., Any])


def compiled(function: Function) -> Function:
    """Compile `function` with numba in nopython mode, releasing the GIL, with a cache where one can be kept."""
    return _compile(function)


def compiled_bare(function: Function) -> Function:
    """The same for loops that make no array: they read and write the ones they are given, and slices of these.

    References are then not counted (two atomic operations a slice, more than adding up what it holds), and a division by
    zero gives an infinity or NaN, as in NumPy, without a branch a division.
    """
    from numba.core.options import DefaultOptions

    counting = {"_nrt": False} if hasattr(DefaultOptions, "_nrt") else {}
    return _compile(function, error_model="numpy", **counting)


def _compile(function: Function, **options: Any) -> Function:
    import numba

    try:
        kernel = numba.njit(cache=True, nogil=True, **options)(function)
    except RuntimeError:  # numba's "cannot cache function: no locator available"
        kernel = numba.njit(nogil=True, **options)(function)
    return kernel  # type: ignore[no-any-return]
