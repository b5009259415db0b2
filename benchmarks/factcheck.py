"""True and minimally falsified claims from real closes, ratings and filings, what is said of each, and how fast.

    RERATING_SHARED=../shared python -m benchmarks factcheck

A sentence is made from a template in German or English around a figure that the data hold, with the hedge that makes it
true. Its false twin has one thing changed: the figure by 12 to 40 %, the direction, the day, the rating by a notch. The
data lie beside the project (see docs/factcheck.md) and are no part of it.
"""

from __future__ import annotations

import os
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np
import polars as pl

from rerating.core.batch import Batch
from rerating.core.types import AsOf
from rerating.factcheck.checking import CONFIRMED, check
from rerating.factcheck.repairs import repaired
from rerating.language.hedges import Comparator, hedge, hedge_word
from rerating.language.languages import Language
from rerating.language.numbers import decimal
from rerating.language.periods import day
from rerating.ledger import Snapshot
from rerating.sources.case_file import batch_from
from rerating.sources.files import bars_from, rates_from

SEED = 20260114
EACH = 30
"""Sentences of each kind and language."""
RECORDED = datetime(2026, 11, 1, tzinfo=UTC)
NAMES = {
    "BABA": "Alibaba",
    "AAPL": "Apple",
    "AMZN": "Amazon",
    "GOOGL": "Alphabet",
    "META": "Meta",
    "MSFT": "Microsoft",
    "NVDA": "Nvidia",
    "TSLA": "Tesla",
    "BIDU": "Baidu",
    "PDD": "PDD",
}
LEVELS = ("BABA",)
INDICES = {"^GSPC": ("S&P 500", "S&P 500"), "^HSI": ("Hang-Seng-Index", "Hang Seng Index")}
ENTITIES = {"NVIDIA CORP": "NVDA", "Apple Inc.": "AAPL", "Tesla, Inc.": "TSLA"}


def data() -> Path:
    """The folder of the real data."""
    return Path(os.environ.get("RERATING_SHARED", Path(__file__).parents[2] / "shared")) / "data"


@dataclass(frozen=True, kw_only=True)
class Sentence:
    """A sentence with the kind of its claim, whether it is true, and when it appeared."""

    kind: str
    language: Language
    text: str
    is_true: bool
    published: datetime


# ---- the ledger ------------------------------------------------------------------------------------------------------


def ratings() -> pl.DataFrame:
    """The houses' actions on the names above."""
    table = pl.read_parquet(data() / "ratings/desk_analyst_actions_202511_202601.parquet")
    return table.filter(pl.col("ticker").is_in(list(NAMES))).sort("ticker", "event_date", "firm_truncated15", "action")


def filings() -> pl.DataFrame:
    """Yearly revenue as filed by three companies, the value filed last of each year."""
    table = pl.read_parquet(data() / "filings/sec_companyfacts_AAPL_NVDA_TSLA.parquet")
    table = table.filter(
        pl.col("entity").is_in(list(ENTITIES))
        & pl.col("start").is_not_null()
        & (pl.col("taxonomy") == "us-gaap")
        & pl.col("tag").str.contains("^(Revenues|SalesRevenueNet|RevenueFromContractWithCustomerExcluding)")
    )
    return table.with_columns(pl.col("start", "end", "filed").str.to_date())


def ledger() -> Snapshot:
    """Everything in one ledger in memory."""
    rows = [
        {
            "symbol": row["ticker"],
            "house": row["firm_truncated15"],
            "graded_on": (on := date.fromisoformat(row["event_date"])),
            "action": row["action"],
            "ordinal": place,
            "word_to": row["to_grade"],
            "target_to": row["pt_current"] or None,
            "currency": "USD",
            "known_at": _midnight(on) + timedelta(days=1),
            "locator": "desk_analyst_actions",
        }
        for place, row in enumerate(ratings().rows(named=True))
    ]
    filed = filings().unique(["entity", "tag", "unit", "start", "end", "filed"]).sort("filed", "tag", "start", "end")
    facts = [
        {
            "subject": ENTITIES[row["entity"]],
            "field": f"us-gaap:{row['tag']}",
            "unit": row["unit"],
            "value": row["val"],
            "period_from": row["start"],
            "period_to": row["end"],
            "known_at": _midnight(row["filed"]) + timedelta(days=1),
            "locator": row["accn"],
        }
        for row in filed.rows(named=True)
    ]
    said = Batch(
        source="benchmark", recorded_at=RECORDED, tables={"ratings": pl.DataFrame(rows), "facts": pl.DataFrame(facts)}
    )
    core = data() / "prices/core_daily.parquet"
    return Snapshot.of(
        bars_from(core, recorded_at=RECORDED),
        rates_from(data() / "prices/fx_ecb.parquet", recorded_at=RECORDED),
        batch_from(data() / "news/baba_events.json", recorded_at=RECORDED, only="events"),
        said,
    )


