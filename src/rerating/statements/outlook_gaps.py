"""What the outlook does not know, in both languages; `gaps` reads these tables after its own."""

from __future__ import annotations

from rerating.statements.statement import Template

QUESTIONS: tuple[tuple[str, Template], ...] = (
    ("{line} in the panel", Template(de="{line} im Datensatz des Modells", en="{line} in the model's panel")),
    (
        "features that the model does without",
        Template(de="Merkmale, auf die das Modell verzichtet", en="Features that the model does without"),
    ),
    ("features of the forecast", Template(de="Merkmale der Prognose", en="Features of the forecast")),
    ("forecast over {n} sessions", Template(de="Prognose über {n} Handelstage", en="Forecast over {n} sessions")),
    ("record over {n} sessions", Template(de="Bilanz über {n} Handelstage", en="Record over {n} sessions")),
    ("last session of {n}", Template(de="Letzter von {n} Handelstagen", en="Last of {n} sessions")),
    ("coverage of the {text} interval", Template(de="Treffer der Spanne zu {text}", en="Coverage of the {text} range")),
    ("skill over {text}", Template(de="Güte gegenüber {text}", en="Skill over {text}")),
    ("mean after {text}", Template(de="Mittelwert nach {text}", en="Mean after {text}")),
    ("settlement of {line}", Template(de="Abrechnung von {line}", en="Settlement of {line}")),
    ("reliability diagram", Template(de="Zuverlässigkeit", en="Reliability diagram")),
    ("PIT histogram", Template(de="Verteilung der Ausgänge", en="PIT histogram")),
    ("panel", Template(de="Datensatz des Modells", en="The model's panel")),
    ("proven edge", Template(de="Belegter Vorteil", en="Proven edge")),
)

