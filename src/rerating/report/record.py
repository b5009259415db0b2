"""The track record as one self-contained page, German or English: what was forecast, and what came of it."""

from __future__ import annotations

from functools import lru_cache
from itertools import pairwise
from typing import TYPE_CHECKING

from rerating.core.errors import UsageError
from rerating.core.types import Gap
from rerating.language.languages import Language
from rerating.language.numbers import decimal, percent
from rerating.language.periods import instant
from rerating.outlook.evaluation import FEWEST_MONTHS, Bin, Estimate, Pit
from rerating.outlook.track_scores import Group, RecordScores, Scores
from rerating.outlook.training import VERDICT_HORIZON
from rerating.report import words
from rerating.report.charts.reliability import NARROW, WIDE, reliability_chart
from rerating.report.charts.svg import Reading, chart, element, line, text
from rerating.report.page import script_and_hash, style_and_hash
from rerating.report.rendering import LANGUAGES, ZONES
from rerating.statements import gaps
from rerating.statements.facts import Voice, Word
from rerating.statements.statement import said

if TYPE_CHECKING:
    from jinja2 import Template as Page

TITLE = Word(de="Bilanz der Prognosen", en="Track record of the forecasts")
EYEBROW = Word(de="Kalibrierung", en="Calibration")
LEAD = Word(
    de="Jede ausgegebene Prognose steht hier, auch die falschen. Bewertet wird nur, was abgelaufen ist. Eine Bilanz "
    "über wenige Aktien beweist nichts: Bei der besten veröffentlichten Prognosegüte für Einzelaktien braucht ein "
    "Nachweis etwa {needed} Prognosen, die sich nicht überlappen.",
    en="Every forecast that was issued stands here, the wrong ones included. Only what has run its course is scored. A "
    "record over a few stocks proves nothing: at the best published skill for single stocks, a proof takes about "
    "{needed} forecasts that do not overlap.",
)
MODES = {
    "live": Word(de="Vor dem Einstieg festgehalten", en="Recorded before the entry"),
    "backfilled": Word(de="Nachträglich erzeugt", en="Filled in later"),
}
MODE_NOTES = {
    "live": Word(
        de="Diese Prognosen wurden festgehalten, bevor ihr Einstiegskurs feststand.",
        en="These forecasts were on record before their entry price was known.",
    ),
    "backfilled": Word(
        de="Diese Prognosen entstanden nach dem Einstieg, aus dem Wissen von damals; sie zählen nicht als Beleg.",
        en="These forecasts were made after their entry, from what was known then; they do not count as proof.",
    ),
}
COUNTS = {
    "issued": Word(de="ausgegeben", en="issued"),
    "matured": Word(de="abgelaufen und bewertet", en="matured and scored"),
    "pending": Word(de="noch offen", en="still open"),
    "independent": Word(
        de=f"überlappungsfrei ({VERDICT_HORIZON} Handelstage)", en=f"not overlapping ({VERDICT_HORIZON} sessions)"
    ),
}
BY = {
    "horizon": Word(de="Nach Prognosezeitraum (Handelstage)", en="By horizon (sessions)"),
    "label": Word(de="Nach Urteil", en="By call"),
    "leaning": Word(de="Nach Neigung des Modells", en="By the model's leaning"),
    "sector": Word(de="Nach Branche", en="By sector"),
    "year": Word(de="Nach Jahr", en="By year"),
}
NAMES = {
    "BUY": Word(de="Kaufen", en="Buy"),
    "HOLD": Word(de="Halten", en="Hold"),
    "SELL": Word(de="Verkaufen", en="Sell"),
    "NO_CALL": Word(de="Kein belegter Vorteil", en="No proven edge"),
    "buy": Word(de="Kauf", en="buy"),
    "sell": Word(de="Verkauf", en="sell"),
    "none": Word(de="keine", en="none"),
    "unknown": Word(de="nicht benannt", en="not named"),
}
HEAD = (
    Word(de="Gruppe", en="Group"),
    Word(de="Prognosen", en="Forecasts"),
    Word(de="CRPS-Gewinn gegenüber Klimatologie", en="CRPS skill over climatology"),
    Word(de="gegenüber reiner Schwankung", en="over scale alone"),
    Word(de="Brier-Gewinn gegenüber Grundrate", en="Brier skill over base rate"),
    Word(de="90-%-Spanne trifft", en="90% range covers"),
)
CAME_TRUE = Word(de="Wie oft nach Kosten etwas blieb", en="How often something was left after cost")
CAME_TRUE_HEAD = (
    Word(de="Gruppe", en="Group"),
    Word(de="genannte Chance", en="stated chance"),
    Word(de="Grundrate", en="base rate"),
    Word(de="eingetreten", en="came true"),
    Word(de="mittlere Überrendite", en="mean excess return"),
)
LABELS = {
    "call": Word(de="Wie oft welches Urteil fiel", en="How often each call was made"),
    "leaning": Word(de="Wie oft welche Neigung", en="How often each leaning"),
}
RELIABILITY = Word(
    de="Genannte Wahrscheinlichkeit (waagrecht) und eingetretener Anteil (senkrecht)",
    en="Stated probability (across) and how often it came true (up)",
)
PIT = Word(
    de="Wo die Ausgänge in ihrer Verteilung lagen: gleich hohe Säulen heißen gut kalibriert",
    en="Where outcomes fell in their distributions: equal bars mean well calibrated",
)
FLAT = Word(de="Test auf gleiche Höhe: p =", en="Test of equal heights: p =")
BIN_HEAD = (
    Word(de="Genannt", en="Stated"),
    Word(de="eingetreten", en="came true"),
    Word(de="Prognosen", en="Forecasts"),
)
MISSING = Word(de="Nicht abzurechnen", en="Could not be settled")
NOTHING = Word(de="Noch keine.", en="None yet.")
CHAIN = Word(
    de="Die Einträge sind durch Prüfsummen verkettet; die letzte lautet",
    en="The entries are chained by digests; the last one is",
)
INTERVAL = Word(
    de="In Klammern stehen 90-%-Spannen aus Blöcken von Monaten (stationärer Bootstrap). Ein Strich heißt: Prognosen "
    f"aus weniger als {FEWEST_MONTHS} Monaten, zu wenig für eine Spanne.",
    en="In brackets: 90% intervals from blocks of months (stationary bootstrap). A dash: forecasts from fewer than "
    f"{FEWEST_MONTHS} months, too few for an interval.",
)


