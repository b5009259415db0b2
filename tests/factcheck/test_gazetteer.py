"""The list of companies: what has to hold of each line, and that it is built of the hand-kept lists."""

import re
from collections import Counter
from importlib.resources import files

import pytest

from rerating.factcheck.extraction import extract
from rerating.factcheck.extraction.text.gazetteer import NameKind, first_words, names_from, of_symbol
from rerating.language.reading.tokens import FIGURE, WORD, Tokens, first_token

DATA = files("rerating.factcheck.extraction").joinpath("data")
ROWS = [line.split("\t") for line in DATA.joinpath("companies.tsv").read_text("utf-8").splitlines() if line[0] != "#"]
HAND_KEPT = [
    line.split("\t")
    for file in ("america", "asia", "europe", "more")
    for line in DATA.joinpath(f"companies_{file}.tsv").read_text("utf-8").splitlines()
    if line and line[0] != "#"
]

FORMS = {
    "XNYS XASE": (r"[A-Z]{1,5}(-[A-Z])?", "USD"),
    "XNAS ARCX": (r"[A-Z]{1,5}", "USD"),
    "XTSE": (r"[A-Z]{1,5}(-(UN|U|[ABXK]))?\.TO", "CAD"),
    "XMEX": (r"[A-Z&0-9]{1,10}(-1)?\.MX", "MXN"),
    "BVMF": (r"[A-Z0-9]{4}(3|4|5|6|11)\.SA", "BRL"),
    "XBUE": (r"[A-Z]{4}\.BA", "ARS"),
    "XSGO": (r"[A-Z]{3,9}\.SN", "CLP"),
    "XLON": (r"[A-Z0-9]{1,4}(-[AB])?\.L", "GBP"),
    "XETR": (r"[A-Z0-9]{2,5}\.DE", "EUR"),
    "XWBO": (r"[A-Z0-9]{2,5}\.VI", "EUR"),
    "XSWX": (r"[A-Z0-9]{2,6}\.SW", "CHF"),
    "XPAR": (r"[A-Z0-9]{1,6}\.PA", "EUR"),
    "XAMS": (r"[A-Z0-9]{2,6}\.AS", "EUR"),
    "XBRU": (r"[A-Z0-9]{2,6}\.BR", "EUR"),
    "XMIL": (r"[A-Z0-9]{1,6}\.MI", "EUR"),
    "XMAD": (r"[A-Z0-9]{2,6}\.MC", "EUR"),
    "XLIS": (r"[A-Z0-9]{2,6}\.LS", "EUR"),
    "XDUB": (r"[A-Z0-9]{3,5}\.IR", "EUR"),
    "XHEL": (r"[A-Z0-9-]{3,9}\.HE", "EUR"),
    "XATH": (r"[A-Z]{3,8}\.AT", "EUR"),
    "XSTO": (r"[A-Z0-9]{2,6}(-(A|B|C|SDB))?\.ST", "SEK"),
    "XOSL": (r"[A-Z0-9]{3,6}\.OL", "NOK"),
    "XCSE": (r"[A-Z+]{2,7}(-[AB])?\.CO", "DKK"),
    "XWAR": (r"[A-Z0-9]{3}\.WA", "PLN"),
    "XPRA": (r"[A-Z]{3,5}\.PR", "CZK"),
    "XBUD": (r"[A-Z0-9]{3,8}\.BD", "HUF"),
    "XIST": (r"[A-Z]{4,5}\.IS", "TRY"),
    "XTKS": (r"[0-9]{3}[0-9A-Z]\.T", "JPY"),
    "XHKG": (r"[0-9]{4}\.HK", "HKD"),
    "XSHG": (r"6[0-9]{5}\.SS", "CNY"),
    "XSHE": (r"[03][0-9]{5}\.SZ", "CNY"),
    "XKRX": (r"[0-9]{6}\.KS", "KRW"),
    "XKOS": (r"[0-9]{6}\.KQ", "KRW"),
    "XTAI": (r"[0-9]{4}\.TW", "TWD"),
    "ROCO": (r"[0-9]{4}\.TWO", "TWD"),
    "XNSE": (r"[A-Z0-9&-]{2,10}\.NS", "INR"),
    "XSES": (r"[A-Z0-9]{3,4}\.SI", "SGD"),
    "XKLS": (r"[0-9]{4}\.KL", "MYR"),
    "XBKK": (r"[A-Z]{2,6}\.BK", "THB"),
    "XIDX": (r"[A-Z]{4}\.JK", "IDR"),
    "XPHS": (r"[A-Z]{2,4}\.PS", "PHP"),
    "XASX": (r"[A-Z0-9]{3}\.AX", "AUD"),
    "XNZE": (r"[A-Z]{3}\.NZ", "NZD"),
    "XJSE": (r"[A-Z]{3}\.JO", "ZAR"),
    "XSAU": (r"[0-9]{4}\.SR", "SAR"),
    "XTAE": (r"[A-Z]{4,5}\.TA", "ILS"),
    "XCAI": (r"[A-Z]{4}\.CA", "EGP"),
    "DSMD": (r"[A-Z]{4}\.QA", "QAR"),
    "XADS XDFM": (r"[A-Z]{3,11}\.AE", "AED"),
}
"""Markets to the form of their symbols at Yahoo's and to their currency."""

