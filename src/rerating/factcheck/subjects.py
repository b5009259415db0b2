"""Whom a claim is about: the asset that its clause names, else the one that the text is about at that place.

Names that can be a house or a company are houses where ratings and targets are spoken of. A name that is an ordinary
word counts only where a mark beside it (X-Aktie, shares of X, a ticker) or the title has made it a company's.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field

from rerating.factcheck.article import Article, Figure, Sentence
from rerating.factcheck.claim import Subject
from rerating.factcheck.layout import BlockRole
from rerating.factcheck.lexicon import word_set
from rerating.factcheck.names import ASSETS, Name, Named, NameKind, by_ticker, marked_names, printed_ticker, titled_name
from rerating.language.reading import MentionKind
from rerating.language.reading.tokens import Tokens

_COMPANIES = (NameKind.COMPANY,)
_RATING_FAMILIES = frozenset(("price_target", "counts", "upside"))
_BESIDE = word_set("subjects", "beside")


_COMPARED = word_set("subjects", "compared")
_WITHIN = frozenset(["im", "in", "aus", "of", "des", "vom"])
_NO_NOUNS = word_set("subjects", "no_nouns")


@dataclass(frozen=True, slots=True)
class Place:
    """A name in a sentence, with its meaning there. `is_noun`: a noun such as `der Konzern` stands for it."""

    first: int
    last: int
    name: Name
    is_noun: bool = False


@dataclass(slots=True)
class Subjects:
    """The assets of an article: the main one, those of each sentence, and the one in focus at each."""

    main: Name | None
    places: dict[int, list[Place]] = field(default_factory=dict)
    focus: dict[int, Name | None] = field(default_factory=dict)
    last_index: dict[int, Name | None] = field(default_factory=dict)
    institution: dict[int, Name | None] = field(default_factory=dict)
    houses: dict[int, list[Place]] = field(default_factory=dict)
    acted: set[int] = field(default_factory=set)
    """Sentences in whose block an institution has been named by then."""

    def acts_in(self, sentence: Sentence) -> bool:
        """Whether an institution has been named in the sentence's block by then."""
        return sentence.number in self.acted

    def of(self, sentence: Sentence, figure: Figure | None, *, first: int | None = None) -> Name | None:
        """The asset that a figure (or the words at token `first`) belongs to."""
        at = figure.first if figure else (first if first is not None else sentence.first)
        if figure is not None:
            pair = currency_pair(sentence, figure, self.places.get(sentence.number, []))
            if pair is not None:
                return pair
        places = self.places.get(sentence.number, [])
        if not places:
            return self._described(sentence, at)
        best: tuple[float, Place] | None = None
        for place in places:
            is_before = place.last <= at
            cost = sentence.cost(place.last, at) if is_before else sentence.cost(at, place.first)
            gap = at - place.last if is_before else place.first - at
            rank = 2.2 * cost + 0.12 * gap + (0.0 if is_before else 2.5)
            rank += _oblique(sentence, place, at, is_before=is_before)
            if best is None or rank < best[0]:
                best = (rank, place)
        assert best is not None
        described = self._index_noun(sentence, at)
        if described is not None:
            return described
        if (
            figure is not None
            and figure.mention.kind is MentionKind.INDEX_POINTS
            and best[1].name.kind is not NameKind.INDEX
        ):
            return self._nearest_index(sentence, at) or best[1].name
        return best[1].name if best[0] < _FOCUS_RANK else self._described(sentence, at)

    def _nearest_index(self, sentence: Sentence, at: int) -> Name | None:
        named = [(at - n.last, n.of(NameKind.INDEX)) for n in sentence.names if n.last <= at and n.of(NameKind.INDEX)]
        return min(named, key=lambda each: each[0])[1] if named else self.last_index.get(sentence.number)

    def _described(self, sentence: Sentence, at: int) -> Name | None:
        described = self._index_noun(sentence, at)
        return described or self.focus.get(sentence.number) or self.main

    def _index_noun(self, sentence: Sentence, at: int) -> Name | None:
        """The last index that was named, where the clause speaks of `der Leitindex`, `the index`."""
        for cue in sentence.cues:
            if cue.family == "index" and cue.last <= at and sentence.cost(cue.last, at) <= 0.7 and at - cue.last <= 12:
                word = sentence.tokens.lower[cue.first]
                if word in ("leitindex", "börsenbarometer", "index", "barometer", "gauge", "marktbarometer", "blue"):
                    inside = any(p.first <= cue.first < p.last for p in self.places.get(sentence.number, []))
                    nearer = any(
                        cue.last <= p.first < at and p.name.kind is NameKind.COMPANY
                        for p in self.places.get(sentence.number, [])
                    )
                    if not inside and not nearer:
                        return self.last_index.get(sentence.number)
        return None


