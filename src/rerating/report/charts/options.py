"""Charts of the options: the smile with its bid-ask strokes, the implied distribution, the volume and its band."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from rerating.findings.option_chain import Expiry
from rerating.findings.option_history import VolumeTest
from rerating.findings.options_activity import OptionsActivity, RecordedChain
from rerating.language.numbers import big, percent
from rerating.language.periods import day
from rerating.language.quantities import money
from rerating.measures.implied_distribution import ImpliedDistribution
from rerating.report.charts.svg import Reading, chart, decimals, element, line, path, text, ticks
from rerating.statements.chart_values import quantiles
from rerating.statements.facts import Voice, Word, written
from rerating.statements.options_activity import charted, charted_volume

WIDE, NARROW = (720, 260), (360, 240)
_SPOT = Word(de="Kurs", en="price")
_BELOW, _ABOVE = Word(de="darunter", en="below"), Word(de="darüber", en="above")
_EXPECTED = Word(de="erwartet", en="expected")
_MARGINS = (58.0, 66.0, 16.0, 28.0)
"""Left, right, top, bottom."""

Scale = Callable[[float], float]


def option_charts(found: OptionsActivity, name: str, voice: Voice, label: str) -> list[tuple[str, str]]:
    """A chart of the options in both sizes, each with the class that shows it."""
    sizes = (("wide", WIDE), ("narrow", NARROW))
    if name == "options_volume":
        test = charted_volume(found)
        assert test is not None
        return [(size, volume_chart(test, voice, label, size=shape)) for size, shape in sizes]
    expiry = charted(found)
    assert expiry is not None
    assert isinstance(found.chain, RecordedChain)
    draw = smile_chart if name == "options_smile" else distribution_chart
    return [(size, draw(expiry, found.chain.currency, voice, label, size=shape)) for size, shape in sizes]


def smile_chart(expiry: Expiry, currency: str, voice: Voice, label: str, *, size: tuple[int, int] = WIDE) -> str:
    """Implied volatility over strikes: a stroke from bid to ask, a ring at the mid, the fitted curve."""
    strikes = [point.strike for point in expiry.points]
    ends = [end for point in expiry.points for end in (point.low, point.high) if end is not None]
    levels = [point.implied_volatility for point in expiry.points]
    levels += [point.implied_volatility for point in expiry.curve]
    top = min(max([*levels, *ends]), 1.5 * max(levels))
    x, y, parts = _plane(size, (strikes[0], strikes[-1]), (max(0.0, min([*levels, *ends]) - 0.02), top))
    parts += _grid(size, y, (max(0.0, min([*levels, *ends]) - 0.02), top), lambda v, d: _percent(v, d, voice))
    parts += _strikes(size, x, (strikes[0], strikes[-1]), currency, voice)
    parts += _spot(size, x, expiry.spot, currency, voice)
    for point in expiry.points:
        low, high = point.low or point.implied_volatility, min(point.high or point.implied_volatility, top)
        parts.append(line(x(point.strike), y(low), x(point.strike), y(high), "band"))
        parts.append(element("circle", cx=x(point.strike), cy=y(point.implied_volatility), r=1.8, class_="event"))
    parts.append(path([(x(point.strike), y(point.implied_volatility)) for point in expiry.curve], "curve"))
    places = [(x(point.strike), y(point.implied_volatility)) for point in expiry.points]
    return chart(size, "".join(parts), label, Reading(places=places))


def distribution_chart(expiry: Expiry, currency: str, voice: Voice, label: str, *, size: tuple[int, int] = WIDE) -> str:
    """The density between the quoted strikes; what lies beyond them stands at the sides as a figure."""
    found = expiry.distribution
    assert isinstance(found, ImpliedDistribution)
    span = (found.strikes[0], found.strikes[-1])
    x, y, parts = _plane(size, span, (0.0, 1.08 * max(found.density)))
    bottom, left, right = size[1] - _MARGINS[3], _MARGINS[0], size[0] - _MARGINS[1]
    points = [(x(strike), y(value)) for strike, value in zip(found.strikes, found.density, strict=True)]
    parts += [path(points, "area", close_at=bottom), path(points, "curve"), line(left, bottom, right, bottom, "axis")]
    parts += _strikes(size, x, span, currency, voice)
    parts += _spot(size, x, expiry.spot, currency, voice)
    for word, mass, at, anchor in (
        (_BELOW, found.mass_below, left, "start"),
        (_ABOVE, found.mass_above, right, "end"),
    ):
        words = f"{written(word, voice)} {_percent(mass, 1, voice)}"
        parts.append(text(at, _MARGINS[2] + 8, words, "note halo", anchor=anchor))
    told = [price for _, price in quantiles(found)]
    places = [(x(price), y(float(np.interp(price, found.strikes, found.density)))) for price in told]
    return chart(size, "".join(parts), label, Reading(places=places))


def volume_chart(test: VolumeTest, voice: Voice, label: str, *, size: tuple[int, int] = WIDE) -> str:
    """One bar a session over the band of comparable days and the expectation in it."""
    count = len(test.chart)
    highest = max(point.volume for point in test.chart)
    known = [point for point in test.chart if point.high is not None]
    most = max([highest, *(min(point.high or 0.0, 1.5 * highest) for point in known)])
    x, y, parts = _plane(size, (-0.5, count - 0.5), (0.0, 1.05 * most))
    bottom = size[1] - _MARGINS[3]
    parts += _grid(size, y, (0.0, 1.05 * most), lambda v, _: big(v, voice.language))
    places = {place: point for place, point in enumerate(test.chart) if point.high is not None}
    if places:
        rim = [(x(place), y(min(point.high or 0.0, most))) for place, point in places.items()]
        rim += [(x(place), y(point.low or 0.0)) for place, point in reversed(places.items())]
        parts.append(element("polygon", points=" ".join(f"{a:.1f},{b:.1f}" for a, b in rim), class_="shade"))
    width = 0.6 * (x(1) - x(0)) if count > 1 else 8.0
    for place, point in enumerate(test.chart):
        tone = "bar" if place == count - 1 else "bar even"
        top = y(point.volume)
        parts.append(
            element("rect", x=x(place) - width / 2, y=top, width=width, height=max(bottom - top, 0.5), class_=tone)
        )
    if places:
        parts.append(path([(x(place), y(point.expected or 0.0)) for place, point in places.items()], "curve"))
        last = places[max(places)]
        parts.append(text(x(count - 1) + 8, y(last.expected or 0.0) + 4, written(_EXPECTED, voice), "note"))
    parts.append(text(x(count - 1) + 8, y(test.volume) + 4, big(test.volume, voice.language), "strong"))
    for place in (0, count - 1):
        words = day(test.chart[place].on, voice.language, year=False)
        parts.append(text(x(place), bottom + 18, words, "tick", anchor="start" if place == 0 else "end"))
    tops = [(x(place), y(point.volume)) for place, point in enumerate(test.chart)]
    return chart(size, "".join(parts), label, Reading(places=tops))


def _plane(size: tuple[int, int], xs: tuple[float, float], ys: tuple[float, float]) -> tuple[Scale, Scale, list[str]]:
    left, right, top, bottom = _MARGINS[0], size[0] - _MARGINS[1], _MARGINS[2], size[1] - _MARGINS[3]

    def x(value: float) -> float:
        return left + (right - left) * (value - xs[0]) / ((xs[1] - xs[0]) or 1.0)

    def y(value: float) -> float:
        return bottom - (bottom - top) * (value - ys[0]) / ((ys[1] - ys[0]) or 1.0)

    return x, y, []


def _grid(size: tuple[int, int], y: Scale, span: tuple[float, float], word: Callable[[float, int], str]) -> list[str]:
    values = ticks(*span, 5)
    parts = []
    for value in values:
        parts.append(line(_MARGINS[0], y(value), size[0] - _MARGINS[1], y(value), "axis" if value == 0 else "grid"))
        words = word(value, max(0, decimals(values) - 2))
        parts.append(text(_MARGINS[0] - 7, y(value) + 4, words, "tick", anchor="end"))
    return parts


def _strikes(size: tuple[int, int], x: Scale, span: tuple[float, float], currency: str, voice: Voice) -> list[str]:
    values = ticks(*span, 6 if size[0] > 500 else 3)
    digits = decimals(values)
    bottom = size[1] - _MARGINS[3]
    parts = []
    for value in values:
        parts.append(line(x(value), bottom, x(value), bottom + 4, "axis"))
        words = money(value, currency, voice.language, digits=digits)
        parts.append(text(x(value), bottom + 18, words, "tick", anchor="middle"))
    return parts


def _spot(size: tuple[int, int], x: Scale, spot: float, currency: str, voice: Voice) -> list[str]:
    words = f"{written(_SPOT, voice)} {money(spot, currency, voice.language)}"
    return [
        line(x(spot), _MARGINS[2] + 14, x(spot), size[1] - _MARGINS[3], "leader"),
        text(x(spot), _MARGINS[2] + 8, words, "note halo", anchor="middle"),
    ]


def _percent(value: float, digits: int, voice: Voice) -> str:
    return percent(value, voice.language, digits=digits)
