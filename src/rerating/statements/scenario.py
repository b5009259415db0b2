"""Can the claim be true, does the spending pay, what does the price presuppose: in sentences, tables and pictures."""

from __future__ import annotations

from rerating.core.types import Gap
from rerating.findings.scenario import Scenario
from rerating.findings.scenario_price import PriceScenario
from rerating.findings.scenario_programme import DRAWS, CapexScenario
from rerating.findings.scenario_share import ShareOfMarket, ShareScenario
from rerating.language.numbers import exact
from rerating.measures.market_share import ClaimVerdict, Feasibility
from rerating.measures.scenario_draws import BAND_LEVEL, Band, Driver
from rerating.statements.blocks import AnyBlock, Item, Items, Length, Paragraph, Picture, Row, Section, Table
from rerating.statements.facts import Money, Name, Number, Share, Slot, Word
from rerating.statements.statement import Kind, Statement, Template

TITLE = Word(de="Szenarien", en="Scenarios")

CLAIM = Template(
    de="Behauptet werden {part} des Marktzuwachses, gemessen an „{market}“. Aus einem Anteil von {before} würde bei "
    "{growth} Marktwachstum einer von {after}; die mittlere Spanne der Szenarien reicht von {low} bis {high}. Das ist "
    "{verdict}, bindend ist {binding}.",
    en="The claim is {part} of the market's increment, measured by “{market}”. From a share of {before}, market growth "
    "of {growth} would make one of {after}; the middle range of the scenarios runs from {low} to {high}. That is "
    "{verdict}, bound by {binding}.",
)
TARGET = Template(
    de="Für einen Anteil von {target} bräuchte der Markt ein Wachstum von {needed}: {verdict}, bindend ist {binding}.",
    en="A share of {target} would need market growth of {needed}: {verdict}, bound by {binding}.",
)
MARGIN = Template(
    de="Damit die Investitionen des Zeitraums allein auf diesem Umsatz ihre Kapitalkosten verdienen, bräuchte es eine "
    "EBITA-Marge von {margin}.",
    en="For the capital spending of the period to earn its cost on this revenue alone, an EBITA margin of {margin} "
    "would be needed.",
)
RETURN = Template(
    de="Das Programm „{name}“ umfasst {budget}. Im Grundfall verdient es {irr} im Jahr bei Kapitalkosten von {rate}; "
    "sein Barwert ist {npv}. In {pays} der {draws} Szenarien liegt der Barwert über null.",
    en="The programme “{name}” amounts to {budget}. In the base case it earns {irr} a year at a cost of capital of "
    "{rate}; its present value is {npv}. In {pays} of the {draws} scenarios the present value is above zero.",
)
RETURN_NONE = Template(
    de="Das Programm „{name}“ umfasst {budget}. Im Grundfall hat es keinen internen Zinsfuß bei Kapitalkosten von "
    "{rate}; sein Barwert ist {npv}. In {pays} der {draws} Szenarien liegt der Barwert über null.",
    en="The programme “{name}” amounts to {budget}. In the base case it has no internal rate of return at a cost of "
    "capital of {rate}; its present value is {npv}. In {pays} of the {draws} scenarios the present value is above "
    "zero.",
)
PAYBACK = Template(
    de="Abgezinst ist das Geld im Grundfall nach {years} Jahren zurück.",
    en="Discounted, the money is back after {years} years in the base case.",
)
PAYBACK_NONE = Template(
    de="Abgezinst kommt das Geld im Grundfall über die Lebensdauer der Anlagen nicht zurück.",
    en="Discounted, the money does not come back over the life of the assets in the base case.",
)
BREAK_EVEN = Template(
    de="Seine Kosten samt Kapitalkosten deckt es ab einer Auslastung von {break_even}; angesetzt sind {planned}.",
    en="It covers its cost, capital included, from a utilisation of {break_even} on; {planned} is what is assumed.",
)
DRIVERS = Template(
    de="Den Barwert bestimmen vor allem {first} (Sobol-Index {first_index}) und {second} ({second_index}).",
    en="The present value is decided above all by {first} (Sobol index {first_index}) and {second} ({second_index}).",
)
WAVE = Template(
    de="Im Jahr {year} des Programms erreichen die Abschreibungen {amount}; der Zuwachs gegenüber dem Jahr davor macht "
    "{drag} des heutigen EBITA der Sparte aus.",
    en="In year {year} of the programme depreciation reaches {amount}; its addition over the year before is {drag} of "
    "the segment's present EBITA.",
)
TROUGH = Template(
    de="Der freie Mittelzufluss des Unternehmens hat seinen Tiefpunkt im Jahr {year} bei {with_programme}; ohne das "
    "Programm wären es {without}.",
    en="The company's free cash flow has its trough in year {year} at {with_programme}; without the programme it would "
    "be {without}.",
)
GROWTH = Template(
    de="Der Kurs von {price} setzt bei einer Marge von {margin} über {years} Jahre ein Wachstum von {growth} im Jahr "
    "voraus; die mittlere Spanne der Szenarien reicht von {low} bis {high}.",
    en="At a margin of {margin} the price of {price} presupposes growth of {growth} a year for {years} years; the "
    "middle range of the scenarios runs from {low} to {high}.",
)
ADVANTAGE = Template(
    de="Anders gelesen: Bei {growth} Wachstum müssten die Renditen {years} Jahre lang über den Kapitalkosten liegen.",
    en="Read another way: at growth of {growth}, returns would have to stay above their cost for {years} years.",
)
PARTS = Template(
    de="Die Summe der Teile ergibt {value} je Stück; die mittlere Spanne reicht von {low} bis {high}.",
    en="The sum of the parts comes to {value} a unit; the middle range runs from {low} to {high}.",
)
PART = Template(
    de="Für „{part}“ bleibt im Kurs ein Multiplikator von {multiple}.",
    en="For “{part}” the price leaves a multiple of {multiple}.",
)
DEFINITION_LABEL = Template(de="Szenarien", en="Scenarios")
DEFINITION = Template(
    de="Szenarien über die Spannen einer Falldatei, deren Werte zum Stichtag bekannt waren oder als Annahme "
    "gekennzeichnet sind. Spannen gelten als Dreiecksverteilung und werden mit einer verwürfelten Sobol-Folge gezogen, "
    "für ein Programm {draws} Mal; die mittlere Spanne umfasst {level} der Szenarien. Was am meisten zählt, sagt der "
    "Sobol-Gesamtindex. Anteil danach ist (s + a g) / (g + {one}). Das Programm ist ein Modell nach "
    "Quartalsjahrgängen, Leasing zählt dabei als gekauft. Der Kurs wird durch ein Barwertmodell rückwärts gelesen, in "
    "dem das Wachstum auf seinen Endwert und die Rendite neuen Kapitals auf dessen Kosten ausläuft.",
    en="Scenarios over the ranges of a case file whose values were known at the cutoff or are marked as assumptions. "
    "Ranges are triangular and drawn by a scrambled Sobol sequence, {draws} times for a programme; the middle range "
    "holds {level} of the scenarios. What matters most is the total-order Sobol index. Share after is (s + a g) / "
    "(g + {one}). The programme is a model of quarterly vintages in which leases count as bought. The price is read "
    "backwards through a present value whose growth fades to its end value and whose return on new capital fades to "
    "its cost.",
)
VALUE = Template(de="{value}", en="{value}")
RANGE = Template(de="{low} bis {high}", en="{low} to {high}")
PAIR = Template(de="{first}, {second}", en="{first}, {second}")
COUNTED = Template(de="{value} {unit}", en="{value} {unit}")
VERDICT = Template(de="{verdict} ({binding})", en="{verdict} ({binding})")
QUESTION = Template(de="{question}", en="{question}")

