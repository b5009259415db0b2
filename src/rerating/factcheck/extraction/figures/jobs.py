"""Jobs that go, where a figure counts those who have them: `rund 400 Beschäftigte mussten gehen`, `will cut 1,200`."""

from __future__ import annotations

from rerating.factcheck.extraction.figures.bound import Bound
from rerating.factcheck.extraction.text.article import Sentence
from rerating.factcheck.extraction.text.lexicon import word_set
from rerating.language.reading import MentionKind as K

_LOOSE = frozenset(("operation", "indicator", "figure", "holding", "event"))


def by_leaving(sentence: Sentence, bound: Bound) -> None:
    """Makes a cut of jobs of people or posts that a verb of leaving stands beside, in the figure's clause."""
    figure = bound.figure
    noun = (figure.mention.noun or "").lower()
    tail = sentence.words(figure.last, figure.last + 9)
    if figure.mention.kind is not K.NUMBER or bound.family not in _LOOSE or bound.metric in _THINGS:
        return
    if noun not in _PEOPLE and not noun.endswith(_STAFF) and _PEOPLE.isdisjoint(tail[:2]):
        return
    lead = sentence.words(figure.lead - 6, figure.lead)
    ends = next((k for k, word in enumerate(tail) if word in _STOPS), len(tail))
    starts = max((k for k, word in enumerate(lead) if word in _STOPS), default=-1)
    lead, tail = lead[starts + 1 :], tail[:ends]
    is_cut = not _CUTS.isdisjoint(lead[-4:]) or not _GONE.isdisjoint(tail)
    is_lost = not _LOSES.isdisjoint((*lead, *tail)) and not _WORK.isdisjoint((*lead, *tail))
    is_let = not _LETS.isdisjoint(lead) and "go" in tail
    is_parted = lead[-1:] == ("von",) and "sich" in lead and not _PARTS.isdisjoint(lead)
    if is_cut or is_lost or is_let or is_parted:
        bound.family, bound.metric = "event", "layoffs"


_THINGS = frozenset(("customers", "patients", "subscribers", "units_sold", "passengers", "contract", "acquisition"))
_PEOPLE = word_set("jobs", "people")
_STAFF = ("mitarbeiter", "mitarbeitern", "beschäftigte", "beschäftigten", "stellen", "jobs", "arbeitsplätze")
_STOPS = frozenset((",", ";", ":", "(", ")", "while", "during", "after"))
_CUTS = word_set("jobs", "cuts")
_GONE = word_set("jobs", "gone")
_LOSES = frozenset(("lose", "lost", "loses", "losing", "verlieren", "verliert", "verloren"))
_WORK = frozenset(("job", "jobs", "arbeit", "arbeitsplatz", "stelle", "work"))
_LETS = frozenset(("let", "lets", "letting"))
_PARTS = frozenset(("trennt", "trennte", "trennten", "trennen", "verabschiedet", "verabschiedete"))
