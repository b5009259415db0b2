"""Ratings, their changes and the consensus: a house's word, from which to which, by whom."""

from __future__ import annotations

import re
from itertools import pairwise

from rerating.factcheck.claim import ClaimValue
from rerating.factcheck.extraction.claims.phrasings import on_one_line, tokens_of
from rerating.factcheck.extraction.figures.draft import Draft
from rerating.factcheck.extraction.text.article import Article, Figure, Sentence
from rerating.factcheck.extraction.text.gazetteer import NameKind
from rerating.factcheck.extraction.text.lexicon import word_set
from rerating.factcheck.extraction.voices.dating import Dated, dated
from rerating.factcheck.extraction.voices.speech import Voice, data_in, house_in
from rerating.factcheck.extraction.whom.deals.valued import valued
from rerating.factcheck.extraction.whom.focus.subjects import Subjects, as_subject
from rerating.language.rating_words import RatingWord, rating

_UP = word_set("ratings", "up")
_DOWN = word_set("ratings", "down")
_KEPT = word_set("ratings", "kept")
_CONSENSUS = word_set("ratings", "consensus")
_RATING_NOUNS = word_set("ratings", "rating_nouns")


def _value(figure: Figure, role: str) -> ClaimValue:
    word = figure.mention.text.strip("\"'„“”‚‘’«»")
    return ClaimValue(value=word, unit="rating", role=role)


def rating_drafts(article: Article, known: Subjects, sentence: Sentence, speaker: Voice) -> list[Draft]:
    """Claims of kind rating, rating_change and consensus_rating of a sentence."""
    figures = [f for f in sentence.figures if f.mention.unit == "rating" and not _is_verb(sentence, f)]
    single = _single(known, sentence, speaker)
    figures = [f for f in figures if not any(d.first <= f.first < d.last for d in single)]
    advised = _advised(known, sentence, speaker, figures)
    out = single + [d for d in advised if not any(d.first < s.last and s.first < d.last for s in single)]
    if not figures:
        return out
    k = 0
    while k < len(figures):
        group = [figures[k]]
        if k + 1 < len(figures) and _are_pair(sentence, figures[k], figures[k + 1]):
            group.append(figures[k + 1])
        k += len(group)
        out.append(_draft(article, known, sentence, speaker, group))
    return out


def _is_verb(sentence: Sentence, figure: Figure) -> bool:
    """`Kaufen, halten oder verkaufen?`, `21 raten zum Kauf`: words of a question or of a count, no rating."""
    if sentence.is_question:
        return True
    low = sentence.tokens.lower[figure.first]
    text = sentence.tokens.text[figure.first]
    quoted = sentence.tokens.text[figure.first - 1] in "\"'" and figure.first > sentence.first
    counted = any(
        (other.mention.unit == "count" or other.mention.text.lower().endswith("mal"))
        and other.last <= figure.first
        and figure.first - other.last <= 10
        and sentence.cost(other.last, figure.first) < 0.9
        for other in sentence.figures
    )
    is_count = any(
        (other.mention.noun or "").lower() in _COUNTERS for other in sentence.figures if other.last <= figure.first
    )
    if quoted and not (counted and is_count):
        return False
    if not _CONSENSUS.isdisjoint(sentence.words(figure.first - 3, figure.first)) and low != text:
        return False
    if low in _UNMISTAKABLE:
        return False
    after = sentence.words(figure.last, figure.last + 2)
    is_kind = bool(after) and after[0] in ("-", "ratings", "recommendations") and "rating" not in after
    if counted or is_kind:
        return True
    return low == text and not article_like(sentence, figure)


_UNMISTAKABLE = frozenset(("top", "conviction"))
"""First words of ratings that are nothing else: `names it his top pick`."""
_NOBODY = frozenset(("keiner", "niemand", "keine", "none", "nobody"))
_COUNTERS = frozenset(
    ("analysten", "analyst", "analysts", "experten", "häuser", "häusern", "banken", "brokers", "brokerages", "firms")
)