HEADS: dict[str, tuple[Template, ...]] = {
    "scenario_share": (
        Template(de="Abgrenzung des Marktes", en="Definition of the market"),
        Template(de="Größe", en="Size"),
        Template(de="Anteil", en="Share"),
        Template(de="Anteil danach", en="Share after"),
        Template(de="Urteil", en="Verdict"),
    ),
    "scenario_capex": (
        Template(de="Größe", en="Figure"),
        Template(de="Grundfall", en="Base case"),
        Template(de="mittlere Spanne", en="middle range"),
        Template(de="Anteil der Szenarien", en="share of scenarios"),
        Template(de="was am meisten zählt", en="what matters most"),
    ),
    "scenario_price": (
        Template(de="Kapitalkosten", en="Cost of capital"),
        Template(de="vorausgesetztes Wachstum", en="presupposed growth"),
        Template(de="vorausgesetzte Jahre", en="presupposed years"),
    ),
}
OUTPUTS: dict[str, Template] = {
    "discounted_payback": Template(de="Amortisation, abgezinst (Jahre)", en="Payback, discounted (years)"),
    "payback": Template(de="Amortisation (Jahre)", en="Payback (years)"),
    "irr": Template(de="Interner Zinsfuß", en="Internal rate of return"),
    "npv": Template(de="Barwert", en="Present value"),
    "roic_total": Template(de="Kapitalrendite des Programms", en="Return on capital of the programme"),
    "break_even_utilisation": Template(de="Auslastung an der Gewinnschwelle", en="Break-even utilisation"),
    "trough": Template(de="Tiefster Kassenstand", en="Deepest cash balance"),
}
PICTURES: dict[str, tuple[Template, Template]] = {
    "scenario_fan": (
        Template(
            de="Kumulierter Mittelzufluss des Programms in {unit}, nach Programmjahren",
            en="Cumulated cash flow of the programme in {unit}, by programme year",
        ),
        Template(
            de="Fächerdiagramm: Der Median endet im Jahr {year} bei {median}, die Spanne bei {low} bis {high}.",
            en="Fan chart: the median ends in year {year} at {median}, the middle range at {low} to {high}.",
        ),
    ),
    "scenario_tornado": (
        Template(
            de="Barwert in {unit}, wenn eine Annahme an die Enden ihrer Spanne rückt",
            en="Present value in {unit} when one input moves to the ends of its range",
        ),
        Template(
            de="Balkendiagramm: Am meisten bewegt „{first}“, von {low} bis {high}.",
            en="Bar chart: “{first}” moves it most, from {low} to {high}.",
        ),
    ),
    "scenario_map": (
        Template(
            de="Was die Behauptung braucht: Marktwachstum und Anteil am Zuwachs, „{market}“",
            en="What the claim needs: market growth and part of the increment, “{market}”",
        ),
        Template(
            de="Karte des Möglichen; bei {growth} Wachstum und {part} des Zuwachses ist die Behauptung {verdict}.",
            en="Map of the possible; at growth of {growth} and {part} of the increment the claim is {verdict}.",
        ),
    ),
}
VERDICTS = {
    Feasibility.POSSIBLE: Word(de="möglich", en="possible"),
    Feasibility.STRETCHED: Word(de="überdehnt", en="stretched"),
    Feasibility.IMPOSSIBLE: Word(de="unmöglich", en="impossible"),
}
BOUNDS = {
    "market_growth": Word(de="das Marktwachstum", en="the market's growth"),
    "share_after": Word(de="der Anteil selbst", en="the share itself"),
    "sales_before": Word(de="der heutige Umsatz", en="present sales"),
    "own_increment": Word(de="der eigene Zuwachs", en="the company's own increment"),
}
INPUTS: dict[str, Word] = {
    "margin": Word(de="Marge", en="margin"),
    "budget": Word(de="Budget", en="budget"),
    "lag": Word(de="Vorlauf", en="lag"),
    "ramp": Word(de="Anlauf", en="ramp"),
    "utilisation_start": Word(de="Auslastung am Anfang", en="utilisation at the start"),
    "utilisation": Word(de="Auslastung", en="utilisation"),
    "revenue_per_capex": Word(de="Umsatz je Investition", en="revenue per capex"),
    "price_deflation": Word(de="Preisverfall", en="price deflation"),
    "equipment_deflation": Word(de="Verbilligung der Technik", en="equipment deflation"),
    "cost_ratio": Word(de="Kostenquote", en="cost ratio"),
    "fixed_cost": Word(de="Fixkosten", en="fixed cost"),
    "internal_use": Word(de="Eigenverbrauch", en="internal use"),
    "internal_value": Word(de="Wert des Eigenverbrauchs", en="value of internal use"),
    "displaced": Word(de="verdrängter Umsatz", en="displaced revenue"),
    "loss_use": Word(de="Verlustnutzung", en="use of losses"),
    "working_capital": Word(de="Umlaufvermögen", en="working capital"),
    "residual": Word(de="Restwert", en="residual value"),
    "prepaid": Word(de="Anzahlung", en="prepayment"),
    "lease_share": Word(de="Leasinganteil", en="leased share"),
    "lease_term": Word(de="Leasingdauer", en="lease term"),
    "lease_rate": Word(de="Leasingzins", en="lease rate"),
    "tax_rate": Word(de="Steuersatz", en="tax rate"),
    "discount_rate": Word(de="Kapitalkosten", en="cost of capital"),
    "growth": Word(de="Wachstum", en="growth"),
    "share_before": Word(de="Anteil", en="share"),
    "incremental_share": Word(de="Anteil am Zuwachs", en="part of the increment"),
    "own_growth": Word(de="eigenes Wachstum", en="own growth"),
    "sales_to_capital": Word(de="Umsatz je Kapital", en="sales to capital"),
    "terminal_growth": Word(de="ewiges Wachstum", en="terminal growth"),
    "advantage_years": Word(de="Jahre des Vorteils", en="years of advantage"),
}
PREFIXES = {
    "life": Word(de="Lebensdauer", en="life"),
    "share": Word(de="Budgetanteil", en="budget share"),
    "multiple": Word(de="Multiplikator", en="multiple"),
    "measure": Word(de="Ansatz", en="measure"),
}


