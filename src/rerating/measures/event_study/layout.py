"""What goes into the compiled loops and what comes out: named groups of arrays, and the places in a fit record."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]
Integers = npt.NDArray[np.int64]

# Kinds of model.
MEAN, MARKET_ADJUSTED, MARKET, SCHOLES_WILLIAMS, DIMSON, FACTORS, GIVEN = 0, 1, 2, 3, 4, 5, 6

# How a fit ended.
FIT, TOO_FEW, FLAT_BENCHMARK, NO_VARIANCE, NOT_CONVERGED = 0, 1, 2, 3, 4

# Places in a fit record.
ALPHA, VARIANCE, COUNT, DEGREES, SHARE, RESIDUAL_MEAN, SQUARES = 0, 1, 2, 3, 4, 5, 6
RECORD = 7

# Flags of an event that can be computed all the same.
MISSING_IN_WINDOW, THIN_TRADING, OVERLAPS_OWN, CONTAMINATED, BAD_PRICE = 1, 2, 4, 8, 16

# A sum of squared deviations below this share of the raw sum of squares is rounding, not movement.
ROUNDING = 1e-24

# Events that go through a step together.
BLOCK = 32


class Request(NamedTuple):
    """What is asked, the same for all events."""

    kind: int
    columns: Integers  # [k] rows of `factors` that are regressors
    shifts: Integers  # [k] sessions by which each is shifted
    size: int  # regressors of the forecast (lagged ones are summed into one)
    risk_free: int  # row of `factors`, or -1
    edge: int  # the estimation window ends before day 0 + edge; day 0 is never in it
    first: int
    last: int
    estimation: int
    minimum: int
    windows: Integers  # [w, 2] relative days, within first and last
    logarithmic: bool
    thin: float  # share of zero returns from which a line counts as thinly traded
    drop: int  # flags that take an event out of the sample
    ranks: bool
    residuals: bool  # whether their sums by event time are wanted
    signs: bool  # whether the share of positive ones is
    correlation: int  # longest window for which residuals of different events are correlated; 0 for none


class Data(NamedTuple):
    """Returns of all lines one after another, factors by row, and the events in the order of their days."""

    values: Floats  # [sum of lengths]
    factors: Floats  # [factors, rows]
    days: Integers  # [rows] number of the calendar day, the same on all calendars
    where: Integers  # [n, 3] place of day 0 in `values`, its row in `factors`, sessions of the line before it
    given: Floats  # [n, width] fits made elsewhere (see `given_width`), without rows where the loop makes them


# Columns of `Data.where`.
AT, ROW, BEFORE = 0, 1, 2


def given_width(request: Request) -> int:
    """Columns of `Data.given`: residuals and their standard deviations [estimation] each, right-aligned and NaN where
    missing; expected returns and variances of their forecast errors [days] each; variances of the CAR [windows].
    """
    return 2 * request.estimation + 2 * (request.last - request.first + 1) + len(request.windows)


class Results(NamedTuple):
    """One row an event. Columns of `abnormal` and `errors` are the days of the event window, then the windows."""

    codes: Integers
    flags: Integers
    used: Integers
    fits: Floats  # [n, RECORD]
    slopes: Floats  # [n, k]
    positive: Floats  # share of positive residuals in the estimation window, NaN where not wanted
    abnormal: Floats  # [n, days + windows] AR, CAR
    errors: Floats  # [n, days + windows] their standard errors
    bhar: Floats  # [n, windows]
    covered: Integers  # [n, windows] days summed

    @classmethod
    def empty(cls, n: int, request: Request) -> Results:
        """Room for n events, which the loops fill: what is not known with NaN and 0."""
        windows, columns = len(request.windows), request.last - request.first + 1 + len(request.windows)
        return cls(
            codes=np.full(n, FIT if request.kind == GIVEN else TOO_FEW, np.int64),
            flags=np.zeros(n, np.int64),
            used=np.zeros(n, np.int64),
            fits=np.zeros((n, RECORD)),
            slopes=np.full((n, max(request.size, 1)), np.nan),
            positive=np.full(n, np.nan),
            abnormal=np.empty((n, columns)),
            errors=np.empty((n, columns)),
            bhar=np.empty((n, windows)),
            covered=np.empty((n, windows), np.int64),
        )

    @property
    def days(self) -> int:
        """Number of days of the event window."""
        return int(self.abnormal.shape[1] - self.bhar.shape[1])

    @property
    def ar(self) -> Floats:
        """[n, days] abnormal returns."""
        return self.abnormal[:, : self.days]

    @property
    def ar_sd(self) -> Floats:
        """[n, days] their standard errors."""
        return self.errors[:, : self.days]

    @property
    def car(self) -> Floats:
        """[n, windows] their sums."""
        return self.abnormal[:, self.days :]

    @property
    def car_sd(self) -> Floats:
        """[n, windows] the standard errors of the sums."""
        return self.errors[:, self.days :]


class Sums(NamedTuple):
    """Sums over the used events."""

    residual: Floats  # [estimation] by event time
    residual_count: Floats
    rank: Floats  # [estimation + days]
    rank_count: Floats
    whole_ranks: Integers  # [estimation + days] of twice the ranks, over the events that miss nothing
    whole: Integers  # [1] number of those
    correlation: Floats  # [longest window] by distance of two event days: sum of the pairs' correlations
    pairs: Floats  # [longest window] ordered pairs at that distance

    @classmethod
    def zero(cls, request: Request) -> Sums:
        """All sums at 0."""
        room = request.estimation + request.last - request.first + 1
        depth = max(request.correlation, 1)
        return cls(
            np.zeros(request.estimation),
            np.zeros(request.estimation),
            np.zeros(room),
            np.zeros(room),
            np.zeros(room, np.int64),
            np.zeros(1, np.int64),
            np.zeros(depth),
            np.zeros(depth),
        )


class RankSums(NamedTuple):
    """Sums of rank / (1 + number) - 1/2 over the used events."""

    zivney: Floats  # [estimation + days] by event time
    zivney_count: Floats
    general: Floats  # [c, estimation] by event time, ranked together with the window's one value
    general_count: Floats
    event: Floats  # [c] of that value
    event_count: Floats

    @classmethod
    def zero(cls, request: Request, columns: int) -> RankSums:
        """All sums at 0."""
        room = request.estimation + request.last - request.first + 1
        shape = (columns, request.estimation)
        return cls(
            np.zeros(room), np.zeros(room), np.zeros(shape), np.zeros(shape), np.zeros(columns), np.zeros(columns)
        )


class Block(NamedTuple):
    """Room for the events that go through a step together."""

    here: Integers  # [block] sessions of the estimation window
    complete: npt.NDArray[np.bool_]  # [block] none of them is missing
    done: npt.NDArray[np.bool_]  # [block] its event window is complete too, and reckoned with already
    zeros: Integers  # [block] returns of exactly 0 among them
    residual: Floats  # [block, estimation], right-aligned
    line: Floats  # [block, 2, k] slopes and centres of the regressors
    spread: Floats  # [block, k, k]
    ahead: Floats  # [block, 2 + k, days] expected return, variance of the forecast error, x - centre
    # From here on one event after the other.
    y: Floats  # [estimation] returns
    dx: Floats  # [estimation] x - mean of a complete window
    market: Floats  # [3] its mean, squared deviations and raw squares
    days: Floats  # [4, days] of the event window: return, x, x - centre, expected return
    place: Integers  # [estimation + days] of the values that are not missing
    design: Floats  # [k, estimation]
    mean: Floats  # [1 + k] of the regressors and the return
    estimate: Floats  # [k]
    moments: Floats  # [k, k]
    root: Floats  # [1 + k, k]
    inverse: Floats  # [k, k]

    @classmethod
    def empty(cls, request: Request) -> Block:
        """Room for one block."""
        size = max(request.columns.size, 1)
        days = request.last - request.first + 1
        return cls(
            here=np.zeros(BLOCK, np.int64),
            complete=np.zeros(BLOCK, np.bool_),
            done=np.zeros(BLOCK, np.bool_),
            zeros=np.zeros(BLOCK, np.int64),
            residual=np.empty((BLOCK, request.estimation)),
            line=np.zeros((BLOCK, 2, size)),
            spread=np.zeros((BLOCK, size, size)),
            ahead=np.zeros((BLOCK, 2 + size, days)),
            y=np.empty(request.estimation),
            dx=np.empty(request.estimation),
            market=np.empty(3),
            days=np.empty((4, days)),
            place=np.empty(request.estimation + days, np.int64),
            design=np.empty((size, request.estimation)),
            mean=np.empty(size + 1),
            estimate=np.empty(size),
            moments=np.empty((size, size)),
            root=np.empty((size + 1, size)),
            inverse=np.empty((size, size)),
        )


class Ring(NamedTuple):
    """Summed standardised residuals of the last event days, by calendar day modulo the ring's width."""

    whole: Floats  # [estimation] the open day's events that share one complete window, from its start on
    today: Floats  # [width] the open day's others, then all
    today_count: Floats  # [width] its events that have a residual on that day, where their windows differ
    columns: Floats  # [days before in fours, width] those of the days before
    counts: Floats  # [days before, width] their counts, where the windows of a day's events differ
    about: Integers  # [days before + 1, 4] of each of those days and, last, of the open one: see below
    state: Integers  # [3] oldest row, open day, first day of what `whole` holds or -1

    @classmethod
    def empty(cls, request: Request, span: int) -> Ring:
        """Room for the days that the longest window spans, and `span` calendar days before an event."""
        depth = max(request.correlation, 1)
        width = span + depth + 1 if request.correlation else 1
        about = np.zeros((depth, 4), np.int64)
        about[:, DAY] = NO_DAY
        return cls(
            whole=np.zeros(request.estimation),
            today=np.zeros(width),
            today_count=np.zeros(width),
            columns=np.zeros((4 * (-(-(depth - 1) // 4)), width)),
            counts=np.zeros((depth - 1, width)),
            about=about,
            state=np.array([0, NO_DAY, -1], np.int64),
        )


# Columns of `Ring.about`: the event day, the number of its events, and the first day and length of their estimation
# windows, length -1 where they differ or have holes.
DAY, MEMBERS, START, LENGTH = 0, 1, 2, 3

# Places of `Ring.state`.
OLDEST, TODAY, SINCE = 0, 1, 2

NO_DAY = -(1 << 40)
