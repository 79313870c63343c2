"""The formulas, once: they work on numbers, on pandas Series and on narwhals expressions alike.

They are plain arithmetic and guard nothing. When a figure is undefined stands in the metric that uses the
formula; with plain numbers a zero denominator raises ``ZeroDivisionError``.
Signs: favourable is positive for variances and above 1 for indices; slip and overspend are positive when bad.
"""

from __future__ import annotations

from typing import Any, TypeAlias

#: A number, a pandas Series or a narwhals expression.
Quantity: TypeAlias = Any


def cost_variance(ev: Quantity, ac: Quantity) -> Quantity:
    """CV = EV − AC, money.

    >>> cost_variance(60, 110)
    -50
    """
    return ev - ac


def schedule_variance(ev: Quantity, pv: Quantity) -> Quantity:
    """SV = EV − PV, money.

    >>> schedule_variance(60, 100)
    -40
    """
    return ev - pv


def cost_performance_index(ev: Quantity, ac: Quantity) -> Quantity:
    """CPI = EV ÷ AC, a ratio; AC must not be 0.

    >>> cost_performance_index(45_000, 50_000)
    0.9
    """
    return ev / ac


def schedule_performance_index(ev: Quantity, pv: Quantity) -> Quantity:
    """SPI = EV ÷ PV, a ratio; PV must not be 0.

    >>> schedule_performance_index(45_000, 50_000)
    0.9
    """
    return ev / pv


def share(part: Quantity, whole: Quantity) -> Quantity:
    """Part ÷ whole, a fraction; the whole must not be 0.

    >>> share(25, 100)
    0.25
    """
    return part / whole


def combined_index(cpi: Quantity, spi: Quantity) -> Quantity:
    """CPI × SPI, a ratio.

    >>> combined_index(0.5, 0.5)
    0.25
    """
    return cpi * spi


def estimate_at_completion_atypical(bac: Quantity, ev: Quantity, ac: Quantity) -> Quantity:
    """EAC = AC + (BAC − EV), money: the rest costs what was budgeted.

    >>> estimate_at_completion_atypical(100_000, 35_000, 63_000)
    128000
    """
    return ac + (bac - ev)


def estimate_at_completion_cpi(bac: Quantity, cpi: Quantity) -> Quantity:
    """EAC = BAC ÷ CPI, money: the rest costs what the work so far has cost; CPI must not be 0.

    >>> round(estimate_at_completion_cpi(100_000, 0.83), 1)
    120481.9
    """
    return bac / cpi


def estimate_at_completion_cpi_spi(
    bac: Quantity, ev: Quantity, ac: Quantity, cpi: Quantity, spi: Quantity
) -> Quantity:
    """EAC = AC + (BAC − EV) ÷ (CPI × SPI), money; neither index may be 0.

    >>> round(estimate_at_completion_cpi_spi(100_000, 35_000, 63_000, 0.83, 0.875), 2)
    152500.86
    """
    return ac + (bac - ev) / (cpi * spi)


def estimate_at_completion_weighted(
    bac: Quantity, ev: Quantity, ac: Quantity, cpi: Quantity, spi: Quantity, *, cpi_weight: float
) -> Quantity:
    """AC + (BAC − EV) ÷ (w × CPI + (1 − w) × SPI): the rest at a weighted mean of both indices.

    >>> round(estimate_at_completion_weighted(150, 70, 120, 70 / 120, 70 / 85, cpi_weight=0.8), 4)
    246.7081
    """
    return ac + (bac - ev) / (cpi_weight * cpi + (1 - cpi_weight) * spi)


def composite_estimate(bac: Quantity, cpi: Quantity, spi: Quantity) -> Quantity:
    """BAC ÷ (CPI × SPI), money: some practitioners' estimate at completion; not the form of the catalogue.

    >>> round(composite_estimate(1_000_000, 0.8, 0.9))
    1388889
    """
    return bac / (cpi * spi)


def estimate_to_complete(eac: Quantity, ac: Quantity) -> Quantity:
    """ETC = EAC − AC, money.

    >>> estimate_to_complete(120, 50)
    70
    """
    return eac - ac


