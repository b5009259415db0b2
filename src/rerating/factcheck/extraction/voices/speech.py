"""Who says it: attribution, speakers, indirect speech, quotations, opinion; and from that the status of a claim."""

from __future__ import annotations

from dataclasses import dataclass

from rerating.factcheck.extraction.text.article import Sentence
from rerating.factcheck.extraction.text.gazetteer import NameKind
from rerating.factcheck.extraction.text.lexicon import word_set
from rerating.factcheck.extraction.text.people import capitals, joined, person
from rerating.language.reading.tokens import WORD

_SAY = word_set("speech", "say")
_LAUT = frozenset(("laut", "gemäss", "gemäß", "zufolge", "per"))
_QUOTED_SAY = word_set("speech", "quoted_say")
_EXECUTIVES = word_set("speech", "executives")
_TELLERS = word_set("speech", "tellers")
_INDIRECT = word_set("speech", "indirect")
_REPORTING = word_set("speech", "reporting")


@dataclass(frozen=True, slots=True)
class Voice:
    """Who speaks in a sentence. `is_reporting`: a company that reports its own figures. `is_quoted`: within quotes."""

    source: str | None
    is_attributed: bool
    is_indirect: bool
    is_reporting: bool
    is_opinion: bool
    is_quoted: bool = False
    is_company: bool = False
    is_turn: bool = False
    """Whether it is a turn of whoever is interviewed."""
    says: tuple[int, ...] = ()
    """Tokens of the verbs of saying."""
    named: tuple[int, ...] = ()
    """Tokens of `laut`, `according to`, whose reach is their clause."""


def house_in(sentence: Sentence, near: int | None = None) -> str | None:
    """The house of a sentence, the nearest before `near` first."""
    found = [(named.first, named.of(NameKind.HOUSE)) for named in sentence.names]
    houses = [(first, name.name) for first, name in found if name is not None]
    if not houses:
        return None
    if near is None:
        return houses[0][1]
    return min(houses, key=lambda each: (each[0] > near, abs(each[0] - near)))[1]


def data_in(sentence: Sentence) -> str | None:
    """The data service that a sentence names."""
    return next((name.name for named in sentence.names if (name := named.of(NameKind.DATA)) is not None), None)


def voice(sentence: Sentence, before: Voice | None, *, heard: Voice | None, turn: str | None) -> Voice:
    """The voice of a sentence.

    `before` is that of the sentence before it and `heard` the last one with a source, which indirect speech and a
    quotation that runs on carry on; `turn` names who speaks in an interview.
    """
    tokens = sentence.tokens
    held = set(tokens.lower[sentence.first : sentence.last])
    is_opinion = any(cue.family == "opinion" for cue in sentence.cues)
    if turn is not None:
        return Voice(turn or None, bool(turn), False, False, is_opinion, is_quoted=bool(turn), is_turn=bool(turn))
    is_quoted = _in_quotes(sentence)
    says = [k for k in range(sentence.first, sentence.last) if _is_say(sentence, k, is_quoted=is_quoted)]
    laut = [k for k in range(sentence.first, sentence.last) if _is_laut(sentence, k)]
    teller = _teller(sentence)
    source = teller or _source(sentence, says, laut)
    is_indirect = not _INDIRECT.isdisjoint(tokens.text[sentence.first : sentence.last])
    is_company = not _EXECUTIVES.isdisjoint(held)
    named = person(sentence, sentence.first, sentence.last)
    is_reporting = (
        bool(_REPORTING & held)
        or _reports_in_two(sentence)
        or (bool(says) and named is None and not laut and not is_quoted and _is_own(sentence, says))
    )
    so = any(
        tokens.lower[k] == "so" and tokens.lower[k - 1] == "," and tokens.lower[k + 1] in ("die", "der", "das", "ein")
        for k in range(sentence.first + 1, sentence.last - 1)
    )
    is_attributed = bool(says or laut or so or teller)
    if not is_attributed and (is_indirect or is_quoted) and heard is not None and heard.source:
        company = is_company or heard.is_company
        return Voice(heard.source, True, True, False, is_opinion, is_quoted=is_quoted, is_company=company)
    return Voice(
        source,
        is_attributed,
        is_indirect,
        is_reporting,
        is_opinion,
        is_quoted=is_quoted,
        is_company=is_company,
        says=tuple(says),
        named=tuple(laut),
    )


