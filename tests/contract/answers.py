"""A small world as the sources would tell it, written for these tests: one share with a split, a dividend and ratings.

ACME trades on the NYSE. Split 2:1 on 2024-06-11, dividend of 0.25 on 2024-06-12 (as paid after the split).
"""

from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from rerating.testing import Reply

RECORDED = datetime(2024, 6, 14, 22, tzinfo=UTC)
DAYS = [10, 11, 12, 13, 14]


def at(day: int, hour: int = 13, minute: int = 30) -> int:
    return int(datetime(2024, 6, day, hour, minute, tzinfo=UTC).timestamp())


def reply(content: Any, kind: str = "application/json") -> Reply:
    body = content if isinstance(content, bytes) else json.dumps(content).encode()
    return Reply(body=body, headers={"Content-Type": kind})


def missing(content: Any = None, kind: str = "application/json") -> Reply:
    return Reply(status=404, body=reply(content or {}).body, headers={"Content-Type": kind})


CHART = {
    "chart": {
        "result": [
            {
                "meta": {
                    "currency": "USD",
                    "symbol": "ACME",
                    "exchangeName": "NYQ",
                    "instrumentType": "EQUITY",
                    "exchangeTimezoneName": "America/New_York",
                    "longName": "Acme Works",
                },
                "timestamp": [at(day) for day in DAYS],
                "events": {
                    "splits": {"1": {"date": at(11), "numerator": 2, "denominator": 1, "splitRatio": "2:1"}},
                    "dividends": {"2": {"date": at(12), "amount": 0.25}},
                },
                "indicators": {
                    "quote": [
                        {
                            "open": [50.0, 51.0, 51.5, 52.0, 52.5],
                            "high": [50.5, 51.5, 52.0, 52.5, 53.0],
                            "low": [49.5, 50.5, 51.0, 51.5, 52.0],
                            "close": [50.25, 51.099998474121094, 51.75, None, 52.75],
                            "volume": [2000, 3000, 3100, None, 3300],
                        }
                    ],
                    "adjclose": [{"adjclose": [50.0, 50.85, 51.75, None, 52.75]}],
                },
            }
        ],
        "error": None,
    }
}

SUMMARY = {
    "quoteSummary": {
        "result": [
            {
                "upgradeDowngradeHistory": {
                    "history": [
                        {
                            "epochGradeDate": at(12, 11, 5),
                            "firm": "House One",
                            "toGrade": "Hold",
                            "fromGrade": "Buy",
                            "action": "down",
                            "priceTargetAction": "Lowers",
                            "currentPriceTarget": 55.0,
                            "priorPriceTarget": 0,
                        },
                        {
                            "epochGradeDate": at(10, 11, 0),
                            "firm": "House Two",
                            "toGrade": "Kaufen",
                            "fromGrade": "",
                            "action": "init",
                        },
                    ]
                },
                "recommendationTrend": {
                    "trend": [{"period": "0m", "strongBuy": 1, "buy": 2, "hold": 3, "sell": 0, "strongSell": 0}]
                },
                "financialData": {
                    "targetHighPrice": 70.0,
                    "targetLowPrice": {"raw": 40.0, "fmt": "40.00"},
                    "targetMeanPrice": 55.5,
                    "targetMedianPrice": 0,
                    "recommendationMean": 2.3,
                    "recommendationKey": "buy",
                    "numberOfAnalystOpinions": 6,
                },
                "earningsTrend": {
                    "trend": [
                        {
                            "period": "0y",
                            "endDate": "2024-12-31",
                            "earningsEstimate": {
                                "avg": {"raw": 3.5},
                                "low": {"raw": 3.0},
                                "high": {"raw": 4.0},
                                "numberOfAnalysts": {"raw": 5},
                                "earningsCurrency": "CNY",
                            },
                            "revenueEstimate": {"avg": {"raw": 100.0}},
                        }
                    ]
                },
                "calendarEvents": {"earnings": {"earningsDate": [at(28)], "isEarningsDateEstimate": True}},
                "price": {"currency": "USD"},
            }
        ],
        "error": None,
    }
}

NOT_FOUND = {"result": None, "error": {"code": "Not Found", "description": "Quote not found for ticker symbol"}}


def contract(name: str, strike: float, day: int, **more: Any) -> dict[str, Any]:
    held = {"contractSymbol": name, "strike": strike, "currency": "USD", "expiration": at(day, 0, 0)}
    return held | {"lastPrice": 1.5, "bid": 1.4, "ask": 1.6, "impliedVolatility": 0.3, "contractSize": "REGULAR"} | more


def chain(day: int) -> dict[str, Any]:
    calls = [contract(f"ACME2406{day}C00050000", 50, day), contract(f"ACME2406{day}C00060000", 60, day, bid=0, ask=0)]
    puts = [contract(f"ACME2406{day}P00050000", 50, day, impliedVolatility=1e-05)]
    part = {"calls": calls, "puts": puts}
    quote = {"regularMarketTime": at(14, 20, 0), "regularMarketPrice": 52.75, "currency": "USD"}
    found = {"expirationDates": [at(21, 0, 0), at(28, 0, 0)], "quote": quote, "options": [part]}
    return {"optionChain": {"result": [found], "error": None}}


