"""A value or a range with the unit that the ledger gives it, as a fact."""

from __future__ import annotations

import re

from rerating.statements.facts import Count, Money, MoneyRange, Number, NumberRange, Share, ShareRange, Slot

_MONEY = re.compile(r"(?P<currency>[A-Z]{3})(?: per (?P<per>share))?")


def amount(
    value: float | None, unit: str | None, src: tuple[str, ...], *, low: float | None = None, high: float | None = None
) -> Slot | None:
    """Money, money a share, a share of one, a number of shares, or a bare number; None where nothing is there."""
    ends = None if low is None else (low, low if high is None else high)
    money = _MONEY.fullmatch(unit or "")
    if money:
        code, per = money["currency"], money["per"]
        if value is not None:
            return Money(value=value, unit=code, per=per, src=src)
        return None if ends is None else MoneyRange(low=ends[0], high=ends[1], unit=code, per=per, src=src)
    if value is not None and unit == "shares":
        return Count(value=value, of="share", src=src)
    if value is not None:
        return Share(value=value, src=src) if unit == "ratio" else Number(value=value, src=src)
    if ends is None:
        return None
    make = ShareRange if unit == "ratio" else NumberRange
    return make(low=ends[0], high=ends[1], src=src)