def _reports_in_two(sentence: Sentence) -> bool:
    """`teilte der Konzern mit`, `gab Bayer bekannt`, `legte Zahlen vor`: a verb and its prefix, which ends a clause."""
    lower = sentence.tokens.lower
    verbs = [k for k in range(sentence.first, sentence.last) if lower[k] in _IN_TWO]
    for k in verbs[:_FEW]:
        prefix = _IN_TWO[lower[k]]
        for j in range(k + 1, min(k + _APART, sentence.last)):
            is_end = j + 1 >= sentence.last or lower[j + 1] in _CLAUSE_ENDS
            if lower[j] == prefix and is_end:
                return True
    return False


_IN_TWO = {
    **dict.fromkeys(("teilte", "teilten", "teilt"), "mit"),
    **dict.fromkeys(("gab", "gaben", "gibt"), "bekannt"),
    **dict.fromkeys(("legte", "legten", "legt"), "vor"),
}
_CLAUSE_ENDS = frozenset((",", ".", ";", ":", "und", "–", "—", "-", ")"))
_FEW, _APART = 4, 40
"""No more verbs are looked at, and no prefix farther off."""


def _is_own(sentence: Sentence, says: list[int]) -> bool:
    """Whether a company says it of itself: no institution, no service, no word in capitals that no list holds."""
    k = says[0]
    tokens = sentence.tokens
    if tokens.lower[k] in _BY_DATA or not _ANALYSTS.isdisjoint(sentence.words(k - 3, k)):
        return False
    if not _ANONYMOUS.isdisjoint(sentence.words(k - 6, k)):
        return False
    near = [n for n in sentence.names if k - 4 <= n.first < k or k < n.first <= k + 2]
    if any(n.first in sentence.houses for n in near) or not _TOLD_BY.isdisjoint(sentence.words(k + 1, k + 4)):
        return False
    if any(n.of(NameKind.COMPANY) is not None for n in near):
        return True
    if any(n.of(NameKind.INSTITUTION, NameKind.DATA) is not None for n in near):
        return False
    if k > sentence.first and tokens.text[k - 1] == "," and k + 1 < sentence.last and tokens.text[k + 1][:1].isupper():
        return False
    before = tokens.text[k - 1] if k > sentence.first else ""
    return not (before.isupper() and len(before) > 1)


_ANALYSTS = word_set("outsiders", "analysts")
_ANONYMOUS = word_set("speech", "anonymous")


def _in_quotes(sentence: Sentence) -> bool:
    """Whether the sentence begins inside a quotation, or holds one of more than a few words."""
    tokens = sentence.tokens
    opened = sum(1 for k in range(sentence.first) if tokens.text[k] == '"') % 2
    if opened:
        return True
    marks = [k for k in range(sentence.first, sentence.last) if tokens.text[k] == '"']
    ends = [*marks[1::2], *([sentence.last] if len(marks) % 2 else [])]
    return any(last - first > _SHORT_QUOTE for first, last in zip(marks[::2], ends, strict=True))


_SHORT_QUOTE = 4


def _is_say(sentence: Sentence, k: int, *, is_quoted: bool) -> bool:
    word = sentence.tokens.lower[k]
    if word == "veranschlagt" and not {"hatte", "hatten", "wird", "werden"}.isdisjoint(sentence.words(k - 8, k)):
        return False
    if word in _SAY or (is_quoted and word in _QUOTED_SAY):
        return True
    after = sentence.words(k + 1, k + 2)
    if word == "tell" and after in (("me",), ("us",)):
        return True
    if word in ("pointing", "points", "pointed", "point") and after == ("out",):
        return True
    if word in _SAY_THAT and (after in (("that",), ("dass",)) or sentence.words(k + 1, k + 3) == (",", "dass")):
        return True
    if word in _QUOTED_SAY and any(n.last == k and n.of(NameKind.HOUSE) for n in sentence.names):
        return True
    if _is_shown(sentence, k) or _is_put(sentence, k):
        return True
    if word in ("notes", "says", "writes", "argues") and sentence.words(k - 2, k - 1) == (",",):
        return True
    is_last = k + 1 >= sentence.last or sentence.tokens.text[k + 1] in ".,"
    return word in _SAY_LAST and is_last and k > sentence.first + 3


