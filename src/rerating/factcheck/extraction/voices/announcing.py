"""Plans that German tells without a word for a plan: by a verbal bracket, a date ahead, an aim, or what was before.

`will die Marge, die zuletzt bei 28,9 % lag, auf 31 % ausweiten`: the modal opens what the infinitive closes, whatever
stands between them. `kostet ab Juni 12,99 Euro`, `ab 2029 ergeben sich Einsparungen von`: the present tense of a day to
come. `sollen 3,10 Euro verdient werden statt 2,60`: a former plan is a plan.
"""

from __future__ import annotations

import itertools
import re

from rerating.factcheck.extraction.text.article import Figure, Sentence
from rerating.factcheck.extraction.text.lexicon import Found, word_set
from rerating.factcheck.extraction.voices.speakers import NEAR, OWN_PEOPLE, has_analysts

_REACH = 40
"""No bracket spans more words."""
_MODALS = frozenset(("will", "wollen", "soll", "sollen", "möchte", "möchten"))
_WALLS = frozenset((",", ".", ";", ":", ")", "–", "—", "!", "und", "sowie"))
_FORM = re.compile(r"[a-zäöüß]{3,}(?:en|ern|eln)")
_PARTICIPLE = re.compile(r"[a-zäöü]{0,9}ge[a-zäöüß]{3,}en")
_SUBORDINATE = word_set("announcing", "subordinate")


def announced(sentence: Sentence, figure: Figure) -> Found | None:
    """The word that makes a plan of a figure without any of the words for plans."""
    found = _bracketed(sentence, figure) or _intended(sentence, figure) or _entrusted(sentence, figure)
    return found or _is_aim(sentence, figure) or _dated_ahead(sentence, figure) or _pledged(sentence, figure)


def _pledged(sentence: Sentence, figure: Figure) -> Found | None:
    """`für 2026 hat er gut 5,7 Milliarden Euro angekündigt`, `hatte sie 8 Prozent in Aussicht gestellt`."""
    tail, lead = sentence.words(figure.tail, figure.tail + 4), sentence.words(figure.lead - 9, figure.lead)
    at = next((k for k, word in enumerate(tail) if word in _PLEDGED), None)
    if at is None or not {",", "und"}.isdisjoint(tail[:at]) or _HAVE.isdisjoint(lead):
        return None
    is_dated = any(one in ("für", "bis") and _is_time(other) for one, other in itertools.pairwise(lead))
    is_told = is_dated and not has_analysts(sentence, figure)
    return Found(figure.tail + at, figure.tail + at + 1, "guidance", "pledged") if is_told else None


_PLEDGED = frozenset(("angekündigt", "versprochen", "zugesagt", "gestellt", "avisiert", "prognostiziert", "angepeilt"))
_HAVE = frozenset(("hat", "hatte", "haben", "hatten"))


def _bracketed(sentence: Sentence, figure: Figure) -> Found | None:
    """The modal whose infinitive stands right behind the figure."""
    if not _is_closed(sentence, figure):
        return None
    lower = sentence.tokens.lower
    for k in range(figure.lead - 1, max(sentence.first, figure.lead - _REACH) - 1, -1):
        if lower[k] in (";", ":"):
            return None
        if lower[k] == "," and not _SUBORDINATE.isdisjoint(lower[k + 1 : k + 3]) and figure.lead > k + 1:
            if "," not in lower[k + 1 : figure.lead]:
                return None
        elif lower[k] in _MODALS or (lower[k] in _WOULD and _is_own(sentence, figure)):
            return Found(k, k + 1, "guidance", "bracket")
    return None


_WOULD = frozenset(("würde", "würden", "werde", "werden", "wird", "dürfte", "dürften"))


def _is_own(sentence: Sentence, figure: Figure) -> bool:
    """Whether a company's people speak of it in the sentence, and nobody else does."""
    held = sentence.words(figure.first - NEAR, figure.last + NEAR)
    return (
        not (OWN_PEOPLE - {"es", "it"}).isdisjoint(held) and not sentence.houses and not has_analysts(sentence, figure)
    )


