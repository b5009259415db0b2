"""The parts of Yahoo's answers that are read, as they come.

A field that is missing here or of another kind is a changed schema; fields beside these are Yahoo's own business.
"""

from __future__ import annotations

from typing import Annotated, Any, Generic, TypeVar

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field


def _raw(value: Any) -> Any:
    """Numbers come bare or as {"raw": 1.5, "fmt": "1.50"}; an empty object means: none."""
    if isinstance(value, dict):
        return value.get("raw")
    return value


Number = Annotated[float | None, BeforeValidator(_raw)]
Count = Annotated[int | None, BeforeValidator(_raw)]
Item = TypeVar("Item")


class _Part(BaseModel):
    model_config = ConfigDict(extra="ignore", frozen=True)


class Fault(_Part):
    """Yahoo's own word for what went wrong."""

    code: str | None = None
    description: str | None = None


class Result(_Part, Generic[Item]):
    """The envelope of every answer: a list of results, or an error."""

    result: list[Item] | None = None
    error: Fault | None = None


class ChartMeta(_Part):
    """What a chart is of."""

    currency: str | None = None
    symbol: str
    exchange: str = Field(alias="exchangeName")
    instrument: str = Field(alias="instrumentType")
    zone: str = Field(alias="exchangeTimezoneName")
    name: str | None = Field(default=None, alias="longName")


class Dividend(_Part):
    """An amount per share in the chart's currency, adjusted for later splits; `date` is the open of the ex-day."""

    amount: float
    date: int


class Split(_Part):
    """New shares (numerator) for old ones (denominator) from `date` on."""

    numerator: float
    denominator: float
    date: int


class ChartEvents(_Part):
    """Dated events within a chart."""

    dividends: dict[str, Dividend] = {}
    splits: dict[str, Split] = {}


class Quotes(_Part):
    """Columns of a chart, one entry a timestamp; null where there was no trade."""

    open: list[float | None] = []
    high: list[float | None] = []
    low: list[float | None] = []
    close: list[float | None] = []
    volume: list[float | None] = []


class Adjusted(_Part):
    """Closes adjusted for all later splits and dividends."""

    adjclose: list[float | None] = []


class Indicators(_Part):
    """The columns of a chart."""

    quote: list[Quotes]
    adjclose: list[Adjusted] = []


class Chart(_Part):
    """A daily chart."""

    meta: ChartMeta
    timestamp: list[int] = []
    events: ChartEvents = ChartEvents()
    indicators: Indicators


class ChartAnswer(_Part):
    """v8/finance/chart."""

    chart: Result[Chart]


class Grade(_Part):
    """One action of a house."""

    at: int = Field(alias="epochGradeDate")
    firm: str
    to_grade: str = Field(alias="toGrade")
    from_grade: str = Field(default="", alias="fromGrade")
    action: str
    target_action: str | None = Field(default=None, alias="priceTargetAction")
    target: Number = Field(default=None, alias="currentPriceTarget")
    prior_target: Number = Field(default=None, alias="priorPriceTarget")


class GradeHistory(_Part):
    """All actions that Yahoo has."""

    history: list[Grade]


class Trend(_Part):
    """How many analysts say what, now (0m) and in earlier months."""

    period: str
    strong_buy: int = Field(alias="strongBuy")
    buy: int
    hold: int
    sell: int
    strong_sell: int = Field(alias="strongSell")


class RecommendationTrend(_Part):
    """The counts by month."""

    trend: list[Trend]


class FinancialData(_Part):
    """Targets and the mean recommendation."""

    target_high: Number = Field(default=None, alias="targetHighPrice")
    target_low: Number = Field(default=None, alias="targetLowPrice")
    target_mean: Number = Field(default=None, alias="targetMeanPrice")
    target_median: Number = Field(default=None, alias="targetMedianPrice")
    recommendation_mean: Number = Field(default=None, alias="recommendationMean")
    recommendation_key: str | None = Field(default=None, alias="recommendationKey")
    analysts: Count = Field(default=None, alias="numberOfAnalystOpinions")