def _is_put(sentence: Sentence, k: int) -> bool:
    """`Bernstein taxiert`, `bezifferte ein Insider auf`, `gibt der Konzern mit vier Milliarden an`."""
    word = sentence.tokens.lower[k]
    if word in ("gibt", "gab", "geben", "gaben"):
        tail = sentence.words(k + 1, k + 14)
        return "mit" in tail and "an" in tail and tail[tail.index("an") + 1 : tail.index("an") + 2] in _ENDS
    if word in ("put", "puts") and "at" in sentence.words(k + 1, k + 10):
        before = sentence.tokens.text[k - 1] if k > sentence.first else ""
        return before[:1].isupper() and before.lower() not in ("wall", "street", "i", "we")
    if word not in _PUTS:
        return False
    is_house = any(n.last == k and n.of(NameKind.HOUSE, NameKind.DATA) for n in sentence.names)
    return is_house or not _TOLD_BY.isdisjoint(sentence.words(k + 1, k + 4))


_ENDS = ((), (".",), (",",), (";",), ("und",))
_TOLD_BY = frozenset(("insider", "experte", "expertin", "analyst", "analystin", "kenner", "eingeweihter", "insiderin"))


def _is_shown(sentence: Sentence, k: int) -> bool:
    """`, a Form 4 shows`, `, its own data tracker shows`, `, zeigen Daten von Drewry`, `, wie das Bundesamt meldet`."""
    tokens, word = sentence.tokens, sentence.tokens.lower[k]
    if word in _SHOWS:
        before = sentence.words(k - 8, k)
        is_end = k + 1 >= sentence.last or tokens.text[k + 1] in ".,;"
        return is_end and "," in before and len(before) > before.index(",") + 1
    if word in ("zeigen", "zeigt", "belegen"):
        return tokens.text[k - 1] == "," and not _RECORDS.isdisjoint(sentence.words(k + 1, k + 4))
    if word not in _AS_TOLD or "wie" not in sentence.words(k - 9, k):
        return False
    return not _OFFICES.isdisjoint(sentence.words(k - 8, k)) or any(
        k - 8 <= n.first < k and n.of(NameKind.INSTITUTION, NameKind.DATA) for n in sentence.names
    )


_SHOWS = frozenset(("shows", "showed", "show", "indicates", "suggests"))
_BY_DATA = _SHOWS | {"zeigen", "zeigt", "belegen", "meldet", "ermittelte"}
_RECORDS = frozenset(("daten", "zahlen", "statistiken", "unterlagen", "berechnungen", "erhebungen", "dokumente"))
_AS_TOLD = frozenset(("meldet", "meldete", "mitteilt", "mitteilte", "berichtet", "berichtete", "ermittelte", "zeigt"))
_OFFICES = frozenset(
    ("bundesamt", "verband", "branchenverband", "behörde", "amt", "ministerium", "notenbank", "statistikamt")
)
_SAY_THAT = word_set("speech", "say_that")
_SAY_LAST = word_set("speech", "say_last")
_PUTS = word_set("speech", "puts")
_VIEWS = word_set("speech", "views")
_OURS = frozenset(("unserer", "meiner", "unseren", "unsere", "meine"))
_PRELIMINARY = frozenset(("vorläufigen", "vorläufiger", "ersten", "untestierten"))
"""`nach vorläufigen Berechnungen`: a company's own accounts, told by nobody else."""
_SHOWN = word_set("speech", "shown")


