"""From an article to its claims: figures with their topics, claims without a number, tables, questions, advertising."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from rerating.factcheck.claim import Claim, Subject
from rerating.factcheck.extraction.claims import dates, ratings, tables
from rerating.factcheck.extraction.claims.constructions import construe
from rerating.factcheck.extraction.claims.continuation import foretold, of_analyst, reasons, taken_over
from rerating.factcheck.extraction.claims.headed import Headed
from rerating.factcheck.extraction.claims.heeding import goes_on_telling
from rerating.factcheck.extraction.claims.offers import offers, promised
from rerating.factcheck.extraction.claims.option_pairs import option_pairs
from rerating.factcheck.extraction.claims.outsiders import Outsider
from rerating.factcheck.extraction.claims.recasting import recast
from rerating.factcheck.extraction.claims.repeating import repeated
from rerating.factcheck.extraction.claims.resuming import Regions, counted_on, levied_on, resumed
from rerating.factcheck.extraction.claims.spans import Spans
from rerating.factcheck.extraction.claims.status import status_of
from rerating.factcheck.extraction.claims.trading_days import on_trading_days
from rerating.factcheck.extraction.claims.wordings import worded
from rerating.factcheck.extraction.claims.year_ranges import without_ranges, year_ranges
from rerating.factcheck.extraction.figures.around import BEATS, Context, context
from rerating.factcheck.extraction.figures.binding import bind
from rerating.factcheck.extraction.figures.bound import Bound
from rerating.factcheck.extraction.figures.carrying import carried
from rerating.factcheck.extraction.figures.draft import Draft, source_of, span_of
from rerating.factcheck.extraction.figures.expecting import INSTEAD
from rerating.factcheck.extraction.figures.kinds import kind_of
from rerating.factcheck.extraction.figures.odds import is_odds
from rerating.factcheck.extraction.figures.sharing import shared
from rerating.factcheck.extraction.figures.values import comparator_of, direction_of, values_of
from rerating.factcheck.extraction.text.article import Article, Sentence, read
from rerating.factcheck.extraction.text.gazetteer import NameKind, gazetteer_version
from rerating.factcheck.extraction.text.lexicon import word_set
from rerating.factcheck.extraction.text.questions import asking_part
from rerating.factcheck.extraction.voices.company_years import told_year_end
from rerating.factcheck.extraction.voices.interviews import speaking_turns
from rerating.factcheck.extraction.voices.speech import Voice, house_in, quotations, voice
from rerating.factcheck.extraction.whom.belonging import respectively, subject_of
from rerating.factcheck.extraction.whom.deals.bidding import as_bid, as_purchase
from rerating.factcheck.extraction.whom.deals.sides import Sides
from rerating.factcheck.extraction.whom.dollars import in_local_dollars, local_dollar
from rerating.factcheck.extraction.whom.economy.comparing import compared
from rerating.factcheck.extraction.whom.economy.doing import done_by
from rerating.factcheck.extraction.whom.economy.economies import economy_of
from rerating.factcheck.extraction.whom.economy.groups import as_group, gone_there, group_of, groups_in
from rerating.factcheck.extraction.whom.economy.groups_in_words import asks_prices, opening_group
from rerating.factcheck.extraction.whom.economy.levying import borne, gone_on, policy_of
from rerating.factcheck.extraction.whom.economy.nations import as_statistic, led_to, nation_of, nations_in
from rerating.factcheck.extraction.whom.focus.following import subjects
from rerating.factcheck.extraction.whom.focus.subjects import Subjects, as_subject
from rerating.factcheck.extraction.whom.phrases.group_nouns import Group
from rerating.factcheck.extraction.whom.phrases.pairs import is_unit
from rerating.factcheck.extraction.whom.phrases.priced import is_price_of
from rerating.factcheck.extraction.whom.share_lines import on_lines
from rerating.language.promotion import is_risk_notice
from rerating.language.reading import MentionKind as K
from rerating.language.reading import Tongue
from rerating.language.reading.tokens import WORD


@dataclass(slots=True)
class Extraction:
    """The claims of an article, with the article as it was read."""

    article: Article
    subjects: Subjects
    claims: list[Claim] = field(default_factory=list)

    def as_json(self) -> dict[str, Any]:
        """Plain JSON types: the claims in the contract's fields, and what the article is."""
        at, on = self.article.published_at, self.article.published_on
        return {
            "article": {
                "language": self.article.language,
                "published_on": on.isoformat() if on else None,
                "published_at": at.isoformat() if at else None,
                "subject": as_subject(self.subjects.main).model_dump(mode="json"),
            },
            "claims": [claim.model_dump(mode="json") for claim in self.claims],
            "gazetteers": gazetteer_version(),
        }


