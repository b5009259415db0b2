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