def article_like(sentence: Sentence, figure: Figure) -> bool:
    """Whether a small-letter rating word stands where a rating stands: `a "hold" rating`, `on hold`."""
    after = sentence.words(figure.last, figure.last + 2)
    if bool(after) and not _CALLS.isdisjoint(after[:1]):
        return True
    before = sentence.words(figure.first - 9, figure.first)
    closes = not after or after[0] in _AFTER_RATING
    is_spoken = bool(sentence.houses) or not _RATING_NOUNS.isdisjoint(before)
    return (
        is_spoken
        and closes
        and before[-1:] in (("to",), ("from",), ("at",), ("as",))
        and bool((_UP | _DOWN | _KEPT | _RATING_NOUNS) & set(before))
    )


_CALLS = frozenset(("rating", "recommendation", "call", "stance", "view", "opinion", "advice"))
_AFTER_RATING = frozenset(
    (".", ",", ";", ")", "from", "and", "with", "on", "after", "citing", "because", "amid", "following", "but", "while")
)


_COUNTED_BY = {"s": "sell_ratings", "v": "sell_ratings", "h": "hold_ratings"}
_ADVICE = re.compile(
    r"\b(?:rät|rate|raten|rieten?|empfiehlt|empfehle|empfehlen|plädier(?:t|e|en)|votiert)\b[^.;!?]{0,60}?\b(?:zum|zu) "
    r"(kauf|einstieg|halten|verkauf|ausstieg|zukauf|nachkauf|kaufen|verkaufen|gewinnmitnahmen)\b"
    r"|\bist (?:für \w+ )?(?:eine?n? )?(halteposition|klarer kauf|kauf|verkauf)\b(?=[^\w]*$)"
    r"|\b(?:we|i)(?:['’]d| would| recommend to|['’]m a| am a)(?: be)?(?: a)? (buyer|holder|seller|buy|hold|sell)s?\b"
    r"|\b(?:stick(?:s|ing)? (?:with|to)|stuck (?:with|to)|ke(?:eps?|pt)|maintain(?:s|ed)|reiterat(?:es|ed)"
    r"|repeat(?:s|ed)|retain(?:s|ed)|has|have|had|with|slapp?(?:s|ed)|start(?:s|ed)|initiat(?:es|ed))"
    r" (?:coverage (?:with|at) )?(?:his|her|its|their|an?|the) (strong[ -]buy|buy|hold|sell|neutral"
    r"|(?:out|under)perform|(?:over|under)weight) (?:rating|recommendation|call|stance|advice|view|opinion)\b"
    r"|\brates? (?:the )?[\w'’& ]{2,28}? (?:an? |at |as an? )?(buy|hold|sell|neutral|outperform|underperform)\b(?!-)"
    r"|\bsays? \"?(buy|hold|sell)\"?(?= (?:and|but|with|on)\b|[,.;)]|$)"
    r"|\bcall(?:s|ed)? (?:it|them|the (?:stock|shares)) (?:an? |still an? )?\"?(buy|hold|sell|market perform|outperform"
    r"|underperform|neutral|overweight|underweight)\b(?!-)"
    r"|\b(?:recommend(?:s|ed)?|advis(?:es?|ed)) (?:\w+ )?(buying|holding|selling)\b"
    r"|\bempf(?:iehlt|ehlen|ahl) (?:den|die|einen) (?:raschen |weiteren )?(kauf|verkauf|einstieg|ausstieg|zukauf)\b"
    r"|\b(?:verdict|bottom line|our take|our call|conclusion|recommendation)\b[^.;!?:]{0,25}: "
    r"(?:[\w'’& ]{2,28}? is (?:still )?)?(?:an? )?(buy|hold|sell)\b"
    r"|\b(?:fazit|rat|urteil|empfehlung|votum|meinung)\b[^.;!?:]{0,25}: (?:[\w& -]{2,28}?[:–-] ?)?"
    r"(kaufen|halten|verkaufen|finger weg|abwarten|beobachten|zugreifen|einsteigen)\b",
    re.IGNORECASE,
)


