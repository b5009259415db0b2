"""What a figure is of by its clause or by the figure before it, where no word of its own names it."""

from __future__ import annotations

import pytest

from rerating.factcheck.extraction import extract

KINDS = [
    # lists without a verb, comparisons, and the same figure of another company
    ("Kroger's comparable sales rose 3.1% last quarter, faster than Albertsons's 1.2%.", ["growth", "growth"]),
    ("Eaton sold 41,200 transformers, 6% fewer than a year earlier.", ["operating_metric", "growth"]),
    ("Schneider has 34% of the U.S. switchgear market, ABB 22% and Eaton about 9%.", ["market_share"] * 3),
    ("Fastenal has dropped 24% this year and trades 31% below its March peak.", ["return", "distance_to_high"]),
    # cash, debt, sales of parts, works, trials, what is let
    ("Corteva carries $2.4 billion of debt and had $610 million in cash in June.", ["financial_figure"] * 2),
    ("Whirlpool parted with its Indian subsidiary for $450 million in May.", ["corporate_event"]),
    ("Lamb Weston will spend $180 million to expand its fries plant in Idaho.", ["capex"]),
    ("In the trial, Merck's pill cut relapses by 44%, compared with 12% for a placebo.", ["corporate_event"] * 2),
    ("At the end of March, 96.2% of Prologis's warehouses were leased.", ["operating_metric"]),
    ("Crocs: Their mean target of $48 implies a decline of 11%.", ["price_target", "implied_upside"]),
    ("The duty on imported copper cost Eaton about $20 million in the quarter.", ["financial_figure"]),
    ("Ferguson (Outperform, $210, up from $195).", ["rating", "price_target"]),
    ("Hershey lost 3.1% even though its assets under management swelled.", ["return"]),
]
SAID = [
    # a plan, what it is measured by, and a plan of before
    ("Danone now expects sales to grow 5%, compared with a previous projection of 3%.", ["company_guidance"] * 2),
    ("Danone sees its margin dropping to 25% in 2027, against 29.5% in 2025.", ["company_guidance", "reported_fact"]),
    ("Kellogg's net income of $310 million came in below estimates.", ["reported_fact"]),
    ("Deere's sales could fall by a tenth in 2027, analyst Tim Thein wrote.", ["forecast"]),
    ("Stifel rates Crocs buy. The operating margin should get to 26% in 2028, up from 24%.", ["forecast", None]),
    # who reckons it, what is told in passing, what is done
    ("By Nielsen's count, Monster sells 38% of all energy drinks in the United States.", ["attributed"]),
    ("Monster has maybe 3% of the U.S. market, by my reckoning.", ["opinion"]),
    ("JPMorgan raised its odds of a recession to 40% from 25%.", ["attributed"]),
    ("Futures traders see a 70% chance of a cut in March.", ["reported_fact"]),
    ("Kroger, which carries $12.2 billion of debt, said on Monday that it was hiring.", ["reported_fact"]),
    ("Prologis has sold $4.2 billion of property and aims to sell more.", ["reported_fact"]),
]


@pytest.mark.parametrize(("text", "kinds"), KINDS)
def test_a_clause_says_what_its_figures_are_of(text: str, kinds: list[str]) -> None:
    claims = extract(text, language="en").claims
    assert [claim.type for claim in claims if claim.values] == kinds


@pytest.mark.parametrize(("text", "stati"), SAID)
def test_a_clause_says_who_answers_for_its_figures(text: str, stati: list[str | None]) -> None:
    claims = [claim for claim in extract(text, language="en").claims if claim.values and claim.type != "rating"]
    assert len(claims) == len(stati)
    assert all(status in (None, claim.status) for claim, status in zip(claims, stati, strict=True))