def variance_at_completion(bac: Quantity, eac: Quantity) -> Quantity:
    """VAC = BAC − EAC, money; negative when the work is expected to cost more than its budget.

    >>> variance_at_completion(100_000, 120_000)
    -20000
    """
    return bac - eac


def overspend(eac: Quantity, budget: Quantity) -> Quantity:
    """EAC − budget, money; positive when more will be spent than was approved.

    >>> overspend(120_000, 100_000)
    20000
    """
    return eac - budget


def to_complete_performance_index(bac: Quantity, ev: Quantity, ac: Quantity, target: Quantity) -> Quantity:
    """TCPI = (BAC − EV) ÷ (target − AC), a ratio; ``target`` is BAC or EAC and must not equal AC.

    >>> to_complete_performance_index(100_000, 35_000, 40_000, target=120_000)
    0.8125
    """
    return (bac - ev) / (target - ac)


def slip(date: Quantity, baseline: Quantity) -> Quantity:
    """Date − baseline, calendar days of day numbers; positive when late.

    >>> slip(739_797, 739_790)
    7
    """
    return date - baseline


def risk_score(probability: Quantity, impact: Quantity) -> Quantity:
    """Probability score × impact score, 1 to 25.

    >>> risk_score(4, 5)
    20
    """
    return probability * impact


def pert_mean(low: Quantity, likely: Quantity, high: Quantity) -> Quantity:
    """(low + 4 × likely + high) ÷ 6: the expected value of a three-point estimate.

    >>> pert_mean(60, 90, 180)
    100.0
    """
    return (low + 4 * likely + high) / 6


def expected_monetary_value(probability: Quantity, impact: Quantity) -> Quantity:
    """Probability × impact, money.

    >>> expected_monetary_value(0.5, 1_000)
    500.0
    """
    return probability * impact


def squared_error(probability: Quantity, outcome: Quantity) -> Quantity:
    """(probability − outcome)², with outcome 1 or 0: what the Brier score is the mean of.

    >>> squared_error(0.5, 1)
    0.25
    """
    return (probability - outcome) * (probability - outcome)


def critical_path_length_index(length: Quantity, total_float: Quantity) -> Quantity:
    """(length + total float) ÷ length of the critical path; below 1 the finish is later than it may be.

    >>> critical_path_length_index(80, -8)
    0.9
    """
    return (length + total_float) / length


def interpolated(
    value: Quantity, low: Quantity, high: Quantity, *, at_low: Quantity, at_high: Quantity
) -> Quantity:
    """Where a straight line from ``low`` to ``high`` takes ``value``, between ``at_low`` and ``at_high``.

    >>> interpolated(22.5, 10, 25, at_low=2, at_high=3)
    2.8333333333333335
    """
    return at_low + (at_high - at_low) * (value - low) / (high - low)


def present_value(amount: Quantity, rate: Quantity, years: Quantity) -> Quantity:
    """The value now of an amount in some years: ``amount ÷ (1 + rate)^years``.

    >>> round(present_value(121.0, 0.1, 2), 6)
    100.0
    """
    return amount / (1 + rate) ** years


def to_complete_schedule_index(planned: Quantity, es: Quantity, at: Quantity) -> Quantity:
    """TSPI = (planned duration − ES) ÷ (planned duration − AT), a ratio; AT must not reach the duration.

    >>> to_complete_schedule_index(9, 4.5, 5)
    1.125
    """
    return (planned - es) / (planned - at)


def concentration(squares: Quantity, whole: Quantity) -> Quantity:
    """Sum of squares ÷ square of the sum, between 0 and 1: 1 where one part is the whole.

    >>> round(concentration(30**2 + 30**2 + 20**2 + 20**2, 100), 4)
    0.26
    """
    return squares / (whole * whole)


def burn_rate(ac: Quantity, before: Quantity, months: Quantity) -> Quantity:
    """(AC − AC before) ÷ months between, money per month; the months must not be 0.

    >>> burn_rate(160, 100, 3)
    20.0
    """
    return (ac - before) / months