def is_in_relative(sentence: Sentence, figure: Figure, after: int) -> bool:
    """`will die Sparte verkaufen, die 140 Millionen Euro Umsatz macht`: told of what a plan is about, no plan."""
    lower = sentence.tokens.lower
    text = sentence.tokens.text
    at = next((k for k in range(figure.lead - 1, after - 1, -1) if lower[k] == ","), None)
    if at is None or lower[at + 1] not in _RELATIVES or not _FORM.fullmatch(text[at - 1]):
        return False
    for k in range(figure.tail, min(figure.tail + 4, sentence.last)):
        if lower[k] in _WALLS:
            return False
        is_end = k + 1 >= sentence.last or lower[k + 1] in _WALLS
        if is_end:
            return text[k][:1].islower() and lower[k] not in _MODALS and lower[k] not in _WOULD
    return False


def is_past_inset(sentence: Sentence, figure: Figure) -> bool:
    """`will die Marge, die 2025 bei 14,1 % lag, auf 16 % steigern`: between commas, with its verb of the past."""
    tail = sentence.words(figure.tail, figure.tail + 2)
    if tail[1:] != (",",) or tail[0] not in _LAY:
        return False
    lead = sentence.words(figure.lead - 10, figure.lead)
    at = next((k for k in range(len(lead) - 1, -1, -1) if lead[k] == ","), None)
    return at is not None and not _RELATIVES.isdisjoint(lead[at + 1 : at + 3])


_LAY = frozenset(("lag", "lagen", "betrug", "betrugen", "stand", "standen", "war", "waren", "erreichte"))
_RELATIVES = frozenset(("die", "der", "das", "dem", "denen", "deren", "dessen"))


def _is_closed(sentence: Sentence, figure: Figure) -> bool:
    """Whether an infinitive ends the clause behind the figure."""
    tokens = sentence.tokens
    for k in range(figure.tail, min(figure.tail + 4, sentence.last)):
        word = tokens.text[k]
        if word.lower() in _WALLS or tokens.lower[k - 1] == "zu":
            return False
        is_end = k + 1 >= sentence.last or tokens.lower[k + 1] in _WALLS
        if is_end and _FORM.fullmatch(word):
            return not _PARTICIPLE.fullmatch(word)
    return False


def _intended(sentence: Sentence, figure: Figure) -> Found | None:
    """`kündigte an, höchstens 15 Prozent abzugeben`, `angekündigt, die Ausgaben um ein Drittel zu steigern`."""
    tokens = sentence.tokens
    end = next(
        (k for k in range(figure.tail, min(figure.tail + 5, sentence.last)) if tokens.lower[k] in _WALLS), sentence.last
    )
    word = tokens.lower[end - 1] if end > figure.tail else ""
    if not (_ZU.fullmatch(word) or (tokens.lower[end - 2] == "zu" and _FORM.fullmatch(word))):
        return None
    for k in range(figure.lead - 1, max(sentence.first, figure.lead - _REACH) - 1, -1):
        if tokens.lower[k] in (";", ":"):
            return None
        if tokens.lower[k] in _ANNOUNCES:
            return Found(k, k + 1, "guidance", "intended")
    return None


_ZU = re.compile(r"(?:ab|an|auf|aus|ein|zurück|hinzu|weg|um|aus)zu[a-zäöüß]{3,}(?:en|ern|eln)")
_ANNOUNCES = word_set("announcing", "announces")


def _entrusted(sentence: Sentence, figure: Figure) -> Found | None:
    """`Der Konzern traut dem Mittel einen Spitzenumsatz von über 5 Mrd. zu`: what a company believes itself."""
    if "zu" not in sentence.words(figure.tail, figure.tail + 3):
        return None
    lower = sentence.tokens.lower
    for k in range(figure.lead - 1, max(sentence.first, figure.lead - 18) - 1, -1):
        if lower[k] in _ENTRUST:
            is_own = not (OWN_PEOPLE - {"es", "it"}).isdisjoint(sentence.words(k - 3, k))
            return Found(k, k + 1, "guidance", "entrusted") if is_own else None
    return None


_ENTRUST = frozenset(("traut", "trauen", "traute", "trauten"))


def _is_aim(sentence: Sentence, figure: Figure) -> Found | None:
    """`beim Umsatz sind 5 Milliarden Euro das Ziel`, `lautet das Ziel`: what a company means to reach."""
    words = sentence.words(figure.tail, figure.tail + 3)
    if words[:2] not in _AIMS and words[1:3] not in _AIMS:
        return None
    if sentence.houses or has_analysts(sentence, figure):
        return None
    return Found(figure.tail, figure.tail + 2, "guidance", "aim")


_AIMS = frozenset((one, other) for one in ("das", "als", "ihr", "sein") for other in ("ziel", "zielwert", "vorgabe"))


