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
from rerating.factcheck.extraction.claims.numbers import numbers
from rerating.factcheck.extraction.claims.offers import offers, promised
from rerating.factcheck.extraction.claims.option_pairs import option_pairs
from rerating.factcheck.extraction.claims.outsiders import Outsider
from rerating.factcheck.extraction.claims.quoting import asked, quoted
from rerating.factcheck.extraction.claims.recasting import recast
from rerating.factcheck.extraction.claims.repeating import repeated
from rerating.factcheck.extraction.claims.resuming import Regions, counted_on, levied_on, resumed
from rerating.factcheck.extraction.claims.spans import Spans
from rerating.factcheck.extraction.claims.status import status_of
from rerating.factcheck.extraction.claims.trading_days import on_trading_days
from rerating.factcheck.extraction.claims.wordings import worded
from rerating.factcheck.extraction.claims.year_ranges import without_ranges, year_ranges
from rerating.factcheck.extraction.figures.bound import Bound
from rerating.factcheck.extraction.figures.draft import Draft
from rerating.factcheck.extraction.text.article import Article, Sentence, read
from rerating.factcheck.extraction.text.gazetteer import NameKind, gazetteer_version
from rerating.factcheck.extraction.voices.company_years import told_year_end
from rerating.factcheck.extraction.voices.interviews import speaking_turns
from rerating.factcheck.extraction.voices.speech import Voice, voice
from rerating.factcheck.extraction.whom.deals.sides import Sides
from rerating.factcheck.extraction.whom.dollars import in_local_dollars, local_dollar
from rerating.factcheck.extraction.whom.economy.groups import gone_there
from rerating.factcheck.extraction.whom.focus.following import subjects
from rerating.factcheck.extraction.whom.focus.subjects import Subjects, as_subject
from rerating.factcheck.extraction.whom.share_lines import on_lines
from rerating.language.promotion import is_risk_notice
from rerating.language.reading import Tongue


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
    drafts = Pass(article, known).drafts()
    result = Extraction(article, known)
    result.claims = _claims(article, drafts)
    return result


def _is_of_another(known: Subjects, sentence: Sentence) -> bool:
    """Whether a sentence names a company that the text is not about."""
    named = (place.name for place in known.places.get(sentence.number, []))
    return any(name.kind is NameKind.COMPANY and name is not known.main for name in named)


class Pass:
    """One reading of an article, sentence by sentence, with what each leaves to the next."""

    def __init__(self, article: Article, known: Subjects) -> None:
        self._article, self._known = article, known
        self._drafts: list[Draft] = []
        self._turns = speaking_turns(article)
        self._turn: str | None = None
        self._block: object = None
        self._voice: Voice | None = None
        self._heard: Voice | None = None
        """The last voice with a name."""
        self._last: Sentence | None = None
        self._bound: Bound | None = None
        """The last figure that was bound to a word."""
        self._told: list[Draft] = []
        """The figures of the last sentence of the block that had any."""
        self._good: Subject | None = None
        """The good that was priced last."""
        self._spans = Spans(article, known.main.ticker if known.main is not None else None)
        self._outsider, self._headed = Outsider.of(article), Headed()
        self._regions, self._deals = Regions(known), Sides(article, known)

    def drafts(self) -> list[Draft]:
        """The claims of sentences, of tables, and of what a text offers."""
        for sentence in self._article.sentences:
            if sentence.row is None:
                self._read(sentence)
        article, known, drafts = self._article, self._known, self._drafts
        promised(article, known, drafts)
        in_tables = tables.table_drafts(article, known)
        self._spans.in_rows(in_tables)
        drafts += in_tables
        ranges = year_ranges(article, known)
        drafts = without_ranges(drafts, ranges) + ranges
        drafts += offers(article, known, drafts)
        repeated(drafts)
        on_trading_days(article, drafts)
        on_lines(article, drafts)
        return drafts

    def _read(self, sentence: Sentence) -> None:
        if sentence.text.block is not self._block:
            self._block, self._voice, self._told = sentence.text.block, None, []
            self._turn = self._turns.get(id(sentence.text))
        self._voice = speaker = voice(sentence, self._voice, heard=self._heard, turn=self._turn)
        self._heard = speaker if speaker.source else self._heard
        region = self._article.region_of(sentence)
        if region is None and is_risk_notice(self._article.source[sentence.span[0] : sentence.span[1]]):
            return
        found = numbers(self._known, sentence, speaker, before=self._bound)
        self._foreseen(sentence, found, speaker)
        self._deals.turn(sentence, found)
        self._gone_on(sentence, found)
        construe(found, self._told)
        self._spans.complete(sentence, found)
        bounds = [draft.bound for draft in found if draft.bound is not None]
        self._bound = bounds[-1] if bounds else self._bound
        figures = list(found)
        self._worded(sentence, found, speaker)
        self._last, self._told = sentence, figures or self._told
        self._drafts += found

    def _foreseen(self, sentence: Sentence, found: list[Draft], speaker: Voice) -> None:
        """Figures that are plans or estimates by what stands before them."""
        gone_there(self._known, sentence, found, self._told)
        foretold(sentence, found, self._last)
        of_analyst(sentence, found, self._heard)
        self._outsider.turn(sentence, found, speaker)
        recast(found)
        self._headed.turn(sentence, found)

    def _gone_on(self, sentence: Sentence, found: list[Draft]) -> None:
        """Figures that go on about those of the sentence before."""
        taken_over(sentence, found, self._told)
        resumed(self._known, sentence, found, self._told)
        counted_on(self._known, sentence, found, self._told)
        levied_on(sentence, found, self._told)
        self._regions.turn(sentence, found)

    def _worded(self, sentence: Sentence, found: list[Draft], speaker: Voice) -> None:
        """Adds what a sentence claims beside its figures: ratings, days, events, reasons, quotations, questions."""
        article, known, figures = self._article, self._known, len(found)
        found += option_pairs(known, sentence, speaker, found)
        found += ratings.rating_drafts(article, known, sentence, speaker)
        found += dates.date_drafts(article, known, sentence, speaker)
        without_figures = worded(article, known, sentence, speaker, found)
        self._spans.worded(without_figures)
        found += without_figures
        reasons(sentence, found, self._told, goes_on=known.is_round_up and not known.places.get(sentence.number))
        rated = any(d.kind in ("rating", "rating_change", "price_target") for d in (*found, *self._drafts[-4:]))
        found += quoted(known, sentence, speaker, found, rated=rated)
        found += asked(known, sentence, speaker, found, self._good)
        self._deals.words(sentence, found[figures:])
        self._good = next((d.subject for d in reversed(found) if d.metric == "commodity_price"), self._good)


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