class Estimate(_Part):
    """An average of analysts' estimates with its range."""

    avg: Number = None
    low: Number = None
    high: Number = None
    analysts: Count = Field(default=None, alias="numberOfAnalysts")
    eps_currency: str | None = Field(default=None, alias="earningsCurrency")
    revenue_currency: str | None = Field(default=None, alias="revenueCurrency")


class EstimatePeriod(_Part):
    """The estimates for one fiscal period, which ends on `end`."""

    period: str
    end: str | None = Field(default=None, alias="endDate")
    eps: Estimate = Field(default=Estimate(), alias="earningsEstimate")
    revenue: Estimate = Field(default=Estimate(), alias="revenueEstimate")


class EarningsTrend(_Part):
    """The estimates by fiscal period."""

    trend: list[EstimatePeriod]


class Reported(_Part):
    """What a past quarter earned per share, and what had been expected of it."""

    quarter: Count = None
    actual: Number = Field(default=None, alias="epsActual")
    expected: Number = Field(default=None, alias="epsEstimate")
    currency: str | None = None


class EarningsHistory(_Part):
    """The last four quarters."""

    history: list[Reported]


class NextEarnings(_Part):
    """The days on which results are expected, and when the last ones were talked about."""

    dates: list[Count] = Field(default=[], alias="earningsDate")
    calls: list[Count] = Field(default=[], alias="earningsCallDate")
    estimated: bool | None = Field(default=None, alias="isEarningsDateEstimate")


class CalendarEvents(_Part):
    """Dates to come."""

    earnings: NextEarnings = NextEarnings()


class Price(_Part):
    """What the symbol's price is in."""

    currency: str | None = None


class Summary(_Part):
    """The modules of quoteSummary that are asked for; Yahoo leaves out those that a symbol does not have."""

    grades: GradeHistory | None = Field(default=None, alias="upgradeDowngradeHistory")
    recommendations: RecommendationTrend | None = Field(default=None, alias="recommendationTrend")
    financial: FinancialData | None = Field(default=None, alias="financialData")
    estimates: EarningsTrend | None = Field(default=None, alias="earningsTrend")
    reported: EarningsHistory | None = Field(default=None, alias="earningsHistory")
    calendar: CalendarEvents | None = Field(default=None, alias="calendarEvents")
    price: Price | None = None


class SummaryAnswer(_Part):
    """v10/finance/quoteSummary."""

    quote_summary: Result[Summary] = Field(alias="quoteSummary")


class Contract(_Part):
    """One contract's quote; zero bids and asks are quotes that were not there."""

    contract: str = Field(alias="contractSymbol")
    strike: Number
    currency: str | None = None
    last: Number = Field(default=None, alias="lastPrice")
    bid: Number = None
    ask: Number = None
    volume: Count = None
    open_interest: Count = Field(default=None, alias="openInterest")
    traded: Count = Field(default=None, alias="lastTradeDate")
    expiration: Count
    volatility: Number = Field(default=None, alias="impliedVolatility")
    size: str | None = Field(default=None, alias="contractSize")


class Expiry(_Part):
    """The contracts of one expiry."""

    calls: list[Contract] = []
    puts: list[Contract] = []


class Underlying(_Part):
    """The quote of the underlying that came with a chain."""

    at: int | None = Field(default=None, alias="regularMarketTime")
    price: Number = Field(default=None, alias="regularMarketPrice")
    currency: str | None = None


class Chain(_Part):
    """One answer about options: all expiries by name, the contracts of one."""

    expiries: list[int] = Field(alias="expirationDates")
    quote: Underlying = Underlying()
    options: list[Expiry]


class ChainAnswer(_Part):
    """v7/finance/options."""

    chain: Result[Chain] = Field(alias="optionChain")


class Story(_Part):
    """One headline."""

    title: str
    publisher: str | None = None
    link: str
    at: int = Field(alias="providerPublishTime")
    tickers: list[str] = Field(default=[], alias="relatedTickers")


class SearchAnswer(_Part):
    """v1/finance/search."""

    news: list[Story]
