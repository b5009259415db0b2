"""Builds extraction/data/companies.tsv of factcheck from pytickersymbols (MIT) and the hand-kept companies_*.tsv.

    python benchmarks/factcheck_gazetteer.py

A row: name as commonly written, Yahoo's symbol of the home line, its market code, its currency, further spellings
(joined by ` | `). Hand-kept rows come first and win; of two with one symbol the later one. Run it when either changes;
the result is committed.
"""

from __future__ import annotations

import re
from pathlib import Path

from pytickersymbols import PyTickerSymbols

DATA = Path(__file__).parents[1] / "src/rerating/factcheck/extraction/data"
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

RENAMED = {"MODG"}
"""Symbols that a company gave up; its hand-kept row has the present one."""

_NASDAQ = """
ACAD ACGL ACHC ACIW ACLS ACMR ACT ADEA ADMA ADUS AGYS AHCO AKAM ALGT ALKS ALRM AMPH AMRX AMSF AMWD ANDE ANGI ANIP
AOSL APLS ARCB ASTE ASTH AZTA BANF BANR BCPC BIIB BJRI BL BLFS BLMN BTSG CAKE CALM CARG CASH CATY CBRL CENT CENX
CERT CFFN CHCO CHEF CHRW CINF CLSK CNXN COHU COLL COO CORT CPB CPRX CRSR CRVL CSGS CTKB CVBF CVCO CWST DCOM DGII
DIOD DLTR DORM DXPE ECPG EGBN EMBC ERIE EVRG EXE EXPD EXPI EXTR EYE FBNC FELE FFBC FFIV FIBK FISV FORM FOXF FRPT
FSLY FTDR FTRE FULT FWRD GBCI GDEN GDYN GEN GIII GO GOGO GSHD HAFC HAS HBAN HCSG HFWA HLIT HOLX HOPE HSIC HST HSTM
HTLD HTO HTZ HUBG HWKN IAC IART IBKR ICHR ICUI IDCC IIIN INCY INDB INDV INSM INVA IOSP IPAR IRDM ITRI JBHT JBSS JJSF
JKHY KALU KLIC KRYS LGIH LGND LKFN LMAT LNT LQDT LZ MARA MATW MBIN MCRI MCW MGEE MLKN MMSI MNRO MRCY MRTN MSEX MXL
MYGN MYRG NBTB NEO NEOG NMIH NSIT NTCT NTRS NWBI OMCL OSIS OSW OTTR OUST PATK PAYO PCRX PDFS PECO PENG PFBC PFG PGNY
PI PLAB PLAY PLMR PLUS PLXS PODD POWI POWL PRAA PRDO PRGS PRVA PSMT PTCT PTEN PTGX PZZA QDEL QNST RDNT REG REYN ROCK
ROP RRR RUSHA SAFT SANM SBAC SBCF SBSI SCHL SCSC SDGR SEZL SFNC SHEN SHOO SITM SKYW SMPL SMTC SNCY SNDK SNEX SOLS
SONO SPSC SRPT STAA STBA STEP STLD STRA SUPN SWKS TBBK TECH TER TFIN TGTX TMDX TNDM TRI TRIP TRMK TROW TRST TRUP
TSCO TTD UCTT UFCS UFPT ULTA UNIT UPBD UPWK URBN USPH VCEL VCTR VCYT VECO VIAV VICR VITL VRRM VRSN VSAT VSNT WABC
WAFD WAY WDFC WEN WERN WINA WMT WSC WSFS WYNN XNCR XPEL ZBRA ZD"""
ON_NASDAQ = frozenset(_NASDAQ.split())
"""American lines of which the source does not tell that they trade on Nasdaq."""


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
    for line in _hand_kept():
        name, symbol, venue, currency, *more = line.split("\t")
        aliases = {each.strip() for each in (more[0].split("|") if more else ()) if each.strip()}
        rows[symbol or name] = (name, venue, currency, aliases)
        taken |= {name, *aliases}
    for stock in PyTickerSymbols().get_all_stocks():
        found = _home(stock)
        if found is None:
            continue
        symbol, venue, currency = found
        if symbol in MISNAMED or symbol in RENAMED:
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
            rows[symbol or name] = (name, venue, currency, aliases - taken)
            taken |= {name, *aliases}
    out = ["# Built by benchmarks/factcheck_gazetteer.py: name, Yahoo symbol, MIC, currency, further spellings"]
    for key in sorted(rows):
        name, venue, currency, aliases = rows[key]
        symbol = key if venue else ""
        out.append("\t".join((name, symbol, venue, currency, " | ".join(sorted(aliases)))))
    (DATA / "companies.tsv").write_text("\n".join(out) + "\n", encoding="utf-8")
    print(len(rows), "companies")


def _hand_kept() -> list[str]:
    lines = [
        line for file in sorted(DATA.glob("companies_*.tsv")) for line in file.read_text(encoding="utf-8").splitlines()
    ]
    return [line for line in lines if line and not line.startswith("#")]


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
        venue = "XNAS" if symbol in ON_NASDAQ or american.get(symbol) == "NASDAQ" else "XNYS"
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