NEWS = {
    "news": [
        {
            "title": "Acme splits its shares",
            "publisher": "A Paper",
            "link": "https://example.org/acme-split",
            "providerPublishTime": at(10, 15, 0),
            "relatedTickers": ["ACME"],
        },
        {
            "title": "Another company does well",
            "link": "https://example.org/other",
            "providerPublishTime": at(10, 16, 0),
            "relatedTickers": ["OTHR"],
        },
    ]
}


def yahoo(path: str, query: Mapping[str, str]) -> Reply:
    """What Yahoo would say, the way to its crumb included."""
    if path.endswith("/getcrumb"):
        return Reply(body=b"crumb0123", headers={"Content-Type": "text/plain"})
    if path.startswith("/v1/finance/search"):
        return reply(NEWS if query.get("q") == "ACME" else {"news": []})
    known = path.rsplit("/", 1)[-1] == "ACME"
    if path.startswith("/v8/finance/chart/"):
        return reply(CHART) if known else missing({"chart": NOT_FOUND})
    if path.startswith("/v10/finance/quoteSummary/"):
        return reply(SUMMARY) if known else missing({"quoteSummary": NOT_FOUND})
    if path.startswith("/v7/finance/options/"):
        if not known:
            return reply({"optionChain": {"result": [], "error": None}})
        return reply(chain(28 if query.get("date") == str(at(28, 0, 0)) else 21))
    return Reply(body=b"", headers={"Set-Cookie": "A3=test; Path=/"})


def yahoo_empty(path: str, query: Mapping[str, str]) -> Reply:
    """Yahoo without anything to tell, in its own format."""
    del query
    if path.startswith("/v1/finance/search"):
        return reply({"news": []})
    part = {"/v8": "chart", "/v10": "quoteSummary", "/v7": "optionChain"}["/" + path.split("/")[1]]
    return reply({part: {"result": [], "error": None}})


COMPANIES = {"fields": ["cik", "name", "ticker", "exchange"], "data": [[123456, "Acme Works", "ACME", "NYSE"]]}

SUBMISSIONS = {
    "cik": "0000123456",
    "name": "Acme Works",
    "tickers": ["ACME"],
    "exchanges": ["NYSE"],
    "lei": None,
    "formerNames": [{"name": "ACME CO", "from": "2001-01-01T00:00:00.000Z", "to": "2010-03-01T00:00:00.000Z"}],
    "filings": {
        "recent": {
            "accessionNumber": ["0000123456-24-000009", "0000123456-24-000005"],
            "filingDate": ["2024-06-12", "2024-02-01"],
            "reportDate": ["2024-06-11", "2023-12-31"],
            "acceptanceDateTime": ["2024-06-12T20:31:05.000Z", "2024-02-02T02:10:00.000Z"],
            "form": ["6-K", "10-K"],
            "items": ["", ""],
            "primaryDocument": ["acme-6k.htm", "acme-10k.htm"],
            "primaryDocDescription": ["", "10-K"],
        },
        "files": [],
    },
}

COMPANY_FACTS = {
    "cik": 123456,
    "facts": {
        "us-gaap": {
            "Revenues": {
                "units": {
                    "USD": [
                        {
                            "start": "2023-01-01",
                            "end": "2023-12-31",
                            "val": 1000,
                            "accn": "0000123456-24-000005",
                            "fy": 2023,
                            "fp": "FY",
                            "form": "10-K",
                            "filed": "2024-02-01",
                        },
                        {
                            "start": "2022-01-01",
                            "end": "2022-12-31",
                            "val": 900,
                            "accn": "0000123456-23-000005",
                            "fy": 2022,
                            "fp": "FY",
                            "form": "10-K",
                            "filed": "2023-02-01",
                        },
                    ]
                }
            }
        }
    },
}

INLINE = b"""<?xml version="1.0"?><html xmlns:ix="http://www.xbrl.org/2013/inlineXBRL"><body>
<ix:header><ix:resources>
<xbrli:context id="c1"><xbrli:entity><xbrli:segment><xbrldi:explicitMember dimension="us-gaap:SegmentsAxis">
acme:CloudMember</xbrldi:explicitMember></xbrli:segment></xbrli:entity><xbrli:period><xbrli:startDate>2023-01-01</xbrli:startDate>
<xbrli:endDate>2023-12-31</xbrli:endDate></xbrli:period></xbrli:context>
<xbrli:context id="c2"><xbrli:period><xbrli:instant>2023-12-31</xbrli:instant></xbrli:period></xbrli:context>
<xbrli:unit id="u"><xbrli:measure>iso4217:USD</xbrli:measure></xbrli:unit></ix:resources></ix:header>
<p>Cloud <ix:nonFraction name="us-gaap:Revenues" contextRef="c1" unitRef="u" scale="6"
format="ixt:num-dot-decimal">1,234.5</ix:nonFraction> whole
<ix:nonFraction name="us-gaap:Assets" contextRef="c2" unitRef="u" scale="6">9</ix:nonFraction></p></body></html>"""


