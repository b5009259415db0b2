"""The gate, proven on random reports: what is said passes, and no single falsification of it does.

The worlds are the statements of two whole reports with all their facts redrawn: values over the magnitudes that money,
shares and counts have, days over forty years, instants to the minute.
"""

from __future__ import annotations

import os
import random
import re
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, timedelta

import pytest

from all_templates import ALL
from rerating.analysis import Analysis
from rerating.core.errors import IntegrityError
from rerating.statements.blocks import Length
from rerating.statements.facts import (
    Count,
    Day,
    Days,
    Moment,
    Moments,
    Money,
    MoneyRange,
    Name,
    Number,
    NumberRange,
    Share,
    ShareRange,
    Slot,
    Voice,
)
from rerating.statements.gate import Due, verify
from rerating.statements.plan import plan
from rerating.statements.statement import Span, Statement, pieces, spans

VOICES = [
    Voice(language="de", zone="Europe/Berlin"),
    Voice(language="en"),
    Voice(language="de", style="press", zone="Europe/Berlin"),
]
IDS = ["de", "en", "press"]
Texts = list[list[Span]]

REPORTS = int(os.environ.get("RERATING_REPORTS", "120"))
"""Random reports of three sentences in each voice; with RERATING_REPORTS=5000 it is as many (a minute of computing)."""


@pytest.fixture(scope="module")
def statements(apple: Analysis, baba: Analysis) -> list[Statement]:
    """Every different statement of both reports that has a figure, a day or a name to say."""
    found: dict[str, Statement] = {}
    for analysis in (apple, baba):
        for statement in plan(analysis, length=Length.FULL).statements():
            if statement.facts:
                found.setdefault(statement.model_dump_json(), statement)
    return list(found.values())


# ---- random worlds ---------------------------------------------------------------------------------------------------


TIMES = ("session", "day", "week", "month", "year")


def redrawn(statement: Statement, rng: random.Random) -> Statement:
    """The statement with other facts."""
    forms = {name: form for _, name, form in pieces(statement.template.de) if name}
    scale = rng.choice((1.0, 1.0, 1e6, 1e9))  # the amounts of one sentence are of one size
    slots = {name: drawn(slot, forms[name], rng, scale) for name, slot in statement.slots.items()}
    return statement.model_copy(update={"slots": slots})


def drawn(slot: Slot, form: str, rng: random.Random, scale: float) -> Slot:
    match slot:
        case Money():
            return slot.model_copy(update={"value": money(rng, scale)})
        case MoneyRange():
            low, high = sorted((money(rng, scale), money(rng, scale)))
            return slot.model_copy(update={"low": low, "high": high})
        case Share():
            return slot.model_copy(update={"value": share(rng, hedged=form == "hedged")})
        case ShareRange():
            low, high = sorted((share(rng), share(rng)))
            return slot.model_copy(update={"low": low, "high": high})
        case Number():
            return slot.model_copy(update={"value": number(rng, slot.digits)})
        case NumberRange():
            low, high = sorted((number(rng, slot.digits), number(rng, slot.digits)))
            return slot.model_copy(update={"low": low, "high": high})
        case Count():
            most = 999 if slot.of in TIMES else 999_999
            return slot.model_copy(update={"value": float(rng.choice((rng.randint(2, 12), rng.randint(13, most))))})
        case _:
            return timed(slot, rng)


def timed(slot: Slot, rng: random.Random) -> Slot:
    match slot:
        case Day():
            return slot.model_copy(update={"on": day(rng)})
        case Days():
            first, last = sorted((day(rng), day(rng)))
            return slot.model_copy(update={"from_on": first, "to_on": last})
        case Moment():
            return slot.model_copy(update={"at": moment(rng)})
        case Moments():
            first_at = moment(rng)
            later = first_at + timedelta(minutes=rng.choice((0, 30, 90, 3000)))
            return slot.model_copy(update={"from_at": first_at, "to_at": later})
        case _:
            return slot