def input_name(name: str) -> Word:
    """What an input is called; the part after a dot is a proper name."""
    if name in INPUTS:
        return INPUTS[name]
    kind, _, rest = name.partition(".")
    prefix = PREFIXES.get(kind)
    if prefix is None:
        plain = name.replace("_", " ")
        return Word(de=plain, en=plain)
    return Word(de=f"{prefix.de} {rest}", en=f"{prefix.en} of {rest}")


def definition() -> Item:
    """How the scenarios are made; the numbers in it are the findings' own constants."""
    slots: dict[str, Slot] = {
        "level": Share(value=BAND_LEVEL, digits=0),
        "draws": Number(value=DRAWS, digits=0),
        "one": Number(value=1, digits=0),
    }
    return Item(
        label=Statement(kind=Kind.METHOD, template=DEFINITION_LABEL),
        statement=Statement(kind=Kind.METHOD, template=DEFINITION, slots=slots),
    )


def section(found: Scenario) -> Section | None:
    """The section of the scenarios; None where none of them could be made (their gaps stand among the gaps)."""
    blocks: list[AnyBlock] = []
    if not isinstance(found.share, Gap):
        blocks += _share(found, found.share)
    if not isinstance(found.capex, Gap):
        blocks += _capex(found, found.capex)
    if not isinstance(found.price, Gap):
        blocks += _price(found, found.price)
    if not blocks:
        return None
    if found.open_questions:
        blocks.append(_questions(found))
    return Section(name="scenario", title=TITLE, blocks=tuple(blocks))