def _dated_ahead(sentence: Sentence, figure: Figure) -> Found | None:
    """`ab 2029 ergeben sich`, `fließen heuer in`: a verb of the present and a time to come."""
    first, last = max(sentence.first, figure.lead - 14), min(figure.tail + 10, sentence.last)
    lower = sentence.tokens.lower
    verb = next((k for k in range(first, last) if lower[k] in _PRESENT and _is_same(sentence, k, figure)), None)
    lead = sentence.words(figure.lead - 6, figure.lead)
    at = next(
        (k for k in range(len(lead) - 1) if lead[k] in ("werden", "sollen", "wird") and lead[k + 1] == "es"), None
    )
    if at is not None and "," not in lead[at:] and not has_analysts(sentence, figure) and not sentence.houses:
        return Found(figure.lead - len(lead) + at, figure.lead - len(lead) + at + 1, "guidance", "ahead")
    if verb is None:
        return _changes_ahead(sentence, figure, first, last)
    if has_analysts(sentence, figure):
        return None
    if any(_is_ahead(sentence, k) and _is_same(sentence, k, figure) for k in range(first, last)):
        return Found(verb, verb + 1, "guidance", "ahead")
    return None


def _changes_ahead(sentence: Sentence, figure: Figure, first: int, last: int) -> Found | None:
    """`Die Investitionen schrumpfen 2027 auf`, `hebt die Preise zum Januar an`: in the present, of a time to come."""
    lower = sentence.tokens.lower
    verb = next((k for k in range(first, figure.lead) if lower[k] in _CHANGES and _is_same(sentence, k, figure)), None)
    if verb is None or has_analysts(sentence, figure) or sentence.houses:
        return None
    is_ahead = any(_is_coming(sentence, k) and _is_same(sentence, k, figure) for k in range(first, last))
    is_due = lower[verb] in ("fallen", "fällt") and "an" in sentence.words(figure.tail, figure.tail + 3)
    is_due = is_due and any(_is_ahead(sentence, k) and _is_same(sentence, k, figure) for k in range(first, last))
    return Found(verb, verb + 1, "guidance", "ahead") if is_ahead or is_due else None


def _is_coming(sentence: Sentence, k: int) -> bool:
    """`2027` in an article of 2026, `zum Januar`, `ab Mai`, `nächstes Jahr`, `im kommenden Jahr`."""
    word, after = sentence.tokens.lower[k], sentence.words(k + 1, k + 4)
    if len(word) == 4 and word.isdecimal():
        return sentence.text.year is not None and sentence.text.year < int(word) < sentence.text.year + 30
    if word in ("zum", "per"):
        return any(_is_time(each) for each in after[:3])
    if word == "ab":
        return any(_is_time(each) for each in after[:2])
    return word in _NEXT and after[:1] in (("jahr",), ("jahres",), ("quartal",), ("geschäftsjahr",), ("frühjahr",))


_NEXT = frozenset(("nächstes", "kommendes", "nächsten", "kommenden"))
_CHANGES = word_set("announcing", "changes")


def _is_same(sentence: Sentence, k: int, figure: Figure) -> bool:
    """Whether a word stands in the figure's clause."""
    return sentence.cost(min(k, figure.first), max(k, figure.last)) < 0.9


def _is_ahead(sentence: Sentence, k: int) -> bool:
    """`ab Juni`, `von 2029 an`, `heuer`, `in diesem Jahr`, `im laufenden Geschäftsjahr`, `bis 2028`."""
    word, after = sentence.tokens.lower[k], sentence.words(k + 1, k + 5)
    if word == "heuer":
        return True
    if word in ("ab", "bis"):
        return any(_is_time(each) for each in after[:3])
    if word == "von":
        return "an" in after[1:3] and _is_time(after[0])
    if word in ("in", "im"):
        return not _YEARS.isdisjoint(after[1:3]) and not _COMING.isdisjoint(after[:1])
    return False


def _is_time(word: str) -> bool:
    return (len(word) == 4 and word[:2] == "20" and word.isdecimal()) or word in _TIMES


def is_proposed(sentence: Sentence, first: int, last: int, *, is_planned: bool) -> bool:
    """Whether a dividend is proposed or meant, not decided: `schlägt 1,90 Euro vor`, `will 4 Cent zahlen`."""
    words = sentence.words(sentence.first, last + 8)
    if not _DECIDED.isdisjoint(words) or {"be", "paid"} <= {*words, *sentence.words(last, last + 16)}:
        return False
    lead = sentence.words(first - 4, first)
    is_former = lead[-1:] in _FORMERLY or not _BEFORE.isdisjoint(lead) or ("(" in lead and lead[-1:] == (":",))
    is_meant = is_planned and "receive" not in words
    return (is_meant or not _PROPOSED.isdisjoint(words)) and not is_former