def money(rng: random.Random, scale: float) -> float:
    return round(rng.uniform(0.01, 999.99), 2) if scale == 1.0 else rng.uniform(1, 999) * scale


def share(rng: random.Random, *, hedged: bool = False) -> float:
    size = rng.uniform(0.011, 0.6) if hedged else rng.choice((rng.uniform(0.001, 0.2), rng.uniform(0.2, 3.0)))
    return size * rng.choice((-1, 1))


def number(rng: random.Random, digits: int) -> float:
    return round(rng.uniform(2, 400), digits) * (1 if digits == 0 else rng.choice((-1, 1)))


def day(rng: random.Random) -> date:
    return date(1990, 1, 1) + timedelta(days=rng.randint(0, 14_600))


def moment(rng: random.Random) -> datetime:
    return datetime(1990, 1, 1, tzinfo=UTC) + timedelta(minutes=rng.randint(0, 20_000_000))


def reports(
    statements: list[Statement], count: int, *, size: int = 3
) -> Iterator[tuple[random.Random, list[Statement]]]:
    """Random sentences; every tenth report begins with one that has a hedge, of which there are few."""
    hedged = [statement for statement in statements if ":hedged}" in statement.template.de]
    for seed in range(count):
        rng = random.Random(seed)
        chosen = [rng.choice(hedged if seed % 10 == place == 0 else statements) for place in range(size)]
        yield rng, [redrawn(statement, rng) for statement in chosen]


# ---- saying and falsifying -------------------------------------------------------------------------------------------


def told(report: list[Statement], voice: Voice) -> tuple[Texts, list[Due]]:
    texts = [list(spans(statement, voice)) for statement in report]
    return texts, [span.due for text in texts for span in text if span.due is not None]


def passages(texts: Texts) -> list[str]:
    return ["".join(span.text for span in text) for text in texts]


def passes(texts: list[str], due: list[Due], voice: Voice) -> bool:
    try:
        verify(texts, due, voice)
    except IntegrityError:
        return False
    return True


def figures(texts: Texts) -> list[tuple[int, int]]:
    """Where figures and days stand; names are no figures."""
    return [
        (i, k)
        for i, text in enumerate(texts)
        for k, span in enumerate(text)
        if span.fact is not None and not isinstance(span.fact, Name) and re.search(r"\d", span.text)
    ]


def with_text(texts: Texts, changed: dict[tuple[int, int], str]) -> list[str]:
    return ["".join(changed.get((i, k), span.text) for k, span in enumerate(text)) for i, text in enumerate(texts)]


def mutated_digit(texts: Texts, rng: random.Random) -> list[str] | None:
    """Any digit of the text, wherever it stands, is another."""
    plain = passages(texts)
    places = [(i, k) for i, text in enumerate(plain) for k, sign in enumerate(text) if sign.isdigit()]
    if not places:
        return None
    i, k = rng.choice(places)
    other = rng.choice([digit for digit in "0123456789" if digit != plain[i][k]])
    return [text[:k] + other + text[k + 1 :] if place == i else text for place, text in enumerate(plain)]


def swapped(texts: Texts, rng: random.Random) -> list[str] | None:
    """Two correct figures in each other's places, in one sentence or in two."""
    places = figures(texts)
    pairs = [
        (a, b)
        for n, a in enumerate(places)
        for b in places[n + 1 :]
        if texts[a[0]][a[1]].text.casefold() != texts[b[0]][b[1]].text.casefold()
    ]
    if not pairs:
        return None
    a, b = rng.choice(pairs)
    return with_text(texts, {a: texts[b[0]][b[1]].text, b: texts[a[0]][a[1]].text})


def flipped(texts: Texts, rng: random.Random) -> list[str] | None:
    """A plus for a minus."""
    places = [(i, k) for i, k in figures(texts) if re.search(r"[+\u2212]", texts[i][k].text)]
    if not places:
        return None
    i, k = rng.choice(places)
    turned = re.sub(r"[+\u2212]", lambda match: "\u2212" if match.group() == "+" else "+", texts[i][k].text, count=1)
    return with_text(texts, {(i, k): turned})


