import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from rerating.core.errors import UsageError
from rerating.core.types import Gap, Why
from rerating.measures import market_share as ms
from rerating.measures.market_share import Bound, Feasibility, ShareClaim

share = st.floats(0.01, 0.99)
growth = st.floats(0.01, 5.0)


@pytest.mark.parametrize(
    ("before", "after_a_year", "needed"),
    [
        (0.358, 0.451419558359621, 1.21),  # known on 14 January 2026: 45.1 %, and 121.0 % for 60 %
        (0.381, 0.469558359621451, 1.095),  # known in June 2026: 47.0 %, and 109.5 %
    ],
)
def test_the_arithmetic_of_the_claim_at_both_dates(before, after_a_year, needed):
    claim = ShareClaim(share_before=before, incremental_share=0.8, growth=0.268)
    assert ms.solved(claim).share_after == pytest.approx(after_a_year, abs=1e-12)
    assert ms.required_growth(before, 0.8, 0.6) == pytest.approx(needed, abs=1e-12)


def test_the_money_of_the_claim():
    """51.8 bn growing by 26.8 %: 13.9 bn more market, 11.1 bn of it claimed."""
    assert ms.increment(51.8e9, 0.8, 0.268) == pytest.approx(11.10592e9, rel=1e-12)
    assert ms.market_for(11.10592e9, 0.8, 0.268) == pytest.approx(51.8e9, rel=1e-12)
    assert ms.required_margin(11e9, 110e9, 0.10, 0.20) == pytest.approx(1.25)
    assert ms.required_margin(0.0, 110e9, 0.10, 0.20) is None


@given(s=share, a=share, g=growth)
def test_any_term_can_be_solved_for(s, a, g):
    assume(abs(s - a) > 1e-3)
    whole = ms.solved(ShareClaim(share_before=s, incremental_share=a, growth=g))
    for name in ShareClaim.model_fields:
        again = ms.solved(whole.model_copy(update={name: None}))
        assert isinstance(again, ShareClaim)
        assert getattr(again, name) == pytest.approx(getattr(whole, name), rel=1e-6, abs=1e-9)


@given(s=share, a=share, g=growth)
def test_share_moves_towards_the_part_of_the_increment_and_never_past_it(s, a, g):
    after = ms.share_after(s, a, g)
    assert min(s, a) - 1e-12 <= after <= max(s, a) + 1e-12
    assert ms.share_after(s, a, 0.0) == pytest.approx(s)


@given(s=share, a=share, g=growth, more=st.floats(0.001, 1.0))
def test_a_larger_part_or_a_larger_start_never_gives_a_smaller_share(s, a, g, more):
    assert ms.share_after(s, a + more, g) >= ms.share_after(s, a, g)
    assert ms.share_after(s + more, a, g) >= ms.share_after(s, a, g)


def test_a_target_between_start_and_part_only():
    gap = ms.required_growth(0.358, 0.5, 0.6)
    assert isinstance(gap, Gap)
    assert gap.why is Why.NOT_APPLICABLE
    assert "never reaches 0.6" in gap.detail
    assert ms.required_growth(0.4, 0.8, 0.4) == 0.0
    assert ms.required_growth(0.6, 0.2, 0.5) == pytest.approx(1 / 3)  # a share that is being lost


def test_claims_that_cannot_be_solved():
    with pytest.raises(UsageError, match="exactly one of them open, not 2"):
        ms.solved(ShareClaim(share_before=0.3, growth=0.2))
    with pytest.raises(UsageError, match="exactly one of them open, not 0"):
        ms.solved(ShareClaim(share_before=0.3, growth=0.2, incremental_share=0.5, share_after=0.4))
    with pytest.raises(UsageError, match="above -1"):
        ms.solved(ShareClaim(share_before=0.3, growth=-1.0, incremental_share=0.5))
    assert isinstance(ms.solved(ShareClaim(share_before=0.3, growth=0.0, share_after=0.4)), Gap)
    assert isinstance(ms.market_for(1e9, 0.8, 0.0), Gap)


def bound(name, required, plausible=1.0, outermost=2.0):
    return Bound(name=name, unit="ratio", required=required, plausible=plausible, outermost=outermost)


def test_the_worst_bound_decides_and_the_most_strained_of_them_binds():
    verdict = ms.weighed([bound("growth", 0.5), bound("money", 1.5), bound("margin", 1.9)])
    assert (verdict.verdict, verdict.binding) == (Feasibility.STRETCHED, "margin")
    verdict = ms.weighed([bound("growth", 2.1), bound("money", None), bound("margin", 0.1)])
    assert (verdict.verdict, verdict.binding) == (Feasibility.IMPOSSIBLE, "money")
    assert [b.name for b in verdict.bounds] == ["money", "growth", "margin"]
    assert ms.weighed([bound("growth", 1.0)]).verdict is Feasibility.POSSIBLE
    assert ms.weighed([]).binding is None


def test_the_map_agrees_with_the_numbers_point_by_point():
    growth_axis, part_axis = np.linspace(0.05, 2.0, 23), np.linspace(0.0, 1.2, 19)
    region = ms.feasible_region(
        0.358, 51.8e9, growth_axis, part_axis, growth_limits=(0.268, 1.487), increment_limits=(20e9, 60e9)
    )
    assert region.shape == (19, 23)
    for row, a in enumerate(part_axis):
        for column, g in enumerate(growth_axis):
            verdict = ms.weighed(
                [
                    Bound(name="growth", unit="ratio", required=g, plausible=0.268, outermost=1.487),
                    Bound(name="own", unit="CNY", required=a * g * 51.8e9, plausible=20e9, outermost=60e9),
                    Bound(
                        name="share",
                        unit="ratio",
                        required=float(ms.share_after(0.358, a, g)),
                        plausible=1.0,
                        outermost=1.0,
                    ),
                ]
            )
            assert ["possible", "stretched", "impossible"][region[row, column]] == verdict.verdict.value
    assert set(region.ravel().tolist()) == {0, 1, 2}
