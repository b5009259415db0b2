"""Can a claim such as "80 % of the growth of the market will be ours" be true, and what would it take?

With share s and market M before, market growth g over the window, and the part a of the increment that is claimed,

    share_after = (s M + a g M) / (M (1 + g)) = (s + a g) / (1 + g)

so the market's size drops out of the share and comes back in the money: the increment of the company is a g M. The
one equation is solved for whichever of its terms is unknown. What each term would have to be is then held against what
is plausible and against the outermost that has been seen or can be; the tightest of these bounds is the binding one.
All shares and rates are shares of one (0.8), all money is of one currency and one year.
"""

from __future__ import annotations

from collections.abc import Sequence
from enum import StrEnum
from typing import TYPE_CHECKING

import numpy as np

from rerating.core.errors import UsageError
from rerating.core.record import Record
from rerating.core.types import Gap, Why

if TYPE_CHECKING:
    from numpy.typing import NDArray


class Feasibility(StrEnum):
    """POSSIBLE: within every plausible bound. STRETCHED: beyond one of them. IMPOSSIBLE: beyond an outermost one."""

    POSSIBLE = "possible"
    STRETCHED = "stretched"
    IMPOSSIBLE = "impossible"


class ShareClaim(Record):
    """The terms of the equation, without the market's size: exactly the unknown one is None before `solved`."""

    share_before: float | None = None
    incremental_share: float | None = None
    growth: float | None = None
    share_after: float | None = None


class Bound(Record):
    """What the claim needs of one quantity, beside what is plausible and what is the outermost for it.

    `required` is None where no value at all would do.
    """

    name: str
    unit: str
    required: float | None
    plausible: float
    outermost: float

    @property
    def state(self) -> Feasibility:
        """Where the requirement lies: within the plausible, within the outermost, or beyond both."""
        if self.required is None or self.required > self.outermost * (1 + 1e-12):
            return Feasibility.IMPOSSIBLE
        if self.required > self.plausible * (1 + 1e-12):
            return Feasibility.STRETCHED
        return Feasibility.POSSIBLE

    @property
    def strain(self) -> float:
        """Required over plausible: 1 is the edge of the plausible; 1e9 stands for "no value would do"."""
        if self.required is None:
            return 1e9
        return min(1e9, self.required / self.plausible) if self.plausible > 0 else (1e9 if self.required > 0 else 0.0)


class ClaimVerdict(Record):
    """The verdict, the bound that decides it, and all bounds, the most strained first."""

    verdict: Feasibility
    binding: str | None
    bounds: tuple[Bound, ...]


def share_after(
    share_before: NDArray[np.float64] | float,
    incremental_share: NDArray[np.float64] | float,
    growth: NDArray[np.float64] | float,
) -> NDArray[np.float64] | float:
    """(s + a g) / (1 + g), for numbers or arrays that broadcast. Raises UsageError where growth <= -1."""
    if np.any(np.asarray(growth) <= -1):
        raise UsageError("A market cannot shrink by all of itself or more: growth has to be above -1.")
    return (share_before + incremental_share * growth) / (1.0 + growth)


def required_growth(share_before: float, incremental_share: float, target: float) -> float | Gap:
    """The growth of the market at which the claim leads to `target`: g = (f - s) / (a - f).

    A Gap where no growth does: the share moves from s towards a and never reaches it, so f has to lie between them.
    """
    if target == share_before:
        return 0.0
    if min(share_before, incremental_share) < target < max(share_before, incremental_share):
        return (target - share_before) / (incremental_share - target)
    return Gap(
        question="market growth that the target share needs",
        why=Why.NOT_APPLICABLE,
        detail=f"the share moves towards the claimed part of the increment and never reaches {target:.4g}",
    )