def sources_of_inputs(found: Scenario, *prefixes: str) -> tuple[str, ...]:
    """The evidence behind the inputs whose places begin like that, each once."""
    ids = [key for value in found.inputs if value.place.startswith(prefixes) for key in value.src]
    return tuple(dict.fromkeys(ids))


def _share(found: Scenario, share: ShareScenario) -> list[AnyBlock]:
    first = share.definitions[0]
    src = sources_of_inputs(found, "claim.", "market.0.")
    sentences = [_claim(found, first, src)]
    if first.target_share is not None and isinstance(first.target_verdict, ClaimVerdict):
        assert isinstance(first.growth_needed, float)
        slots: dict[str, Slot] = {
            "target": _claimed(first.target_share),
            "needed": Share(value=first.growth_needed, formula="(target - share) / (part - target)"),
            **_verdict(first.target_verdict),
        }
        sentences.append(Statement(kind=Kind.ESTIMATE, template=TARGET, slots=slots))
    if not isinstance(first.margin_needed, Gap):
        margin = Share(value=first.margin_needed, digits=0, src=sources_of_inputs(found, "segment.capex"))
        sentences.append(Statement(kind=Kind.ESTIMATE, template=MARGIN, slots={"margin": margin}))
    rows = tuple(
        Row(label=_say(VALUE, value=_name(found, one.market_name)), cells=_share_cells(found, place, one))
        for place, one in enumerate(share.definitions)
    )
    return [
        Paragraph(since=Length.BRIEF, statements=tuple(sentences)),
        _map(found, first),
        _table("scenario_share", rows),
    ]


