"""The track record as one self-contained page, German or English: what was forecast, and what came of it."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from rerating.core.errors import UsageError
from rerating.core.types import Gap
from rerating.language.languages import Language
from rerating.language.numbers import decimal, percent
from rerating.language.periods import instant
from rerating.outlook.evaluation import FEWEST_MONTHS, Estimate, Pit
from rerating.outlook.track_scores import Bin, Group, RecordScores, Scores
from rerating.outlook.training import VERDICT_HORIZON
from rerating.report import words
from rerating.report.charts.svg import element, line, path, text
from rerating.report.page import style_and_hash
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
    return _page().render(
        language=language, scores=scores, s=_Scribe(language), style=style, style_hash=digest, w=words
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
    reliability_title, pit_title, head, counts, by = RELIABILITY, PIT, HEAD, COUNTS, BY
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

    def reliability(self, bins: tuple[Bin, ...]) -> str:
        """Stated against observed, with the diagonal; dots are as large as their bins."""
        values = [value for each in bins for value in (each.probability, each.frequency)]
        low, high = max(0.0, min(values) - 0.05), min(1.0, max(values) + 0.05)
        size, pad = 300.0, 44.0

        def at(value: float) -> float:
            return (value - low) / (high - low) * size

        def place(each: Bin) -> tuple[float, float]:
            return pad + at(each.probability), size - at(each.frequency) + 10.0

        parts = [
            line(pad, size + 10.0, pad + size, 10.0, "level"),
            line(pad, size + 10.0, pad + size, size + 10.0, "axis"),
            line(pad, 10.0, pad, size + 10.0, "axis"),
        ]
        for value in (low, (low + high) / 2.0, high):
            label = percent(value, self.language, digits=0)
            parts.append(text(pad + at(value), size + 28.0, label, "tick", anchor="middle"))
            parts.append(text(pad - 6.0, size - at(value) + 14.0, label, "tick", anchor="end"))
        most = max(each.n for each in bins)
        parts.append(path([place(each) for each in bins], "curve"))
        parts += [
            element("circle", cx=place(each)[0], cy=place(each)[1], r=3.0 + 5.0 * each.n / most, class_="dot")
            for each in bins
        ]
        return _svg(parts, size + 40.0, self.word(RELIABILITY))

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
        return _svg(parts, height + 30.0, self.word(PIT))


def _svg(parts: list[str], height: float, label: str) -> str:
    """The parts on a canvas as wide as the page's column, so that they are drawn at their own size."""
    return element("svg", "".join(parts), viewBox=f"0 0 735 {height:g}", class_="chart", role="img", aria_label=label)
