"""The one decorator for compiled kernels.

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
    import numba

    try:
        kernel = numba.njit(cache=True, nogil=True)(function)
    except RuntimeError:  # numba's "cannot cache function: no locator available"
        kernel = numba.njit(nogil=True)(function)
    return kernel  # type: ignore[no-any-return]
