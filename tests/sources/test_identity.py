"""Which line a name stands for: symbols, numbers, ISINs, names, dates, and what is asked back."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from contract import answers
from rerating.core.batch import Batch
from rerating.core.errors import UsageError
from rerating.core.identity import Directory, Line, bare_name, is_isin
from rerating.core.source import Request
from rerating.core.types import Gap
from rerating.sources.asking import asked_of, resolved, with_listed
from rerating.sources.identity import IdentitySource, directory, lines_from
from rerating.sources.sec import SecSource
from rerating.testing import Reply, StandIn, check_source

NOW = datetime(2026, 1, 14, 22, tzinfo=UTC)


@pytest.fixture(scope="module")
def known() -> Directory:
    return directory()


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("BABA", "XNYS:BABA"),
        ("baba", "XNYS:BABA"),
        ("XNYS:BABA", "XNYS:BABA"),
        ("9988", "XHKG:9988.HK"),
        ("9988.HK", "XHKG:9988.HK"),
        ("AHLA", "XFRA:AHLA.F"),
        ("US01609W1027", "XNYS:BABA"),
        ("KYG017191142", "XHKG:9988.HK"),
        ("Alibaba", "XNYS:BABA"),
        ("FB", "XNAS:META"),
        ("META", "XNAS:META"),
        ("Apple", "XNAS:AAPL"),
        ("700", "XHKG:0700.HK"),
        ("JD", "XNAS:JD"),
    ],
)
def test_every_way_to_name_a_line(known: Directory, text: str, key: str) -> None:
    assert known.resolve(text).key == key


def test_a_symbol_stands_for_who_bore_it_then(known: Directory) -> None:
    assert known.resolve("FB", date(2021, 1, 4)).key == "XNAS:FB"
    assert known.resolve("Meta", date(2021, 1, 4)).key == "XNAS:FB"
    assert known.resolve("BABA", date(2018, 1, 2)).units_per_share == 1
    assert known.resolve("BABA", date(2026, 1, 14)).units_per_share == 8


def test_what_fits_several_lines_is_asked_back() -> None:
    lines = [
        Line(symbol=symbol, venue=venue, currency="EUR", issuer=issuer, source="test")
        for symbol, venue, issuer in (("ABC.DE", "XETR", "One"), ("ABC.PA", "XPAR", "Two"))
    ]
    with pytest.raises(UsageError, match=r"ambiguous: XETR:ABC.DE \(One, EUR\), XPAR:ABC.PA"):
        Directory(lines).resolve("ABC")
    with pytest.raises(UsageError, match="No line is known"):
        Directory(lines).resolve("XYZ")
    assert Directory(lines).resolve("ABC.PA").issuer == "Two"


def test_letters_that_may_name_a_line_in_the_us_are_asked_back(known: Directory) -> None:
    """The tables know Siemens in Frankfurt as SIE.F; whether a company in New York is called SIE they cannot tell."""
    with pytest.raises(UsageError, match=r"'SIE' may be XFRA:SIE\.F"):
        known.resolve("SIE")
    assert known.resolve("SIE.F").issuer == "Siemens"
    with pytest.raises(UsageError, match="'Volkswagen' is ambiguous"):
        known.resolve("Volkswagen")


@pytest.mark.parametrize(
    ("name", "bare"),
    [("Apple Inc.", "apple"), ("Alibaba Group Holding Ltd", "alibaba"), ("SAP SE", "sap"), ("Inc", "inc")],
)
def test_names_as_people_say_them(name: str, bare: str) -> None:
    assert bare_name(name) == bare


class Asking:
    """Says only how it is asked."""

    name = "asking"

    def __init__(self, about: str) -> None:
        self.about = about

    def fetch(self, request: Request) -> Iterator[Batch | Gap]:
        raise NotImplementedError


def test_each_source_is_asked_in_its_own_words(known: Directory) -> None:
    named = resolved(["9988", "Apple", "NOBODY", "XNYS:NOONE"], known)
    assert asked_of(Asking("lines"), named) == ("9988.HK", "AAPL", "NOBODY", "NOONE")
    assert asked_of(Asking("filers"), named) == ("BABA", "AAPL", "NOBODY", "NOONE")
    assert asked_of(Asking("keys"), named) == ("XHKG:9988.HK", "XNAS:AAPL", "NOBODY", "XNYS:NOONE")
    assert asked_of(Asking("symbols"), named) == ("9988", "Apple", "NOBODY", "XNYS:NOONE")
    assert asked_of(Asking("currencies"), named) == ()
    with pytest.raises(UsageError, match=r"0700\.HK has no line in the US"):
        asked_of(Asking("filers"), resolved(["0700.HK"], known))


def test_names_that_no_table_knows_are_looked_up_in_lists_online(known: Directory) -> None:
    """The SEC's list is asked only where a name is not known, and an outage leaves the name as it was typed."""
    with StandIn(answers.sec) as server:
        sec = SecSource("Test test@example.org", hosts={"www.sec.gov": server.url}, per_second=1e4, attempts=1)
        assert with_listed(["BABA"], known, [sec]) is known
        assert not server.asked
        more = with_listed(["Acme Works"], known, [Asking("lines"), sec])
        assert [each.symbol for each in resolved(["Acme Works"], more)] == ["ACME"]
        assert more.resolve("ACME").key == "XNYS:ACME"
        server.fault = Reply(status=503)
        assert resolved(["Acme Works"], with_listed(["Acme Works"], known, [sec]))[0].line is None


