"""Tables in exhibits as facts: what can be told from the words around a number, and what is left to the document."""

from __future__ import annotations

import gzip
from collections import defaultdict
from datetime import UTC, date, datetime
from typing import Any

import pytest

from rerating.sources.exhibit_tables import table_rows
from rerating.sources.inline_xbrl import InlineXbrl
from shared_data import shared

KNOWN = datetime(2025, 11, 25, 10, 32, tzinfo=UTC)

#: Laid out as Chinese issuers print their quarters: two years in RMB, the later one in US$ as well, and a change.
SEGMENTS = """<html><body><p>Segment results (in millions, except percentages)</p><table>
<tr><td>&#160;</td><td colspan="5">Three months ended September 30,</td><td>&#160;</td></tr>
<tr><td></td><td colspan="2">2024</td><td colspan="3">2025</td><td></td></tr>
<tr><td></td><td colspan="2">RMB</td><td>RMB</td><td colspan="2">US$</td><td>% Change</td></tr>
<tr><td>Revenue:</td></tr>
<tr><td>Cloud Group</td><td></td><td>29,610</td><td>39,824</td><td></td><td>5,594</td><td>34%</td></tr>
<tr><td>Others</td><td></td><td>(1,200)</td><td>\u2013</td><td></td><td>-</td><td>N/A</td></tr>
<tr><td>Adjusted EBITA:</td></tr>
<tr><td>Cloud Group</td><td></td><td>2,661</td><td>3,604</td><td></td><td>506</td><td>35%</td></tr>
<tr><td>Cloud Group margin</td><td></td><td>9</td><td>9</td><td></td><td>9</td><td></td></tr>
</table></body></html>"""


def read(page: str) -> dict[tuple[str, Any, Any, str], float]:
    rows = table_rows(page.encode(), "ACME", KNOWN, note="6-K")
    return {(row["field"], row["period_from"], row["period_to"], row["unit"]): row["value"] for row in rows}


def test_segments_with_their_periods_and_currencies() -> None:
    first, last = (date(2024, 7, 1), date(2024, 9, 30)), (date(2025, 7, 1), date(2025, 9, 30))
    assert read(SEGMENTS) == {
        ("exhibit:Revenue||Cloud Group", *first, "CNY"): 29_610e6,
        ("exhibit:Revenue||Cloud Group", *last, "CNY"): 39_824e6,
        ("exhibit:Revenue||Cloud Group", *last, "USD"): 5_594e6,
        ("exhibit:Revenue||Others", *first, "CNY"): -1_200e6,
        ("exhibit:Adjusted EBITA||Cloud Group", *first, "CNY"): 2_661e6,
        ("exhibit:Adjusted EBITA||Cloud Group", *last, "CNY"): 3_604e6,
        ("exhibit:Adjusted EBITA||Cloud Group", *last, "USD"): 506e6,
    }


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("in millions, except percentages", "amounts"),  # no scale
        ("Three months ended September 30,", "Quarter"),  # no period
        ("Three months ended September 30,", "Three months ended September 28,"),  # a year of whole weeks
        ("September 30,", "Smarch 30,"),
        ("2025", "2031"),  # an outlook
    ],
)
def test_what_cannot_be_told_is_left_to_the_document(old: str, new: str) -> None:
    held = read(SEGMENTS.replace(old, new))
    assert not any(on == date(2025, 9, 30) or on.year == 2031 for _, _, on, _ in held)


def test_a_number_that_a_document_states_twice_and_differently_is_left_out() -> None:
    twice = SEGMENTS.replace("</body>", SEGMENTS.replace("39,824", "39,825") + "</body>")
    names = [(field, unit) for field, _, on, unit in read(twice) if on.year == 2025]
    assert ("exhibit:Revenue||Cloud Group", "CNY") not in names
    assert ("exhibit:Revenue||Cloud Group", "USD") in names


@pytest.mark.parametrize(
    "page", ["", "<table>", "<table><tr><td>1", "</td></table>", "<td colspan='9999999'>(in millions)"]
)
def test_broken_pages_have_no_numbers(page: str) -> None:
    assert not read(page)


@pytest.mark.shared
def test_amazons_tables_say_what_its_tags_say() -> None:
    """The report of 2024 has both. 466 of 483 numbers out of the tables are tagged with that period and amount, the
    others hardly at all (free cash flow, say); the segment's three years agree exactly.
    """
    body = gzip.decompress(shared("data/filings/html/amzn-10-k-2025-02-07.html.gz").read_bytes())
    rows = table_rows(body, "AMZN", datetime(2025, 2, 7, tzinfo=UTC), note="10-K")
    parser = InlineXbrl()
    parser.feed(body.decode())
    tagged = defaultdict(set)
    for _, context, unit, value in parser.values():
        tagged[context.start, context.end, unit].add(abs(value))
    agree = sum(abs(row["value"]) in tagged[row["period_from"], row["period_to"], row["unit"]] for row in rows)
    assert len(rows) > 450
    assert agree / len(rows) > 0.95
    sales = {row["period_to"].year: row["value"] for row in rows if row["field"] == "exhibit:AWS||Net sales"}
    assert sales == {2022: 80_096e6, 2023: 90_757e6, 2024: 107_556e6}