def extract(source: str, *, published_at: datetime | None = None, language: Tongue | None = None) -> Extraction:
    """All claims of a text, in its order. No exception on any text; linear in its length."""
    article = read(source, published_at=published_at, language=language)
    known = subjects(article)
    article.year_end = told_year_end(article, lambda sentence: _is_of_another(known, sentence))
    if (dollar := local_dollar(article, known)) is not None:
        in_local_dollars(article, dollar)
    drafts = _drafts(article, known)
    result = Extraction(article, known)
    result.claims = _claims(article, drafts)
    return result


def _is_of_another(known: Subjects, sentence: Sentence) -> bool:
    """Whether a sentence names a company that the text is not about."""
    named = (place.name for place in known.places.get(sentence.number, []))
    return any(name.kind is NameKind.COMPANY and name is not known.main for name in named)


def _drafts(article: Article, known: Subjects) -> list[Draft]:
    drafts: list[Draft] = []
    before: Voice | None = None
    heard: Voice | None = None
    turns, turn = speaking_turns(article), None
    block = None
    last_bound: Bound | None = None
    told: list[Draft] = []
    good: Subject | None = None
    spans = Spans(article, known.main.ticker if known.main is not None else None)
    last_sentence: Sentence | None = None
    outsider, headed, regions = Outsider.of(article), Headed(), Regions(known)
    deals = Sides(article, known)
    for sentence in article.sentences:
        if sentence.row is not None:
            continue
        if sentence.text.block is not block:
            block, before = sentence.text.block, None
            turn = turns.get(id(sentence.text))
            told = []
        speaker = voice(sentence, before, heard=heard, turn=turn)
        before = speaker
        heard = speaker if speaker.source else heard
        region = article.region_of(sentence)
        if is_risk_notice(article.source[sentence.span[0] : sentence.span[1]]) and region is None:
            continue
        found = _numbers(article, known, sentence, speaker, before=last_bound)
        gone_there(known, sentence, found, told)
        foretold(sentence, found, last_sentence)
        of_analyst(sentence, found, heard)
        outsider.turn(sentence, found, speaker)
        recast(found)
        headed.turn(sentence, found)
        deals.turn(sentence, found)
        last_sentence = sentence
        taken_over(sentence, found, told)
        resumed(known, sentence, found, told)
        counted_on(known, sentence, found, told)
        levied_on(sentence, found, told)
        regions.turn(sentence, found)
        construe(found, told)
        spans.complete(sentence, found)
        before_this, told = told, found or told
        numbers = len(found)
        bounds = [draft.bound for draft in found if draft.bound is not None]
        last_bound = bounds[-1] if bounds else last_bound if sentence.text.block is block else None
        found += option_pairs(known, sentence, speaker, found)
        found += ratings.rating_drafts(article, known, sentence, speaker)
        found += dates.date_drafts(article, known, sentence, speaker)
        without_figures = worded(article, known, sentence, speaker, found)
        spans.worded(without_figures)
        found += without_figures
        reasons(sentence, found, before_this, goes_on=known.is_round_up and not known.places.get(sentence.number))
        rated = any(d.kind in ("rating", "rating_change", "price_target") for d in (*found, *drafts[-4:]))
        found += _quoted(known, sentence, speaker, found, rated=rated)
        found += _asked(known, sentence, speaker, found, good)
        deals.words(sentence, found[numbers:])
        good = next((d.subject for d in reversed(found) if d.metric == "commodity_price"), good)
        drafts += found
    promised(article, known, drafts)
    in_tables = tables.table_drafts(article, known)
    spans.in_rows(in_tables)
    drafts += in_tables
    ranges = year_ranges(article, known)
    drafts = without_ranges(drafts, ranges) + ranges
    drafts += offers(article, known, drafts)
    repeated(drafts)
    on_trading_days(article, drafts)
    on_lines(article, drafts)
    return drafts


# ---- figures ---------------------------------------------------------------------------------------------------------


_OF_ACCOUNTS = frozenset(("figure", "operation"))
"""Families of words for what only a company has: revenue, margins, orders."""
_OF_GOODS = frozenset(("figure", "operation", "weak", "policy"))
"""Families that a figure of a good's price is taken for by words that stand beside it."""


