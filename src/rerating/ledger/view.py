"""A view: the ledger as it could be known at an instant. Findings see nothing else, so they cannot look ahead.

Which rows show is told in `standing`.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from typing import TYPE_CHECKING, Protocol

import polars as pl

from rerating.core.errors import UsageError
from rerating.core.tables import (
    BARS,
    DIVIDEND_ADJUSTED_BASES,
    EVENTS,
    FACTS,
    LEVEL_BASES,
    OPTION_QUOTES,
    RATES,
    RATINGS,
    Table,
)
from rerating.core.types import AsOf, Gap, Listing, Reading, Why
from rerating.ledger.rows import version_of
from rerating.ledger.standing import changes, nothing, standing

if TYPE_CHECKING:
    from rerating.ledger.snapshot import Snapshot

_BASIS_ORDER = ["as_traded", "split_adjusted", "index_level", "split_div_adjusted", "adj_close_only"]


class ViewSource(Protocol):
    """Whatever a view can be cut from: a `Ledger`, a `Snapshot`."""

    def view(self, as_of: AsOf, reading: Reading = Reading.PUBLISHED) -> View:
        """The rows as they could be known at an instant."""
        ...


class View:
    """The ledger at an instant. Remembers which rows were asked of it: they are the evidence and the version."""

    def __init__(self, snapshot: Snapshot, as_of: AsOf, reading: Reading = Reading.PUBLISHED) -> None:
        self.as_of = as_of
        self.reading = reading
        self.pins = dict(snapshot.pins)
        self._snapshot = snapshot
        self._seen: dict[tuple[str, tuple[str, ...]], pl.DataFrame] = {}
        self._gone: dict[tuple[str, tuple[str, ...]], pl.DataFrame] = {}
        self._stood: dict[tuple[str, tuple[str, ...]], pl.DataFrame] = {}
        self._changed: dict[tuple[str, tuple[str, ...]], pl.DataFrame] = {}
        self._listed: dict[str, tuple[Listing, ...]] = {}
        self._earlier: list[View] = []

    # ---- what there is -------------------------------------------------------------------------------------------

    def rows(self, table: Table, subjects: Sequence[str]) -> pl.DataFrame:
        """The visible rows of some subjects, one a key and source, with their `id`, sorted by key and source."""
        asked = tuple(sorted(set(subjects)))
        if (table.name, asked) not in self._seen:
            self._seen[table.name, asked] = _held(self._standing(table, asked))
        return self._seen[table.name, asked]

    def _standing(self, table: Table, asked: tuple[str, ...]) -> pl.DataFrame:
        if (table.name, asked) not in self._stood:
            self._stood[table.name, asked] = self._visible(table, self._snapshot.rows(table, asked))
        return self._stood[table.name, asked]

    def _visible(self, table: Table, frame: pl.DataFrame) -> pl.DataFrame:
        if not frame.height:
            return nothing(table)
        subjects = frame[table.subject].unique().sort().to_list()
        return standing(
            table,
            frame,
            repeats=self._snapshot.repeats(table, subjects),
            complete=self._snapshot.complete(table, subjects),
            at=self.as_of.at,
            reading=self.reading,
        )

    def withdrawn(self, table: Table, subjects: Sequence[str]) -> pl.DataFrame:
        """The rows that stood once and that their source no longer had by the cutoff, with `withdrawn_at`."""
        asked = tuple(sorted(set(subjects)))
        gone = self._standing(table, asked).filter(pl.col("withdrawn_at").is_not_null())
        self._gone[table.name, asked] = gone
        return gone

    def changes(self, table: Table, subjects: Sequence[str], where: pl.Expr | None = None) -> pl.DataFrame:
        """Every row of some subjects that stood at some instant up to the cutoff, in the order in which they began to.

        Where `rows` has the newest row of a key, this has the ones before it too: an estimate and its revisions.
        `where` limits the rows that are looked at.
        """
        subjects = sorted(set(subjects))
        asked = (*subjects, *(() if where is None else (f"where {where}",)))
        if (table.name, asked) not in self._changed:
            frame = self._snapshot.rows(table, subjects, where=where)
            repeats = self._snapshot.repeats(table, frame[table.subject].unique().sort().to_list())
            found = changes(table, frame, repeats=repeats, at=self.as_of.at, reading=self.reading)
            self._changed[table.name, asked] = found
        return self._changed[table.name, asked]

    def many(self, symbols: Sequence[str]) -> dict[str, View]:
        """A view of its own for each symbol, all at this instant, with their rows read in one go.

        Each knows only what was asked of it, so that its version is that of its own rows. What concerns other symbols
        (markets, peers, currencies) is read on demand.
        """
        held = self._snapshot.preloaded(list(symbols))
        lines = held.rows(BARS, sorted(set(symbols))).select("symbol", "venue").unique()
        keys = [f"{venue}:{symbol}" for symbol, venue in lines.rows()]
        named = held.rows(FACTS, [*symbols, *keys]).filter(pl.col("field") == "issuer")["text"]
        held = held.preloaded([*symbols, *keys, *named.drop_nulls().unique()], among=("facts", "events"))
        return {symbol: View(held, self.as_of, self.reading) for symbol in symbols}

    def earlier(self, as_of: AsOf) -> View:
        """The same ledger at an earlier instant, for what was known at the start of a window.

        What is asked of it counts as asked of this view. Raises ValueError for a later instant.
        """
        if as_of.at > self.as_of.at:
            raise ValueError(f"{as_of} is later than this view's cutoff {self.as_of}")
        view = View(self._snapshot, as_of, self.reading)
        self._earlier.append(view)
        return view

    @property
    def tables_read(self) -> set[str]:
        """The names of the tables of which rows were handed out."""
        own = {table for held in (self._seen, self._changed) for (table, _), frame in held.items() if frame.height}
        return own.union(*(view.tables_read for view in self._earlier))

    @property
    def version(self) -> str:
        """The digest of all rows that were asked of this view so far."""
        return version_of(self._ids())

    def _ids(self) -> Iterator[str]:
        for held in (self._seen, self._gone, self._changed):
            for frame in held.values():
                yield from frame["id"]
        for view in self._earlier:
            yield from view._ids()

    # ---- bars ----------------------------------------------------------------------------------------------------

    def listings(self, symbol: str) -> tuple[Listing, ...]:
        """The lines of that exact symbol that have bars by now, most bars first."""
        if symbol not in self._listed:
            self._listed[symbol] = self._lines(symbol)
        return self._listed[symbol]

    def _lines(self, symbol: str) -> tuple[Listing, ...]:
        bars = self.rows(BARS, [symbol])
        lines = bars.group_by("symbol", "venue", "currency").len().sort("len", "venue", descending=[True, False])
        return tuple(self._listing(*row[:3]) for row in lines.rows())

    def _listing(self, symbol: str, venue: str, currency: str) -> Listing:
        identity = self.facts([f"{venue}:{symbol}", symbol])
        issuer = identity.filter(pl.col("field") == "issuer")
        units = identity.filter(pl.col("field") == "units_per_share")
        return Listing(
            symbol=symbol,
            venue=venue,
            currency=currency,
            issuer=issuer["text"][-1] if issuer.height else None,
            units_per_share=units["value"][-1] if units.height else None,
        )

    def bars(self, listing: Listing) -> pl.DataFrame:
        """Daily bars of one line, oldest first, on one price basis and from one source.

        Columns `on, open, high, low, close, volume, price_basis, known_at, source, locator, digest, id` and
        `split_factor`: prices are divided by it and volumes multiplied, so that levels of all days compare. It holds
        the splits that were in force at the cutoff and were known by then; on other bases than `as_traded` it is 1.
        Prices are in the line's currency. Missing values are null. Empty where the line is not held.
        """
        rows = self.rows(BARS, [listing.symbol]).filter(
            (pl.col("venue") == listing.venue) & (pl.col("currency") == listing.currency)
        )
        if not rows.height:
            return rows.with_columns(pl.lit(1.0).alias("split_factor"))
        basis, rows = _one_series(rows)
        splits = self.splits(listing).rows(named=True) if basis == "as_traded" else []
        if not splits:
            return rows.with_columns(
                pl.lit(1.0).alias("split_factor"), pl.col("volume").cast(pl.Float64).alias("volume")
            )
        factor = pl.lit(1.0)
        for split in splits:
            factor = factor * pl.when(pl.col("on") < split["effective_on"]).then(split["value"]).otherwise(1.0)
        return rows.with_columns(factor.alias("split_factor")).with_columns(
            *(pl.col(name) / pl.col("split_factor") for name in ("open", "high", "low", "close")),
            (pl.col("volume") * pl.col("split_factor")).alias("volume"),
        )

    def splits(self, listing: Listing) -> pl.DataFrame:
        """Splits of the line that were known and in force at the cutoff: `effective_on` and `value` (new per old)."""
        events = self.events(self.names(listing))
        if not events.height:
            return events
        return events.filter(
            (pl.col("category") == "split")
            & pl.col("value").is_not_null()
            & (pl.col("effective_on") <= self.as_of.at.date())
        )

    def unknown(self, symbol: str) -> UsageError:
        """The sentence for a symbol that this view does not hold: known later, or unknown, with the nearest names."""
        import difflib

        bare = symbol.rpartition(":")[2]
        later = self._snapshot.rows(BARS, [bare])
        if later.height and ":" not in symbol:
            first = AsOf(at=later["known_at"].sort()[0])
            return UsageError(
                f"The ledger's first price of {symbol} could be known at {first}, after the cutoff {self.as_of}; "
                "choose a later --as-of or collect an earlier history."
            )
        held = self._snapshot.symbols()
        near = difflib.get_close_matches(bare.upper(), held, n=3, cutoff=0.6) or held[:8]
        offer = ", ".join(near) + (" ..." if len(held) > len(near) else "")
        hint = f"it holds {offer}" if held else "it holds no prices"
        return UsageError(f"The ledger knows no symbol '{symbol}' ({hint}); collect or import its prices first.")

    @staticmethod
    def names(listing: Listing) -> list[str]:
        """All subjects under which rows about this line may stand: its key, its symbol, its issuer."""
        return [name for name in (listing.key, listing.symbol, listing.issuer) if name]

    # ---- rates, facts, events ------------------------------------------------------------------------------------

    def rates(self, currency: str) -> pl.DataFrame:
        """Units of a currency per 1 EUR, oldest first: `on, per_eur, known_at, source, id`. EUR itself has no rows."""
        return self.rows(RATES, [currency]).sort("on")

    def facts(self, subjects: Sequence[str], field: str | None = None) -> pl.DataFrame:
        """Single facts of some subjects, sorted by field, period and the time they were known."""
        rows = self.rows(FACTS, subjects)
        if field is not None:
            rows = rows.filter(pl.col("field") == field)
        return rows.sort("field", "period_to", "period_from", "unit", "known_at", "id", nulls_last=True)

    def facts_of(self, field: str) -> pl.DataFrame:
        """One field of all subjects that have it, sorted by subject, period and the time they were known."""
        asked = ("*", field)
        if (FACTS.name, asked) not in self._seen:
            found = self._visible(FACTS, self._snapshot.rows(FACTS, where=pl.col("field") == field))
            self._seen[FACTS.name, asked] = _held(found)
        return self._seen[FACTS.name, asked].sort("subject", "period_to", "unit", "known_at", "id", nulls_last=True)

    def events(self, subjects: Sequence[str]) -> pl.DataFrame:
        """Dated events of some subjects, in the order in which they could be known."""
        rows = self.rows(EVENTS, subjects)
        return rows.sort("at_latest", "at_earliest", "title", "id") if rows.height else rows

    def ratings(self, symbol: str) -> pl.DataFrame:
        """What analysts' houses said of a symbol, in the order in which they said it, in their own words."""
        return self.rows(RATINGS, [symbol]).sort("graded_on", "graded_at", "house", "id", nulls_last=True)

    def ratings_since(self, on: date) -> pl.DataFrame:
        """What houses said of any symbol after a day, by symbol and in the order in which they said it."""
        asked = ("*", f"since {on}")
        if (RATINGS.name, asked) not in self._seen:
            found = self._visible(RATINGS, self._snapshot.rows(RATINGS, where=pl.col("graded_on") > on))
            self._seen[RATINGS.name, asked] = found.filter(pl.col("withdrawn_at").is_null()).drop("withdrawn_at")
        return self._seen[RATINGS.name, asked].sort("symbol", "graded_on", "graded_at", "house", "id", nulls_last=True)

    def option_quotes(self, symbol: str) -> pl.DataFrame:
        """All quotes of options on a symbol, by the time of the quote, expiry, strike and right."""
        return self.rows(OPTION_QUOTES, [symbol]).sort("quoted_at", "expires_on", "strike", "right", "id")