def _claim(found: Scenario, one: ShareOfMarket, src: tuple[str, ...]) -> Statement:
    band = one.share_after_band
    low, high = (one.share_after, one.share_after) if band is None else (band.low, band.high)
    slots: dict[str, Slot] = {
        "part": _claimed(one.incremental_share),
        "market": _name(found, one.market_name),
        "before": Share(value=one.share_before, src=src),
        "growth": Share(value=one.growth),
        "after": Share(value=one.share_after, formula="(s + a g) / (1 + g)"),
        "low": Share(value=low),
        "high": Share(value=high),
        **_verdict(one.claim_verdict),
    }
    return Statement(kind=Kind.ESTIMATE, template=CLAIM, slots=slots)


def _claimed(value: float) -> Share:
    """A share that somebody named, with the decimals it has: round figures stay round."""
    return Share(value=value, digits=0 if exact(value) * 100 % 1 == 0 else 1)


def _verdict(verdict: ClaimVerdict) -> dict[str, Slot]:
    return {"verdict": VERDICTS[verdict.verdict], "binding": BOUNDS[verdict.binding or "market_growth"]}


def _share_cells(found: Scenario, place: int, one: ShareOfMarket) -> tuple[Statement, ...]:
    src = sources_of_inputs(found, f"market.{place}.size")
    size = _amount(one.market, one.unit, src)
    return (
        size,
        _say(VALUE, value=Share(value=one.share_before, src=sources_of_inputs(found, f"market.{place}.share_before"))),
        _say(VALUE, value=Share(value=one.share_after)),
        _say(VERDICT, **_verdict(one.claim_verdict)),
    )


def _amount(value: float, unit: str, src: tuple[str, ...]) -> Statement:
    if len(unit) == 3 and unit.isupper():
        return _say(VALUE, value=Money(value=value, unit=unit, src=src))
    return _say(COUNTED, value=Number(value=value, digits=0, src=src), unit=Name(de=unit, en=unit))


def _capex(found: Scenario, capex: CapexScenario) -> list[AnyBlock]:
    src = sources_of_inputs(found, "programme.")
    sentences = [_return(found, capex, src)]
    if isinstance(capex.discounted_payback, Gap):
        sentences.append(_say(PAYBACK_NONE))
    else:
        sentences.append(_say(PAYBACK, years=Number(value=capex.discounted_payback, digits=1)))
    if not isinstance(capex.break_even_utilisation, Gap):
        planned, needed = Share(value=capex.utilisation), Share(value=capex.break_even_utilisation)
        sentences.append(_say(BREAK_EVEN, break_even=needed, planned=planned))
    leading = capex.drivers.get("npv", ())
    if len(leading) == 2:
        sentences.append(_say(DRIVERS, **_pair(leading, with_index=True)))
    sentences += _burden(found, capex)
    rows = tuple(row for name in OUTPUTS if (row := _output(capex, name)) is not None)
    pictures = [_fan(capex)] + ([_tornado(capex)] if capex.tornado else [])
    return [
        Paragraph(since=Length.BRIEF, statements=tuple(sentences)),
        *pictures,
        _table("scenario_capex", rows),
    ]