_FOCUS_RANK = 7.0
"""Beyond this rank a name of the sentence is too far from the figure: the text's focus counts."""


def _oblique(sentence: Sentence, place: Place, at: int, *, is_before: bool) -> float:
    """How little a name looks like the subject: behind `bei`, `than`, `a discount to`; in English behind the figure."""
    tokens, cost = sentence.tokens, 0.0
    lead = tokens.lower[place.first - 1] if place.first > sentence.first else ""
    if place.name.kind is NameKind.INDEX and _is_compared(sentence, place):
        cost += 6.0
    if is_before:
        if lead in _BESIDE and at - place.last > 6:
            cost += 2.0
        if lead in ("to", "zu") and tokens.lower[place.first - 2] in ("discount", "premium", "abschlag", "aufschlag"):
            cost += 8.0
        if _is_aside(sentence, place, at):
            cost += 6.0
        return cost
    if place.is_noun:
        return cost
    if tokens.lower[place.last] == ":" or (lead == "bei" and any(f.first >= place.last for f in sentence.figures)):
        cost += 6.0
    if sentence.text.is_english and not (lead in ("for", "at", "in") and place.first - at <= 8):
        cost += 5.0
    return cost


_RELATIVES = word_set("subjects", "relatives")


def _is_aside(sentence: Sentence, place: Place, at: int) -> bool:
    """Whether a name stands in a relative clause that is over: `TSMC, whose customers include Apple, will report`."""
    tokens = sentence.tokens
    if "," not in tokens.text[place.last : at]:
        return False
    for k in range(place.first - 1, max(sentence.first, place.first - 12), -1):
        if tokens.text[k] == ",":
            return tokens.lower[k + 1] in _RELATIVES or tokens.lower[k + 2] in _RELATIVES
    return False


def as_subject(name: Name | None, venue: str | None = None) -> Subject:
    """The contract's subject of a name."""
    return Subject() if name is None else Subject(name=name.name, ticker=name.ticker, venue=venue)


def subjects(article: Article) -> Subjects:
    """All assets of an article, sentence by sentence."""
    marked = _marked(article)
    if not marked and not _is_about_known(article):
        marked = _titled(article)
    tongue = "en" if article.is_english else "de"
    places = {s.number: _places(s, marked) for s in article.sentences}
    titles = [s for s in article.sentences if s.role is BlockRole.TITLE][:3]
    trusted = set(marked) | {
        " ".join(_spelling(s.tokens, p.first, p.last))
        for s in titles
        for p in places[s.number]
        if tongue in p.name.ambiguous_in
    }
    for sentence in article.sentences:
        places[sentence.number] = [
            p
            for p in places[sentence.number]
            if tongue not in p.name.ambiguous_in or " ".join(_spelling(sentence.tokens, p.first, p.last)) in trusted
        ]
    main = _main(article, places)
    result = Subjects(main)
    focus = section = main
    company = main if main and main.kind is NameKind.COMPANY else None
    last_index: Name | None = main if main and main.kind is NameKind.INDEX else None
    institution: Name | None = None
    block = acting = None
    for sentence in article.sentences:
        here = places[sentence.number]
        houses = [p for p in here if p.name.kind is NameKind.COMPANY and _is_house(sentence, p, main)]
        result.houses[sentence.number] = houses
        taken = {p.first for p in here} - {p.first for p in houses}
        sentence.houses = {n.first for n in sentence.names if n.of(NameKind.HOUSE) and n.first not in taken}
        kept = [p for p in here if p not in houses and not _is_location(sentence, p, here, company)]
        if sentence.text.block is not block:
            block = sentence.text.block
            if sentence.role is BlockRole.HEADING:
                section = next((p.name for p in kept if p.name.kind is NameKind.COMPANY), main)
            if sentence.role in (BlockRole.PARAGRAPH, BlockRole.HEADING) and not _goes_on(sentence):
                focus = section or focus
                company = focus if focus and focus.kind is NameKind.COMPANY else company
        if kept:
            focus = _topic(sentence, kept, focus)
        last_index = next((p.name for p in reversed(here) if p.name.kind is NameKind.INDEX), last_index)
        nouns = _nouns(sentence, kept, company)
        if focus is not None and focus.kind is NameKind.COMPANY:
            company = focus
        result.places[sentence.number] = sorted([*kept, *nouns], key=lambda place: place.first)
        for named in sentence.names:
            found = named.of(NameKind.INSTITUTION)
            if found is not None:
                institution, acting = found, sentence.text.block
        result.focus[sentence.number] = focus
        result.last_index[sentence.number] = last_index
        result.institution[sentence.number] = institution
        if acting is not None and acting is sentence.text.block:
            result.acted.add(sentence.number)
    return result


