"""Whose figures are in an English article about one company where a sentence or a clause tells of another one."""

import pytest

from rerating.factcheck.extraction import extract

HEAD = (
    "Halma shares slip\n\nHalma shares fell 3.1% to £31.10. First-half sales dropped 2%. Halma employs 9,000 people. "
)


@pytest.mark.parametrize(
    "text",
    [
        "Then there is Rotork. The stock has gained 64% this year and sells for 41 times earnings.",
        "Not so Rotork. Its shares have shed 17% since January.",
        "A year ago Rotork had boasted of margins near 20%. It now makes do with 14%.",
        "Size still speaks for Rotork. With revenue of £4 billion, it is nearly twice as large.",
        "Rotork isn't standing still either. The company plans to spend £150 million, and its capacity is to rise 40%.",
        "Rotork poured £270 million into a factory in Texas.",
        "What helped was a £130 million investment program announced by Rotork.",
        "Its largest customer, Rotork, has just cut its budget by £70 million.",
    ],
)
def test_what_another_company_does_or_is_brought_up_for_is_its_own(text: str) -> None:
    claims = [claim for claim in extract(HEAD + text).claims if claim.start >= len(HEAD)]
    assert {claim.subject.name for claim in claims} == {"Rotork"}


@pytest.mark.parametrize(
    ("text", "others"),
    [
        ("Halma also supplies Rotork, where sales jumped 27% last quarter.", ["27%"]),
        ("Halma fell 3.9% in the wake of Rotork's warning that volumes would drop 5% this year.", ["5%"]),
        ("A profit warning from Rotork knocked £1 billion off Halma's market value.", []),
        ("Rival Rotork slid 2% in sympathy. The company has a margin of 9%.", ["2%"]),
        ("Rotork is a partner in the venture. The group plans to invest £600 million.", []),
    ],
)
def test_each_clause_has_the_figure_of_its_own_company(text: str, others: list[str]) -> None:
    claims = [claim for claim in extract(HEAD + text).claims if claim.start >= len(HEAD)]
    assert [claim.text for claim in claims if claim.subject.name == "Rotork"] == others
    assert {claim.subject.name for claim in claims} <= {"Halma", "Rotork"}


@pytest.mark.parametrize(
    ("text", "whose"),
    [
        ("In May the FDA turned down two similar drugs.", {"two": "FDA"}),
        ("The Commerce Department added 43 Chinese companies to its entity list.", {"43": "Commerce Department"}),
        ("OPEC's decision to pump 411,000 barrels a day more lifted supply.", {"411,000": "OPEC"}),
        ("Inflation in the euro zone eased to 2.1%.", {"2.1%": "Eurozone"}),
        ("Halma is up 9% this year, ahead of the FTSE 100's 6%.", {"9%": "Halma", "6%": "FTSE 100"}),
        (
            "The FTSE 100 was flat. Halma lost 3%, compared with a 1% gain for the index.",
            {"3%": "Halma", "1%": "FTSE 100"},
        ),
        ("The dollar index has lost 8% this year.", {"8%": "US Dollar Index"}),
    ],
)
def test_bodies_and_indices_keep_their_figures(text: str, whose: dict[str, str]) -> None:
    told = {c.text: c.subject.name for c in extract(HEAD + text).claims if c.start >= len(HEAD) and c.text in whose}
    assert told == whose


@pytest.mark.parametrize(
    ("text", "whose"),
    [
        ("Housing starts in the U.S. climbed 8.4% to an annual rate of 1.42 million.", {"8.4%", "1.42 million"}),
        ("German factory orders fell 2.9% in July.", {"2.9%"}),
        ("Roughly 4 million heat pumps were sold worldwide last year.", {"Roughly 4 million"}),
        ("Online stores now account for 16% of U.S. retail sales.", {"16%"}),
        ("European carmakers have announced 90,000 job cuts since 2024.", {"90,000"}),
        ("Private-equity firms have bought 14 U.S. restaurant companies so far this year.", {"14"}),
        ("The SEC has withdrawn 31 rules so far this year.", {"31"}),
    ],
)
def test_what_is_counted_for_all_is_no_companys(text: str, whose: set[str]) -> None:
    claims = [claim for claim in extract(HEAD + text).claims if claim.start >= len(HEAD)]
    assert whose <= {claim.text for claim in claims if claim.subject.name != "Halma"}


@pytest.mark.parametrize(
    "text",
    [
        "It figures the Rotork deal could add 14p to annual earnings per share.",
        "Halma will supply a Rotork data center campus in Texas with 1.1 gigawatts of electricity.",
        "Rotork will pay Halma £75 million a year for the service.",
    ],
)
def test_a_name_that_only_says_with_whom_leaves_the_figure_alone(text: str) -> None:
    claims = [claim for claim in extract(HEAD + text).claims if claim.start >= len(HEAD) and claim.values]
    assert {claim.subject.name for claim in claims} == {"Halma"}