def _advised(known: Subjects, sentence: Sentence, speaker: Voice, figures: list[Figure]) -> list[Draft]:
    """Advice in whole words: `rät zum Kauf`, `ist eine Halteposition`, `we'd hold`."""
    if sentence.is_question:
        return []
    words = on_one_line(sentence)
    out = []
    for match in _ADVICE.finditer(words):
        first, last = tokens_of(sentence, match)
        is_none = not _NOBODY.isdisjoint(sentence.words(first - 2, first)) or _is_count(sentence, first, last)
        if is_none or any(f.first < last and first < f.last for f in figures):
            continue
        word = next(group for group in match.groups() if group)
        is_majority = "mehrheit" in sentence.words(first - 3, first)
        is_new = _has_turned(sentence, first, last)
        kind = "consensus_rating" if is_majority else "rating_change" if is_new else "rating"
        out.append(
            Draft(
                sentence=sentence,
                first=first,
                last=last,
                span=sentence.text.span(first, last),
                kind=kind,
                metric="rating" if is_new else kind,
                values=(ClaimValue(value=word, unit="rating", role="to" if is_new else "value"),),
                subject=as_subject(known.of(sentence, None, first=first)),
                voice=speaker,
                source=house_in(sentence, first) or speaker.source,
            )
        )
    return out


def _has_turned(sentence: Sentence, first: int, last: int) -> bool:
    """`rät nicht mehr zum Kauf`, `no longer recommends buying`, `empfiehlt nun den Kauf`: advice that was another."""
    words = sentence.words(first - 3, last)
    return not _TURNED.isdisjoint(words) or any(pair in _NO_MORE for pair in pairwise(words))


_TURNED = frozenset(("nun", "jetzt", "nunmehr", "neuerdings", "now"))
_NO_MORE = frozenset((("nicht", "mehr"), ("nicht", "länger"), ("no", "longer")))


def _is_count(sentence: Sentence, first: int, last: int) -> bool:
    """`zwei raten zum Ausstieg`, `empfehlen 13 die Aktie zum Kauf`: advice that a number of houses gives."""
    return any(
        figure.mention.unit == "count"
        and (
            first < figure.first < last or (0 <= first - figure.last <= 9 and sentence.cost(figure.last, first) <= 2.2)
        )
        for figure in sentence.figures
    )


_ONE = re.compile(
    r"(?<!not )\b(?:(?:just |only )?one (?:analyst |broker |research analyst |investment analyst )?"
    r"(?:has|says?|rates?|recommends?|calls?)|einer(?= (?-i:[a-zäöü]))|eine[rs]? \w{0,12}analysten?)\b"
    r"[^.;!?,–—\d]{0,45}?\b"
    r"(strong[ -]buy|buy|buying|hold|holding|sell|selling|kauf|kaufen|halten|verkauf|verkaufen)\b(?: rating)?",
    re.IGNORECASE,
)


def _single(known: Subjects, sentence: Sentence, speaker: Voice) -> list[Draft]:
    """`one has given a Sell rating`, `einer rät zum Verkauf`: a count of one that no figure shows."""
    words = on_one_line(sentence)
    out = []
    for match in _ONE.finditer(words):
        first, last = tokens_of(sentence, match)
        if sentence.words(first - 1, first) in _LEADING:
            continue
        word = match.group(1).lower()
        metric = _COUNTED_BY.get(word[0] if not word.startswith("strong") else "b", "buy_ratings")
        out.append(
            Draft(
                sentence=sentence,
                first=first,
                last=last,
                span=sentence.text.span(first, last),
                kind="rating_count",
                metric=metric,
                values=(ClaimValue(value=1, unit="count", step=1.0),),
                comparator="exact",
                subject=as_subject(known.of(sentence, None, first=first)),
                voice=speaker,
                source=data_in(sentence),
            )
        )
    return out


_LEADING = tuple((word,) for word in ("in", "nach", "vor", "seit", "von", "mit", "bei", "aus", "zu", "binnen"))
"""Behind them `einer` is an article: `nach einer starken Woche kaufen`."""