def _is_compared(sentence: Sentence, place: Place) -> bool:
    return not _COMPARED.isdisjoint(sentence.words(place.first - 3, place.first))


_MEMBERS = frozenset(
    (w,)
    for w in (
        "leaderboard",
        "members",
        "member",
        "constituents",
        "constituent",
        "stocks",
        "company",
        "group",
        "firm",
        "listed",
    )
)


def _is_location(sentence: Sentence, place: Place, here: list[Place], company: Name | None) -> bool:
    """Whether an index is but where a share is listed: `im TecDax`, `DAX-Konzern`."""
    if place.name.kind is not NameKind.INDEX or (company is None and len(here) == 1):
        return False
    tokens = sentence.tokens
    after = sentence.words(place.last, place.last + 2)
    if after[:1] == ("-",) and after[1:] not in (("index",), ("stand",), ("future",)) and tokens.glued[place.last]:
        return True
    if after[:1] in _MEMBERS:
        return True
    if after in ((",", "der"), (",", "which"), (",", "die")):
        return False
    before = sentence.words(place.first - 2, place.first)
    return bool(before) and (before[-1] in _WITHIN or (before[-1] in ("the", "dem") and before[0] in _WITHIN))


def _nouns(sentence: Sentence, kept: list[Place], company: Name | None) -> list[Place]:
    """Nouns that stand for the company that the text is about: der Konzern, das Papier, the stock."""
    out: list[Place] = []
    for cue in sentence.cues:
        if cue.family not in ("papers", "company_noun") or sentence.tokens.lower[cue.first] in _NO_NOUNS:
            continue
        kinds = (NameKind.COMPANY, NameKind.BOND) if cue.family == "papers" else (NameKind.COMPANY,)
        named = [p for p in kept if p.last <= cue.first and p.name.kind in kinds]
        name = named[-1].name if named else company
        before = sentence.words(cue.first - 1, cue.first)
        if name is None or before[:1] in (("eine",), ("ein",), ("a",), ("andere",), ("other",), ("einer",), ("einem",)):
            continue
        following = next((p for p in kept if cue.last <= p.first <= cue.last + 2), None)
        out.append(Place(cue.first, cue.last, following.name if following else name, True))
    return out


_RANK = {"EUR": 0, "GBP": 1, "AUD": 2, "USD": 3}
_PAIR_SYMBOLS = {("USD", "JPY"): "JPY=X", ("USD", "CNY"): "CNY=X", ("USD", "CHF"): "CHF=X", ("USD", "CAD"): "CAD=X"}


def currency_pair(sentence: Sentence, figure: Figure, places: list[Place]) -> Name | None:
    """The pair of an exchange rate: a currency that is no unit, with its price in another one."""
    mention = figure.mention
    if mention.unit not in ("money", "count", "percent") or any(abs(v.value) > 2e5 for v in mention.values):
        return None
    named: list[tuple[int, str]] = []
    for each in sentence.names:
        currency = each.of(NameKind.CURRENCY)
        inside = any(
            (f.first <= each.first < f.last and f is not figure and not _is_one(f))
            or (f is figure and f.first <= each.first < f.last)
            for f in sentence.figures
            if f.mention.unit is not None
        )
        if currency is None or inside or sentence.cost(each.first, figure.first) > 2.4:
            continue
        between = (p for p in places if min(each.first, figure.first) <= p.first < max(each.first, figure.first))
        if any(p.name.kind is not NameKind.CURRENCY for p in between):
            continue
        named.append((each.first, currency.name))
    codes = list(dict.fromkeys(code for _, code in named))
    if mention.unit == "money" and mention.currency and mention.currency not in codes and codes:
        return _pair(codes[0], mention.currency)
    others = [code for code in codes if code != mention.currency]
    if mention.unit == "money" and others and _is_priced_one(sentence, figure):
        return _pair(others[-1], str(mention.currency))
    if len(codes) >= 2 and mention.unit == "count":
        return _pair(codes[0], codes[1])
    if mention.unit == "percent" and len(codes) == 1 and named[0][0] - sentence.first <= 2:
        other = next((f.mention.currency for f in sentence.figures if f.mention.currency not in (None, codes[0])), None)
        return _pair(codes[0], other) if other else None
    return None


