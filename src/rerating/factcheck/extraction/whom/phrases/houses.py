"""Whether a bank's name stands for its analysts or for the bank itself."""

from __future__ import annotations

from itertools import pairwise

from rerating.factcheck.extraction.text.article import Sentence
from rerating.factcheck.extraction.text.gazetteer import Name, Named, NameKind, Place, is_house_name
from rerating.factcheck.extraction.text.layout import BlockRole
from rerating.factcheck.extraction.text.lexicon import word_set
from rerating.factcheck.extraction.text.people import persons

_RATING_FAMILIES = frozenset(("price_target", "counts", "upside"))


def is_house(sentence: Sentence, place: Place, main: Name | None) -> bool:
    """Whether a bank's name stands for its analysts: ratings or targets in the sentence, and it is not the subject."""
    if main is not None and place.name.name == main.name:
        return False
    named = named_at(sentence, place)
    if named is None:
        return False
    if named.of(NameKind.DATA) is not None:
        return not _is_share(sentence, place)
    if main is not None and main.kind is NameKind.COMPANY and _deals(sentence, place):
        return True
    if heads_other_house(sentence, place):
        return False
    if named.of(NameKind.HOUSE) is not None and _writes(sentence, place):
        return True
    if named.of(NameKind.HOUSE) is None or sentence.role is BlockRole.ROW or is_told_of(sentence, place):
        return False
    if not any(f.mention.unit in ("percent", "money") for f in sentence.figures_near(place.first)):
        return sentence.words(place.last, place.last + 1) not in _REPORTS
    if _speaks_through(sentence, place):
        return True
    if not _ACTS_FOR_OTHERS.isdisjoint(sentence.words(place.first - 2, place.first)):
        return True
    if rates(sentence, place) or any(topic.key == "fair_value" for topic in sentence.topics_near(place.first)):
        return True
    if _foresees(sentence, place):
        return True
    is_other = main is not None and main.kind is NameKind.COMPANY
    if is_other and main is not None and not is_house_name(main.name) and not _tells_of_itself(sentence, place):
        return True
    families = ("house", "expectation") if is_other else ("house",)
    return any(
        cue.family in families and not (place.first <= cue.first < place.last)
        for cue in sentence.cues_near(place.first)
    )


def heads_other_house(sentence: Sentence, place: Place) -> bool:
    """Whether a bank heads what another house says of it: `**BNP Paribas:** Goldman Sachs nimmt die Franzosen auf`."""
    is_headed = place.first == sentence.first and sentence.words(place.last, place.last + 1) == (":",)
    return is_headed and any(n.of(NameKind.HOUSE) is not None and n.first > place.last for n in sentence.names)


def _deals(sentence: Sentence, place: Place) -> bool:
    """Whether a bank or broker is where a share trades before or after the exchange does: `Vorbörslich büssten die
    SGS-Titel bei Julius Bär 1,9 Prozent ein`, `in premarket dealings on Robinhood, the stock was quoted at $92`."""
    if sentence.words(place.first - 1, place.first) not in _WHERE:
        return False
    first, last = place.first, place.last
    text = sentence.tokens.text
    while first > max(sentence.first, place.first - _CLAUSE) and text[first - 1] not in ",;:":
        first -= 1
    while last < min(sentence.last, place.last + _CLAUSE) and text[last] not in ",;:":
        last += 1
    whole = set(sentence.words(sentence.first, sentence.last))
    is_led_in = first == sentence.first and text[last : last + 1] == [","]
    clause = sentence.words(first, last + (_CLAUSE if is_led_in else 0))
    is_early = not whole.isdisjoint(_OFF_HOURS) or any(pair in _BEFORE_BELL for pair in pairwise(clause))
    others = any(n.of(NameKind.COMPANY) and first <= n.first < last and n.first != place.first for n in sentence.names)
    follows = sentence.words(place.last, place.last + 1)
    is_whole = not sentence.text.is_english or follows in ((",",), (".",), (";",), ())
    return is_early and is_whole and (others or not _SHARES.isdisjoint(clause))


_WHERE = (("bei",), ("on",), ("at",))
_CLAUSE = 24
_OFF_HOURS = frozenset(
    (
        *("vorbörslich", "nachbörslich", "vorbörse", "frühhandel", "vorhandel", "vorbörslichen", "nachbörslichen"),
        *("premarket", "pre-market", "after-hours", "aftermarket"),
    )
)
_BEFORE_BELL = frozenset((("the", "bell"), ("extended", "trading"), ("late", "trading")))


def _writes(sentence: Sentence, place: Place) -> bool:
    """Whether a note is a bank's: `a gloomy note from Bank of America sent its shares down`, `Studie der Deutschen
    Bank`."""
    lead = sentence.words(place.first - 3, place.first)
    at = next((k for k, word in enumerate(lead) if word in _BY), None)
    return at is not None and at > 0 and lead[at - 1] in _NOTES


_NOTES = word_set("houses", "notes")
_BY = frozenset(("from", "by", "von", "der", "durch"))


def _is_share(sentence: Sentence, place: Place) -> bool:
    """Whether the share of whoever counts for others is told of: `FactSet shares`, `Moody's lost 3%`."""
    at = place.last
    is_named = not _SHARES.isdisjoint(sentence.words(at, at + 1))
    moves = any(cue.family == "movement" and cue.first == at for cue in sentence.cues_near(at))
    return is_named or (
        moves and any(f.mention.unit == "percent" and at < f.first <= at + 4 for f in sentence.figures_near(at))
    )