def sec(path: str, query: Mapping[str, str]) -> Reply:
    """What the SEC would say."""
    del query
    folder = "/Archives/edgar/data/123456/"
    known = {
        "/files/company_tickers_exchange.json": reply(COMPANIES),
        "/submissions/CIK0000123456.json": reply(SUBMISSIONS),
        "/api/xbrl/companyfacts/CIK0000123456.json": reply(COMPANY_FACTS),
        f"{folder}000012345624000009/index.json": reply(
            {"directory": {"item": [{"name": "acme-6k.htm"}, {"name": "ex99-1.htm"}, {"name": "logo.jpg"}]}}
        ),
        f"{folder}000012345624000009/acme-6k.htm": reply(b"<html><body>Results</body></html>", "text/html"),
        f"{folder}000012345624000009/ex99-1.htm": reply(INLINE, "text/html"),
        f"{folder}000012345624000005/acme-10k.htm": reply(INLINE, "text/html"),
    }
    return known.get(path) or missing(b"<Error><Code>NoSuchKey</Code></Error>", "application/xml")


def sec_empty(path: str, query: Mapping[str, str]) -> Reply:
    """The SEC with a list, a filer and facts, all of them without a row."""
    del query
    if path.startswith("/files/"):
        return reply(COMPANIES | {"data": []})
    if path.startswith("/submissions/"):
        none = {name: [] for name in SUBMISSIONS["filings"]["recent"]}  # type: ignore[index]
        return reply(SUBMISSIONS | {"filings": {"recent": none, "files": []}})
    return reply({"cik": 123456, "facts": {}})


RATES_XML = b"""<?xml version="1.0" encoding="UTF-8"?>
<gesmes:Envelope xmlns:gesmes="http://www.gesmes.org/xml/2002-08-01" xmlns="http://www.ecb.int/vocabulary/2002-08-01/eurofxref">
<Cube><Cube time="2024-06-14"><Cube currency="USD" rate="1.0686"/><Cube currency="HKD" rate="8.3461"/></Cube>
<Cube time="2024-06-13"><Cube currency="USD" rate="1.0784"/></Cube></Cube></gesmes:Envelope>"""


def zipped(text: str, name: str = "eurofxref-hist.csv") -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(name, text)
    return buffer.getvalue()


RATES_ZIP = zipped("Date,USD,HKD,ISK,\n2024-06-14,1.0686,8.3461,N/A,\n2024-06-13,1.0784,8.4213,150.1,\n")


def ecb(path: str, query: Mapping[str, str]) -> Reply:
    """What the ECB would say."""
    del query
    if path.endswith(".zip"):
        return reply(RATES_ZIP, "application/zip")
    return reply(RATES_XML, "text/xml") if path.endswith("90d.xml") else missing()


def ecb_empty(path: str, query: Mapping[str, str]) -> Reply:
    """The ECB with a file of no day."""
    del query
    if path.endswith(".zip"):
        return reply(zipped("Date,USD,HKD,\n"), "application/zip")
    return reply(RATES_XML.partition(b"<Cube>")[0] + b"</gesmes:Envelope>", "text/xml")


RSS = b"""<?xml version="1.0" encoding="UTF-8"?><rss version="2.0"><channel><title>Acme</title>
<item><title>Acme &lt;b&gt;splits&lt;/b&gt; its shares</title><link>https://example.org/a?token=hidden&amp;id=1</link>
<pubDate>Mon, 10 Jun 2024 15:00:00 GMT</pubDate><description>Two for one.</description></item>
<item><title>From the future</title><link>https://example.org/b</link>
<pubDate>Fri, 10 Jan 2031 15:00:00 GMT</pubDate></item>
<item><title>Undated</title><link>https://example.org/c</link></item>
<item><title>No address</title><link>javascript:alert(1)</link></item></channel></rss>"""

ATOM = b"""<?xml version="1.0" encoding="utf-8"?><feed xmlns="http://www.w3.org/2005/Atom"><title>Acme</title>
<entry><title>Acme pays a dividend</title><link href="https://example.org/d"/><updated>2024-06-12T09:00:00+02:00</updated></entry></feed>"""


def feeds(path: str, query: Mapping[str, str]) -> Reply:
    """What the feeds would say."""
    del query
    known = {"/rss": reply(RSS, "application/rss+xml"), "/atom": reply(ATOM, "application/atom+xml")}
    return known.get(path) or missing()


def feeds_empty(path: str, query: Mapping[str, str]) -> Reply:
    """A feed without an entry."""
    del path, query
    return reply(b'<?xml version="1.0"?><rss version="2.0"><channel></channel></rss>', "application/rss+xml")
