"""Which line is meant: a symbol, a venue with a symbol, an ISIN or a company's name, on a day.

Lines are dated: a symbol that passed on (FB to META) names another line before and after. An exact symbol always wins;
what fits several lines equally is asked back, never guessed.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from datetime import date

from rerating.core.errors import UsageError
from rerating.core.record import Record

_SHOWN = 6

#: Endings of companies' names that nobody says: legal forms, classes of shares.
_FORMS = re.compile(
    r"[\s,.]+(inc|corp|corporation|co|company|ltd|limited|plc|ag|se|sa|nv|spa|ab|asa|oyj|kgaa|llc|lp|group|holdings?|"
    r"(the)|\(.*\)|class [a-z]|cl\.? [a-z]|adr|ads|vz|st|n\.v|s\.a|s\.p\.a|& co)\.?$"
)


class Line(Record):
    """One line of an issuer, from a day to a day (both included; None is open).

    `primary` marks the line that an ISIN or a name stands for where several share it; `former` are its earlier symbols.
    """

    symbol: str
    venue: str
    currency: str
    issuer: str
    isin: str | None = None
    units_per_share: float | None = None
    primary: bool = False
    aliases: tuple[str, ...] = ()
    former: tuple[str, ...] = ()
    from_on: date | None = None
    to_on: date | None = None
    source: str

    @property
    def key(self) -> str:
        """The line's name in rows: `XNYS:BABA`."""
        return f"{self.venue}:{self.symbol}"

    def held_on(self, on: date | None) -> bool:
        """Whether the line bore this symbol on that day; without a day, whether it does still."""
        if on is None:
            return self.to_on is None
        return (self.from_on is None or self.from_on <= on) and (self.to_on is None or on <= self.to_on)


class Directory:
    """Lines by every name that they go by. Earlier sources win over later ones for the same line."""

    def __init__(self, lines: Iterable[Line]) -> None:
        kept: dict[tuple[str, date | None], Line] = {}
        for line in lines:
            kept.setdefault((line.key, line.from_on), line)
        known = {line.key for line in kept.values() if line.from_on is not None}
        # A dated line makes an undated one of the same name, out of a coarser source, superfluous.
        self._lines = [line for (key, on), line in kept.items() if on is not None or key not in known]

    def __len__(self) -> int:
        return len(self._lines)

    def with_more(self, lines: Iterable[Line]) -> Directory:
        """This directory and lines of a source that counts less."""
        return Directory([*self._lines, *lines])

    def resolve(self, text: str, on: date | None = None) -> Line:
        """The one line that a text names on a day. Raises UsageError where there is none, or more than one."""
        for found in self._candidates(text.strip(), on):
            chosen = _narrowed(found)
            if len(chosen) == 1:
                _sure(chosen[0], text.strip())
                return chosen[0]
            if chosen:
                named = ", ".join(f"{line.key} ({line.issuer}, {line.currency})" for line in chosen[:_SHOWN])
                more = f" and {len(chosen) - _SHOWN} more" if len(chosen) > _SHOWN else ""
                raise UsageError(f"'{text}' is ambiguous: {named}{more}; name one of them in full.")
        raise UsageError(
            f"No line is known by '{text}'; name it as a venue with a symbol, like XNYS:BABA, or add it to your "
            "lines.toml."
        )

    def find(self, text: str, on: date | None = None) -> list[Line]:
        """All lines that a text may name, those of the best kind of fit only; none is an empty list."""
        return next((found for found in self._candidates(text.strip(), on) if found), [])

    def of_key(self, key: str) -> list[Line]:
        """The lines that ever went by a key like XNYS:BABA; one whose units changed is there once for each span."""
        return [line for line in self._lines if line.key == key]

    def sisters(self, line: Line, on: date | None = None) -> list[Line]:
        """The other lines of the same issuer."""
        return [
            other
            for other in self._lines
            if other.issuer == line.issuer and other.key != line.key and other.held_on(on)
        ]

    def _candidates(self, text: str, on: date | None) -> Iterable[list[Line]]:
        """From the narrowest reading of a text to the widest."""
        lines, upper, folded = [line for line in self._lines if line.held_on(on)], text.upper(), text.casefold()
        yield [line for line in lines if line.key == upper]
        yield [line for line in lines if line.symbol == upper]
        if is_isin(upper):
            yield [line for line in lines if line.isin == upper]
            return
        stems = {upper, upper.zfill(4)} if upper.isdigit() else {upper}
        yield [line for line in lines if line.symbol.partition(".")[0] in stems]
        if on is None:
            yield [line for line in lines if upper in line.former]
        yield [
            line for line in lines if folded in (line.issuer.casefold(), *(name.casefold() for name in line.aliases))
        ]
        yield [line for line in lines if bare_name(line.issuer) == bare_name(text)]
        if len(folded) > 3:
            yield [line for line in lines if line.issuer.casefold().startswith(f"{folded} ")]


def bare_name(name: str) -> str:
    """A company's name as people say it: `Apple Inc.` is apple, `Volkswagen AG (Vz)` volkswagen."""
    bare, before = name.casefold().strip(), ""
    while bare != before:
        before, bare = bare, _FORMS.sub("", bare).strip()
    return bare


def _narrowed(found: Sequence[Line]) -> list[Line]:
    """Where one of several lines of one issuer is its primary one, that one."""
    if len({line.issuer for line in found}) == 1:
        primary = [line for line in found if line.primary]
        if len(primary) == 1:
            return primary
    return list(found)


def _sure(line: Line, text: str) -> None:
    """Letters alone are how lines in the US are named, and not all of those stand in the tables: `JD` is JD.com in New
    York, though a table may know JD Sports in London only. A line of which such letters are the stem is asked back,
    unless its dates are known, which a table of the whole market has for none.
    """
    stem, ending, _ = line.symbol.partition(".")
    if ending and line.from_on is None and text.upper() == stem and stem.isalpha():
        raise UsageError(
            f"'{text}' may be {line.key} ({line.issuer}, {line.currency}), or a line in the US that the tables do not "
            f"hold; name it in full, as {line.key} or XNYS:{stem}."
        )


def is_isin(text: str) -> bool:
    """Whether a text is an ISIN with its right check digit."""
    from stdnum import isin

    return bool(isin.is_valid(text))