def solved(claim: ShareClaim) -> ShareClaim | Gap:
    """The claim with its one unknown filled in.

    A Gap where the equation has no answer (a target that no growth reaches, an increment of zero). Raises UsageError
    where none or more than one of the four terms is unknown, or a share before or growth is impossible.
    """
    unknown = [name for name in ShareClaim.model_fields if getattr(claim, name) is None]
    if len(unknown) != 1:
        raise UsageError(
            "A claim about the increment has four terms (share_before, incremental_share, growth, share_after); leave "
            f"exactly one of them open, not {len(unknown)}."
        )
    s, a, g, f = claim.share_before, claim.incremental_share, claim.growth, claim.share_after
    answer: float | Gap
    if f is None and s is not None and a is not None and g is not None:
        answer = float(share_after(s, a, g))
    elif g is None and s is not None and a is not None and f is not None:
        answer = required_growth(s, a, f)
    elif a is None and s is not None and g is not None and f is not None:
        answer = _required_part(s, g, f)
    else:
        assert f is not None
        assert g is not None
        assert a is not None
        answer = f * (1.0 + g) - a * g
    if isinstance(answer, Gap):
        return answer
    return claim.model_copy(update={unknown[0]: answer})


def _required_part(share_before: float, growth: float, target: float) -> float | Gap:
    if growth == 0.0:
        return Gap(
            question="part of the increment that the target share needs",
            why=Why.NOT_APPLICABLE,
            detail="a market that does not grow has no increment to take a part of",
        )
    return (target * (1.0 + growth) - share_before) / growth


def increment(market: float, incremental_share: float, growth: float) -> float:
    """The company's own additional revenue a g M, in the currency and year of `market`."""
    return incremental_share * growth * market


def market_for(own_increment: float, incremental_share: float, growth: float) -> float | Gap:
    """The size the market must have had for an increment of the company's own: M = D / (a g)."""
    taken = incremental_share * growth
    if taken == 0.0:
        return Gap(
            question="market size",
            why=Why.NOT_APPLICABLE,
            detail="no part, or a part of no growth, is no revenue at any size of the market",
        )
    return own_increment / taken


def required_margin(own_increment: float, capital: float, discount_rate: float, tax_rate: float) -> float | None:
    """The EBITA margin on the new revenue at which the capital spent for it earns its cost, no more.

        margin = capital * discount_rate / ((1 - tax_rate) * own_increment)

    None where there is no new revenue. EBITA is after depreciation, so the capital's return, not its recovery, is
    what is left to earn.
    """
    if own_increment <= 0.0:
        return None
    return capital * discount_rate / ((1.0 - tax_rate) * own_increment)


def weighed(bounds: Sequence[Bound]) -> ClaimVerdict:
    """The verdict over all bounds: the worst state of any, bound by the one that is most strained within that state.

    No bounds at all make it possible with nothing binding: nothing that is known speaks against it.
    """
    order = {Feasibility.IMPOSSIBLE: 0, Feasibility.STRETCHED: 1, Feasibility.POSSIBLE: 2}
    ranked = tuple(sorted(bounds, key=lambda bound: (order[bound.state], -bound.strain, bound.name)))
    if not ranked:
        return ClaimVerdict(verdict=Feasibility.POSSIBLE, binding=None, bounds=())
    return ClaimVerdict(verdict=ranked[0].state, binding=ranked[0].name, bounds=ranked)


def feasible_region(
    share_before: float,
    market: float,
    growth: NDArray[np.float64],
    incremental_share: NDArray[np.float64],
    *,
    growth_limits: tuple[float, float],
    increment_limits: tuple[float, float],
) -> NDArray[np.int8]:
    """The map of the claim: for each growth (columns, n) and part of the increment (rows, m) what the limits say.

    0 possible, 1 stretched, 2 impossible; shape (m, n). Limits are (plausible, outermost) for the market's growth and
    for the company's own increment a g M; a share after above 1 is impossible whatever the limits.
    """
    g, a = np.meshgrid(np.asarray(growth, dtype=np.float64), np.asarray(incremental_share, dtype=np.float64))
    own = a * g * market
    over = (g > growth_limits[0]) | (own > increment_limits[0])
    beyond = (g > growth_limits[1]) | (own > increment_limits[1]) | (share_after(share_before, a, g) > 1.0)
    return np.where(beyond, 2, np.where(over, 1, 0)).astype(np.int8)