def _numbers(
    article: Article, known: Subjects, sentence: Sentence, speaker: Voice, *, before: Bound | None
) -> list[Draft]:
    bounds = bind(sentence, before)
    bounds += carried(sentence, bounds, before)
    bounds.sort(key=lambda bound: bound.figure.first)
    shared(sentence, bounds, before)
    drafts: list[Draft] = []
    groups = groups_in(known, sentence) if bounds else []
    nations = nations_in(known, sentence, groups) if bounds else []
    contexts: dict[int, Context] = {}
    of_many: set[str] = set()
    for bound in bounds:
        if is_unit(sentence, bound.figure):
            continue
        around = context(sentence, bound.figure)
        contexts[id(bound)] = around
        if bound.echoes is not None:
            around.follow(contexts[id(bound.echoes)])
        asset = known.of(sentence, bound.figure)
        good = asset if asset is not None and asset.kind is NameKind.COMMODITY else None
        places = known.places[sentence.number]
        if good and bound.family in _OF_GOODS and is_price_of(sentence, bound.figure, places, good):
            bound.family, bound.topic = "price", None
        is_market_price = good is not None and _tells_price(bound)
        if bound.family in _OF_ACCOUNTS and bound.topic is not None and not is_market_price:
            asset = known.back_to_company(sentence, bound.figure.first, asset)
        kind, metric = kind_of(sentence, bound, around, asset=asset.kind if asset else None)
        kind, metric = as_bid(known, sentence, bound.figure, as_purchase(known, sentence, bound, (kind, metric)))
        if is_odds(sentence, bound.figure, kind):
            kind, metric = "indicator", "probability"
        policy = policy_of(known, sentence, bound.figure, (kind, metric), good)
        kind, metric = (kind, metric) if policy is None else ("policy_event", policy)
        kind, metric = borne(known, sentence, bound.figure, (kind, metric))
        subject = subject_of(known, sentence, bound.figure.first, (kind, metric), asset)
        group = group_of(known, sentence, groups, bound.figure, (kind, metric))
        nation = nation_of(known, sentence, nations, bound.figure, (kind, metric))
        is_named = bound.topic is not None
        if (body := done_by(known, sentence, bound.figure, (kind, metric), is_named=is_named)) is not None:
            subject, group, nation = as_subject(body), None, None
            kind, metric = "policy_event", "regulation"
        economy = economy_of(known, sentence, bound.figure, (kind, metric)) if nation is None else None
        if nation is not None:
            subject = Subject(name=nation)
            what = (kind, metric)
            kind, metric = as_group(group, what) if group is not None else as_statistic(what, bound.figure)
        elif economy is not None:
            subject, (kind, metric) = Subject(name=economy[0]), economy[1]
        elif group is not None:
            subject, (kind, metric) = Subject(name=group.name), _of_group(group, (kind, metric), around)
        if nation is not None or economy is not None or group is not None:
            of_many.add(subject.name or "")
        values = values_of(sentence, bound, kind, metric)
        if not values:
            continue
        if _is_worded(bound):
            values = ()
        draft = Draft(
            sentence=sentence,
            first=bound.figure.first,
            last=bound.figure.last,
            span=span_of(sentence, bound.figure),
            kind=kind,
            metric=metric,
            values=values,
            comparator=comparator_of(sentence, bound, values) if values else "none",
            direction=direction_of(sentence, bound, around, kind),
            subject=subject,
            bound=bound,
            around=around,
            voice=speaker,
        )
        draft.source = source_of(sentence, draft, speaker)
        drafts.append(draft)
    respectively(known, sentence, drafts)
    gone_on(sentence, drafts)
    compared(sentence, drafts, {*(group.name for group in groups), *(name for _, name in nations), *of_many})
    led_to(sentence, drafts)
    return _merged(sentence, drafts)


def _of_group(group: Group, what: tuple[str, str], around: Context) -> tuple[str, str]:
    """What is claimed of a branch or a group of people: growth that is foreseen is an estimate."""
    kind, metric = as_group(group, what)
    is_foreseen = what[0] == "indicator" and kind == "growth" and (around.guidance or around.expectation)
    return ("estimate" if is_foreseen else kind), metric