def _is_laut(sentence: Sentence, k: int) -> bool:
    """`laut`, `zufolge`, `according to`, `per CME`, `nach Angaben`, `seiner Ansicht nach`, `Cboe data show`."""
    tokens, word = sentence.tokens, sentence.tokens.lower[k]
    after = tokens.lower[k + 1] if k + 1 < sentence.last else ""
    if word == "per":
        return any(n.first == k + 1 and n.of(NameKind.DATA, NameKind.HOUSE) for n in sentence.names) or (
            k == sentence.first and tokens.text[k + 1 : k + 2] != [] and tokens.text[k + 1][:1].isupper()
        )
    if word == "laut":
        return tokens.lower[k - 1] not in ("zu", "so", "wird") if k > sentence.first else True
    if word in _LAUT:
        return True
    if word == "according":
        return after == "to"
    if word in ("nach", "eigenen"):
        near = sentence.words(k + 1, k + 4)
        if not _PRELIMINARY.isdisjoint(near):
            return False
        if word == "nach" and near[:1] == ("zahlen",) and near[1:2] in (("von",), ("des",), ("der",)):
            return k > sentence.first and not any(
                k < n.first <= k + 4 and n.of(NameKind.COMPANY) for n in sentence.names
            )
        return _OURS.isdisjoint(near) and any(
            each in _VIEWS or each.endswith("angaben") for each in near[: 3 if word == "nach" else 1]
        )
    if word in _VIEWS and after == "nach":
        return _OURS.isdisjoint(sentence.words(k - 1, k))
    if word in _SHOWN and (word != "data" or after in ("from", "by") or tokens.text[k - 1][:1].isupper()):
        return after in ("show", "shows", "showed", "suggest", "suggests", "suggested", "indicate") or (
            after in ("from", "by", ".") and any(n.of(NameKind.DATA, NameKind.HOUSE) for n in sentence.names)
        )
    if word == "reports" and after == "that":
        return sentence.words(k - 1, k) in (("on",), ("after",), ("amid",))
    if word in ("by", "on") and _is_reckoning(sentence, k):
        return True
    if word == "in" and after in _THEIRS and sentence.words(k + 2, k + 3) == ("view",):
        return True
    if word == "in" and k + 4 < sentence.last:
        return "view" in sentence.words(k + 2, k + 6) and "'" in sentence.tokens.text[k + 1 : k + 5]
    return word in ("errechnet", "berechnet") and after in ("hat", "hatte", "haben")


def _is_reckoning(sentence: Sentence, k: int) -> bool:
    """`By its reckoning`, `on Bloomberg's count`, `by Black Box Intelligence's count`: whose number it is."""
    near = sentence.words(k + 1, k + 8)
    at = next((j for j, word in enumerate(near) if word in _RECKONINGS), None)
    if at is None or not at or {",", "of", "in"} & set(near[:at]):
        return False
    return near[at - 1] in _THEIRS or "'" in near[max(0, at - 2) : at]


_RECKONINGS = frozenset(
    ("reckoning", "count", "tally", "calculations", "estimates", "estimation", "numbers", "telling")
)
_THEIRS = frozenset(("its", "his", "her", "their"))


def _teller(sentence: Sentence) -> str | None:
    """`Presse:`, `Insider:` before what they tell, behind a time of day at most."""
    tokens = sentence.tokens
    for k in range(sentence.first, min(sentence.first + 5, sentence.last - 1)):
        if tokens.lower[k] in _TELLERS and tokens.text[k + 1] == ":":
            return tokens.text[k]
    return None


def _source(sentence: Sentence, says: list[int], laut: list[int]) -> str | None:
    tokens = sentence.tokens
    for k in (k + (tokens.lower[k] == "according") for k in laut):
        found = person(sentence, k, min(k + 10, sentence.last)) or capitals(sentence, k + 1, min(k + 6, sentence.last))
        if found is not None and tokens.lower[found[0]] not in ("the", "der", "die"):
            return joined(sentence, *found)
        name = next((n for n in sentence.names if k < n.first <= k + 5), None)
        if name is not None:
            return name.names[0].name
        if tokens.kind[k + 1] == WORD and tokens.text[k + 1][:1].isupper() and tokens.lower[k + 1] not in _NO_SOURCE:
            return tokens.text[k + 1]
    found = person(sentence, sentence.first, sentence.last)
    if found is not None:
        return joined(sentence, *found)
    for k in says:
        found = capitals(sentence, k + 1, min(k + 5, sentence.last))
        if found is not None:
            return joined(sentence, *found)
        first = k - 3
        if first >= sentence.first:
            for start in range(first, k - 1):
                found = capitals(sentence, start, k)
                if found is not None and found[1] == k:
                    return joined(sentence, *found)
    return house_in(sentence)


_NO_SOURCE = frozenset(
    ("angaben", "konsens", "daten", "informationen", "berechnungen", "einschätzung", "ansicht", "pflichtmitteilung")
)


def quotations(sentence: Sentence) -> list[tuple[int, int]]:
    """Token stretches within double quotes, of four words or more."""
    tokens, out, opened = sentence.tokens, [], -1
    for k in range(sentence.first, sentence.last):
        if tokens.text[k] != '"':
            continue
        if opened < 0:
            opened = k
            continue
        words = sum(1 for j in range(opened + 1, k) if tokens.kind[j] == WORD)
        if words >= 3 or (words >= 1 and sentence.is_question is False and k - opened <= 3 and words >= 2):
            out.append((opened, k + 1))
        opened = -1
    if opened >= 0 and sentence.last - opened >= 5:
        out.append((opened, sentence.last))
    return out