DETAILS: tuple[tuple[str, Template], ...] = (
    (
        "no market index is named for the venue {text}; without a benchmark there is no forecast",
        Template(
            de="Für den Handelsplatz {text} ist kein Marktindex benannt; ohne ihn gibt es keine Prognose.",
            en="No market index is named for the venue {text}; without a benchmark there is no forecast.",
        ),
    ),
    (
        "{line} is the benchmark of its own market; ask for a stock",
        Template(
            de="{line} ist selbst der Vergleichsmaßstab seines Marktes.",
            en="{line} is the benchmark of its own market.",
        ),
    ),
    (
        "the ledger holds no stocks that are measured against {line} at this cutoff; collect or import them",
        Template(
            de="Zum Stichtag liegen keine Aktien vor, die an {line} gemessen werden.",
            en="At this cutoff no stocks are held that are measured against {line}.",
        ),
    ),
    (
        "{line} was left out: it trades on another calendar or market",
        Template(
            de="{line} handelt nach einem anderen Kalender oder an einem anderen Markt.",
            en="{line} trades on another calendar or market.",
        ),
    ),
    (
        "{line} was left out: it has no open prices, and entries are not mixed",
        Template(
            de="Von {line} fehlen Eröffnungskurse; Einstiege zu Eröffnung und Schluss werden nicht gemischt.",
            en="{line} has no open prices; entries at the open and at the close are not mixed.",
        ),
    ),
    (
        "{features}: fewer than half of the panel's rows have what they are made of; collect more of it",
        Template(
            de="In den meisten Zeilen des Datensatzes fehlen die Angaben für: {features}. Sie lassen sich sammeln.",
            en="Most rows of the panel lack the inputs for: {features}. They can be collected.",
        ),
    ),
    (
        "0 windows of that length one after the other are known, {m} are needed for a range; collect a longer history",
        Template(
            de="Die Historie reicht für keinen Zeitraum von der Länge der Prognose; eine Spanne braucht {m}.",
            en="The history has no period as long as the forecast; a range needs {m}.",
        ),
    ),
    (
        "{n} windows of that length one after the other are known, {m} are needed for a range; collect a longer "
        "history",
        Template(
            de="Bekannt sind {n} aufeinanderfolgende Zeiträume von der Länge der Prognose; eine Spanne braucht {m}.",
            en="{n} periods as long as the forecast, one after the other, are known; a range needs {m}.",
        ),
    ),
    (
        "the panel has {n} sessions, {m} and a horizon more are needed for a record; collect a longer history",
        Template(
            de="Der Datensatz hat {n} Handelstage; eine Bilanz braucht {m} und einen Prognosezeitraum dazu.",
            en="The panel has {n} sessions; a record needs {m} and a horizon besides.",
        ),
    ),
    (
        "a record is kept for {n} sessions only here; 'rerating train' keeps it for the others",
        Template(
            de="Hier wird nur für {n} Handelstage eine Bilanz geführt; „rerating train“ führt sie auch für die "
            "anderen.",
            en="A record is kept for {n} sessions only here; “rerating train” keeps it for the others too.",
        ),
    ),
    (
        "no record is kept for a horizon without a label",
        Template(
            de="Für Zeiträume, die nur zur Ansicht gezeigt werden, gibt es keine Bilanz.",
            en="No record is kept for a horizon that is only shown.",
        ),
    ),
    (
        "no significance test was made: a few lines of one ledger cannot show an edge; train on a wide panel",
        Template(
            de="Ein Signifikanztest entfiel: Wenige Aktien können keinen Vorteil belegen.",
            en="No significance test was made: a few stocks cannot show an edge.",
        ),
    ),
    (
        "{line} has no price at its entry or at its end ({text}); collect them",
        Template(
            de="Von {line} fehlt der Kurs am Anfang oder am Ende ({text}).",
            en="{line} has no price at its entry or at its end ({text}).",
        ),
    ),
    (
        "{n} forecasts over {m} sessions have matured; wait for more",
        Template(
            de="Abgelaufen sind {n} Prognosen über {m} Handelstage; es braucht eine größere Zahl.",
            en="{n} forecasts over {m} sessions have matured; a greater number is needed.",
        ),
    ),
    (
        "{n} months of forecasts, {m} are needed; wait for more to mature",
        Template(
            de="Es liegen {n} Monate mit Prognosen vor, nötig sind {m}.",
            en="There are {n} months of forecasts; {m} are needed.",
        ),
    ),
    (
        "the forecast is that of {text} itself, so there is nothing to compare",
        Template(de="Die Prognose ist die von {text} selbst.", en="The forecast is that of {text} itself."),
    ),
    ("the rule never said so", Template(de="Das hat die Regel nie gesagt.", en="The rule never said so.")),
    (
        "the exchange calendar ends before the next session; update rerating",
        Template(
            de="Der Börsenkalender endet vor dem nächsten Handelstag.",
            en="The exchange calendar ends before the next session.",
        ),
    ),
    (
        "the exchange calendar ends before {n} sessions from now; the day of settlement is not known yet",
        Template(
            de="Der Börsenkalender reicht keine {n} Handelstage weit.",
            en="The exchange calendar does not reach {n} sessions.",
        ),
    ),
    (
        "the model enters at another price of the session than this line has (open or close); train a model on lines "
        "like it",
        Template(
            de="Das Modell rechnet mit einem anderen Einstiegskurs (Eröffnung oder Schluss), als für diese Notierung "
            "vorliegt.",
            en="The model enters at another price of the session (open or close) than this line has.",
        ),
    ),
    (
        "the model was trained on what was known by {day}, after this cutoff; train one until the cutoff",
        Template(
            de="Das Modell kennt Daten bis zum {day}, also nach dem Stichtag; es braucht eines, das bis zum Stichtag "
            "trainiert ist.",
            en="The model knows data up to {day}, after the cutoff; one trained until the cutoff is needed.",
        ),
    ),
    (
        "the model forecasts against {line} and not against this line's benchmark; train one on its market",
        Template(
            de="Das Modell misst gegen {line} und nicht gegen den Vergleichsmaßstab dieser Notierung.",
            en="The model forecasts against {line} and not against this line's benchmark.",
        ),
    ),
    (
        "the model has no horizon of {n} sessions; train one with it",
        Template(
            de="Das Modell hat keine Prognose über {n} Handelstage.", en="The model has no horizon of {n} sessions."
        ),
    ),
    (
        "the scale needs a year of the line and of its benchmark up to the cutoff, with few gaps; collect a longer or "
        "fuller history",
        Template(
            de="Für die Schwankungsbreite braucht es ein Jahr Kurse der Aktie und ihres Vergleichsmaßstabs bis zum "
            "Stichtag, mit wenigen Lücken.",
            en="The scale needs a year of prices of the stock and of its benchmark up to the cutoff, with few gaps.",
        ),
    ),
    (
        "{features} cannot be known of this line at this cutoff, so its forecast has no mean of its own",
        Template(
            de="Zu dieser Aktie fehlt am Stichtag: {features}; die Prognose hat daher keinen eigenen Mittelwert.",
            en="Not known of this stock at the cutoff: {features}; its forecast therefore has no mean of its own.",
        ),
    ),
)