def _is_worded(bound: Bound) -> bool:
    """`in the mid-single digits`, `im einstelligen Prozentbereich`: a size in words, no number to be checked alone."""
    return bound.figure.mention.kind is K.PERCENT and any(
        word in bound.figure.mention.text.lower() for word in ("single", "einstellig")
    )


def _tells_price(bound: Bound) -> bool:
    """Whether a commodity's figure is of its price: by the word for it, or a percentage before it."""
    is_ahead = bound.topic is not None and bound.topic.first >= bound.figure.last
    return bound.metric in ("prices", "costs") or (is_ahead and bound.figure.mention.unit == "percent")


def _merged(sentence: Sentence, drafts: list[Draft]) -> list[Draft]:
    """One claim of a sum and its restatement in another currency; from and to of `statt X nun Y`."""
    out: list[Draft] = []
    for draft in drafts:
        last = out[-1] if out else None
        if last is not None and _restates(sentence, last, draft):
            last.values = (*last.values, *draft.values)
            last.span = (last.span[0], draft.span[1])
            last.last = draft.last
            continue
        if last is not None and _came_from(sentence, last, draft):
            now = tuple(value.model_copy(update={"role": "to"}) for value in last.values)
            former = tuple(value.model_copy(update={"role": "from"}) for value in draft.values)
            if isinstance(now[0].value, float | int) and isinstance(former[0].value, float | int):
                way = "up" if now[0].value > former[0].value else "down"
                last.direction = last.direction if now[0].value == former[0].value else way
            last.values, last.span, last.last = (*now, *former), (last.span[0], draft.span[1]), draft.last
            continue
        if last is not None and last.kind == draft.kind and _replaces(sentence, last, draft):
            first = tuple(value.model_copy(update={"role": "from"}) for value in last.values)
            second = tuple(value.model_copy(update={"role": "to"}) for value in draft.values)
            last.values, last.span, last.last = (*first, *second), (last.span[0], draft.span[1]), draft.last
            last.direction = draft.direction
            continue
        out.append(draft)
    return out


def _restates(sentence: Sentence, one: Draft, other: Draft) -> bool:
    money = [value for draft in (one, other) for value in draft.values if value.unit == "money"]
    if len(money) != 2 or len(one.values) + len(other.values) != 2 or money[0].currency == money[1].currency:
        return False
    between = sentence.words(one.last, other.first)
    return len(between) <= 4 and between[-1:] != () and "(" in between


_FORMER = word_set("extraction", "former")
_SIGNS_BEFORE = frozenset((",", "(", ":", "-", "–", "auf"))


def _came_from(sentence: Sentence, one: Draft, other: Draft) -> bool:
    """`3.1 times ebitda from 3.4 times`; of targets also `74 Euro, bisher 61` and `$16, up from $14`."""
    first, second = one.values, other.values
    if len(first) != 1 or len(second) != 1 or first[0].role != "value" or second[0].role != "value":
        return False
    if first[0].unit != second[0].unit or first[0].currency != second[0].currency or one.metric != other.metric:
        return False
    between = sentence.words(one.last, other.bound.figure.lead if other.bound else other.first)
    if between in INSTEAD:
        return not BEATS & set(sentence.words(sentence.first, one.first))
    if one.kind != other.kind:
        return False
    if one.kind == "price_target" and "(" in between:
        at = between.index("(")
        inside = [word for word in between[at:] if word not in _SIGNS_BEFORE]
        return at <= 6 and bool(inside) and _FORMER.issuperset(inside)
    if one.kind == "price_target":
        words = [word for word in between if word not in _SIGNS_BEFORE]
        return 0 < len(words) <= 4 and _FORMER.issuperset(words)
    is_close = 0 < len(between) <= 4 and between[-1] == "from" and "," not in between
    return is_close and "up" not in between and "down" not in between


_INSTEAD = frozenset(("statt", "anstatt", "anstelle", "instead"))


def _replaces(sentence: Sentence, one: Draft, other: Draft) -> bool:
    before = sentence.words(one.first - 2, one.first)
    same = [v.unit for v in one.values] == [v.unit for v in other.values] and len(one.values) == 1
    return same and not _INSTEAD.isdisjoint(before) and one.values[0].role == "value" and other.first - one.last < 12


# ---- quotations and questions ----------------------------------------------------------------------------------------


