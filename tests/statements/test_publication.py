"""A report for others: who made it, what is fact, what the call means, what came before, and what forbids it."""

from __future__ import annotations

import re
from datetime import UTC, datetime

import pytest

from rerating.analysis import Analysis
from rerating.core.certificate import Certificate
from rerating.core.errors import UsageError
from rerating.findings.price_move import PriceMove
from rerating.outlook.verdict import Call
from rerating.report import render
from rerating.statements.publication import EarlierCall, Profile, Publication, earlier_calls

PUBLICATION = Publication(
    profile=Profile.EU_MAR,
    producer="Eva Muster, editor",
    interests="None of her own.",
    completed_at=datetime(2007, 1, 13, 8, 30, tzinfo=UTC),
    earlier=(
        EarlierCall(on=datetime(2006, 9, 1, 20, tzinfo=UTC), call=Call.BUY, horizon=21),
        EarlierCall(on=datetime(2006, 3, 1, 20, tzinfo=UTC), call=Call.NO_CALL, horizon=21),
    ),
)
PRESS = PUBLICATION.model_copy(update={"profile": Profile.PRESSE_DE})
DIGEST = "ab" * 32
CERTIFICATE = Certificate(
    as_of="x", digest=DIGEST, noisy={1: DIGEST, 2: DIGEST, 3: DIGEST}, replaced={"bars": 900}, holds=True, reason="x"
)


def flat(text: str) -> str:
    return re.sub(r"\s+", " ", text)


@pytest.mark.parametrize("format_", ["txt", "md", "html"])
def test_it_says_all_that_is_asked_of_it(apple: Analysis, format_: str) -> None:
    text = render(apple, language="en", format=format_, publication=PUBLICATION)
    text = flat(re.sub(r"<[^>]+>|\*\*", "", text))
    for words in (
        "Eva Muster, editor",
        "None of her own.",
        "13 January 2007, 08:30 UTC",
        "Close of 12 January 2007, known since 12 January 2007, 21:00 UTC.",
        "The call holds for 21 sessions from the next session on",
        "1 September 2006: Buy (over 21 sessions).",
        "1 March 2006: No proven edge (over 21 sessions).",
        "The call differs from that of 1 September 2006 (Buy).",
        "Ratings and targets of other houses are named with house and day and are summaries",
        "How the figures are defined",
    ):
        assert words in text


def test_what_is_no_fact_is_marked(apple: Analysis, baba: Analysis) -> None:
    text = flat(render(apple, language="de", format="txt", publication=PRESS, style="press"))
    assert "+7,8 bis +8,4 Prozent. [Schätzung]" in text
    assert "Grund dazu. [Prognose]" in text
    assert "bei 94,62 US-Dollar. Das sind" in text
    houses = flat(render(baba, language="de", format="md", publication=PRESS, style="press"))
    assert "| Einstufung [Meinung] | Kursziel [Meinung] |" in houses
    assert "[Schätzung]" not in flat(render(apple, language="de", format="txt"))


def test_a_german_paper_is_german(apple: Analysis) -> None:
    with pytest.raises(UsageError, match="presse-de is for German reports"):
        render(apple, language="en", format="txt", publication=PRESS)


def test_personal_values_are_refused_and_listed(apple: Analysis) -> None:
    move: PriceMove = apple.of_kind(PriceMove)[0]
    first, *rest = move.basis.evidence
    bought = first.model_copy(update={"licence": "Yahoo Finance, personal use, not to be passed on"})
    basis = move.basis.model_copy(update={"evidence": (bought, *rest)})
    changed = apple.model_copy(update={"findings": (move.model_copy(update={"basis": basis}), *apple.findings[1:])})
    with pytest.raises(UsageError, match=r"1 of its sources .*stocks\.csv\.gz \(Yahoo Finance, personal use"):
        render(changed, language="en", format="txt", publication=PUBLICATION)
    assert render(changed, language="en", format="txt")


def test_its_own_text_is_linted(apple: Analysis) -> None:
    loud = PUBLICATION.model_copy(update={"interests": "None. You must act now!"})
    with pytest.raises(UsageError, match=r"does not pass the lint: “.*act now!” urges to act"):
        render(apple, language="en", format="txt", publication=loud)


def test_earlier_calls_are_those_of_the_line_and_of_twelve_months() -> None:
    """Built from the record's entries by their four fields that count."""

    class Entry:
        def __init__(self, listing: str, as_of: str, call: Call | None) -> None:
            self.listing, self.call, self.horizon = listing, call, 21
            self.as_of = datetime.fromisoformat(as_of)

    entries = [
        Entry("XNAS:AAPL", "2006-02-01T20:00+00:00", Call.SELL),
        Entry("XNAS:AAPL", "2006-08-01T20:00+00:00", Call.BUY),
        Entry("XNAS:AAPL", "2005-08-01T20:00+00:00", Call.BUY),
        Entry("XNAS:MSFT", "2006-08-01T20:00+00:00", Call.BUY),
        Entry("XNAS:AAPL", "2006-09-01T20:00+00:00", None),
    ]
    found = earlier_calls(entries, "XNAS:AAPL", datetime(2007, 1, 12, 22, tzinfo=UTC))  # type: ignore[arg-type]
    assert [(call.on.month, call.call) for call in found] == [(8, Call.BUY), (2, Call.SELL)]


@pytest.mark.parametrize(
    ("certificate", "words"),
    [
        (None, "No leak certificate was asked for with this report."),
        (
            CERTIFICATE,
            "(900 rows) was replaced by noise in three runs; no byte of the analysis changed (SHA-256 each time "
            f"{DIGEST}).",
        ),
        (
            CERTIFICATE.model_copy(update={"replaced": {"bars": 12}, "holds": False}),
            "No leak certificate is possible: twelve rows lie after the cutoff, 100 rows are needed.",
        ),
        (
            CERTIFICATE.model_copy(update={"noisy": {1: "cd" * 32}, "holds": False}),
            "The leak certificate does not hold: the analysis changes with rows that were not known at the cutoff.",
        ),
        (
            CERTIFICATE.model_copy(update={"holds": False}),
            "No leak certificate is possible: of a table that was read no row lies after the cutoff.",
        ),
    ],
)
def test_the_footer_tells_of_the_certificate(apple: Analysis, certificate: Certificate | None, words: str) -> None:
    text = flat(render(apple, language="en", format="txt", length="brief", certificate=certificate))
    assert words in text
    assert f"Ledger version {apple.ledger_version} · rerating {apple.software_version}" in text
