"""Whose an English text is: no product, no word of a headline and nobody named in passing takes its company's place."""

from __future__ import annotations

import pytest

from rerating.factcheck.extraction import extract

# text, and the symbol of the company whose every claim is
CASES = [
    # a company behind its article and its form, in a title and a dateline
    (
        "# The Toro Company Reports Results\n\nAKRON, Ohio, Dec. 16, 2026 -- The Toro Company (NYSE: TTC) reported "
        "results.\n\nNet sales were $1.12 billion. Toro expects adjusted EPS of $4.70 to $4.85.",
        "TTC",
    ),
    ("# This stock is on a tear\n\nShares of Rio Holdings have doubled. Sales rose 19% to $410 million.", "RIO.L"),
    # words of a headline that capitalises all of them
    ("# Chewy Stock Surges on Visa News: Time to Buy?\n\nChewy rose 9%. China said it would waive visas.", "CHWY"),
    ("# Lemonade Pops 24%. Is the Insurer Finally Grown Up?\n\nLemonade (NYSE: LMND) rose 24% to $81.", "LMND"),
    # a common word that heads a text before a colon or a quarter
    ("# Ajax: the parts behind the quarter\n\nAjax earned $214 million. Costs rose to $21 million.", "AJAX.AS"),
    # products
    (
        "# Barbie Is Getting Pricier. Mattel Stock Falls\n\nBarbie sales dropped 14%. Barbie fared worst. Earnings of "
        "21 cents a share topped.",
        "MAT",
    ),
    (
        "# Chewy slips on study\n\nChewy fell 5%. Patients on Zentara lost 14% of their weight. Novotril, the "
        "company's older drug, had sales of $880 million.",
        "CHWY",
    ),
    # who is named in passing
    (
        "# Chewy climbs\n\nChewy rose 4% to $40. Its biggest customers are Apple and Samsung. Orders came in at $310 "
        "million. Unlike Oracle, it carries no debt. Cash amounted to $610 million.",
        "CHWY",
    ),
    ("# Moody's cuts Chewy to junk\n\nMoody's cut the debt of Chewy. The company owes $4.8 billion.", "CHWY"),
    (
        "# Chewy lands deal\n\nChewy signed a $1.7 billion contract with Meta Platforms, sending its shares up 21 "
        "percent to $43. It expects revenue of $300 million.",
        "CHWY",
    ),
    (
        "# Berkshire trims its stake in Chewy\n\nBerkshire Hathaway sold 2.1 million shares of Chewy. BlackRock holds "
        "7.9% and State Street 4.2%.",
        "CHWY",
    ),
    ("# Chewy names Ford Carter chief executive\n\nChewy named Ford Carter chief executive. It lost 3%.", "CHWY"),
    ("# Chewy pill meets goal\n\nChewy rose 5%. It plans to file with the Food and Drug Administration.", "CHWY"),
    (
        "# Chewy sees costs rising\n\nChewy fell 3%. The company, which sells through Walmart too, said costs would be "
        "$2.95 a unit. That is 35 cents more than in July. Profit rose to $310 million.",
        "CHWY",
    ),
    # a symbol is that of the exchange before it
    ("# Zip (ASX: ZIP) slides\n\nZip (ASX: ZIP) shares fell 8% to $2.10. Revenue rose 4% to $210 million.", "ZIP.AX"),
]


@pytest.mark.parametrize(("text", "symbol"), CASES)
def test_whose_text(text: str, symbol: str) -> None:
    claims = extract(text, language="en").claims
    assert claims
    assert {claim.subject.ticker if claim.subject else None for claim in claims} == {symbol}
