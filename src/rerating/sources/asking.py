"""What a user names, in the words of each source: Yahoo's symbol of a line, its issuer's US ticker, or as typed."""

from __future__ import annotations

import re
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass

from rerating.core.errors import SourceError, UsageError
from rerating.core.identity import Directory, Line, is_isin
from rerating.core.source import Source

#: Venues whose lines the SEC's list names by their symbol.
_US_VENUES = frozenset({"XNYS", "XNAS", "XASE", "ARCX", "BATS", "OTCM", "US"})


_LIKE_ISIN = re.compile(r"[A-Z]{2}[A-Z0-9]{9}[0-9]")


@dataclass(frozen=True, kw_only=True)
class Named:
    """A text of the user's and the line that it names; None where the tables do not know it."""

    text: str
    line: Line | None
    sisters: tuple[Line, ...] = ()

    @property
    def symbol(self) -> str:
        """The line's symbol; of a text that no table knows, what stands behind the venue."""
        return self.text.strip().rpartition(":")[2] if self.line is None else self.line.symbol

    @property
    def filer(self) -> str | None:
        """The US ticker of the issuer; None where it is known to have none."""
        if self.line is None:
            return self.symbol
        lines = [line for line in (self.line, *self.sisters) if line.venue in _US_VENUES]
        chosen = sorted(lines, key=lambda line: (line.venue == "OTCM", not line.primary))
        return chosen[0].symbol if chosen else None


def about_lines(source: Source) -> bool:
    """Whether a source is asked about lines that have to be found first, and not by what the user typed."""
    return getattr(source, "about", "symbols") in {"keys", "lines", "filers"}


def with_listed(texts: Sequence[str], directory: Directory, sources: Sequence[Source]) -> Directory:
    """The directory, and where it does not know one of the texts, what sources that keep lists of lines say online.

    A source that fails leaves the directory as it is: the text then goes on as it was typed.
    """
    for source in sources:
        listing = getattr(source, "lines", None)
        if listing is None or all(directory.find(text) for text in texts):
            continue
        with suppress(SourceError):
            directory = directory.with_more(listing())
    return directory


def resolved(texts: Sequence[str], directory: Directory) -> list[Named]:
    """The lines that texts name. What fits several is asked back (UsageError), what fits none goes on as typed."""
    out = []
    for text in texts:
        if not directory.find(text):
            if is_isin(text.strip().upper()):
                directory.resolve(text)  # an ISIN is no symbol that a source could be asked for
            if _LIKE_ISIN.fullmatch(text.strip().upper()):
                raise UsageError(f"'{text}' looks like an ISIN and its check digit is wrong; look it up again.")
            out.append(Named(text=text, line=None))
            continue
        line = directory.resolve(text)
        out.append(Named(text=text, line=line, sisters=tuple(directory.sisters(line))))
    return out


def asked_of(source: Source, named: Sequence[Named]) -> tuple[str, ...]:
    """The symbols by which a source is asked about these lines, see `Source.about`; none where it is not about lines.

    Raises UsageError where a source of filers cannot know any of them.
    """
    about = getattr(source, "about", "symbols")
    if about == "currencies":
        return ()
    if about == "keys":
        return tuple(dict.fromkeys(each.text if each.line is None else each.line.key for each in named))
    if about == "lines":
        return tuple(dict.fromkeys(each.symbol for each in named))
    if about == "filers":
        tickers = [each.filer for each in named]
        if named and not any(tickers):
            raise UsageError(f"{', '.join(each.text for each in named)} has no line in the US that files with the SEC.")
        return tuple(dict.fromkeys(ticker for ticker in tickers if ticker))
    return tuple(each.text for each in named)
