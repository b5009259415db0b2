"""The compiled loops by themselves: sums, ranks, own events, and that no input leads them outside their arrays."""

from __future__ import annotations

import math
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.stats import rankdata

from rerating.core.errors import UsageError
from rerating.measures.event_study import MODELS, event_study, panel
from rerating.measures.event_study.batch_kernels import study as loop
from rerating.measures.event_study.compute import Task, request_of
from rerating.measures.event_study.event_kernels import flag_own_events
from rerating.measures.event_study.inference import moments
from rerating.measures.event_study.lanes import four_products
from rerating.measures.event_study.layout import (
    CONTAMINATED,
    NO_DAY,
    OVERLAPS_OWN,
    Block,
    Data,
    Results,
    Ring,
    Sums,
)
from rerating.measures.event_study.rank_kernels import rank, rank_room
from rerating.measures.event_study.ring_kernels import close_day

ROOM = rank_room(300)


@settings(max_examples=60)
@given(
    seed=st.integers(0, 10**6),
    number=st.integers(1, 300),
    decimals=st.sampled_from([None, None, 0, 1, 2]),
    stretch=st.sampled_from([1e-9, 0.1, 1.0, 1.0, 30.0, 1e300]),
    scale=st.sampled_from([1.0, 1.0, 0.0, 1e-300]),
)
def test_ranks_are_mid_ranks_whatever_the_values_and_the_scale(
    seed: int, number: int, decimals: int | None, stretch: float, scale: float
) -> None:
    values = np.random.default_rng(seed).standard_t(3, number)
    if decimals is not None:
        values = np.round(values, decimals)
    ROOM.values[:number] = values * stretch
    rank(number, scale, ROOM)
    assert np.array_equal(ROOM.twice[:number], 2.0 * rankdata(values * stretch))


def test_no_value_leads_outside_the_buckets() -> None:
    for value in (np.nan, np.inf, -np.inf, 1e308):
        ROOM.values[:] = 0.1
        ROOM.values[::3] = value
        rank(300, 1e-308, ROOM)


@settings(max_examples=30)
@given(seed=st.integers(0, 10**6), n=st.integers(1, 40), missing=st.sampled_from([0.0, 0.3]))
def test_moments_are_those_of_numpy(seed: int, n: int, missing: float) -> None:
    rng = np.random.default_rng(seed)
    values = rng.normal(5.0, 1.0, (n, 7))
    values[rng.random((n, 7)) < missing] = np.nan
    found = moments(values)
    for c in range(7):
        column = values[~np.isnan(values[:, c]), c]
        assert found.n[c] == column.size
        if column.size > 1:
            assert found.mean[c] == pytest.approx(column.mean(), rel=1e-14)
            assert found.sd[c] == pytest.approx(column.std(ddof=1), rel=1e-12)


@pytest.mark.parametrize("size", [1, 15, 16, 17, 250, 282])
def test_sums_in_lanes_are_the_exact_ones(size: int) -> None:
    from rerating.core.compile import compiled_bare

    rng = np.random.default_rng(size)
    matrix, vector = rng.normal(size=(4, size)), rng.normal(size=size)

    @compiled_bare
    def four(matrix: np.ndarray, vector: np.ndarray) -> tuple[float, float, float, float]:
        return four_products(matrix, 0, vector)

    for k, value in enumerate(four(matrix, vector)):
        exact = math.fsum(float(a) * float(b) for a, b in zip(matrix[k], vector, strict=True))
        assert value == pytest.approx(exact, rel=1e-13, abs=1e-14)