def _midnight(on: date) -> datetime:
    return datetime(on.year, on.month, on.day, tzinfo=UTC)


# ---- sentences -------------------------------------------------------------------------------------------------------

_MOVES: dict[Language, tuple[str, ...]] = {
    "de": (
        "Die {name}-Aktie {stieg} am {day} um {x} Prozent.",
        "Am {day} {gewann} die {name}-Aktie {x} %.",
        "Die Aktie von {name} ist am {day} um {x} % {gestiegen}.",
    ),
    "en": (
        "{name} shares {rose} {x}% on {day}.",
        "Shares of {name} {gained} {x}% on {day}.",
        "{name} stock {climbed} by {x} percent on {day}.",
    ),
}
_WEEKS: dict[Language, tuple[str, ...]] = {
    "de": ("Die {name}-Aktie hat innerhalb einer Woche {x} % {gewonnen}.",),
    "en": ("{name} shares have {risen} {x}% within a week.",),
}
_WORDS: dict[str, tuple[str, str]] = {
    "stieg": ("stieg", "fiel"),
    "gewann": ("gewann", "verlor"),
    "gestiegen": ("gestiegen", "gefallen"),
    "gewonnen": ("gewonnen", "verloren"),
    "rose": ("rose", "fell"),
    "gained": ("gained", "lost"),
    "climbed": ("climbed", "fell"),
    "risen": ("risen", "fallen"),
}


def _close_of(on: date) -> datetime:
    return datetime(on.year, on.month, on.day, 22, 30, tzinfo=UTC)


def _stated(rng: np.random.Generator, value: float, language: Language, *, step: float, kind: str = "") -> str:
    """A figure with a hedge that makes it true: as it is, or rounded."""
    if rng.random() < 0.5:
        digits = max(0, -int(np.floor(np.log10(step) + 1e-9)))
        return decimal(value, digits, language)
    said = hedge(value, step * 10 if step < 1 else step, kind=kind)
    digits = 0 if said.stated.step >= 1 else 1
    word = hedge_word(said.comparator, language) if said.comparator is not Comparator.EXACT else ""
    return f"{word} {decimal(said.stated.value, digits, language)}".strip()


def _wrong(rng: np.random.Generator, value: float) -> float:
    return value * (1 + rng.choice([-1, 1]) * rng.uniform(0.12, 0.4))


def returns(rng: np.random.Generator, bars: pl.DataFrame, language: Language) -> Iterator[Sentence]:
    """Sessions and weeks, true and with figure, direction or day changed."""
    for kind, templates, span in (("return", _MOVES, 1), ("return over a week", _WEEKS, 5)):
        made = 0
        while made < EACH:
            ticker = str(rng.choice(list(NAMES)))
            line = bars.filter(pl.col("ticker") == ticker)
            place = int(rng.integers(300, line.height - 10))
            on, value = line["date"][place], line["close"][place] / line["close"][place - span] - 1
            other = line["close"][place - 1] / line["close"][place - 1 - span] - 1
            if abs(value) < 0.012 or abs(value - other) < 0.006:
                continue
            made += 1
            template = str(rng.choice(templates[language]))

            about = {"name": NAMES[ticker], "day": day(on, language)}
            published = _close_of(on)
            yield Sentence(
                kind=kind,
                language=language,
                text=_moved(rng, language, template, about, value),
                is_true=True,
                published=published,
            )
            change = rng.integers(0, 3)
            text = (
                _moved(rng, language, template, about, _wrong(rng, value))
                if change == 0
                else _moved(rng, language, template, about, value, turned=True)
                if change == 1 or abs(abs(value) - abs(other)) < 0.25 * abs(value)
                else _moved(rng, language, template, about, other)
            )
            yield Sentence(kind=kind, language=language, text=text, is_true=False, published=published)


