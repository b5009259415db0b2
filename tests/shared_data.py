"""Where the real test data lie, which are beside the project and never part of it."""

from __future__ import annotations

import os
from pathlib import Path

import pytest


def shared(path: str) -> Path:
    """The file `path` in the shared data folder; skips the test, with the reason, where it is absent."""
    named = os.environ.get("RERATING_SHARED")
    folder = Path(named) if named else Path(__file__).resolve().parents[2] / "shared"
    file = folder / path
    if not file.exists():
        pytest.skip(f"shared test data are absent: {path} (set RERATING_SHARED to the folder that holds it)")
    return file
