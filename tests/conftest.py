"""Fixtures that several rooms share: the sample in a ledger on disk, made once a worker."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

import share_of_cores  # noqa: F401 -- before Polars
from rerating.analysis import Analysis, analyze
from rerating.collection import collect
from rerating.core.source import Request
from rerating.core.types import AsOf
from rerating.ledger import Ledger
from rerating.sources.alibaba import AlibabaCase
from rerating.sources.sample import SampleSource

settings.register_profile(
    "rerating",
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)
settings.load_profile("rerating")

NOW = datetime(2026, 11, 20, tzinfo=UTC)


@pytest.fixture(scope="session")
def sample_path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a ledger of the whole sample; tests read it and never write."""
    pytest.importorskip("bokeh_sampledata", reason="the extra [sample] is not installed")
    path = tmp_path_factory.mktemp("sample") / "ledger"
    collect(Ledger.create(path), SampleSource(), Request(recorded_at=NOW))
    return path


@pytest.fixture(scope="session")
def sample(sample_path: Path) -> Ledger:
    return Ledger(sample_path)


@pytest.fixture(scope="session")
def apple(sample: Ledger) -> Analysis:
    """Apple in the week of the iPhone."""
    return analyze(sample, "AAPL", AsOf.parse("2007-01-12T22:00Z"), currency="EUR")


@pytest.fixture(scope="session")
def alibaba_ledger(tmp_path_factory: pytest.TempPathFactory) -> Ledger:
    """The packaged case of Alibaba; tests read it and never write."""
    ledger = Ledger.create(tmp_path_factory.mktemp("alibaba") / "ledger")
    collect(ledger, AlibabaCase(), Request(symbols=("BABA",), recorded_at=NOW))
    return ledger


@pytest.fixture(scope="session")
def baba(alibaba_ledger: Ledger) -> Analysis:
    """The packaged case of Alibaba on 14 January 2026."""
    return analyze(alibaba_ledger, "BABA", AsOf.parse("2026-01-14T22:00Z"), currency="EUR")