def _moved(
    rng: np.random.Generator,
    language: Language,
    template: str,
    about: dict[str, str],
    move: float,
    *,
    turned: bool = False,
) -> str:
    side = 0 if (move > 0) != turned else 1
    words = {key: pair[side] for key, pair in _WORDS.items()}
    return template.format(x=_stated(rng, abs(move) * 100, language, step=0.1), **about, **words)


def levels(rng: np.random.Generator, bars: pl.DataFrame, rates: pl.DataFrame, language: Language) -> Iterator[Sentence]:
    """Closes of a line in its currency and in euro, and of indices."""
    for made in range(EACH):
        is_index = made % 3 == 2
        ticker = str(rng.choice(list(INDICES))) if is_index else "BABA"
        line = bars.filter(pl.col("ticker") == ticker)
        place = int(rng.integers(300, line.height - 10))
        on, value = line["date"][place], float(line["close"][place])
        where = day(on, language)
        if is_index:
            name = INDICES[ticker][0 if language == "de" else 1]
            template = {
                "de": f"Der {name} schloss am {where} bei {{x}} Punkten.",
                "en": f"The {name} closed at {{x}} points on {where}.",
            }[language]
        elif made % 3 == 1:
            rate = rates.filter((pl.col("currency") == "USD") & (pl.col("date") <= on)).sort("date")["per_eur"][-1]
            value /= float(rate)
            template = {
                "de": f"Die Alibaba-Aktie notierte am {where} bei {{x}} Euro.",
                "en": f"Alibaba shares traded at €{{x}} on {where}.",
            }[language]
        else:
            template = {
                "de": f"Die Alibaba-Aktie schloss am {where} bei {{x}} Dollar.",
                "en": f"Alibaba shares closed at ${{x}} on {where}.",
            }[language]
        kind = "index level" if is_index else "price in euro" if made % 3 == 1 else "price"
        for is_true in (True, False):
            figure = value if is_true else _wrong(rng, value)
            text = template.format(x=decimal(figure, 2, language))
            yield Sentence(kind=kind, language=language, text=text, is_true=is_true, published=_close_of(on))


def distances(rng: np.random.Generator, bars: pl.DataFrame, language: Language) -> Iterator[Sentence]:
    """Distances from the 52-week high, intraday."""
    line = bars.filter(pl.col("ticker") == "BABA")
    template = {
        "de": "Die Alibaba-Aktie liegt {x} % unter dem 52-Wochen-Hoch.",
        "en": "Alibaba shares are {x}% below their 52-week high.",
    }[language]
    made = 0
    while made < EACH:
        place = int(rng.integers(300, line.height - 10))
        on = line["date"][place]
        window = line.filter((pl.col("date") > on - timedelta(days=364)) & (pl.col("date") <= on))
        value = 1 - float(line["close"][place]) / float(window["high"].max())  # type: ignore[arg-type]
        if value < 0.05:
            continue
        made += 1
        for is_true in (True, False):
            figure = value if is_true else _wrong(rng, value)
            text = template.format(x=_stated(rng, figure * 100, language, step=0.1))
            yield Sentence(
                kind="distance from the high", language=language, text=text, is_true=is_true, published=_close_of(on)
            )


_NOTCH = {"Buy": "Hold", "Overweight": "Neutral", "Outperform": "Underperform", "Hold": "Sell", "Neutral": "Buy"}


def opinions(rng: np.random.Generator, language: Language) -> Iterator[Sentence]:
    """Targets and ratings of houses whose name the file does not cut."""
    rows = [row for row in ratings().rows(named=True) if len(row["firm_truncated15"]) < 15]
    newest = {(row["ticker"], row["firm_truncated15"]): row for row in rows}
    chosen = [newest[key] for key in sorted(newest)]
    for row in chosen:
        on = date.fromisoformat(row["event_date"]) + timedelta(days=1)
        name, house = NAMES[row["ticker"]], row["firm_truncated15"]
        if row["pt_current"]:
            template = {
                "de": f"{house} nennt für {name} ein Kursziel von {{x}} Dollar.",
                "en": f"{house} has a price target of ${{x}} on {name}.",
            }[language]
            wrong = float(np.round(_wrong(rng, row["pt_current"])))
            for is_true in (True, False):
                x = decimal(row["pt_current"] if is_true else wrong, 0, language)
                text = template.format(x=x)
                yield Sentence(
                    kind="price target", language=language, text=text, is_true=is_true, published=_close_of(on)
                )
        if row["to_grade"] in _NOTCH:
            template = {
                "de": f"{house} bewertet die {name}-Aktie mit „{{x}}“.",
                "en": f'{house} rates {name} shares "{{x}}".',
            }[language]
            for is_true in (True, False):
                text = template.format(x=row["to_grade"] if is_true else _NOTCH[row["to_grade"]])
                yield Sentence(kind="rating", language=language, text=text, is_true=is_true, published=_close_of(on))