def _are_pair(sentence: Sentence, one: Figure, other: Figure) -> bool:
    between = sentence.words(one.last, other.first)
    joined = {"auf", "to", "nach", "from", "(", "wurde", "wird", "becomes", "became"} | _FORMERLY
    before = sentence.words(one.first - 3, one.first)
    is_after = "nach" in before and not {"nun", "jetzt"}.isdisjoint(between)
    is_made = "aus" in before and not _ARTICLES.isdisjoint(between) and len(between) <= 5
    is_next = len(between) <= 7 and "target" not in between and not _houses_between(sentence, one, other)
    return is_next and (is_after or is_made or _is_in_place(sentence, one) or bool(joined & set(between)))


_ARTICLES = frozenset(("ein", "eine", "einen"))
"""`aus einem "Hold" ein "Buy" gemacht`."""


def _is_in_place(sentence: Sentence, one: Figure) -> bool:
    """`statt "Halten" nur noch "Verkaufen"`: the former one first."""
    return not _INSTEAD.isdisjoint(sentence.words(one.first - 3, one.first))


_INSTEAD = frozenset(("statt", "anstatt", "anstelle"))


def _houses_between(sentence: Sentence, one: Figure, other: Figure) -> bool:
    return any(one.last <= first < other.first for first in sentence.houses)


_FORMERLY = frozenset(
    ("von", "zuvor", "bisher", "bislang", "vorher", "statt", "anstatt", "after", "previously", "formerly", "instead")
)


def _draft(
    article: Article,
    known: Subjects,
    sentence: Sentence,
    speaker: Voice,
    group: list[Figure],
) -> Draft:
    first, last = group[0].first, group[-1].last
    lead = set(sentence.words(first - 10, first)) | set(sentence.words(last, last + 6))
    is_consensus = (
        bool(_CONSENSUS & (set(sentence.words(first - 13, first)) | set(sentence.words(last, last + 3))))
        and len(group) == 1
    )
    is_change = len(group) == 2 or _is_change(sentence, group[0]) or _is_withdrawn(sentence, group[0])
    kind, metric = "rating", "rating"
    direction: str | None = None
    values: tuple[ClaimValue, ...]
    if is_consensus:
        kind = metric = "consensus_rating"
        values = (_value(group[0], "value"),)
    elif is_change:
        kind = "rating_change"
        values = _change(sentence, group)
        direction = _way(values, lead)
    else:
        values = (_value(group[0], "value"),)
    text = sentence.text
    asset = known.of(sentence, None, first=first)
    if asset is not None and asset.kind is not NameKind.COMPANY and known.main is not None:
        asset = known.main if known.main.kind is NameKind.COMPANY else asset
    asset = valued(known, sentence, first, kind, asset) if asset is not None else None
    draft = Draft(
        sentence=sentence,
        first=first,
        last=last,
        span=text.span(first, last),
        kind=kind,
        metric=metric,
        values=values,
        direction=direction,
        subject=as_subject(asset),
        voice=speaker,
    )
    draft.source = (data_in(sentence) if is_consensus else None) or house_in(sentence, first) or data_in(sentence)
    draft.dated = dated(article, sentence, (first, last), kind, metric) if is_change else Dated()
    return draft


def _is_change(sentence: Sentence, figure: Figure) -> bool:
    """Whether a single word is what a rating became or was: a verb of change before it or behind it in its clause."""
    before = sentence.words(figure.first - 12, figure.first)
    after = sentence.words(figure.last, figure.last + 5)
    if _KEPT & (set(before[-9:]) | set(after[:3])):
        return False
    clause = {*before, *sentence.words(figure.last, figure.last + 8)}
    if clause & {"stuft", "stufte", "stufen", "eingestuft"} and not clause & {
        "ab",
        "herab",
        "zurück",
        "hoch",
        "herauf",
    }:
        return False
    joined = set(before[-3:]) & {"auf", "to", "von", "from", "mit", "als"}
    moves = any(
        sentence.tokens.lower[k] in _UP | _DOWN and sentence.cost(k, figure.first) <= 1.4
        for k in range(max(sentence.first, figure.first - 14), min(sentence.last, figure.last + 5))
    )
    removed = {"gestrichen", "removed", "withdrawn", "kassiert", "aufgehoben"} & set(after)
    is_dropped = not _DROPS.isdisjoint(before[-4:]) and not _OWN.isdisjoint(before[-3:])
    is_set = "auf" in before[-3:] and {"gesetzt", "genommen"} & set(after)
    is_new = not _NOW.isdisjoint(before[-5:]) and not _RATES.isdisjoint(before[-7:])
    is_moved = bool(joined) and not _CHANGED.isdisjoint(before[-4:])
    return (bool(joined) and moves) or bool(removed) or is_dropped or bool(is_set) or is_new or is_moved