def record_page(scores: RecordScores, *, language: Language) -> str:
    """The page. Same scores, same language: same bytes. Raises UsageError for a language that is not offered."""
    if language not in LANGUAGES:
        raise UsageError(f"There is no page in '{language}'; use {' or '.join(LANGUAGES)}.")
    style, digest = style_and_hash()
    script, script_digest = script_and_hash()
    return _page().render(
        language=language,
        scores=scores,
        s=_Scribe(language),
        style=style,
        style_hash=digest,
        script=script,
        script_hash=script_digest,
        w=words,
    )


@lru_cache(maxsize=1)
def _page() -> Page:
    from jinja2 import Environment, PackageLoader, StrictUndefined

    environment = Environment(
        loader=PackageLoader("rerating.report", "html"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    return environment.get_template("record.html.j2")


class _Scribe:
    """What the template asks for."""

    title, eyebrow, chain, nothing, flat, missing, interval = TITLE, EYEBROW, CHAIN, NOTHING, FLAT, MISSING, INTERVAL
    reliability_title, pit_title, head, counts, by, bin_head = RELIABILITY, PIT, HEAD, COUNTS, BY, BIN_HEAD
    came_true, came_true_head = CAME_TRUE, CAME_TRUE_HEAD
    labels, modes, notes = LABELS, MODES, MODE_NOTES

    def __init__(self, language: Language) -> None:
        self.language = language
        self._voice = Voice(language=language, zone=ZONES[language])

    def word(self, word: Word) -> str:
        return word.de if self.language == "de" else word.en

    def lead(self, scores: RecordScores) -> str:
        return self.word(LEAD).format(needed=self.count(scores.live.needed))

    def at(self, scores: RecordScores) -> str:
        return instant(scores.as_of, self.language, zone=ZONES[self.language])

    def count(self, number: int) -> str:
        return decimal(float(number), 0, self.language)

    def name(self, group: str) -> str:
        return self.word(NAMES[group]) if group in NAMES else group

    def share(self, value: float) -> str:
        return percent(value, self.language)

    def signed(self, value: float) -> str:
        return percent(value, self.language, signed=True)

    def p(self, value: float) -> str:
        return decimal(value, 2, self.language)

    def groups(self, scores: Scores) -> list[tuple[Word, list[Group]]]:
        found = [(title, [group for group in scores.groups if group.by == by]) for by, title in BY.items()]
        return [(title, groups) for title, groups in found if groups]

    def estimate(self, value: Estimate | Gap, *, signed: bool = True) -> tuple[str, str]:
        """The figure and its interval; a dash where it cannot be known yet."""
        if isinstance(value, Gap):
            return "–", ""
        ends = [percent(each, self.language, signed=signed) for each in (value.value, value.low, value.high)]
        return ends[0], f"[{ends[1]}; {ends[2]}]"

    def gap(self, gap: Gap) -> str:
        return f"{said(gaps.question(gap), self._voice)}: {said(gaps.detail(gap), self._voice)}"

    def is_gap(self, value: object) -> bool:
        return isinstance(value, Gap)

    def reliability(self, bins: tuple[Bin, ...]) -> list[tuple[str, str]]:
        """The chart in both sizes, as in a report."""
        label = self.word(RELIABILITY)
        sizes = (("wide", WIDE), ("narrow", NARROW))
        return [(name, reliability_chart(bins, self.language, label, width=width)) for name, width in sizes]

    def stated(self, bins: tuple[Bin, ...]) -> list[tuple[str, str, str]]:
        """What the chart shows: stated, came true, how many."""
        return [(self.share(each.probability), self.share(each.frequency), self.count(each.n)) for each in bins]

    def pit(self, pit: Pit) -> str:
        """Ten bars against the level at which all would be equal."""
        width, height = 360.0, 160.0
        top = max(*pit.shares, 0.15)
        step = width / len(pit.shares)
        parts = []
        for number, share in enumerate(pit.shares):
            tall = share / top * height
            parts.append(
                element(
                    "rect",
                    x=number * step + 2.0,
                    y=height - tall + 6.0,
                    width=step - 4.0,
                    height=tall,
                    class_="bar even",
                )
            )
        even = height - 0.1 / top * height + 6.0
        parts.append(line(0.0, even, width, even, "zero"))
        parts.append(line(0.0, height + 6.0, width, height + 6.0, "axis"))
        parts.append(text(0.0, height + 22.0, percent(0.0, self.language, digits=0), "tick"))
        parts.append(text(width, height + 22.0, percent(1.0, self.language, digits=0), "tick", anchor="end"))
        tops = [((number + 0.5) * step, height - share / top * height + 6.0) for number, share in enumerate(pit.shares)]
        ends = [percent(number / len(pit.shares), self.language, digits=0) for number in range(len(pit.shares) + 1)]
        said = [
            f"{low} – {high}: {self.share(share)}"
            for (low, high), share in zip(pairwise(ends), pit.shares, strict=True)
        ]
        return chart((735.0, height + 30.0), "".join(parts), self.word(PIT), Reading(places=tops, words=said))