_BEFORE = frozenset(("vorjahr", "vj", "vorjahreswert"))
_FORMERLY = (("from",), ("nach",), ("versus",), ("gegenüber",))
_DECIDED = frozenset(("interim", "quarterly", "declared", "zwischendividende", "abschlagsdividende"))
_PROPOSED = word_set("status", "proposed")
_PRESENT = word_set("announcing", "present")
_TIMES = word_set("announcing", "times")
_YEARS = frozenset(("jahr", "geschäftsjahr", "gesamtjahr", "halbjahr", "quartal", "jahren", "monaten"))
_COMING = frozenset(("diesem", "laufenden", "kommenden", "nächsten", "den"))


def is_raising(sentence: Sentence, figure: Figure) -> bool:
    """`erhöht die Preise um 12 Prozent`, `wird um 9 Prozent teurer`, `is putting 5p on the price`: from now on."""
    tokens = sentence.tokens
    first = max(sentence.first, figure.lead - 16)
    lead, tail = sentence.words(first, figure.lead), sentence.words(figure.tail, figure.tail + 3)
    stop = max((k for k, word in enumerate(lead) if word in (";", ":")), default=-1)
    lead = lead[stop + 1 :]
    if not _OVER.isdisjoint((*lead, *tail)):
        return False
    if tail[:1] in (("teurer",), ("billiger",)) and not {"wird", "werden"}.isdisjoint(lead):
        return True
    if any(one in ("is", "are") and other in _RAISING for one, other in itertools.pairwise(lead)):
        return True
    if any(one in ("will", "to") and other in _CHARGE for one, other in itertools.pairwise(lead)):
        return True
    is_verb = any(word in _RAISES for word in lead)
    return is_verb and not any(
        c.first < figure.lead and tokens.lower[c.first] in _BEFORE_NOW for c in sentence.cues if c.first >= first
    )


def is_put_aside(sentence: Sentence, figure: Figure) -> bool:
    """`has set aside an additional $250 million for promotions`: money that is still to be spent, no provision."""
    lead, tail = sentence.words(figure.lead - 4, figure.lead), sentence.words(figure.last, figure.last + 6)
    is_aside = any(pair == ("set", "aside") for pair in itertools.pairwise(lead))
    return is_aside and tail[:1] == ("for",) and _PROVISIONS.isdisjoint(tail)


_OVER = frozenset(("hat", "haben", "hatte", "hatten", "wurde", "wurden", "worden", "habe", "has", "had", "have"))
_RAISING = word_set("announcing", "raising")
_CHARGE = frozenset(("charge", "pay"))
_RAISES = frozenset(("hebt", "heben", "erhöht", "erhöhen", "verlangt", "verteuert", "verteuern", "schlägt", "senkt"))
_BEFORE_NOW = frozenset(("stieg", "stiegen", "sank", "sanken", "erhöhte", "hob"))
_PROVISIONS = word_set("announcing", "provisions")


def replaced(sentence: Sentence, figure: Figure) -> Figure | None:
    """The figure that stands in place of this one: `2,90 bis 3,20 Euro statt 2,20 bis 2,70`."""
    lead = sentence.words(figure.lead - 4, figure.lead)
    at = next((k for k in range(len(lead) - 1, -1, -1) if lead[k] in _INSTEAD), None)
    is_told = at is not None and _LINKS.issuperset(lead[at + 1 :])
    if not is_told and (_SO_FAR.isdisjoint(lead) or _WERE.isdisjoint(lead) or "es" not in lead):
        return None
    before = [other for other in sentence.figures if other.last <= figure.lead and other.mention.unit not in _TIMED]
    return before[-1] if before and figure.lead - before[-1].last <= 10 else None


_SO_FAR = frozenset(("bislang", "bisher", "zuvor", "ursprünglich", "zunächst", "vorher"))
_WERE = frozenset(("waren", "war"))
"""`; bislang waren es bis zu 6 Prozent gewesen`."""
_INSTEAD = frozenset(("statt", "anstatt", "anstelle"))
_LINKS = frozenset(("von", "um", "auf", "der", "den", "bisher", "bislang", "wie", "zuvor", "mit", "bei"))
_TIMED = frozenset((None, "date", "rating"))
