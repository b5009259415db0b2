"""Surnames that are companies' names too: `Finanzchefin Sabine Sturm ... Sturm verwies auf`, `Firmengründer Wang Xing`.

Whoever has been told of in full is meant by the surname from then on, unless the text has named the company before.
"""

from __future__ import annotations

from rerating.factcheck.extraction.text.article import Article
from rerating.factcheck.extraction.text.gazetteer import Place
from rerating.factcheck.extraction.text.people import persons


def without_surnames(article: Article, places: dict[int, list[Place]]) -> dict[int, list[Place]]:
    """The places of each sentence without the single words that stand for somebody told of in full before."""
    companies: set[str] = set()
    people: set[str] = set()
    out: dict[int, list[Place]] = {}
    for sentence in article.sentences:
        text, here = sentence.tokens.text, []
        for place in places[sentence.number]:
            is_one = place.last - place.first == 1 and place.name.name not in companies
            if is_one and text[place.first].removesuffix("s") in people:
                continue
            companies.add(place.name.name)
            here.append(place)
        out[sentence.number] = here
        people |= {text[last - 1] for _, last in persons(sentence)}
    return out
