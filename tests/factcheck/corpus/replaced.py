"""The annotated articles with other companies, numbers, currencies and years, in text and labels alike.

What a reader has learnt by heart of the open articles does not help it here. One seed makes one text of each article:
every company becomes another one of the gazetteer, every labelled number is multiplied by one factor (so that rises
stay rises) in the format that it had, euros and dollars change places where an article knows no other currency, and
every second seed moves all years by eleven, to a year with the same weekdays. Everything else stays as it was written,
so a carmaker may carry a bank's name: that is no harm to a reader of sentences.
"""

from __future__ import annotations

import datetime as dt
import random
import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any

from rerating.factcheck.extraction.text.name_words import is_common_word

YEARS_BACK = 11
"""The years 2025 and 2026 have the calendar of 2014 and 2015, day by day."""

Company = tuple[str, str | None, tuple[str, ...]]
"""Name, Yahoo's symbol, further spellings."""
Edit = tuple[int, int, str]

_NUMBER = re.compile(r"\d+(?:[.,'’]\d+)*")
_YEAR = re.compile(r"(?<![\d.,'’])(20[1-3]\d)(?:/(\d\d))?(?![\d%]|[.,'’]\d)")
_SHORT_YEAR = re.compile(r"\b(FY|GJ)(\s?)(2\d|3\d)\b")
_WORDS = {
    "US-Dollar": "Euro",
    "US-Dollars": "Euro",
    "Dollar": "Euro",
    "Dollars": "Euro",
    "dollars": "euros",
    "dollar": "euro",
    "Euro": "Dollar",
    "euros": "dollars",
    "euro": "dollar",
    "EUR": "USD",
    "USD": "EUR",
    "€": "$",
    "$": "€",
    "&euro;": "$",
}
_CURRENCY = re.compile(
    r"&euro;|[€$]|(?<![\w-])(?:US-Dollars?|Dollars?|dollars?|Euro|euros?|EUR|USD)(?![\w]|-?[Zz]one|-?[Rr]aum)"
)
_OTHER_MONEY = re.compile(
    r"[£¥]|\b(?:GBP|CHF|HKD|CNY|JPY|Franken|Fr\.|Pfund|Yuan|yuan|Yen|yen|Renminbi|Kronen|crowns|pence|[Cc]ents?|HK\$?|"
    r"Rappen|francs?)\b|(?:Hongkong|Hong Kong)[- ]|\b[A-Z]{2}\$|\d¢|\bA\$|C\$"
)


class Listed:
    """The companies of the gazetteer: by each of their spellings, and those that a text may take."""

    def __init__(self, companies: Sequence[Company]) -> None:
        self.known = {name: row for row in companies for name in (row[0], *row[2])}
        self.first = {row[0]: row for row in companies}
        self._plain = [row for row in companies if row[1] and re.fullmatch(r"[A-Z][\w&. -]+", row[0])]
        self._by_start: dict[str, list[int]] = {}
        for place, row in enumerate(self._plain):
            self._by_start.setdefault(row[0][:3], []).append(place)

    def absent_from(self, text: str) -> list[Company]:
        """The companies with a plain name that does not stand in a text."""
        starts = {text[k : k + size] for size in (2, 3) for k in range(len(text) - size + 1)} & self._by_start.keys()
        there = {place for start in starts for place in self._by_start[start] if self._plain[place][0] in text}
        return [row for place, row in enumerate(self._plain) if place not in there]


def replaced(article: Any, seed: int, companies: Listed) -> Any:
    """The article of one seed. Same seed, same article; the labels stand where their words stand."""
    source = random.Random(f"{seed} {article.id}")
    names, subjects = _names(article, source, companies)
    factor = source.choice((source.uniform(0.73, 0.95), source.uniform(1.06, 1.37)))
    years = YEARS_BACK if seed % 2 else 0
    swaps = source.random() < 0.5 and _knows_only_euro_and_dollar(article)
    edits = list(names)
    edits += _apart(_numbers(article, factor), edits)
    if swaps:
        edits += _apart([(m.start(), m.end(), _WORDS[m.group()]) for m in _CURRENCY.finditer(article.text)], edits)
    if years:
        edits += _apart(_years(article.text, years), edits)
    edits.sort()
    text, moved = _applied(article.text, edits)
    claims = tuple(_claim(claim, text, moved, article.text, subjects, factor, years, swaps) for claim in article.claims)
    spans = [
        tuple({**span, **_moved(span, text, moved)} for span in part)
        for part in (article.regions, article.tolerated, article.not_claims)
    ]
    header = dict(article.header)
    if years:
        published = dt.datetime.fromisoformat(header["published_at"])
        header["published_at"] = published.replace(year=published.year - years).isoformat()
    return replace(
        article, text=text, claims=claims, regions=spans[0], tolerated=spans[1], not_claims=spans[2], header=header
    )


# ---- names -----------------------------------------------------------------------------------------------------------