_FIRST_PRICE = date(2014, 3, 1)
"""Before it the ledger holds no price, and a line without prices is not known here."""


def figures(rng: np.random.Generator, language: Language) -> Iterator[Sentence]:
    """Yearly revenue and its growth."""
    table = filings().filter((pl.col("end") - pl.col("start")).dt.total_days().is_between(350, 380))
    for entity in sorted(ENTITIES):
        years = (
            table.filter(pl.col("entity") == entity)
            .sort("end", "filed")
            .unique("end", keep="last", maintain_order=True)
        )
        rows = years.rows(named=True)
        for before, row in pairwise(rows):
            name, year, on = NAMES[ENTITIES[entity]], row["end"].year, row["filed"] + timedelta(days=3)
            if on < _FIRST_PRICE:
                continue
            value, growth = row["val"] / 1e9, row["val"] / before["val"] - 1
            template = {
                "de": f"{name} erzielte im Geschäftsjahr {year} einen Umsatz von {{x}} Milliarden Dollar.",
                "en": f"{name} reported revenue of ${{x}} billion for fiscal {year}.",
            }[language]
            for is_true in (True, False):
                digits = 1 if value >= 1 else 3
                text = template.format(x=decimal(value if is_true else _wrong(rng, value), digits, language))
                yield Sentence(kind="revenue", language=language, text=text, is_true=is_true, published=_close_of(on))
            if not 330 < (row["end"] - before["end"]).days < 400 or abs(growth) < 0.02:
                continue
            verb = {"de": ("wuchs", "sank"), "en": ("grew", "fell")}[language][0 if growth > 0 else 1]
            template = {
                "de": f"Der Umsatz von {name} {verb} im Geschäftsjahr {year} um {{x}} Prozent.",
                "en": f"Revenue at {name} {verb} {{x}}% in fiscal {year}.",
            }[language]
            for is_true in (True, False):
                figure = abs(growth) if is_true else _wrong(rng, abs(growth))
                text = template.format(x=decimal(figure * 100, 1, language))
                yield Sentence(kind="growth", language=language, text=text, is_true=is_true, published=_close_of(on))


KINDS = {
    "return over a week": "return",
    "index level": "price_level",
    "price in euro": "price_level",
    "price": "price_level",
    "distance from the high": "distance_to_high",
    "price target": "price_target",
    "revenue": "financial_figure",
}


def sentences() -> list[Sentence]:
    """All sentences, both languages."""
    bars = pl.read_parquet(data() / "prices/core_daily.parquet").sort("ticker", "date")
    rates = pl.read_parquet(data() / "prices/fx_ecb.parquet")
    found: list[Sentence] = []
    for language in ("de", "en"):
        rng = np.random.default_rng(SEED)
        found += returns(rng, bars, language)
        found += levels(rng, bars, rates, language)
        found += distances(rng, bars, language)
        found += opinions(rng, language)
        found += figures(rng, language)
    return found


