"""What is foreseen or counted of a whole economy without a word of its list: the growth that governments and institutes
expect, the jobs that it creates, its people without work.

`Für 2026 rechnet die Bundesregierung mit einem Wachstum von 1,3 Prozent`, `Die US-Wirtschaft schuf 119.000 Stellen`,
`die Zahl der Arbeitslosen in Deutschland`: told of the country, in the article of a company too.
"""

from __future__ import annotations

from rerating.factcheck.extraction.figures.fitting import SHARES_OF_ONE
from rerating.factcheck.extraction.text.article import Figure, Sentence
from rerating.factcheck.extraction.text.gazetteer import NameKind
from rerating.factcheck.extraction.text.lexicon import word_set
from rerating.factcheck.extraction.whom.economy.policies import region_of
from rerating.factcheck.extraction.whom.focus.subjects import Subjects
from rerating.factcheck.extraction.whom.phrases.states import State, state_at, state_by_adjective, state_of
from rerating.language.reading import MentionKind as K

_FORECASTERS = word_set("economies", "forecasters")
_GROWTH = word_set("economies", "growth")
_ECONOMY = tuple(word_set("economies", "economy"))
_CREATES = word_set("economies", "creates")
_JOBS = word_set("economies", "jobs")
_JOBLESS = word_set("economies", "jobless")
_KINDS = frozenset(
    ("growth", "guidance", "estimate", "return", "financial_figure", "operating_metric", "corporate_event")
)
_WHOLE = frozenset(("wirtschaft", "volkswirtschaft", "konjunktur"))
_REACH = 9


def economy_of(
    known: Subjects, sentence: Sentence, figure: Figure, what: tuple[str, str]
) -> tuple[str, tuple[str, str]] | None:
    """The country of whose economy a figure is, with what is claimed of it."""
    if what[0] not in _KINDS or _names_company(known, sentence, figure):
        return None
    told = _told(sentence, figure)
    if told is None:
        return None
    region = _by_adjective(sentence, figure) or region_of(known, sentence, figure.first, told)
    state = state_of(region)
    if state is not None:
        region = state.name(is_english=sentence.text.is_english).name
    elif region == "Bundesregierung":
        region = "Deutschland"
    return (region, ("indicator", told)) if region is not None else None


def _told(sentence: Sentence, figure: Figure) -> str | None:
    words = sentence.words(sentence.first, sentence.last)
    ahead = sentence.words(max(sentence.first, figure.first - _REACH), figure.first)
    is_share = figure.mention.kind in SHARES_OF_ONE or figure.mention.unit == "percent"
    if is_share and _owned_economy(sentence, figure):
        return "gdp_growth"
    if is_share and not _GROWTH.isdisjoint((*ahead, *sentence.words(figure.last, figure.last + 2))):
        return "gdp_growth" if not _FORECASTERS.isdisjoint(words) else None
    is_count = figure.mention.kind is K.NUMBER or figure.mention.unit == "count"
    if is_count and not _JOBLESS.isdisjoint(ahead):
        return "unemployment_rate"
    is_made = is_count and not _CREATES.isdisjoint(words) and any(word.endswith(_ECONOMY) for word in words)
    near = (*sentence.words(figure.first, figure.last + 3), *ahead)
    return "payrolls" if is_made and not _JOBS.isdisjoint(near) else None


def _owned_economy(sentence: Sentence, figure: Figure) -> bool:
    """Whether a German clause tells of a country's economy: `Polens Wirtschaft ist um 3,1 Prozent gewachsen`,
    `..., die ungarische um 0,4 Prozent`."""
    if sentence.text.is_english or sentence.words(figure.lead - 1, figure.lead) != ("um",):
        return False
    tokens = sentence.tokens
    for k in range(figure.lead - 1, sentence.first, -1):
        if tokens.lower[k] in _WHOLE and _owner(sentence, k) is not None:
            near = (f for f in sentence.figures_near(k) if f.mention.kind in SHARES_OF_ONE)
            between = [f for f in near if k < f.first < figure.first]
            return not between or state_by_adjective(tokens.text[figure.lead - 2], is_english=False) is not None
    return False


def _owner(sentence: Sentence, k: int) -> State | None:
    """The country that stands before a noun in the genitive or as its adjective, or opens the sentence as the place."""
    placed = state_at(sentence, sentence.first + 1) if sentence.tokens.lower[sentence.first] == "in" else None
    if placed is not None and sentence.tokens.lower[k - 1] == "die":
        return placed[0]
    genitive = state_at(sentence, k - 1, is_genitive=True)
    if genitive is not None:
        return genitive[0]
    at = k - 2 if sentence.tokens.text[k - 1] == "-" else k - 1
    return state_by_adjective(sentence.tokens.text[at], is_english=False)


def _names_company(known: Subjects, sentence: Sentence, figure: Figure) -> bool:
    places = known.places.get(sentence.number, [])
    return any(p.name.kind is NameKind.COMPANY and p.first < figure.first for p in places)


def _by_adjective(sentence: Sentence, figure: Figure) -> str | None:
    """The country whose adjective or genitive stands in the clause: `der deutschen Wirtschaft`, `Polens Wirtschaft`."""
    is_english = sentence.text.is_english
    for k in range(figure.first - 1, sentence.first - 1, -1):
        state = state_by_adjective(sentence.tokens.text[k], is_english=is_english)
        if state is None and sentence.tokens.lower[k] in _WHOLE:
            state = _owner(sentence, k)
        if state is not None:
            return state.en if is_english else state.de
    return None