def _names(article: Any, source: random.Random, companies: Listed) -> tuple[list[Edit], dict[str, Company]]:
    """The edits of all spellings of the labelled companies, and what each became."""
    known = companies.known
    labelled = dict.fromkeys(claim["subject"]["name"] for claim in article.claims if claim["subject"]["name"])
    chosen: dict[str, Company] = {}
    edits: list[Edit] = []
    pool = companies.absent_from(article.text)
    for name in labelled:
        if name not in known or known[name][1] is None:
            continue
        old, new = known[name], source.choice(pool)
        chosen[name] = new
        spellings = {old[0], *old[2], name, *_short_forms(article.text, old[0], known)}
        edits += _renamed(article.text, spellings, str(old[1]), (new[0], str(new[1])), edits)
    return edits, chosen


def _short_forms(text: str, name: str, known: Mapping[str, Company]) -> set[str]:
    """The first word of a name where the text calls the company so: `Occidental` beside `Occidental Petroleum`."""
    first, _, rest = name.partition(" ")
    is_short = rest and len(first) >= 5 and first not in known and not is_common_word(first.lower())
    alone = rf"(?<![\w-]){re.escape(first)}(?=s?(?![\w]))(?! {re.escape(rest.split(' ')[0])})" if is_short else ""
    return {first} if alone and re.search(alone, text) else set()


def _renamed(text: str, spellings: set[str], symbol: str, new: tuple[str, str], taken: Sequence[Edit]) -> list[Edit]:
    """The edits that give each spelling of a name, and its symbol, the new ones; shouted what is shouted."""
    edits: list[Edit] = []
    for spelling in sorted(spellings, key=lambda each: (-len(each), each)):
        joined = re.escape(spelling).replace(r"\ ", "[ -]")
        pattern = re.compile(rf"(?<![\w]){joined}(?=s?(?![\w]))")
        edits += _apart([(m.start(), m.end(), new[0]) for m in pattern.finditer(text)], [*taken, *edits])
        if len(spelling) >= 4:
            shouted = re.compile(rf"(?<![\w]){re.escape(spelling.upper())}(?![\w])")
            edits += _apart([(m.start(), m.end(), new[0].upper()) for m in shouted.finditer(text)], [*taken, *edits])
    pattern = re.compile(rf"(?<![\w.^]){re.escape(symbol)}(?![\w.])")
    edits += _apart([(m.start(), m.end(), new[1]) for m in pattern.finditer(text)], [*taken, *edits])
    return edits


def unlisted(article: Any, name: str, companies: Listed) -> Any | None:
    """The article with its main company called by a name that no list holds, its symbol by letters that none is.

    None where the article has no listed main company: one that eight claims are about and the text names twice.
    """
    subjects = Counter(
        (claim["subject"]["name"], claim["subject"]["ticker"]) for claim in article.claims if claim["subject"]["ticker"]
    )
    known = companies.first
    (old, ticker), count = subjects.most_common(1)[0] if subjects else (("", ""), 0)
    if old not in known or count < 8:
        return None
    symbol = ticker.partition(".")[0]
    spellings = {old, *known[old][2], *_short_forms(article.text, old, known)}
    edits = _renamed(article.text, spellings, symbol, (name, "ZZQXV"[: max(2, len(symbol))]), [])
    if sum(edit[2] == name for edit in edits) < 2:
        return None
    edits.sort()
    text, moved = _applied(article.text, edits)
    subject = {old: (name, None, ())}
    claims = tuple(_claim(claim, text, moved, article.text, subject, 1.0, 0, False) for claim in article.claims)
    spans = [
        tuple({**span, **_moved(span, text, moved)} for span in part)
        for part in (article.regions, article.tolerated, article.not_claims)
    ]
    return replace(article, text=text, claims=claims, regions=spans[0], tolerated=spans[1], not_claims=spans[2])


def _apart(new: Iterable[Edit], taken: Sequence[Edit]) -> list[Edit]:
    """Those of the new edits that touch none of the others."""
    return [edit for edit in new if not any(edit[0] < other[1] and other[0] < edit[1] for other in taken)]


# ---- numbers ---------------------------------------------------------------------------------------------------------


def _numbers(article: Any, factor: float) -> list[Edit]:
    """Each number of digits that a label's value stands on, times the factor, in its own format."""
    edits: dict[tuple[int, int], Edit] = {}
    for claim in article.claims:
        for start, end, _, _ in _stood_on(claim, article.text):
            edits[start, end] = (start, end, _formatted(article.text[start:end], factor))
    return list(edits.values())


def _stood_on(claim: dict[str, Any], text: str) -> list[tuple[int, int, int, float]]:
    """(start, end, number of the value, value per unit of the number) of each number of digits behind a value."""
    found = []
    free = list(enumerate(claim["values"]))
    for match in _NUMBER.finditer(text, claim["start"], claim["end"]):
        if text[match.end() : match.end() + 1] in ("½", "¼", "¾") or _YEAR.match(text, match.start()):
            continue
        amount = _amount(match.group())
        for place, value in free:
            if isinstance(value["value"], str) or not amount:
                continue
            scale = float(value["value"]) / amount
            if any(abs(scale - power) < 1e-9 * power for power in _SCALES):
                found.append((match.start(), match.end(), place, scale))
                free.remove((place, value))
                break
    return found


