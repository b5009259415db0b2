"""Builds src/rerating/factcheck/data/companies.tsv from pytickersymbols (MIT) and the hand-kept companies_more.tsv.

    python benchmarks/factcheck_gazetteer.py

A row: name as commonly written, Yahoo's symbol of the home line, its market code, its currency, further spellings
(joined by ` | `). Rows of companies_more.tsv come first and win. Run it when either changes; the result is committed.
"""

from __future__ import annotations

import re
from pathlib import Path

from pytickersymbols import PyTickerSymbols

DATA = Path(__file__).parents[1] / "src/rerating/factcheck/data"
VENUES = {
    "DE": ("XETR", "EUR"),
    "L": ("XLON", "GBP"),
    "PA": ("XPAR", "EUR"),
    "MC": ("XMAD", "EUR"),
    "ST": ("XSTO", "SEK"),
    "AS": ("XAMS", "EUR"),
    "HE": ("XHEL", "EUR"),
    "BR": ("XBRU", "EUR"),
    "SW": ("XSWX", "CHF"),
    "MI": ("XMIL", "EUR"),
    "T": ("XTKS", "JPY"),
    "": ("XNYS", "USD"),
}
HOMES = {
    "Germany": "DE",
    "United Kingdom": "L",
    "France": "PA",
    "Spain": "MC",
    "Sweden": "ST",
    "Netherlands": "AS",
    "Finland": "HE",
    "Belgium": "BR",
    "Switzerland": "SW",
    "Italy": "MI",
    "Japan": "T",
}
LEGAL = re.compile(
    r"(?:,? (?:Inc|Incorporated|Corp|Corporation|Company|Companies|Co|Ltd|Limited|plc|PLC|AG|SE|SA|S\.A|N\.V|NV|KGaA|"
    r"AB|Oyj|Oy|ASA|A/S|S\.p\.A|SpA|LLC|LP|L\.P|Holdings?|Group|& Co|and Company|& Company|Bancorp|Trust|REIT|"
    r"Industries|International)\.?)+$"
)
# What is an ordinary word or a place, or names something else as well, counts only beside a company's mark.
NO_NAMES = {
    "U.S",
    "U.S.",
    "US",
    "S&P",
    "First",
    "National",
    "American",
    "United",
    "General",
    "Bank",
    "The",
    "City",
    "News",
    "Life",
}

MISNAMED = {"SMIN.L"}
"""Symbols that the source gives to another company: only the hand-kept row counts."""


def short(name: str) -> str:
    """The name without its legal form, and without the encyclopaedia's word of explanation in brackets."""
    name = re.sub(r" \(.*\)$", "", re.sub(r"^The ", "", name.replace(" & Co. KGaA", "").strip()))
    before = ""
    while before != name:
        before, name = name, LEGAL.sub("", name).strip(" ,&")
    return name


def main() -> None:
    rows: dict[str, tuple[str, str, str, set[str]]] = {}
    taken: set[str] = set()
    for line in (DATA / "companies_more.tsv").read_text(encoding="utf-8").splitlines():
        if line and not line.startswith("#"):
            name, symbol, venue, currency, *more = line.split("\t")
            aliases = {each.strip() for each in (more[0].split("|") if more else ()) if each.strip()}
            rows[symbol or name] = (name, venue, currency, aliases)
            taken |= {name, *aliases}
    for stock in PyTickerSymbols().get_all_stocks():
        found = _home(stock)
        if found is None:
            continue
        symbol, venue, currency = found
        if symbol in MISNAMED:
            continue
        full = re.sub(r" \(.*\)$", "", stock["name"].strip())
        name = short(full)
        aliases = {full, name, *(stock.get("akas") or ())} - {name}
        if name in NO_NAMES:
            name, aliases = full, set()
        if symbol in rows:
            known = rows[symbol]
            rows[symbol] = (
                known[0],
                known[1],
                known[2],
                known[3] | {each for each in {full, name} - {known[0]} - taken if len(each) > 2},
            )
        elif name not in taken and len(name) > 1:
            rows[symbol or name] = (name, venue, currency, aliases)
            taken.add(name)
    out = ["# Built by benchmarks/factcheck_gazetteer.py: name, Yahoo symbol, MIC, currency, further spellings"]
    for key in sorted(rows):
        name, venue, currency, aliases = rows[key]
        symbol = key if venue else ""
        out.append("\t".join((name, symbol, venue, currency, " | ".join(sorted(aliases)))))
    (DATA / "companies.tsv").write_text("\n".join(out) + "\n", encoding="utf-8")
    print(len(rows), "companies")


def _home(stock: dict) -> tuple[str, str, str] | None:
    """Yahoo's symbol of the home line, its market code and currency; None where it cannot be told."""
    symbol = (stock.get("symbol") or "").replace(" ", "")
    country = stock.get("country") or ""
    ending = symbol.rpartition(".")[2] if "." in symbol else ""
    if ending in VENUES and ending:
        return symbol, *VENUES[ending]
    american = {
        each["yahoo"]: each["google"].split(":")[0] for each in stock.get("symbols", ()) if "." not in each["yahoo"]
    }
    if ending in {"A", "B"}:
        return symbol.replace(".", "-"), "XNYS", "USD"
    home = HOMES.get(country)
    if home is None:
        venue = {"NASDAQ": "XNAS", "NYSE": "XNYS"}.get(american.get(symbol, ""), "XNYS")
        return (symbol, venue, "USD") if symbol and not any(sign.isdigit() for sign in symbol) else None
    listed = [each["yahoo"] for each in stock.get("symbols", ()) if each["yahoo"].endswith("." + home)]
    if listed:
        return listed[0], *VENUES[home]
    bare = [each["yahoo"] for each in stock.get("symbols", ()) if each["yahoo"].endswith(".F")]
    if home == "DE" and bare:
        return bare[0].removesuffix(".F") + ".DE", *VENUES["DE"]
    return None


if __name__ == "__main__":
    main()