def is_told_of(sentence: Sentence, place: Place) -> bool:
    """Whether a bank reports, or is what a figure is set against or told of in its turn: `bei der Commerzbank sind es
    12`, `against 12 for UBS`, `compared with 3% at UBS`; no target is."""
    figures = sentence.figures_near(place.first)
    if rates(sentence, place):
        return False
    if figures and sentence.words(place.last, place.last + 1) in _REPORTS:
        return True
    lead = sentence.words(place.first - 2, place.first)
    before = next((f for f in figures if place.first - 3 <= f.last < place.first), None)
    is_against = before is not None and not _AGAINST.isdisjoint(sentence.words(before.lead - 3, before.lead))
    if is_against and not _AT.isdisjoint(lead):
        return True
    is_turn = not _AT.isdisjoint(lead) and sentence.words(place.last, place.last + 2) in _IT_IS
    return is_turn and any(place.last < f.first <= place.last + _NEAR for f in figures)


_AT = frozenset(("at", "for", "bei"))
_AGAINST = word_set("subjects", "against")
_IT_IS = (
    *(
        (verb, who)
        for verb in ("ist", "sind", "war", "waren", "beträgt", "liegt", "lag")
        for who in ("es", "er", "sie")
    ),
    *(("it", "is"), ("it", "was"), (",", "it")),
)
_NEAR = 8


def _speaks_through(sentence: Sentence, place: Place) -> bool:
    """Whether one of a house's people speaks: `Deutsche Bank's Richa Harnain said pricing had softened by 2%`."""
    if sentence.tokens.text[place.last : place.last + 2] != ["'", "s"]:
        return False
    return any(first <= place.last + 3 and place.last + 2 <= first for first, _ in persons(sentence))


def _foresees(sentence: Sentence, place: Place) -> bool:
    """`OTP brachen ein; die Erste Group veranschlagt die Last auf`, `Macquarie erwartet am Kobaltmarkt`: of others."""
    if sentence.words(place.last, place.last + 1) not in _FORESEES:
        return False
    tail = sentence.words(place.last, place.last + 9)
    is_after_other = any(
        n.last <= place.first and n.of(NameKind.COMPANY) and n.last > place.first - 16 for n in sentence.names
    )
    return is_after_other or any(word.endswith(("markt", "marktes", "branche", "sektor")) for word in tail)


_FORESEES = frozenset(
    (w,)
    for w in (
        *("veranschlagt", "erwartet", "rechnet", "schätzt", "prognostiziert", "taxiert", "sagt", "kalkuliert"),
        *("expects", "estimates", "forecasts", "predicts", "reckons"),
    )
)
_REPORTS = frozenset((w,) for w in ("reports", "legt", "öffnet", "berichtet"))
"""`Bank of America reports on Wednesday`: no house, but what is told of."""
_ACTS_FOR_OTHERS = frozenset(("durch", "ansicht", "einschätzung"))
"""`die Anhebung des Ziels durch die Deutsche Bank`, `nach Ansicht der Bank of America`."""
_VALUES = frozenset(
    (word,)
    for word in (
        *("sieht", "sehen", "sah", "sees", "values", "traut", "trauen", "taxiert", "glaubt", "meint"),
        *("thinks", "believes", "reckons", "argues", "calculates", "figures"),
    )
)
"""`Jefferies sieht die Aktie bei 175 Dollar`: a house, whatever follows."""


def _tells_of_itself(sentence: Sentence, place: Place) -> bool:
    """Whether a bank is told of as a company: its share moves, it reports, it holds, buys or is bought."""
    if sentence.words(place.last, place.last + 1) in _VALUES or _has_written(sentence, place):
        return False
    behind = sentence.words(place.last, place.last + 3)
    before = sentence.words(place.first - 3, place.first)
    around = {*(() if any(pair in _TOP_END for pair in pairwise(before)) else before), *behind}
    another = {other for one, other in pairwise(behind) if one in _THE and other in _SHARES}
    if not (around - another).isdisjoint(_SHARE_MARKS):
        return True
    near_by = (cue for cue in sentence.cues_near(place.last) if place.last <= cue.first <= place.last + 4)
    return any(cue.family in ("movement", "company_noun") for cue in near_by) or not around.isdisjoint(_DEEDS)


def _has_written(sentence: Sentence, place: Place) -> bool:
    """Whether what a house has written is told of: `a gloomy note from X sent its shares down`, `eine Studie der X`."""
    words = sentence.words(place.first - 4, place.first)
    at = next((k for k in range(len(words) - 1, -1, -1) if words[k] in _WRITINGS), None)
    return at is not None and bool(words[at + 1 :]) and _FROM.issuperset(words[at + 1 :])


_WRITINGS = word_set("subjects", "writings")
_FROM = frozenset(("from", "by", "at", "of", "von", "der", "durch", "die", "bei", "the", "analysts"))
_TOP_END = frozenset((("top", "end"), ("bottom", "end"), ("the", "bottom"), ("the", "top")))
"""`At the top end stands Goldman Sachs with $120`: a target."""
_THE = frozenset(("the", "die", "das", "den", "der"))
"""`HSBC promoted the stock`: of another one."""
_SHARES = word_set("subjects", "shares")
_SHARE_MARKS = word_set("subjects", "share_marks")
_DEEDS = word_set("subjects", "deeds")


def named_at(sentence: Sentence, place: Place) -> Named | None:
    """What the lists know at a place."""
    return next((n for n in sentence.names_near(place.first) if n.first == place.first), None)


def rates(sentence: Sentence, place: Place) -> bool:
    """Whether a sentence speaks of ratings or targets around a place."""
    return any(topic.family in _RATING_FAMILIES for topic in sentence.topics_near(place.first)) or any(
        figure.mention.unit == "rating" for figure in sentence.figures_near(place.first)
    )