def test_isins_that_no_source_could_be_asked_for(known: Directory) -> None:
    with pytest.raises(UsageError, match="its check digit is wrong"):
        resolved(["US01609W1028"], known)
    with pytest.raises(UsageError, match="No line is known by 'US5007673065'"):
        resolved(["US5007673065"], known)


def test_the_packaged_table_is_large_and_sound(known: Directory) -> None:
    """1,837 companies; Apple by its ISIN is its home line, not the one in Frankfurt."""
    assert len(known) > 2_500
    assert known.resolve("US0378331005").key == "XNAS:AAPL"
    assert all(is_isin(line.isin) for line in known.find("Siemens") if line.isin)


def test_sisters_share_their_issuer(known: Directory) -> None:
    assert {line.key for line in known.sisters(known.resolve("BABA"))} == {"XHKG:9988.HK", "XFRA:AHLA.F"}


def test_a_users_lines_come_first_and_wrong_isins_are_refused(tmp_path: Path) -> None:
    own = tmp_path / "lines.toml"
    text = '[[lines]]\nsymbol = "BABA"\nvenue = "XNYS"\ncurrency = "USD"\nissuer = "Mine"\n'
    text += 'from_on = 2019-07-30\nsource = "me"\n'
    own.write_text(text)
    assert directory(own).resolve("BABA").issuer == "Mine"
    own.write_text(text + 'isin = "US01609W1028"\n')
    with pytest.raises(UsageError, match="check digit"):
        lines_from(own)


def test_as_a_source_it_keeps_the_contract_and_dates_its_facts() -> None:
    request = Request(symbols=("9988",), recorded_at=NOW)
    check_source(IdentitySource(), request, unknown="NO-SUCH")
    (batch,) = IdentitySource().fetch(request)
    assert isinstance(batch, Batch)
    rows = {(row["subject"], row["field"]): row for row in batch.tables["facts"].rows(named=True)}
    assert rows["XNYS:BABA", "units_per_share"]["value"] == 8.0
    assert rows["XHKG:9988.HK", "issuer"]["text"] == "Alibaba Group"
    assert rows["XHKG:9988.HK", "issuer"]["known_at"] == datetime(2019, 11, 27, 5, tzinfo=UTC)


def test_lines_named_by_their_keys_are_told_for_each_span_of_their_units() -> None:
    said = IdentitySource().known(["XNYS:BABA", "INDEX:^GSPC", "XNYS:BABA"], NOW)
    assert said is not None
    rows = said.tables["facts"].filter(field="units_per_share").sort("known_at").select("known_at", "value").rows()
    assert [(at.date(), units) for at, units in rows] == [(date(2014, 9, 20), 1.0), (date(2019, 7, 31), 8.0)]
    assert set(said.tables["facts"].filter(field="issuer")["text"]) == {"Alibaba Group"}
    assert IdentitySource().known(["INDEX:^GSPC"], NOW) is None