def _held(standing: pl.DataFrame) -> pl.DataFrame:
    """Those rows that were not withdrawn."""
    if standing["withdrawn_at"].null_count() < standing.height:
        standing = standing.filter(pl.col("withdrawn_at").is_null())
    return standing.drop("withdrawn_at")


def _one_series(rows: pl.DataFrame) -> tuple[str, pl.DataFrame]:
    """The bars of one basis and source, oldest first: the basis nearest to trading, then the longest and newest."""
    if rows["price_basis"].n_unique() > 1 or rows["source"].n_unique() > 1:
        best = (
            rows.group_by("price_basis", "source")
            .agg(pl.col("on").max().alias("last"), pl.len())
            .with_columns(
                pl.col("price_basis")
                .replace_strict({b: i for i, b in enumerate(_BASIS_ORDER)}, default=99)
                .alias("rank")
            )
            .sort(["rank", "last", "len", "source"], descending=[False, True, True, False])
        )
        basis, source = best["price_basis"][0], best["source"][0]
        rows = rows.filter((pl.col("price_basis") == basis) & (pl.col("source") == source))
    return str(rows["price_basis"][0]), rows.sort("on")


def price_levels(bars: pl.DataFrame) -> Gap | None:
    """None where the closes of these bars may be shown as levels, else the reason why not."""
    basis = bars["price_basis"][0]
    if basis in LEVEL_BASES:
        return None
    detail = (
        "these bars are adjusted for dividends that were paid later, so their levels were never quoted; "
        "import bars as traded"
    )
    if basis not in DIVIDEND_ADJUSTED_BASES:
        detail = f"the price basis '{basis}' is not known here"
    return Gap(question="price level", why=Why.NOT_APPLICABLE, detail=detail)