def _is_priced_one(sentence: Sentence, figure: Figure) -> bool:
    """Whether one unit of a currency stands before the figure: `ein Dollar kostete zuletzt 0,7985 Franken`."""
    return any(
        f.mention.unit == "money"
        and _is_one(f)
        and f.last <= figure.first
        and sentence.cost(f.last, figure.first) < 1.0
        for f in sentence.figures
    )


def _is_one(figure: Figure) -> bool:
    """`Ein US-Dollar`, whose price follows."""
    return len(figure.mention.values) == 1 and figure.mention.values[0].value == 1


def _pair(one: str, other: str) -> Name:
    base, quote = sorted((one, other), key=lambda code: _RANK.get(code, 9))
    symbol = _PAIR_SYMBOLS.get((base, quote), f"{base}{quote}=X")
    return Name(NameKind.CURRENCY, f"{base}/{quote}", symbol, None, quote)


def _goes_on(sentence: Sentence) -> bool:
    return sentence.words(sentence.first, sentence.first + 1)[:1] in (("er",), ("sie",), ("he",), ("she",))


def _topic(sentence: Sentence, places: list[Place], focus: Name | None) -> Name | None:
    """The asset that the next sentences go on about: the first one named, unless it stands behind `bei` or `than`."""
    for place in places:
        if place.name.kind not in (NameKind.COMPANY, NameKind.INDEX, NameKind.CRYPTO):
            continue
        if (
            place.first > sentence.first
            and sentence.tokens.lower[place.first - 1] in _BESIDE
            and place is not places[0]
        ):
            continue
        lead = sentence.tokens.lower[place.first - 1] if place.first > sentence.first else ""
        if focus is not None and (place.first - sentence.first > 9 or lead in _OBLIQUE):
            return focus
        return place.name
    return focus


_OBLIQUE = frozenset(("from", "by", "durch", "gegen", "with", "to", "than", "like", "wie", "against"))


def _is_house(sentence: Sentence, place: Place, main: Name | None) -> bool:
    """Whether a bank's name stands for its analysts: ratings or targets in the sentence, and it is not the subject."""
    if main is not None and place.name.name == main.name:
        return False
    named = next((n for n in sentence.names if n.first == place.first), None)
    if named is None:
        return False
    if named.of(NameKind.DATA) is not None:
        return True
    if named.of(NameKind.HOUSE) is None or sentence.role is BlockRole.ROW:
        return False
    if not any(f.mention.unit in ("percent", "money") for f in sentence.figures):
        return True
    if any(topic.family in _RATING_FAMILIES or topic.key == "fair_value" for topic in sentence.topics):
        return True
    if any(figure.mention.unit == "rating" for figure in sentence.figures):
        return True
    return any(cue.family == "house" and not (place.first <= cue.first < place.last) for cue in sentence.cues)


def _spelling(tokens: Tokens, first: int, last: int) -> list[str]:
    words = list(tokens.text[first:last])
    if words and words[-1].endswith("s") and len(words[-1]) > 3:
        words[-1] = words[-1].removesuffix("s")
    return words


def _marked(article: Article) -> dict[str, Name]:
    """Companies that a mark names: by their spelling."""
    found: Counter[str] = Counter()
    known = by_ticker()
    meanings: dict[str, Name] = {}
    for text in {id(s.text): s.text for s in article.sentences}.values():
        for first, last, _ in marked_names(text.tokens):
            words = _spelling(text.tokens, first, last)
            key = " ".join(words)
            found[key] += 1
            if key in meanings:
                continue
            if key in known and len(key) >= 2:
                meanings[key] = known[key]
                continue
            inside = next((n for n in text.names if first <= n.first and n.last <= last and n.of(*ASSETS)), None)
            if inside is not None:
                name = inside.of(*ASSETS)
                assert name is not None
                meanings[" ".join(_spelling(text.tokens, inside.first, inside.last))] = name
                continue
            if any(n.first < last and first < n.last for n in text.names):
                continue
            if text.tokens.lower[last : last + 1] == ["("]:
                ticker = text.tokens.text[last + 1]
                if text.tokens.text[last + 2] == ":":
                    ticker = text.tokens.text[last + 3]
                if ticker in known:
                    meanings[key] = known[ticker]
                    continue
            meanings[key] = Name(
                NameKind.COMPANY,
                _joined(text.tokens, first, last),
                next(filter(None, (printed_ticker(text.tokens, k) for k in range(last, last + 4))), None),
            )
    return meanings


def _is_about_known(article: Article) -> bool:
    """Whether the first sentences name a company, or the title an index or another asset."""
    early = article.sentences[:8]
    if any(name.of(NameKind.COMPANY) for sentence in early for name in sentence.names):
        return True
    return any(name.of(*ASSETS) for s in early if s.role is BlockRole.TITLE for name in s.names)


