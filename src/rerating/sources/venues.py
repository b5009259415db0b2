"""What vendors call venues, and the codes that the house uses for them. Dated facts about lines are in the ledger.

Sources: ISO 10383 for the codes; Yahoo's exchange names as they stand in its chart answers; the SEC's company list.
"""

from __future__ import annotations

#: Yahoo's `exchangeName` to MIC. Lower-tier US markets keep the house's code OTCM.
YAHOO_EXCHANGES = {
    "NYQ": "XNYS",
    "NMS": "XNAS",
    "NGM": "XNAS",
    "NCM": "XNAS",
    "NAS": "XNAS",
    "ASE": "XASE",
    "PCX": "ARCX",
    "BTS": "BATS",
    "PNK": "OTCM",
    "OQB": "OTCM",
    "OQX": "OTCM",
    "OEM": "OTCM",
    "HKG": "XHKG",
    "SHH": "XSHG",
    "SHZ": "XSHE",
    "GER": "XETR",
    "FRA": "XFRA",
    "LSE": "XLON",
    "PAR": "XPAR",
    "AMS": "XAMS",
    "BRU": "XBRU",
    "LIS": "XLIS",
    "MIL": "XMIL",
    "MCE": "XMAD",
    "EBS": "XSWX",
    "VIE": "XWBO",
    "STO": "XSTO",
    "HEL": "XHEL",
    "CPH": "XCSE",
    "OSL": "XOSL",
    "JPX": "XTKS",
    "KSC": "XKRX",
    "KOE": "XKRX",
    "TAI": "XTAI",
    "TOR": "XTSE",
    "ASX": "XASX",
    "SES": "XSES",
    "BSE": "XBOM",
}

#: The SEC's names of exchanges to MIC.
SEC_EXCHANGES = {"NYSE": "XNYS", "Nasdaq": "XNAS", "OTC": "OTCM", "CBOE": "BATS", "NYSE American": "XASE"}

#: Endings of Yahoo's symbols to MIC; a symbol without one trades in the US.
YAHOO_ENDINGS = {
    "HK": "XHKG",
    "SS": "XSHG",
    "SZ": "XSHE",
    "DE": "XETR",
    "F": "XFRA",
    "L": "XLON",
    "PA": "XPAR",
    "AS": "XAMS",
    "BR": "XBRU",
    "LS": "XLIS",
    "MI": "XMIL",
    "MC": "XMAD",
    "SW": "XSWX",
    "VI": "XWBO",
    "ST": "XSTO",
    "HE": "XHEL",
    "CO": "XCSE",
    "OL": "XOSL",
    "T": "XTKS",
    "KS": "XKRX",
    "KQ": "XKRX",
    "TW": "XTAI",
    "TO": "XTSE",
    "AX": "XASX",
    "SI": "XSES",
    "BO": "XBOM",
}

#: Currencies that vendors quote in hundredths: their code, the currency's own, and how many make one.
HUNDREDTHS = {"GBp": "GBP", "GBX": "GBP", "ILA": "ILS", "ZAc": "ZAR", "ZAX": "ZAR"}


def in_whole_units(currency: str) -> tuple[str, float]:
    """The ISO currency of a vendor's code and how many of the vendor's units make one: `GBp` is (GBP, 100)."""
    return (HUNDREDTHS[currency], 100.0) if currency in HUNDREDTHS else (currency, 1.0)
