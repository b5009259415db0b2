"""A backtest as a whole: its figures hang together, and a panel that knows its end is refused."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
import pytest

from panels import made_panel
from rerating.core.errors import IntegrityError
from rerating.core.types import Gap
from rerating.outlook.backtest import as_markdown, backtest
from rerating.outlook.panel import Panel
from rerating.outlook.variants import BETA_ONLY, CLIMATOLOGY, CONSENSUS_ONLY, MOMENTUM_ONLY, SCALE_ONLY, SHIPPED

LISTED = (CLIMATOLOGY, SCALE_ONLY, BETA_ONLY, MOMENTUM_ONLY, CONSENSUS_ONLY, SHIPPED)


def test_every_variant_is_told_against_every_baseline() -> None:
    run = backtest(made_panel(sessions=1300, lines=6), LISTED, burn_in=600, horizons=(5,))
    assert run.unscored == ("consensus_only",)
    (test,) = run.horizons
    assert [row.name for row in test.variants] == [v.name for v in LISTED if v is not CONSENSUS_ONLY]
    shipped = test.variants[-1]
    assert shipped.over_momentum_only is not None
    assert test.variants[0].over_climatology is None
    assert not isinstance(test.shipped.edges, Gap)
    assert [edge.variants for edge in test.shipped.edges] == [4, 4]
    assert sum(group.n for group in test.groups if "tercile" in group.name) == test.forecasts
    assert sum(group.n for group in test.groups if "tercile" not in group.name) == test.forecasts
    told = as_markdown(run)
    assert "without inputs here: consensus_only" in told
    assert f"| shipped | {shipped.over_climatology.value:+.2%}" in told  # type: ignore[union-attr]


@dataclass(frozen=True, kw_only=True)
class Scaled(Panel):
    """The planted leak of a careless import: whoever cuts it finds volumes scaled by the mean of what is left."""

    def until(self, session: int) -> Panel:
        assert self.volume is not None
        whole = super().until(session)
        ramp = np.linspace(1.0, 2.0, len(self.days))[:, None]
        return replace(whole, volume=self.volume[: session + 1] * ramp[: session + 1] / ramp[session])


def test_a_panel_that_knows_its_end_is_refused() -> None:
    honest = made_panel(sessions=900, lines=3)
    leaky = Scaled(**honest.__dict__)
    with pytest.raises(IntegrityError, match=r"'volume_change' .* looks ahead"):
        backtest(leaky, LISTED, burn_in=600, horizons=(5,))