def _quoted(known: Subjects, sentence: Sentence, speaker: Voice, found: list[Draft], *, rated: bool) -> list[Draft]:
    """A quotation that holds no other claim is what somebody thinks of outlook or mood."""
    drafts = []
    for first, last in quotations(sentence):
        if any(d.first < last and first < d.last for d in found):
            continue
        if sum(1 for k in range(first, last) if sentence.tokens.kind[k] == WORD) < 4 and not _MOOD & set(
            sentence.words(first, last)
        ):
            continue
        if not speaker.is_attributed:
            continue
        words = set(sentence.words(first, last))
        is_mood = not words.isdisjoint(_MOOD)
        kind = metric = "sentiment" if is_mood else "outlook"
        if not words.isdisjoint(_VALUED):
            kind, metric = "rerating", "valuation"
        elif not is_mood and ((rated and house_in(sentence, first) is not None) or _is_of_analyst(sentence)):
            kind, metric = "attributed_reason", "reason"
        elif speaker.is_company and not words.isdisjoint(("will", "expect")) and not words & _MAYBE:
            kind, metric = "guidance", "outlook"
        draft = Draft(
            sentence=sentence,
            first=first,
            last=last,
            span=sentence.text.span(first, last),
            kind=kind,
            metric=metric,
            subject=as_subject(known.of(sentence, None, first=first)),
            voice=speaker,
            source=speaker.source,
        )
        drafts.append(draft)
    return drafts


_MAYBE = frozenset(("if", "not", "could", "may", "might"))


def _is_of_analyst(sentence: Sentence) -> bool:
    """`"Wayfair keeps taking share," analyst Peter Keith writes`."""
    words = sentence.words(sentence.first, sentence.last)
    return not {"analyst", "analystin"}.isdisjoint(words) and "analysts" not in words


_MOOD = word_set("extraction", "mood")
_VALUED = word_set("extraction", "valued")


def _asked(
    known: Subjects, sentence: Sentence, speaker: Voice, found: list[Draft], good: Subject | None
) -> list[Draft]:
    """A question that holds no claim of its own is a claim of kind question; `good` is what was priced before."""
    if not sentence.is_question:
        return []
    first = asking_part(sentence)
    if any(d.first >= first and not _is_of_question(sentence, d) for d in found):
        return []
    if len(sentence.words(first, sentence.last)) <= 2:
        return []
    for draft in [d for d in found if d.first >= first]:
        found.remove(draft)
    branch = opening_group(known, sentence, first, "question")
    subject = Subject(name=branch.name) if branch is not None else as_subject(known.asked(sentence, first))
    if branch is None and good is not None and asks_prices(sentence, first):
        subject = good
    return [
        Draft(
            sentence=sentence,
            first=first,
            last=sentence.last,
            span=sentence.text.span(first, sentence.last),
            kind="question",
            metric="verdict",
            subject=subject,
            voice=speaker,
            status="question",
        )
    ]


def _is_of_question(sentence: Sentence, draft: Draft) -> bool:
    """Whether a claim in a question only is what is asked: a mood, an outlook, `still a buy?` that no house says."""
    is_advice = draft.kind == "rating" and not draft.values and not sentence.houses
    return is_advice or draft.kind in ("sentiment", "outlook")


# ---- from drafts to claims -------------------------------------------------------------------------------------------


def _claims(article: Article, drafts: list[Draft]) -> list[Claim]:
    drafts.sort(key=lambda draft: (draft.span, draft.kind, draft.metric))
    claims: list[Claim] = []
    seen: set[tuple[int, int, str, str]] = set()
    former: tuple[Draft, str] | None = None
    for draft in drafts:
        key = (*draft.span, draft.kind, draft.metric)
        if key in seen:
            continue
        seen.add(key)
        start, end = draft.span
        region = article.region_of(draft.sentence)
        status = status_of(draft, region)
        if former is not None and status == "reported_fact" and former[1] == "attributed":
            status = "attributed" if goes_on_telling(former[0], draft) else status
        former = (draft, status) if draft.values else former
        claims.append(
            Claim(
                id=f"c{len(claims) + 1}",
                text=article.source[start:end],
                start=start,
                end=end,
                sentence_start=min(start, draft.sentence.span[0]),
                sentence_end=max(end, draft.sentence.span[1]),
                type=draft.kind,
                subject=draft.subject,
                metric=draft.metric,
                values=draft.values,
                comparator=draft.comparator,
                direction=draft.direction,
                period=draft.dated.period,
                as_of=draft.dated.as_of,
                status=status,
                source=draft.source,
            )
        )
    return claims