def _titled(article: Article) -> dict[str, Name]:
    """The company that a title begins with, where no name is known: `Cembra unter Druck`, `Bertrandt: Zahlen`."""
    for sentence in article.sentences[:2]:
        if sentence.role is not BlockRole.TITLE:
            continue
        found = titled_name(sentence.tokens, sentence.first, sentence.last, is_english=article.is_english)
        if found is not None:
            first, last = found
            words = _spelling(sentence.tokens, first, last)
            return {" ".join(words): Name(NameKind.COMPANY, _joined(sentence.tokens, first, last))}
    return {}


def _joined(tokens: Tokens, first: int, last: int) -> str:
    text = tokens.text[first]
    for k in range(first + 1, last):
        text += tokens.text[k] if tokens.glued[k] else " " + tokens.text[k]
    return text


def _places(sentence: Sentence, marked: dict[str, Name]) -> list[Place]:
    places = []
    for named in sentence.names:
        name = named.of(NameKind.INDEX) or named.of(*ASSETS)
        if name is None or name.kind is NameKind.CURRENCY or _is_venue_word(sentence, named):
            continue
        if name.kind is NameKind.COMMODITY and _is_trade(sentence, named):
            continue
        if any(f.mention.unit == "date" and f.first <= named.first < f.last for f in sentence.figures):
            continue
        places.append(Place(named.first, named.last, name))
    unknown = {key: name for key, name in marked.items() if not any(p.name.name == name.name for p in places)}
    if unknown:
        tokens = sentence.tokens
        firsts: dict[str, list[tuple[list[str], Name]]] = {}
        for key, name in unknown.items():
            words = key.split(" ")
            firsts.setdefault(words[0], []).append((words, name))
        for k in range(sentence.first, sentence.last):
            text = tokens.text[k]
            for words, name in firsts.get(text, firsts.get(text.removesuffix("s"), ())):
                size = len(words)
                seen = _spelling(tokens, k, k + size)
                if [w.removesuffix("s") for w in seen] == [w.removesuffix("s") for w in words] and not any(
                    p.first < k + size and k < p.last for p in places
                ):
                    places.append(Place(k, k + size, name))
        places.sort(key=lambda place: place.first)
    return places


_TRADES = word_set("subjects", "trades")


def _is_trade(sentence: Sentence, named: Named) -> bool:
    """Whether a commodity says what a company does: `oil & gas pipelines company`, `Goldproduzent`."""
    after = sentence.words(named.last, named.last + 3)
    return after[:2] in (("&", "gas"), ("and", "gas")) or after[:1] == ("-",) or not _TRADES.isdisjoint(after[:2])


def _is_venue_word(sentence: Sentence, named: Named) -> bool:
    """Nasdaq is an index and a venue, `Wall Street` no subject: a venue behind an der, im, on the."""
    if named.of(NameKind.VENUE) is None:
        return False
    before = sentence.words(named.first - 2, named.first)
    after = sentence.words(named.last, named.last + 2)
    return (
        bool({"der", "an", "im", "on", "(", "technologiebörse"} & set(before[-1:]))
        or ":" in after[:1]
        or after == ("-", "handel")
    )


def _main(article: Article, places: dict[int, list[Place]]) -> Name | None:
    weights: Counter[str] = Counter()
    names: dict[str, Name] = {}
    order: dict[str, int] = {}
    mentions = Counter(place.name.name for found in places.values() for place in found)
    inside = {sentence.number for sentence in article.sentences if article.region_of(sentence) is not None}
    for place_in_text, sentence in enumerate(article.sentences):
        if sentence.number in inside:
            continue
        for place in places[sentence.number]:
            if place.name.kind not in (NameKind.COMPANY, NameKind.INDEX, NameKind.CRYPTO, NameKind.COMMODITY):
                continue
            key = place.name.name
            names.setdefault(key, place.name)
            order.setdefault(key, place_in_text)
            weight = 1.0
            if sentence.role is BlockRole.TITLE or place_in_text < 2:
                weight = 4.0 if place.first - sentence.first < 12 else 3.0
                named = next((n for n in sentence.names if n.first == place.first), None)
                is_rare = mentions[key] < 3
                if named and is_rare and named.of(NameKind.HOUSE) and len(places[sentence.number]) > 1:
                    weight = 1.0
            elif sentence.role is BlockRole.ROW:
                weight = 0.5
            weights[key] += weight  # type: ignore[assignment]
    if not weights:
        return None
    key = max(weights, key=lambda k: (weights[k], -order[k]))
    return names[key]