@settings(max_examples=40)
@given(
    seed=st.integers(0, 10**6),
    first=st.integers(-6, 4),
    length=st.integers(0, 8),
    gap=st.integers(0, 6),
    estimation=st.integers(3, 30),
)
def test_own_events_nearby_are_found(seed: int, first: int, length: int, gap: int, estimation: int) -> None:
    rng = np.random.default_rng(seed)
    n, last, edge = 25, first + length, min(first, 0) - gap
    position = np.sort(rng.integers(20, 90, n))
    line = rng.integers(0, 4, n)
    flags = np.zeros(n, np.int64)
    flag_own_events(
        line, position, first, last, edge, estimation, np.full(4, -1, np.int64), np.empty(n, np.int64), flags
    )
    for i in range(n):
        others = [int(position[j]) for j in range(n) if j != i and line[j] == line[i]]
        day = int(position[i])
        stop = day + edge
        start = max(stop - estimation, 0)
        assert bool(flags[i] & OVERLAPS_OWN) == any(abs(other - day) <= last - first for other in others)
        reaches = [other for other in others if other + first < stop and other + last >= start]
        assert bool(flags[i] & CONTAMINATED) == bool(reaches)


def test_a_ring_with_days_that_lie_ahead_is_never_followed() -> None:
    """The state of another run, set back to its start: distances to its days are negative, which no sum may take."""
    rng = np.random.default_rng(2)
    market = rng.normal(0, 0.01, 200)
    made = panel(market[:, None] + rng.normal(0, 0.02, (200, 6)), benchmark=market)
    where = np.array([[200 * line + day, day, day] for day in (120, 123, 150) for line in (0, 2, 4)])
    chosen = event_study(made, np.array([[0, 120]]), estimation=100, windows=[(-2, 2)]).settings
    request = request_of(made, chosen)
    task = Task(request, Data(made.values, made.factors, made.days, where, np.empty((0, 0))))
    ring, found = Ring.empty(request, 140), []
    for _ in range(2):
        sums = Sums.zero(request)
        loop(*task, Results.empty(9, request), sums, Block.empty(request), ring, rank_room(105))
        found.append(sums.correlation)
        ring.state[1] = NO_DAY
    assert np.isfinite(found).all()
    ring.about[:, 0] = 10**9
    before = found[1].copy()
    close_day(ring, found[1], np.zeros(5))
    assert np.array_equal(found[1][1:], before[1:])


def test_a_panel_whose_arrays_do_not_fit_together_is_refused() -> None:
    made = panel(np.random.default_rng(1).normal(0, 0.01, (50, 2)), benchmark=np.zeros(50))
    far = made.offsets + 60
    for wrong in ({"offsets": far}, {"bases": far}, {"days": made.days[:-1]}, {"lengths": made.lengths[:1]}):
        with pytest.raises(UsageError, match="fit together"):
            replace(made, **wrong)  # type: ignore[arg-type]


def test_any_numbers_in_many_threads_end_in_outcomes() -> None:
    """Whatever finite numbers come in, in several threads over one panel each: typed outcomes, never a crash."""
    names = [name for name in MODELS if name != "garch"]

    def one(seed: int) -> None:
        rng = np.random.default_rng(seed)
        length, lines = int(rng.integers(3, 120)), int(rng.integers(1, 5))
        returns, market = rng.normal(0, 0.01, (length, lines)), rng.normal(0, 0.01, length)
        strange = rng.integers(0, length)
        if seed % 4 == 1:
            returns[strange, 0] = 1e200
        if seed % 4 == 2:
            market[strange] = 1e300
        if seed % 4 == 3:
            returns *= 1e-200
        events = np.column_stack([rng.integers(-2, lines + 2, 20), rng.integers(-5, length + 5, 20)])
        first, gap = int(rng.integers(-8, 5)), int(rng.integers(0, 12))
        with np.errstate(all="ignore"):
            study = event_study(
                panel(returns, benchmark=market, kind="log"),
                events,
                model=names[seed % len(names)],
                windows=[(first, first + int(rng.integers(0, 9)))],
                estimation=int(rng.integers(3, 60)),
                gap=gap,
                minimum=3,
                drop=(),
                draws=9,
            )
            assert len(study.outcomes()) == len(study.to_json()["events"]) == 20

    with ThreadPoolExecutor(3) as threads:
        list(threads.map(one, range(90)))
