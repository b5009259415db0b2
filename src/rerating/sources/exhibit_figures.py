"""What rows of exhibits' tables and tagged segments are called here, so that findings read them: by issuer, extendable.

The packaged `data/exhibits.toml` explains its keys; a user's file of the same form comes before it. What no entry names
stays under the exhibit's own words.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from importlib.resources import files
from pathlib import Path
from typing import Any, Literal

from pydantic import Field

from rerating.core.errors import UsageError
from rerating.core.record import Record

Words = tuple[str, ...]

_FOOTNOTES = re.compile(r"(?:\s*[(\[]\d{1,2}[)\]]|\s*\*)+$")


class Figure(Record):
    """One figure of an issuer and the words by which its tables name it."""

    field: str = Field(min_length=1)
    part: Words = ()
    item: Words = ()
    anywhere: Words = ()
    caption: Words = ()
    tags: Words = ()
    outflow: bool = False


class Issuer(Record):
    """An issuer by its number at the SEC, the currency that it reports in, and its figures."""

    cik: int
    name: str
    currency: str = Field(pattern=r"^[A-Z]{3}$")
    figures: tuple[Figure, ...]


class _File(Record):
    version: Literal[1]
    issuers: tuple[Issuer, ...]


class ExhibitFigures:
    """The figures of some issuers; the first entry that fits counts."""

    def __init__(self, issuers: tuple[Issuer, ...]) -> None:
        self._issuers = issuers

    @classmethod
    def packaged(cls, own: Path | None = None) -> ExhibitFigures:
        """Those that the package knows, behind those of a user's own file. Raises UsageError where that is faulty."""
        ours = _read(Path(str(files("rerating.sources") / "data" / "exhibits.toml")))
        return cls(((*_read(own), *ours)) if own is not None else ours)

    @classmethod
    def from_environment(cls, environ: Mapping[str, str]) -> ExhibitFigures:
        """With the file that RERATING_EXHIBITS names, else the exhibits.toml in the user's folder of settings."""
        from platformdirs import user_config_path

        named = environ.get("RERATING_EXHIBITS")
        own = Path(named or user_config_path("rerating") / "exhibits.toml")
        return cls.packaged(own if named or own.is_file() else None)

    def of(self, cik: int) -> OfIssuer | None:
        """The figures of one issuer; None where no entry is about it."""
        found = [issuer for issuer in self._issuers if issuer.cik == cik]
        if not found:
            return None
        return OfIssuer(found[0].currency, tuple(figure for issuer in found for figure in issuer.figures))


class OfIssuer:
    """Names the figures of one issuer."""

    def __init__(self, currency: str, figures: tuple[Figure, ...]) -> None:
        self._currency = currency
        self._figures = [(figure, _plain(figure.part), _plain(figure.item)) for figure in figures]
        self._items = frozenset().union(*(item for figure, _, item in self._figures if figure.part))
        self._parts = frozenset().union(*(part for _, part, _ in self._figures))

    def named(self, *, caption: str, section: str, column: str, label: str, unit: str) -> Figure | None:
        """The figure that a number of a table is; None where no entry fits."""
        if unit != self._currency:
            return None
        place, over, under = plain(label), plain(section), plain(column)
        last = self._last(caption)
        for figure, part, item in self._figures:
            if place in _plain(figure.anywhere):
                fits = not under
            elif not part:
                fits = place in item and not over and not under
            elif place in part:
                # A section that names no item is the one of another part, which ended above.
                said = over if over in self._items else under
                fits = said in item or (not said and last in figure.caption)
            else:
                fits = place in item and (under in part or (over in part and not under))
            if fits:
                return figure
        return None

    def tagged(self, name: str, unit: str) -> Figure | None:
        """The figure that a tagged segment is."""
        if unit != self._currency:
            return None
        return next((figure for figure, _, _ in self._figures if name in figure.tags), None)

    def _last(self, caption: str) -> str:
        """Of all captions that an entry knows the one that stands last in these words."""
        words = caption.lower()
        known = {each for figure, _, _ in self._figures for each in figure.caption}
        places = [(words.rfind(each.lower()), each) for each in sorted(known)]
        return max((found for found in places if found[0] >= 0), default=(-1, ""))[1]


def plain(words: str) -> str:
    """Words without case, marks of footnotes, and what stands before and behind them in a table."""
    return _FOOTNOTES.sub("", " ".join(words.lower().split()).strip(" :-–•\xa0")).strip(" :-–•")


def _plain(words: Words) -> frozenset[str]:
    return frozenset(plain(each) for each in words)


def _read(path: Path) -> tuple[Issuer, ...]:
    try:
        found: dict[str, Any] = tomllib.loads(path.read_text(encoding="utf-8"))
        return _File(**found).issuers
    except (OSError, ValueError, TypeError) as error:
        reason = " ".join(str(error).split()[:20])
        raise UsageError(f"{path} says nothing of exhibits ({reason}); docs/sources.md shows the form.") from error


def own_row(row: Mapping[str, Any], figure: Figure) -> dict[str, Any]:
    """A row of facts under the figure's name; the exhibit's own words go into the note."""
    value = abs(row["value"]) if figure.outflow else row["value"]
    return {**row, "field": figure.field, "value": value, "note": f"{row['note']}; {row['field']}"}