def _is_withdrawn(sentence: Sentence, figure: Figure) -> bool:
    """`kassiert ihre Kaufempfehlung`, `rückt von seiner Kaufempfehlung ab`: advice that its house takes back."""
    if not figure.mention.text.lower().endswith(_ADVICE_ENDS):
        return False
    near = [
        sentence.tokens.lower[k]
        for k in range(max(sentence.first, figure.first - 10), min(sentence.last, figure.last + 6))
        if sentence.cost(min(k, figure.first), max(k, figure.first)) < 0.6
    ]
    is_parted = any(not verbs.isdisjoint(near) and not ends.isdisjoint(near) for verbs, ends in _TAKES_BACK)
    return is_parted or not _DROPS.isdisjoint(near)


_ADVICE_ENDS = ("empfehlung", "votum", "urteil")
_TAKES_BACK = (
    (frozenset(("zieht", "zog", "nimmt", "nahm", "ziehen", "nehmen")), frozenset(("zurück",))),
    (frozenset(("gibt", "gab", "geben", "gaben")), frozenset(("auf",))),
    (frozenset(("rückt", "rückte", "weicht", "wich")), frozenset(("ab",))),
)
_DROPS = word_set("ratings", "drops")
_OWN = frozenset(("its", "his", "her", "their", "the", "a", "an", "sein", "seine", "ihr", "ihre", "das", "die"))
"""`pulled its Outperform rating`, `streicht sein "Buy"-Votum`."""
_NOW = frozenset(("now", "nun", "jetzt", "nunmehr"))
_RATES = frozenset(("rates", "rated", "urteil", "votum", "einstufung", "rating", "lautet"))
_CHANGED = frozenset(
    ("went", "moved", "goes", "moves", "switched", "switches", "shifted", "steps", "wechselt", "wechselte")
)


def _change(sentence: Sentence, group: list[Figure]) -> tuple[ClaimValue, ...]:
    if len(group) == 1:
        before = sentence.words(group[0].first - 3, group[0].first)
        after = set(sentence.words(group[0].last, group[0].last + 3))
        removed = bool(after & {"gestrichen", "removed", "withdrawn"}) or _is_withdrawn(sentence, group[0])
        is_left = removed or not _DROPS.isdisjoint(sentence.words(group[0].first - 4, group[0].first))
        role = "from" if (is_left or "from" in before or "von" in before) else "to"
        return (_value(group[0], role),)
    first_lead = sentence.words(group[0].first - 3, group[0].first)
    between = set(sentence.words(group[0].last, group[1].first))
    is_led = bool({"from", "von", "nach"} & set(first_lead)) or _is_in_place(sentence, group[0])
    is_back = bool(between & (_FORMERLY - {"von"})) or bool({"to", "auf", "mit", "neu"} & set(first_lead))
    reversed_ = is_back and not is_led
    roles = ("to", "from") if reversed_ else ("from", "to")
    return tuple(_value(figure, role) for figure, role in zip(group, roles, strict=True))


def _way(values: tuple[ClaimValue, ...], lead: set[str]) -> str | None:
    codes = {value.role: rating(str(value.value)) for value in values}
    before, after = codes.get("from"), codes.get("to")
    if isinstance(before, RatingWord) and isinstance(after, RatingWord):
        one, two = before.code.notches_from_hold, after.code.notches_from_hold
        if one != two:
            return "up" if two > one else "down"
    if lead & _UP and not lead & _DOWN:
        return "up"
    return "down" if lead & _DOWN else None