SHARED = {("Celsius",)}
"""A spelling that stands for two companies: the drinks and the failed lender."""


def test_a_symbol_has_the_form_and_the_currency_of_its_market() -> None:
    forms = {market: form for markets, form in FORMS.items() for market in markets.split()}
    wrong = [
        row
        for row in ROWS
        if (row[2] not in forms or not re.fullmatch(forms[row[2]][0], row[1]) or forms[row[2]][1] != row[3])
        and row[1:4] != ["", "", ""]
    ]
    assert not wrong


def test_no_symbol_no_name_and_no_spelling_stands_for_two_companies() -> None:
    symbols = Counter(row[1] for row in ROWS if row[1])
    assert [symbol for symbol, count in symbols.items() if count > 1] == []
    held: dict[tuple[str, ...], set[str]] = {}
    for name, symbol, _, _, more in ROWS:
        for spelling in (name, *filter(None, more.split(" | "))):
            held.setdefault(Tokens(spelling).spelling(), set()).add(symbol or name)
    assert {words for words, companies in held.items() if len(companies) > 1} == SHARED


def test_spellings_are_whole_words_without_blanks_around_them() -> None:
    spellings = [spelling for row in ROWS for spelling in (row[0], *filter(None, row[4].split(" | ")))]
    assert all(len(row) == 5 for row in ROWS)
    assert not [each for each in spellings if each != " ".join(each.split()) or "|" in each]
    assert not [each for each in spellings if re.search(r"&amp|\bPlcuk\b|\(", each)]


def test_no_figure_alone_and_no_article_with_a_figure_is_a_company() -> None:
    words = [Tokens(each) for row in ROWS for each in (row[0], *filter(None, row[4].split(" | ")))]
    assert not [each.text[0] for each in words if each.count == 1 and each.kind[0] != WORD]
    pairs = [each for each in words if each.count == 2 and each.kind[1] == FIGURE]
    assert not [each.text[:2] for each in pairs if each.lower[0] in {"the", "a", "die", "der"}]


def test_the_list_is_built_of_the_hand_kept_ones() -> None:
    built = {row[1] or row[0]: row for row in ROWS}
    last = {row[1] or row[0]: row for row in HAND_KEPT}
    stale = [row for key, row in last.items() if built.get(key, [""] * 5)[:4] != row[:4]]
    assert not stale, "run benchmarks/factcheck_gazetteer.py"


def test_an_ordinary_word_is_listed_once() -> None:
    lines = DATA.joinpath("ambiguous.txt").read_text("utf-8").splitlines()
    words = Counter(word.removesuffix("+") for line in lines if line[0] != "#" for word in line.split())
    assert [word for word, count in words.items() if count > 1] == []