_SCALES = (0.01, 1.0, 1e3, 1e6, 1e9, 1e12)


def _parts(token: str) -> tuple[str, str, str]:
    """Digits before the point, the sign of the point, digits behind it: of 1.234,5 and 1,234.5 and 0,42."""
    signs = [sign for sign in token if not sign.isdigit()]
    last = max((token.rfind(sign) for sign in signs), default=-1)
    is_grouped = last >= 0 and len(token) - last - 1 == 3 and (len(set(signs)) == 1) and token[0] != "0"
    if last < 0 or is_grouped:
        return token, "", ""
    return token[:last], token[last], token[last + 1 :]


def _amount(token: str) -> float:
    whole, _, rest = _parts(token)
    return float(f"{re.sub(r'[^0-9]', '', whole)}.{rest or '0'}")


def _formatted(token: str, factor: float) -> str:
    whole, point, rest = _parts(token)
    amount = _scaled(token, factor)
    digits, _, decimals = f"{amount:.{len(rest)}f}".partition(".")
    grouping = next((sign for sign in whole if not sign.isdigit()), "")
    if grouping:
        digits = f"{int(digits):,}".replace(",", grouping)
    return digits + (point + decimals if rest else "")


def _scaled(token: str, factor: float) -> float:
    """The number times the factor, rounded as it was, and never nothing; a small whole number stays itself."""
    amount, rest = _amount(token), _parts(token)[2]
    if not rest and amount < 5:
        return amount
    return max(round(amount * factor, len(rest)), 10 ** -len(rest))


# ---- years and currencies --------------------------------------------------------------------------------------------


def _years(text: str, back: int) -> list[Edit]:
    edits = []
    for match in _YEAR.finditer(text):
        short = f"/{(int(match[2]) - back) % 100:02d}" if match[2] else ""
        edits.append((match.start(), match.end(), f"{int(match[1]) - back}{short}"))
    edits += [(m.start(3), m.end(3), f"{int(m[3]) - back:02d}") for m in _SHORT_YEAR.finditer(text)]
    return edits


def _earlier(label: str | None, back: int) -> str | None:
    return re.sub(r"20\d\d", lambda match: str(int(match.group()) - back), label) if label and back else label


def _knows_only_euro_and_dollar(article: Any) -> bool:
    held = {value["currency"] for claim in article.claims for value in claim["values"] if value["currency"]}
    pairs = any("=X" in (claim["subject"]["ticker"] or "") for claim in article.claims)
    return held <= {"EUR", "USD"} and not pairs and not _OTHER_MONEY.search(article.text)


# ---- text and labels -------------------------------------------------------------------------------------------------


def _applied(text: str, edits: Sequence[Edit]) -> tuple[str, list[tuple[int, int]]]:
    """The new text, and breaks (old position, new position) from which on both run in step."""
    parts, moved, at, length = [], [(0, 0)], 0, 0
    for start, end, new in edits:
        parts += (text[at:start], new)
        length += start - at + len(new)
        moved.append((end, length))
        at = end
    parts.append(text[at:])
    return "".join(parts), moved


def _new(place: int, moved: Sequence[tuple[int, int]]) -> int:
    old, new = moved[bisect_right(moved, (place, 10**9)) - 1]
    return new + place - old


def _moved(span: dict[str, Any], text: str, moved: Sequence[tuple[int, int]]) -> dict[str, Any]:
    start, end = _new(span["start"], moved), _new(span["end"], moved)
    return {"start": start, "end": end, **({"text": text[start:end]} if "text" in span else {})}


def _claim(
    claim: dict[str, Any],
    text: str,
    moved: Sequence[tuple[int, int]],
    before: str,
    subjects: dict[str, Company],
    factor: float,
    years: int,
    swaps: bool,
) -> dict[str, Any]:
    changed = {**claim, **_moved(claim, text, moved)}
    changed["sentence_start"], changed["sentence_end"] = (
        _new(claim["sentence_start"], moved),
        _new(claim["sentence_end"], moved),
    )
    values = [dict(value) for value in claim["values"]]
    for start, end, place, scale in _stood_on(claim, before):
        values[place]["value"] = _scaled(before[start:end], factor) * scale
    for value in values:
        if swaps and value["currency"] in ("EUR", "USD"):
            value["currency"] = {"EUR": "USD", "USD": "EUR"}[value["currency"]]
        if value["unit"] == "date":
            value["value"] = _earlier(value["value"], years)
    changed["values"] = values
    new = subjects.get(claim["subject"]["name"] or "")
    if new is not None:
        changed["subject"] = {**claim["subject"], "name": new[0], "ticker": new[1]}
    for name in ("period", "as_of"):
        changed[name] = _earlier(claim[name], years)
    return changed