def _return(found: Scenario, capex: CapexScenario, src: tuple[str, ...]) -> Statement:
    slots: dict[str, Slot] = {
        "name": _name(found, capex.name),
        "budget": Money(value=capex.budget, unit=capex.currency, src=src),
        "rate": Share(value=capex.discount_rate),
        "npv": Money(value=capex.npv, unit=capex.currency),
        "pays": Share(value=capex.pays),
        "draws": Number(value=capex.draws, digits=0),
    }
    if isinstance(capex.irr, Gap):
        return _say(RETURN_NONE, **slots)
    return _say(RETURN, irr=Share(value=capex.irr), **slots)


def _pair(leading: tuple[Driver, ...], *, with_index: bool) -> dict[str, Slot]:
    first, second = leading[:2]
    slots: dict[str, Slot] = {"first": input_name(first.name), "second": input_name(second.name)}
    if with_index:
        slots["first_index"] = Number(value=first.total_order)
        slots["second_index"] = Number(value=second.total_order)
    return slots


def _burden(found: Scenario, capex: CapexScenario) -> list[Statement]:
    sentences = []
    known = [(year.drag, year) for year in capex.depreciation_wave if not isinstance(year.drag, Gap)]
    if known:
        drag, year = max(known, key=lambda pair: pair[0])
        sentences.append(
            _say(
                WAVE,
                year=Number(value=year.year, digits=0),
                amount=Money(value=year.depreciation, unit=capex.currency),
                drag=Share(value=drag, digits=0, src=sources_of_inputs(found, "segment.margin", "segment.sales")),
            )
        )
    trough = capex.group_trough
    if not isinstance(trough, Gap):
        sentences.append(
            _say(
                TROUGH,
                year=Number(value=trough.year, digits=0),
                with_programme=Money(value=trough.with_programme, unit=capex.currency),
                without=Money(value=trough.without, unit=capex.currency),
            )
        )
    return sentences


def _output(capex: CapexScenario, name: str) -> Row | None:
    base, band = getattr(capex, name), capex.bands.get(name)
    leading = capex.drivers.get(name, ())
    return Row(
        label=_say(OUTPUTS[name]),
        cells=(
            None if isinstance(base, Gap) else _say(VALUE, value=_figure(name, base, capex.currency)),
            None if band is None else _band(name, band, capex.currency),
            None if band is None else _say(VALUE, value=Share(value=band.share)),
            _say(PAIR, **_pair(leading, with_index=False)) if len(leading) >= 2 else None,
        ),
    )


def _figure(name: str, value: float, currency: str) -> Slot:
    if name in {"npv", "trough"}:
        return Money(value=value, unit=currency)
    return Number(value=value, digits=1) if "payback" in name else Share(value=value)


def _band(name: str, band: Band, currency: str) -> Statement:
    return _say(RANGE, low=_figure(name, band.low, currency), high=_figure(name, band.high, currency))