def test_a_name_is_found_by_its_first_word_and_by_its_symbol() -> None:
    for name, symbol, venue, currency, more in ROWS[::40]:
        for spelling in (name, *filter(None, more.split(" | "))):
            words = Tokens(spelling).spelling()
            assert first_token(spelling) == words[0]
            found = [meaning for row, meanings in names_from(words[0]) for meaning in meanings if row == words]
            assert (symbol or None, venue or None) in [(each.ticker, each.venue) for each in found]
        listed = of_symbol(symbol)
        assert not symbol or (listed is not None and (listed.name, listed.currency) == (name, currency))
    assert names_from("Unheardof") == ()
    assert of_symbol("UNHEARDOF") is None
    assert all(word and word.strip() == word for word in first_words())
    rows = names_from("General")
    assert [len(words) for words, _ in rows] == sorted((len(words) for words, _ in rows), reverse=True)
    assert all(name.kind in NameKind for _, names in rows for name in names)


@pytest.mark.parametrize(
    ("text", "symbol"),
    [
        ("Argan climbed 7% on Tuesday after the builder of power plants raised its dividend.", "AGX"),
        ("Die Aktie von Kitron gewann am Mittwoch 4,2 Prozent.", "KIT.OL"),
        ("Shares of Eoptolink fell 5.1% in Shenzhen.", "300502.SZ"),
        ("Varun Beverages rose 3% after its results.", "VBL.NS"),
        ("Der Spezialchemiekonzern Surteco senkt die Prognose, die Aktie verliert 6 Prozent.", "SUR.DE"),
        ("ServiceTitan and Hinge Health reported; Hinge Health jumped 12%.", "HNGE"),
        ("Pargesa aside, Tikehau Capital slipped 2.5% in Paris.", "TKO.PA"),
    ],
)
def test_companies_of_all_markets_are_known(text: str, symbol: str) -> None:
    subjects = [claim.subject for claim in extract(text).claims]
    assert symbol in [subject.ticker for subject in subjects if subject is not None]


@pytest.mark.parametrize(
    "text",
    [
        "Siemens ernannte einen neuen Chief Technology Officer (CTO). Die Siemens-Aktie stieg um 2 Prozent.",
        "Die Europäische Union (EU) verlangt mehr. Die Siemens-Aktie stieg um 2 Prozent.",
        "Siemens setzt auf Künstliche Intelligenz (AI). Die Siemens-Aktie stieg um 2 Prozent.",
    ],
)
def test_an_abbreviation_in_brackets_is_no_symbol(text: str) -> None:
    assert [claim.subject.ticker for claim in extract(text).claims if claim.subject] == ["SIE.DE"]


@pytest.mark.parametrize(
    ("text", "symbol"),
    [
        ("Papa Johns drops\n\nShares of Papa Johns fell 4.1%. Papa Johns now sees sales of $2.1 billion.", "PZZA"),
        ("Walker and Dunlop gains\n\nWalker and Dunlop stock rose 3.2% to $84.", "WD"),
        ("Rolls Royce legt zu\n\nDie Papiere von Rolls Royce stiegen um 2 Prozent auf 11,40 Pfund.", "RR.L"),
        ("Jefferies rates Viridian Hold\n\nShares of Viridian slid 3%. Jefferies rates Viridian Hold at $30.", "VRDN"),
        ("CRA slips\n\nShares of CRA International fell 2%. CRA now expects sales of $700 million.", "CRAI"),
    ],
)
def test_names_are_known_without_their_signs_and_before_a_rating(text: str, symbol: str) -> None:
    subjects = [claim.subject for claim in extract(text).claims]
    assert {subject and subject.ticker for subject in subjects} == {symbol}


@pytest.mark.parametrize(
    ("text", "symbol"),
    [
        ('## Citi turns positive on Ball: "Cans are back"\n\nCiti recommends buying Ball. Ball is up 9%.', "BALL"),
        (
            "Ausgerechnet Wacker\n\nWer Wacker im Mai gekauft hat, liegt 40 Prozent vorn. Bei Wacker stieg der Umsatz.",
            "WCH.DE",
        ),
        ("The Toro Company (NYSE: TTC) reported net sales of $1.1 billion. Toro expects a margin of 14%.", "TTC"),
        (
            "adesso hebt Prognose\n\nadesso hat 12 Millionen Euro verdient. Die adesso-Aktie gewann 4 Prozent.",
            "ADN1.DE",
        ),
    ],
)
def test_a_common_word_or_small_letters_name_what_a_text_is_about(text: str, symbol: str) -> None:
    subjects = [claim.subject for claim in extract(text).claims]
    assert {subject and subject.ticker for subject in subjects} == {symbol}