def unhedged(texts: Texts, rng: random.Random) -> list[str] | None:
    """The figure without its knapp, gut or rund."""
    places = [
        (i, k)
        for i, text in enumerate(texts)
        for k, span in enumerate(text)
        if span.due is not None and span.due.form == "hedged" and not span.text[0].isdigit()
    ]
    if not places:
        return None
    i, k = rng.choice(places)
    return with_text(texts, {(i, k): re.sub(r"^\D+", "", texts[i][k].text)})


UNITS = [
    ("US-Dollar", "Euro"),
    ("Milliarden", "Millionen"),
    ("Millionen", "Milliarden"),
    ("billion", "million"),
    ("million", "billion"),
    ("\u00a0Prozent", "\u00a0Euro"),
    ("\u00a0%", "\u00a0$"),
    ("%", ""),
    ("\u00a0$", "\u00a0€"),
    ("$", "€"),
    ("€", "$"),
    ("CNY", "USD"),
    ("je Aktie", "je Stück"),
    ("per share", ""),
]


def in_another_unit(texts: Texts, rng: random.Random) -> list[str] | None:
    """The last unit of a figure is another or none; a pair may leave out one of its two."""
    places = [
        (i, k, old, new)
        for i, k in figures(texts)
        for old, new in UNITS
        if old in texts[i][k].text and (new or not in_range(texts[i], k))
    ]
    if not places:
        return None
    i, k, old, new = rng.choice(places)
    return with_text(texts, {(i, k): new.join(texts[i][k].text.rsplit(old, 1))})


JOINTS = (" bis ", " to ", " und ", " and ")


def in_range(text: list[Span], k: int) -> bool:
    before, after = text[k - 1].text if k else "", text[k + 1].text if k + 1 < len(text) else ""
    return before.endswith(JOINTS) or after.startswith(JOINTS)


def without_one(texts: Texts, rng: random.Random) -> list[str] | None:
    places = [(i, k) for i, k in figures(texts) if not isinstance(texts[i][k].fact, Count)]
    if not places:
        return None
    return with_text(texts, {rng.choice(places): ""})


FALSE: list[Callable[[Texts, random.Random], list[str] | None]] = [
    mutated_digit,
    swapped,
    flipped,
    unhedged,
    in_another_unit,
    without_one,
]


@pytest.mark.parametrize("voice", VOICES, ids=IDS)
def test_random_reports_pass_and_no_falsification_does(statements: list[Statement], voice: Voice) -> None:
    tried = dict.fromkeys((false.__name__ for false in FALSE), 0)
    for rng, report in reports(statements, REPORTS):
        texts, due = told(report, voice)
        verify(passages(texts), due, voice)
        for false in FALSE:
            changed = false(texts, rng)
            if changed is not None:
                tried[false.__name__] += 1
                assert not passes(changed, due, voice), f"{false.__name__}: {passages(texts)} became {changed}"
    assert min(tried.values()) > 0, tried


@pytest.mark.parametrize("voice", VOICES[:2], ids=IDS[:2])
def test_every_sentence_of_real_reports_is_proof_against_each_falsification(
    statements: list[Statement], voice: Voice
) -> None:
    for place, statement in enumerate(statements[::3]):
        texts, due = told([statement], voice)
        for false in FALSE:
            changed = false(texts, random.Random(place))
            assert changed is None or not passes(changed, due, voice), f"{false.__name__}: {changed}"


def test_both_languages_say_each_fact_as_often() -> None:
    for name, template in ALL:
        de, en = (sorted(slot for _, slot, _ in pieces(text) if slot) for text in (template.de, template.en))
        assert de == en, name


def test_both_languages_carry_the_same_facts(statements: list[Statement]) -> None:
    for statement in statements:
        said = [
            sorted(span.due.fact.model_dump_json() for span in spans(statement, voice) if span.due is not None)
            for voice in VOICES[:2]
        ]
        if not any(slot.kind == "term" for slot in statement.slots.values()):
            assert said[0] == said[1], statement.template.de