def _price(found: Scenario, price: PriceScenario) -> list[AnyBlock]:
    src = sources_of_inputs(found, "price.", "fx.")
    sentences = []
    band = price.growth_band
    if not isinstance(price.growth, Gap) and not isinstance(price.advantage_years, Gap) and band is not None:
        slots: dict[str, Slot] = {
            "price": Money(value=price.price, unit=price.price_currency, src=src),
            "margin": Share(value=price.margin),
            "years": Number(value=price.advantage_years, digits=0),
            "growth": Share(value=price.growth),
            "low": Share(value=band.low),
            "high": Share(value=band.high),
        }
        sentences.append(_say(GROWTH, **slots))
    if not isinstance(price.advantage, Gap) and not isinstance(price.expected_growth, Gap):
        years = Number(value=price.advantage, digits=0)
        sentences.append(_say(ADVANTAGE, growth=Share(value=price.expected_growth), years=years))
    sentences += _parts(found, price)
    rows = tuple(
        Row(
            label=_say(VALUE, value=Share(value=row.discount_rate)),
            cells=(
                None if row.growth is None else _say(VALUE, value=Share(value=row.growth)),
                None if row.advantage_years is None else _say(VALUE, value=Number(value=row.advantage_years, digits=1)),
            ),
        )
        for row in price.by_rate
    )
    blocks: list[AnyBlock] = [Paragraph(since=Length.BRIEF, statements=tuple(sentences))] if sentences else []
    return [*blocks, _table("scenario_price", rows)]


def _parts(found: Scenario, price: PriceScenario) -> list[Statement]:
    parts = price.sum_of_parts
    if isinstance(parts, Gap) or parts.per_unit_band is None:
        return []
    unit, band = parts.currency, parts.per_unit_band
    sentences = [
        _say(
            PARTS,
            value=Money(value=parts.per_unit, unit=unit),
            low=Money(value=band.low, unit=unit),
            high=Money(value=band.high, unit=unit),
        )
    ]
    if not isinstance(parts.implied_multiple, Gap) and parts.part is not None:
        name = _name(found, parts.part)
        sentences.append(_say(PART, part=name, multiple=Number(value=parts.implied_multiple, digits=1)))
    return sentences


def _fan(capex: CapexScenario) -> Picture:
    last, unit = capex.fan[-1], capex.currency
    return _picture(
        "scenario_fan",
        {"unit": Name(de=unit, en=unit)},
        {
            "year": Number(value=last.year, digits=0),
            "median": Money(value=last.median, unit=unit),
            "low": Money(value=last.p10, unit=unit),
            "high": Money(value=last.p90, unit=unit),
        },
    )


def _tornado(capex: CapexScenario) -> Picture:
    first, unit = capex.tornado[0], capex.currency
    ends = sorted((first.npv_at_low, first.npv_at_high))
    return _picture(
        "scenario_tornado",
        {"unit": Name(de=unit, en=unit)},
        {
            "first": input_name(first.name),
            "low": Money(value=ends[0], unit=unit),
            "high": Money(value=ends[1], unit=unit),
        },
    )


def _map(found: Scenario, one: ShareOfMarket) -> Picture:
    return _picture(
        "scenario_map",
        {"market": _name(found, one.market_name)},
        {
            "growth": Share(value=one.growth),
            "part": _claimed(one.incremental_share),
            "verdict": VERDICTS[one.claim_verdict.verdict],
        },
    )


def _picture(name: str, title: dict[str, Slot], says: dict[str, Slot]) -> Picture:
    heading, words = PICTURES[name]
    return Picture(name=name, title=_say(heading, **title), says=_say(words, **says))


def _name(found: Scenario, text: str) -> Name:
    """A name of the case, in German where the case has it."""
    return Name(de=found.german.get(text, text), en=text)


def _questions(found: Scenario) -> Items:
    items = []
    for text in found.open_questions:
        ours = found.german.get(text, text)
        label, answers = (
            Name(de=german, en=english, de_is_original=text not in found.german)
            for german, english in zip(_split(ours), _split(text), strict=True)
        )
        items.append(Item(label=_say(QUESTION, question=label), statement=_say(QUESTION, question=answers)))
    return Items(since=Length.ARTICLE, name="scenario_questions", items=tuple(items))


def _split(text: str) -> tuple[str, str]:
    question, _, readings = text.partition("? ")
    return f"{question}?", readings


def _table(name: str, rows: tuple[Row, ...]) -> Table:
    return Table(since=Length.ARTICLE, name=name, head=tuple(_say(cell) for cell in HEADS[name]), rows=rows)


def _say(template: Template, **slots: Slot) -> Statement:
    return Statement(kind=Kind.ESTIMATE, template=template, slots=slots)
