"""One panel that several tests read."""

from __future__ import annotations

import pytest

from panels import made_panel
from rerating.outlook.panel import Panel


@pytest.fixture(scope="session")
def panel() -> Panel:
    return made_panel()
