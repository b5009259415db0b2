"""Options: what was traded and whether that is exceptional, what the chain prices, and what it cannot tell."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np

from rerating.core.types import Gap
from rerating.findings.option_chain import Expiry
from rerating.findings.option_history import VolumeTest
from rerating.findings.options_activity import Literature, OptionsActivity, PricedEvent, RecordedChain
from rerating.measures.implied_distribution import ImpliedDistribution
from rerating.measures.option_volume import LEAST_DAYS, LEAST_NAMES
from rerating.statements.blocks import AnyBlock, Item, Length, Paragraph, Picture, Row, Section, Table
from rerating.statements.facts import Count, Day, Moment, Money, Name, Number, Share, Slot, Word
from rerating.statements.statement import Kind, Statement, Template

EXCEPTIONAL = 0.01
"""A volume is called exceptional where its p-value is at most this."""
CHARTED_DAYS = 30
"""Smile and distribution are drawn for the expiry nearest to this many days ahead."""
_TAIL = 0.1
DELTA = 25

TITLE = Word(de="Optionen", en="Options")
RIGHTS = {"call": Word(de="Calls", en="calls"), "put": Word(de="Puts", en="puts")}
VERDICTS = {
    True: Word(de="nach diesem Test außergewöhnlich", en="exceptional by this test"),
    False: Word(de="nach diesem Test nicht außergewöhnlich", en="not exceptional by this test"),
}
SIDES = {
    True: Word(de="Puts teurer als Calls", en="puts are dearer than calls"),
    False: Word(de="Calls teurer als Puts", en="calls are dearer than puts"),
}
RESULTS = {
    "down": Word(de="niedrigeren Renditen", en="lower returns"),
    "up": Word(de="höheren Renditen", en="higher returns"),
}

TRADED = Template(
    de="Laut der Kette vom {at} wurden {calls} in Calls und {puts} in Puts gehandelt; das Put-Call-Verhältnis ist "
    "{ratio}. Das offene Interesse, am Morgen als Stand des Vorabends gemeldet, beträgt {open_interest}.",
    en="By the chain of {at}, {calls} were traded in calls and {puts} in puts; the put-call ratio is {ratio}. Open "
    "interest, published in the morning as of the evening before, is {open_interest}.",
)
TRADED_NO_RATIO = Template(
    de="Laut der Kette vom {at} wurden {calls} in Calls und {puts} in Puts gehandelt. Das offene Interesse, am Morgen "
    "als Stand des Vorabends gemeldet, beträgt {open_interest}.",
    en="By the chain of {at}, {calls} were traded in calls and {puts} in puts. Open interest, published in the morning "
    "as of the evening before, is {open_interest}.",
)
TO_STOCK = Template(
    de="Gemessen an den Aktien, die ihnen zugrunde liegen, macht das {share} des Aktienumsatzes aus.",
    en="Counted in the shares that underlie them, that is {share} of the turnover in the stock.",
)
TESTED = Template(
    de="Das Volumen der {right} von {volume} am {on} ist {verdict}: Erwartet waren {expected}, und die Abweichung "
    "übertrifft die von {share} der {pool} vergleichbaren Tage von {names} Werten (p = {p}; {days} eigene Historie).",
    en="The volume of {right}, {volume} on {on}, is {verdict}: {expected} were to be expected, and the deviation "
    "exceeds that of {share} of {pool} comparable days of {names} names (p = {p}; {days} of its own history).",
)
BEYOND = Template(
    de="Über das hinaus, was mit Kursbewegung und Aktienumsatz des Tages einhergeht, ist p = {p}.",
    en="Beyond what goes with the day's price move and stock volume, p = {p}.",
)
ALONE = Template(
    de="Ohne eine Gruppe von {least} Werten bleibt der Tag des ganzen Marktes darin; an dessen lebhaften Tagen schlägt "
    "der Test dann zu oft an.",
    en="Without a group of {least} names the whole market's day stays in it; on the market's busy days the test then "
    "fires too often.",
)
TOO_SHORT = Template(
    de="Ob das Volumen der {right} von {volume} außergewöhnlich ist, lässt sich nicht sagen: Die Historie reicht bis "
    "{since} zurück und hat {days}; nötig sind {needed}.",
    en="Whether the volume of {right}, {volume}, is exceptional cannot be said: the history goes back to {since} and "
    "has {days}; {needed} are needed.",
)
UNLIKE = Template(
    de="Ob das Volumen der {right} von {volume} außergewöhnlich ist, lässt sich nicht sagen: Die Historie seit {since} "
    "enthält keinen Tag dieser Art.",
    en="Whether the volume of {right}, {volume}, is exceptional cannot be said: the history since {since} holds no day "
    "of this kind.",
)
PRICED = Template(
    de="Die Optionen mit Verfall am {on} preisen eine Schwankung von {volatility} im Jahr ein ({low} auf der "
    "Geldseite, {high} auf der Briefseite).",
    en="Options expiring on {on} price a volatility of {volatility} a year ({low} at the bid, {high} at the ask).",
)
PRICED_PLAIN = Template(
    de="Die Optionen mit Verfall am {on} preisen eine Schwankung von {volatility} im Jahr ein.",
    en="Options expiring on {on} price a volatility of {volatility} a year.",
)
SKEW = Template(
    de="Bei einem Delta von {delta} sind {side} ({size} Volatilitätspunkte).",
    en="At a delta of {delta}, {side} ({size} volatility points).",
)
SPREAD = Template(
    de="Im Preis der Optionen liegen {mass} der Wahrscheinlichkeit zwischen {low} und {high}. Das ist ein Preis des "
    "Risikos und keine Prognose.",
    en="In the price of the options, {mass} of the probability lies between {low} and {high}. That is a price of risk "
    "and not a forecast.",
)
EVENT = Template(
    de="Für „{title}“ preisen die Verfalle am {near} und am {far} eine Standardabweichung von {deviation} ein.",
    en="For “{title}”, the expiries on {near} and {far} price a standard deviation of {deviation}.",
)
REPORTED = Template(
    de="Berichtet und hier nicht geprüft: „{title}“.",
    en="Reported and not checked here: “{title}”.",
)
CANNOT = Template(
    de="Einer Kette ist nicht anzusehen, welche Seite einen Handel auslöste, ob er eine Position eröffnete oder "
    "schloss und was davon zu Kombinationen oder zum Weiterrollen gehörte.",
    en="A chain does not show which side set off a trade, whether it opened or closed a position, and what belonged to "
    "spreads or was rolled.",
)
LITERATURE = Template(
    de="Die Forschung spricht in beide Richtungen: Hohes Optionsvolumen ohne Vorzeichen ging mit {down} einher "
    "({down_authors}, {down_year}), Käufe, die Calls eröffnen, mit {up} ({up_authors}, {up_year}; ihre Daten "
    "sind nicht öffentlich).",
    en="Research speaks both ways: high option volume without a sign went with {down} ({down_authors}, "
    "{down_year}), purchases that open calls with {up} ({up_authors}, {up_year}; their data are not public).",
)

PICTURES: dict[str, tuple[Template, Template]] = {
    "options_smile": (
        Template(
            de="Implizite Volatilität nach Basispreis, Verfall am {on}",
            en="Implied volatility by strike, expiring {on}",
        ),
        Template(
            de="Striche reichen von der Geld- bis zur Briefseite, die Linie ist die angepasste Kurve; am Terminkurs "
            "{volatility}.",
            en="Strokes reach from bid to ask, the line is the fitted curve; {volatility} at the forward.",
        ),
    ),
    "options_distribution": (
        Template(
            de="Im Optionspreis enthaltene Verteilung des Kurses am {on}",
            en="Distribution of the price on {on} that the options imply",
        ),
        Template(
            de="Nur zwischen den notierten Basispreisen; darunter liegen {below}, darüber {above}, deren Verlauf nicht "
            "zu sehen ist.",
            en="Only between the quoted strikes; {below} lies below and {above} above, unseen in its course.",
        ),
    ),
    "options_volume": (
        Template(
            de="Volumen der {right} gegen die Erwartung, {from_on} bis {to_on}",
            en="Volume of {right} against what was to be expected, {from_on} to {to_on}",
        ),
        Template(
            de="Das Band hält {level} vergleichbarer Tage; zuletzt {volume}.",
            en="The band holds {level} of comparable days; {volume} at the end.",
        ),
    ),
}
HEAD = (
    Template(de="Verfall", en="Expiry"),
    Template(de="Volatilität", en="Volatility"),
    Template(de="Geld bis Brief", en="Bid to ask"),
    Template(de="Schiefe", en="Skew"),
    Template(de="Terminkurs", en="Forward"),
    Template(de="Notierungen", en="Quotes"),
)
CELL = Template(de="{value}", en="{value}")
RANGE = Template(de="{low} bis {high}", en="{low} to {high}")

DEFINITION_LABEL = Template(de="Optionen", en="Options")
DEFINITION = Template(
    de="Die letzte aufgezeichnete Kette des jüngsten Handelstags. Die Volatilitäten lösen die amerikanische Option mit "
    "Bardividenden an den Ex-Tagen; der Terminkurs ist jener, bei dem Calls und Puts am Geld übereinstimmen. Die "
    "Kurve ist ein rohes SVI ohne Schmetterlings-Arbitrage zwischen den notierten Basispreisen, und die Verteilung "
    "endet mit ihnen. Die Schiefe ist die Volatilität der Puts abzüglich jener der Calls bei einem Delta von "
    "{delta}. Die eingepreiste Bewegung eines Ereignisses folgt aus der Varianz zweier Verfalle in Handelstagen. "
    "Geprüft wird das Volumen an einem Modell des logarithmierten Volumens auf seine Vergangenheit, den Kalender, "
    "Berichtstermine und den Tag des Marktes; p ist der Anteil früherer vergleichbarer Tage aller vorliegenden Werte "
    "mit einer mindestens so großen Abweichung, und außergewöhnlich heißt p von höchstens {level:up_to}. Bei einer "
    "Historie unter {needed:less_than} gibt es kein p. Verhältnisse, Schiefe und Volumen durch offenes Interesse "
    "sind Anzeigen und keine Tests.",
    en="The last recorded chain of the newest session. Volatilities solve the American option with cash dividends at "
    "their ex-dates; the forward is the one at which calls and puts near the money agree. The curve is raw SVI "
    "without butterfly arbitrage between the quoted strikes, and the distribution ends with them. Skew is the "
    "volatility of puts minus that of calls at a delta of {delta}. An event's priced move follows from the variances "
    "of neighbouring expiries in trading sessions. Volume is tested against a model of log volume on its past, the "
    "calendar, reports and the market's day; p is the share of earlier comparable days of all names held with a "
    "deviation at least as large, and exceptional means p of at most {level:up_to}. With a history under {needed} "
    "there is no p. Ratios, skew and volume over open interest are displays and no tests.",
)


def section(findings: Sequence[OptionsActivity]) -> Section | None:
    """The section; None where neither a chain nor a volume is held (the gap stands among the gaps)."""
    found = findings[0] if findings else None
    if found is None or (isinstance(found.chain, Gap) and not _tests(found)):
        return None
    blocks: list[AnyBlock] = [Paragraph(since=Length.BRIEF, statements=tuple(_traded(found)))]
    priced = tuple(_priced(found))
    if priced:
        blocks.append(Paragraph(statements=priced))
    blocks += _pictures(found)
    table = _table(found)
    if table is not None:
        blocks.append(table)
    blocks.append(Paragraph(statements=tuple(_bounds(found))))
    return Section(name="options", title=TITLE, blocks=tuple(blocks))


def definition() -> Item:
    """How the figures are defined."""
    slots: dict[str, Slot] = {
        "delta": Number(value=DELTA / 100, digits=2),
        "level": Number(value=EXCEPTIONAL, digits=2),
        "needed": Count(value=LEAST_DAYS, of="session"),
    }
    return Item(
        label=Statement(kind=Kind.METHOD, template=DEFINITION_LABEL),
        statement=Statement(kind=Kind.METHOD, template=DEFINITION, slots=slots),
    )


def charted(found: OptionsActivity) -> Expiry | None:
    """The expiry of the charts: the one nearest to a month ahead that has a distribution."""
    if isinstance(found.chain, Gap) or isinstance(found.chain.expiries, Gap):
        return None
    drawn = [expiry for expiry in found.chain.expiries if isinstance(expiry.distribution, ImpliedDistribution)]
    return min(drawn, key=lambda expiry: abs(expiry.years * 365 - CHARTED_DAYS), default=None)


def charted_volume(found: OptionsActivity) -> VolumeTest | None:
    """The volume test of the chart: the one with the smallest p-value."""
    tested = [
        (test.p_value, place, test) for place, test in enumerate(_tests(found)) if isinstance(test.p_value, float)
    ]
    return min(tested)[2] if tested else None


def quantiles(distribution: ImpliedDistribution) -> tuple[float, float] | None:
    """The tenth and the ninetieth percentile, where both lie between the quoted strikes."""
    if distribution.mass_below > _TAIL or distribution.mass_above > _TAIL:
        return None
    low, high = np.interp([_TAIL, 1 - _TAIL], distribution.below, distribution.strikes)
    return float(low), float(high)


def _tests(found: OptionsActivity) -> list[VolumeTest]:
    return [test for test in found.volume_tests if isinstance(test, VolumeTest)]


def _traded(found: OptionsActivity) -> Iterator[Statement]:
    chain = found.chain
    if isinstance(chain, RecordedChain):
        totals = chain.totals
        slots: dict[str, Slot] = {
            "at": Moment(at=chain.quoted_at, src=chain.src),
            "calls": Count(value=totals.call_volume, of="contract", src=totals.src),
            "puts": Count(value=totals.put_volume, of="contract", src=totals.src),
            "open_interest": Count(value=totals.open_interest, of="contract", src=totals.src),
        }
        if totals.put_call_ratio is None:
            yield Statement(kind=Kind.FACT, template=TRADED_NO_RATIO, slots=slots)
        else:
            ratio = Number(value=totals.put_call_ratio, src=totals.src, formula="put volume / call volume")
            yield Statement(kind=Kind.FACT, template=TRADED, slots=slots | {"ratio": ratio})
        if totals.option_to_stock is not None:
            share = Share(value=totals.option_to_stock, src=totals.src, formula="contracts * 100 / shares traded")
            yield Statement(kind=Kind.FACT, template=TO_STOCK, slots={"share": share})
    for test in _tests(found):
        yield from _tested(test)


def _tested(test: VolumeTest) -> Iterator[Statement]:
    slots: dict[str, Slot] = {
        "right": RIGHTS[test.right],
        "volume": Count(value=test.volume, of="contract", src=test.src),
    }
    if isinstance(test.p_value, Gap) or isinstance(test.expected, Gap):
        slots["since"] = Day(on=test.history_since, src=test.src)
        if test.n_days >= LEAST_DAYS:
            yield Statement(kind=Kind.GAP, template=UNLIKE, slots=slots)
            return
        slots |= {
            "days": Count(value=test.n_days, of="session", src=test.src),
            "needed": Count(value=LEAST_DAYS, of="session"),
        }
        yield Statement(kind=Kind.GAP, template=TOO_SHORT, slots=slots)
        return
    slots |= {
        "on": Day(on=test.on),
        "verdict": VERDICTS[test.p_value <= EXCEPTIONAL],
        "expected": Count(value=float(round(test.expected)), of="contract", src=test.src),
        "share": Share(value=1 - test.p_value, digits=2, src=test.src, formula="1 - p"),
        "pool": Number(value=test.n_pool, digits=0, src=test.src),
        "names": Number(value=test.n_names, digits=0, src=test.src),
        "p": Number(value=test.p_value, digits=4, src=test.src),
        "days": Count(value=test.n_days, of="session", src=test.src),
    }
    yield Statement(kind=Kind.ESTIMATE, template=TESTED, slots=slots)
    if isinstance(test.p_value_given_move, float):
        p = Number(value=test.p_value_given_move, digits=4, src=test.src)
        yield Statement(kind=Kind.ESTIMATE, template=BEYOND, slots={"p": p})
    if not test.market_removed:
        least = Number(value=LEAST_NAMES, digits=0)
        yield Statement(kind=Kind.METHOD, template=ALONE, slots={"least": least})


def _priced(found: OptionsActivity) -> Iterator[Statement]:
    expiry = charted(found)
    if expiry is None or isinstance(expiry.implied_volatility, Gap) or isinstance(found.chain, Gap):
        return
    slots: dict[str, Slot] = {
        "on": Day(on=expiry.expires_on),
        "volatility": Share(value=expiry.implied_volatility, src=expiry.src),
    }
    low, high = expiry.implied_volatility_bid, expiry.implied_volatility_ask
    if low is None or high is None:
        yield Statement(kind=Kind.ESTIMATE, template=PRICED_PLAIN, slots=slots)
    else:
        ends: dict[str, Slot] = {"low": Share(value=low, src=expiry.src), "high": Share(value=high, src=expiry.src)}
        yield Statement(kind=Kind.ESTIMATE, template=PRICED, slots=slots | ends)
    if isinstance(expiry.skew_25_delta, float):
        skew: dict[str, Slot] = {
            "delta": Number(value=DELTA / 100, digits=2),
            "size": Number(
                value=abs(expiry.skew_25_delta) * 100, digits=1, src=expiry.src, formula="IV(put) - IV(call)"
            ),
            "side": SIDES[expiry.skew_25_delta >= 0],
        }
        yield Statement(kind=Kind.ESTIMATE, template=SKEW, slots=skew)
    yield from _spread(expiry, found.chain.currency)
    if isinstance(found.chain.event, PricedEvent):
        yield _event(found.chain.event)


def _spread(expiry: Expiry, currency: str) -> Iterator[Statement]:
    ends = quantiles(expiry.distribution) if isinstance(expiry.distribution, ImpliedDistribution) else None
    if ends is not None:
        slots: dict[str, Slot] = {
            "mass": Share(value=1 - 2 * _TAIL, digits=0, src=expiry.src),
            "low": Money(value=ends[0], unit=currency, src=expiry.src),
            "high": Money(value=ends[1], unit=currency, src=expiry.src),
        }
        yield Statement(kind=Kind.ESTIMATE, template=SPREAD, slots=slots)


def _event(event: PricedEvent) -> Statement:
    slots: dict[str, Slot] = {
        "title": Name(de=event.title, en=event.title, de_is_original=True, src=event.src[:1]),
        "near": Day(on=event.near),
        "far": Day(on=event.far),
        "deviation": Share(value=event.move.deviation, src=event.src),
    }
    return Statement(kind=Kind.ESTIMATE, template=EVENT, slots=slots)


def _pictures(found: OptionsActivity) -> Iterator[Picture]:
    expiry, test = charted(found), charted_volume(found)
    if expiry is not None and isinstance(expiry.implied_volatility, float):
        on = Day(on=expiry.expires_on)
        at_forward = Share(value=expiry.implied_volatility, src=expiry.src)
        yield _picture("options_smile", {"on": on}, {"volatility": at_forward})
        assert isinstance(expiry.distribution, ImpliedDistribution)
        tails: dict[str, Slot] = {
            "below": Share(value=expiry.distribution.mass_below, src=expiry.src),
            "above": Share(value=expiry.distribution.mass_above, src=expiry.src),
        }
        yield _picture("options_distribution", {"on": on}, tails)
    if test is not None:
        ends: dict[str, Slot] = {
            "right": RIGHTS[test.right],
            "from_on": Day(on=test.chart[0].on),
            "to_on": Day(on=test.chart[-1].on),
        }
        volume = Count(value=test.volume, of="contract", src=test.src)
        yield _picture("options_volume", ends, {"level": Share(value=0.98, digits=0), "volume": volume})


def _picture(name: str, title: dict[str, Slot], says: dict[str, Slot]) -> Picture:
    templates = PICTURES[name]
    return Picture(
        name=name,
        title=Statement(kind=Kind.ESTIMATE, template=templates[0], slots=title),
        says=Statement(kind=Kind.ESTIMATE, template=templates[1], slots=says),
    )


def _table(found: OptionsActivity) -> Table | None:
    if isinstance(found.chain, Gap) or isinstance(found.chain.expiries, Gap) or len(found.chain.expiries) < 2:
        return None
    head = tuple(Statement(kind=Kind.ESTIMATE, template=template) for template in HEAD)
    rows = tuple(_row(expiry, found.chain.currency) for expiry in found.chain.expiries)
    return Table(since=Length.FULL, name="options", head=head, rows=rows)


def _row(expiry: Expiry, currency: str) -> Row:
    low, high = expiry.implied_volatility_bid, expiry.implied_volatility_ask
    band = None
    if low is not None and high is not None:
        ends: dict[str, Slot] = {"low": Share(value=low, src=expiry.src), "high": Share(value=high, src=expiry.src)}
        band = Statement(kind=Kind.ESTIMATE, template=RANGE, slots=ends)
    forward = expiry.forward
    return Row(
        label=_cell(Day(on=expiry.expires_on)),
        cells=(
            _share(expiry.implied_volatility, expiry),
            band,
            _share(expiry.skew_25_delta, expiry),
            None if isinstance(forward, Gap) else _cell(Money(value=forward, unit=currency, src=expiry.src)),
            _cell(Number(value=expiry.quotes, digits=0, src=expiry.src)),
        ),
    )


def _share(value: float | Gap, expiry: Expiry) -> Statement | None:
    return None if isinstance(value, Gap) else _cell(Share(value=value, src=expiry.src))


def _cell(value: Slot) -> Statement:
    return Statement(kind=Kind.ESTIMATE, template=CELL, slots={"value": value})


def _bounds(found: OptionsActivity) -> Iterator[Statement]:
    for flow in found.reported:
        title = Name(de=flow.title, en=flow.title, de_is_original=True, src=flow.src)
        yield Statement(kind=Kind.OPINION, template=REPORTED, slots={"title": title})
    yield Statement(kind=Kind.METHOD, template=CANNOT)
    down = _study(found.literature, "high_volume_down")
    up = _study(found.literature, "signed_opening_calls_up")
    slots: dict[str, Slot] = {
        "down": RESULTS["down"],
        "down_authors": Name(de=down.authors, en=down.authors),
        "down_year": Name(de=str(down.year), en=str(down.year)),
        "up": RESULTS["up"],
        "up_authors": Name(de=up.authors, en=up.authors),
        "up_year": Name(de=str(up.year), en=str(up.year)),
    }
    yield Statement(kind=Kind.METHOD, template=LITERATURE, slots=slots)


def _study(literature: Sequence[Literature], result: str) -> Literature:
    return next(study for study in literature if study.result == result)
