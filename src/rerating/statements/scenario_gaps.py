"""The sentences of the scenarios' gaps, in both languages; `gap_sentences` tells what the placeholders mean."""

from __future__ import annotations

from rerating.statements.statement import Template

QUESTIONS: tuple[tuple[str, Template], ...] = (
    (
        "share of the market's increment",
        Template(de="Anteil am Marktzuwachs", en="Share of the market's increment"),
    ),
    (
        "market growth that the target share needs",
        Template(de="Marktwachstum, das der Zielanteil braucht", en="Market growth that the target share needs"),
    ),
    (
        "part of the increment that the target share needs",
        Template(
            de="Anteil am Zuwachs, den der Zielanteil braucht", en="Part of the increment that the target share needs"
        ),
    ),
    ("market size", Template(de="Größe des Marktes", en="Size of the market")),
    (
        "margin at which the capex earns its cost on the claimed revenue",
        Template(
            de="Marge, bei der die Investitionen auf dem behaupteten Umsatz ihre Kosten verdienen",
            en="Margin at which the capital spending earns its cost on the claimed revenue",
        ),
    ),
    ("does the capital programme pay", Template(de="Lohnt das Programm?", en="Does the capital programme pay?")),
    ("discounted payback", Template(de="Abgezinste Amortisation", en="Discounted payback")),
    ("payback", Template(de="Amortisation", en="Payback")),
    ("internal rate of return", Template(de="Interner Zinsfuß", en="Internal rate of return")),
    ("break-even utilisation", Template(de="Auslastung an der Gewinnschwelle", en="Break-even utilisation")),
    (
        "depreciation against the segment's EBITA",
        Template(de="Abschreibungen gegen das EBITA der Sparte", en="Depreciation against the segment's EBITA"),
    ),
    (
        "lowest free cash flow of the company",
        Template(de="Tiefpunkt des freien Mittelzuflusses", en="Trough of the company's free cash flow"),
    ),
    ("what the price presupposes", Template(de="Was der Kurs voraussetzt", en="What the price presupposes")),
    (
        "growth that the price presupposes",
        Template(de="Wachstum, das der Kurs voraussetzt", en="Growth that the price presupposes"),
    ),
    (
        "years of advantage that the price presupposes",
        Template(de="Jahre des Vorteils, die der Kurs voraussetzt", en="Years of advantage that the price presupposes"),
    ),
    ("sum of the parts", Template(de="Summe der Teile", en="Sum of the parts")),
    (
        "multiple that the price leaves for one business",
        Template(
            de="Multiplikator, den der Kurs für einen Teil lässt", en="Multiple that the price leaves for one part"
        ),
    ),
    ("input {text}", Template(de="Eingabe {text}", en="Input {text}")),
    ("scenario", Template(de="Szenario", en="Scenario")),
)

DETAILS: tuple[tuple[str, Template], ...] = (
    (
        "the case {text} holds no claim on a market; add one",
        Template(
            de="Der Fall {text} enthält keine Behauptung über einen Markt.",
            en="The case {text} holds no claim on a market.",
        ),
    ),
    (
        "the share moves towards the claimed part of the increment and never reaches {text}",
        Template(
            de="Der Anteil strebt zum behaupteten Teil des Zuwachses und erreicht {text} nie.",
            en="The share moves towards the claimed part of the increment and never reaches {text}.",
        ),
    ),
    (
        "a market that does not grow has no increment to take a part of",
        Template(
            de="Ein Markt ohne Wachstum hat keinen Zuwachs, an dem man teilhaben kann.",
            en="A market that does not grow has no increment to take a part of.",
        ),
    ),
    (
        "no part, or a part of no growth, is no revenue at any size of the market",
        Template(
            de="Kein Anteil oder ein Anteil an keinem Wachstum ist bei keiner Marktgröße Umsatz.",
            en="No part, or a part of no growth, is no revenue at any size of the market.",
        ),
    ),
    (
        "the market is counted in {text}, not in money",
        Template(
            de="Der Markt wird in {text} gezählt, nicht in Geld.", en="The market is counted in {text}, not in money."
        ),
    ),
    (
        "the case does not hold the segment's capex, discount rate and tax rate; add them",
        Template(
            de="Dem Fall fehlen Investitionen der Sparte, Kapitalkosten oder Steuersatz.",
            en="The case lacks the segment's capital spending, discount rate or tax rate.",
        ),
    ),
    (
        "the claim brings no new revenue",
        Template(de="Die Behauptung bringt keinen neuen Umsatz.", en="The claim brings no new revenue."),
    ),
    (
        "the case {text} holds no whole programme (with discount rate and tax rate); add what is missing",
        Template(
            de="Der Fall {text} enthält kein vollständiges Programm mit Kapitalkosten und Steuersatz.",
            en="The case {text} holds no whole programme with discount rate and tax rate.",
        ),
    ),
    (
        "in the base case there is none within the {n} years of the programme",
        Template(
            de="Im Grundfall gibt es sie in den {n} Jahren des Programms nicht.",
            en="In the base case there is none within the {n} years of the programme.",
        ),
    ),
    (
        "the case does not hold sales in its currency and a positive margin of the segment; add them",
        Template(
            de="Dem Fall fehlen Umsatz in seiner Währung oder eine positive Marge der Sparte.",
            en="The case lacks sales in its currency or a positive margin of the segment.",
        ),
    ),
    (
        "the case does not hold the company's free cash flow without the programme; add it",
        Template(
            de="Dem Fall fehlt der freie Mittelzufluss des Unternehmens ohne das Programm.",
            en="The case lacks the company's free cash flow without the programme.",
        ),
    ),
    (
        "the case {line} lacks {text}; add it to the case or to the ledger",
        Template(
            de="Dem Fall {line} fehlt {text}; im Fall oder im Datenbestand lässt es sich ergänzen.",
            en="The case {line} lacks {text}; add it to the case or to the ledger.",
        ),
    ),
    (
        "the case does not hold it; add it",
        Template(de="Der Fall enthält sie nicht.", en="The case does not hold it."),
    ),
    (
        "it needs the years of advantage for the growth, the growth for the years; add them to the case",
        Template(
            de="Für das Wachstum braucht es die Jahre des Vorteils, für die Jahre das Wachstum.",
            en="The growth needs the years of advantage, the years need the growth.",
        ),
    ),
    (
        "no value explains the price in the base case: new capital earns less than it costs, or the price is out of "
        "reach",
        Template(
            de="Im Grundfall erklärt kein Wert den Kurs: Neues Kapital verdient seine Kosten nicht, oder der Kurs ist "
            "außer Reichweite.",
            en="In the base case no value explains the price: new capital does not earn its cost, or the price is out "
            "of reach.",
        ),
    ),
    (
        "the case names no businesses with a measure and a multiple each; add them",
        Template(
            de="Der Fall nennt keine Unternehmensteile mit Ansatz und Multiplikator.",
            en="The case names no businesses with a measure and a multiple.",
        ),
    ),
    (
        "the case names no part with a positive measure that is to be solved for",
        Template(
            de="Der Fall nennt keinen Teil mit positivem Ansatz, nach dem aufgelöst werden soll.",
            en="The case names no part with a positive measure that is to be solved for.",
        ),
    ),
    ("it was not asked for", Template(de="Danach wurde nicht gefragt.", en="It was not asked for.")),
)