def main() -> None:
    """Prints the table of outcomes, the repairs, and the speed."""
    source, asked = ledger(), sentences()
    outcomes: dict[tuple[str, bool], Counter[str]] = {}
    repairs: Counter[str] = Counter()
    started = time.process_time()
    for one in asked:
        as_of = AsOf(at=one.published + timedelta(days=1))
        result = check(source, one.text, as_of=as_of, published_at=one.published)
        claim = next((each for each in result.claims if each.type == KINDS.get(one.kind, one.kind)), None)
        outcome = "not read" if claim is None else str(claim.outcome)
        outcomes.setdefault((one.kind, one.is_true), Counter())[outcome] += 1
        if os.environ.get("FACTCHECK_SHOW") and (
            (one.is_true and outcome not in CONFIRMED) or (not one.is_true and outcome not in ("refuted", "misleading"))
        ):
            print(outcome, one.is_true, one.text, one.published.date())
        if claim is not None and outcome in ("refuted", "misleading") and not one.is_true:
            _mend(repairs, source, result, one.text)
    spent = time.process_time() - started
    _print(outcomes)
    print(
        f"\n{len(asked)} sentences, {1000 * spent / len(asked):.0f} ms CPU each with repairs. Of {repairs['asked']} "
        f"refuted ones {repairs['made']} were corrected, every correction confirmed when it was checked again; "
        f"{repairs['only']} of {repairs['made']} change the faulty words alone."
    )
    print("\n" + speed(source))


def _mend(repairs: Counter[str], source: Snapshot, result: Any, text: str) -> None:
    mended = repaired(source, result, text)
    repairs["asked"] += 1
    for repair in mended.repairs[:1]:
        if repair.sentence is not None:
            repairs["made"] += 1
            repairs["only"] += repair.only_faulty_words


def _print(outcomes: dict[tuple[str, bool], Counter[str]]) -> None:
    print(
        "| claim | true ones | confirmed | refuted | false ones | refuted or misleading | on another basis | not read |"
    )
    print("|---|---|---|---|---|---|---|---|")
    total: dict[bool, Counter[str]] = {True: Counter(), False: Counter()}
    for kind in dict.fromkeys(kind for kind, _ in outcomes):
        true, false = outcomes[kind, True], outcomes[kind, False]
        total[True] += true
        total[False] += false
        _row(kind, true, false)
    _row("all", total[True], total[False])


def _row(kind: str, true: Counter[str], false: Counter[str]) -> None:
    confirmed = sum(true[name] for name in CONFIRMED)
    wrong = false["refuted"] + false["misleading"]
    n, m = true.total(), false.total()
    print(
        f"| {kind} | {n} | {confirmed} ({confirmed / n:.1%}) | {true['refuted']} ({true['refuted'] / n:.1%}) | {m} "
        f"| {wrong} ({wrong / m:.1%}) | {false['true_on_another_basis']} | {true['not read'] + false['not read']} |"
    )


def speed(source: Snapshot) -> str:
    """600 words with two dozen claims about one line, warm: reading and checking, least of several runs."""
    article = _article()
    at = datetime(2026, 1, 14, 22, 30, tzinfo=UTC)
    as_of = AsOf(at=at + timedelta(hours=1))
    spent, walls = [], []
    for _ in range(7):
        cpu, wall = time.process_time(), time.perf_counter()
        result = check(source, article, as_of=as_of, published_at=at)
        spent.append(time.process_time() - cpu)
        walls.append(time.perf_counter() - wall)
    words = len(article.split())
    return (
        f"{words} words with {len(result.claims)} claims: {min(spent):.2f} s CPU, {min(walls):.2f} s on the clock "
        f"(least of {len(spent)} runs, warm)."
    )


_FACTS = (
    "Die Alibaba-Aktie hat innerhalb einer Woche rund 15 % zugelegt. Am 12. Januar sprang die Aktie um mehr als 9 % in "
    "einer Sitzung. Zuletzt notierte das Papier bei 145,80 Euro und damit knapp 10 % unter dem 52-Wochen-Hoch. Der "
    "Konsens lautet bei MarketBeat auf „Moderate Buy“. Besonders optimistisch ist CICC mit einem Kursziel von 204 "
    "Dollar. Im dritten Quartal 2025 erzielte Alibaba einen Umsatz von 247,8 Milliarden Yuan. "
)
_PROSE = (
    "Viele Anleger fragen sich, wie es nun weitergeht, und die Antwort hängt davon ab, worauf man schaut: auf die "
    "Ordnung im heimischen Markt, auf den Wettbewerb bei der Auslieferung von Essen oder auf die Ausgaben für "
    "Rechenzentren, die in der ganzen Branche diskutiert werden und an denen sich die Fachleute scheiden. "
)


def _article() -> str:
    text = ""
    while len(text.split()) < 600:
        text += _FACTS + _PROSE + "\n\n"
    return text


if __name__ == "__main__":
    main()
