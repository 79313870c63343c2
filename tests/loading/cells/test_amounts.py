from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pmo_analytics.loading.cells.amounts import read_money, read_number, read_percent, settle_fractions
from pmo_analytics.loading.cells.currencies import CODES, SIGNS, Unit, read_unit, without_unit


@pytest.mark.parametrize(
    ("text", "amount", "currency"),
    [
        ("1234", 1234, None),
        ("1,234.5", 1234.5, None),
        ("1,234,567", 1_234_567, None),
        (".5", 0.5, None),
        ("£1,139.18", 1139.18, "GBP"),
        ("-£120.11m", -120_110_000, "GBP"),
        ("£-120.11m", -120_110_000, "GBP"),
        ("£312.00m", 312_000_000, "GBP"),
        ("£1.2m", 1_200_000, "GBP"),
        ("£  1.2  million", 1_200_000, "GBP"),
        ("31.2 $m", 31_200_000, "$"),
        ("31.2$m", 31_200_000, "$"),
        ("12 m€", 12_000_000, "EUR"),
        ("$6,279,429", 6_279_429, "$"),
        ("$3k", 3000, "$"),
        ("US$ 3 thousand", 3000, "USD"),
        ("$5 CAD", 5, "CAD"),
        ("EUR 2bn", 2e9, "EUR"),
        ("2 billion EUR", 2e9, "EUR"),
        ("usd 5", 5, "USD"),
        ("(1,234)", -1234, None),
        ("(£1.5m)", -1_500_000, "GBP"),
        ("120-", -120, None),
        ("−5", -5, None),
        ("+5", 5, None),
        ("0", 0, None),
        ("1 234", 1234, None),
        ("1\u202f234\u202f567.50", 1_234_567.5, None),
        ("CHF 1'234.50", 1234.5, "CHF"),
        ("1’234", 1234, None),
        ("5 TEUR", 5000, "EUR"),
        ("250 T€", 250_000, "EUR"),
        ("5 k€", 5000, "EUR"),
        ("3 Mio. EUR", 3e6, "EUR"),
        ("1.5 Mrd. €", 1.5e9, "EUR"),
        ("$5MM", 5e6, "$"),
        ("₹ 3 crore", 3e7, "INR"),
        ("2 lakh INR", 2e5, "INR"),
        ("5 kr", 5, "kr"),
        ("5 zł", 5, "PLN"),
        ("HK$ 5", 5, "HKD"),
    ],
)
def test_amounts_are_read(text: str, amount: float, currency: str | None) -> None:
    found, code = read_money(text)
    assert found == pytest.approx(amount, rel=1e-15)
    assert code == currency


@pytest.mark.parametrize(
    "text",
    [
        "1,23",
        "12,34,567",
        "1,234,5",
        "1.234,5",
        "1 23",
        "1,234 567",
        "1e5",
        "1E5",
        "inf",
        "nan",
        "NULL",
        "PNS",
        "nil",
        "45%",
        "£",
        "£5 EUR",
        "5 m bn",
        "(-5)",
        "-5-",
        "(5",
        "5)",
        "--5",
        "5.",
        "1.2.3",
        "0x10",
        "Section 43",
        "Low: 2750.00, Mid: 2820.00, High: 3100.00",
        "100 - 250 Million",
        "500 Million +",
        "< 5 Million",
        "5 months",
        "5 pm",
        "٣",
        "10²",
        "9" * 400,
    ],
)
def test_what_is_no_amount_is_null(text: str) -> None:
    assert read_money(text) == (None, None)


@pytest.mark.parametrize(
    ("text", "amount"),
    [
        ("1.234,5", 1234.5),
        ("1 234,5", 1234.5),
        ("€2.000,50", 2000.5),
        ("1,5", 1.5),
        ("1.5", None),
        ("1,234.5", None),
    ],
)
def test_decimal_comma(text: str, amount: float | None) -> None:
    assert read_money(text, decimal=",")[0] == amount


def test_a_text_with_its_own_scale_does_not_take_the_headings() -> None:
    amounts = [read_money(text, scale=1e6)[0] for text in ("£1.2m", "1.2", "£5", "3k")]
    assert amounts == [1_200_000, 1_200_000, 5_000_000, 3000]


@settings(max_examples=50, deadline=None)
@given(
    st.integers(-(10**13), 10**13),
    st.sampled_from(["", *SIGNS]),
    st.sampled_from(["", *CODES[:5]]),
    st.booleans(),
)
def test_amounts_written_with_commas_come_back(pence: int, sign: str, code: str, brackets: bool) -> None:
    amount = pence / 100
    figure = f"{abs(amount):,.2f}"
    tail = f" {code}" if code and not sign else ""
    negative = (f"({sign}{figure}{tail})" if brackets else f"-{sign}{figure}{tail}") if pence < 0 else None
    assert read_money(negative or f"{sign}{figure}{tail}")[0] == pytest.approx(amount, rel=1e-15)


@settings(max_examples=50, deadline=None)
@given(st.decimals(-1_000_000, 1_000_000, places=3))
def test_both_decimal_marks_read_the_same(value: object) -> None:
    english = f"{value:,.3f}"
    german = english.translate(str.maketrans(",.", ".,"))
    assert read_number(english) == read_number(german, decimal=",") == float(str(value))


@pytest.mark.parametrize(
    ("text", "number"),
    [("1,234.5", 1234.5), ("-3", -3), ("(3)", -3), ("£5", None), ("5k", None), ("5%", None)],
)
def test_numbers_have_no_unit(text: str, number: float | None) -> None:
    assert read_number(text) == number


@pytest.mark.parametrize(
    ("text", "figure", "explicit"),
    [
        ("45%", 0.45, True),
        ("45 %", 0.45, True),
        ("-84.07%", -0.8407, True),
        ("(5%)", -0.05, True),
        ("1,250%", 12.5, True),
        ("0.5%", 0.005, True),
        ("45", 45, False),
        ("£5", None, False),
        ("%", None, False),
        ("45 percent", 0.45, True),
        ("45 pct", 0.45, True),
        ("45 per cent", 0.45, True),
        ("45 percentage", None, False),
    ],
)
def test_percents(text: str, figure: float | None, explicit: bool) -> None:
    found, says_so = read_percent(text)
    assert found is None if figure is None else found == pytest.approx(figure)
    assert says_so == explicit


@settings(max_examples=50, deadline=None)
@given(st.integers(-100_000, 100_000))
def test_a_percent_sign_settles_the_figure(hundredths: int) -> None:
    figures, explicit = zip(read_percent(f"{hundredths / 100:.2f}%"), read_percent("3"), strict=True)
    fractions, ambiguous = settle_fractions(np.array(figures), np.array(explicit))
    assert fractions[0] == pytest.approx(hundredths / 10_000)
    assert not ambiguous[0]


@pytest.mark.parametrize(
    ("figures", "fractions"),
    [
        ([0.45, 1.0, 0.0], [0.45, 1.0, 0.0]),
        ([45.0, 100.0, 0.0], [0.45, 1.0, 0.0]),
        ([45.0, 0.45, 1.0, 1.5], [0.45, None, None, None]),
        ([-45.0, -0.5], [-0.45, None]),
        ([0.5, 1.2], [0.5, None]),
        ([0.5, 1.5, -1.2], [0.5, None, None]),
        ([1.51], [0.0151]),
        ([], []),
    ],
)
def test_the_column_says_whether_figures_are_points(
    figures: list[float], fractions: list[float | None]
) -> None:
    plain = np.array(figures, dtype="float64")
    found, ambiguous = settle_fractions(plain, np.zeros(len(plain), dtype=bool))
    assert [None if math.isnan(value) else value for value in found] == fractions
    assert ambiguous.tolist() == [value is None for value in fractions]


def test_explicit_percents_decide_nothing() -> None:
    found, ambiguous = settle_fractions(np.array([12.5, 0.4]), np.array([True, False]))
    assert found.tolist() == [12.5, 0.4]
    assert not ambiguous.any()


@pytest.mark.parametrize(
    ("heading", "scale", "currency"),
    [
        ("Budget", 1, None),
        ("Cost (£m)", 1e6, "GBP"),
        ("TOTAL Baseline Whole Life Costs (£m, Presented in 2024/25 Real Prices)", 1e6, "GBP"),
        ("Financial Year Baseline (£m) (including Non-Government Costs)", 1e6, "GBP"),
        ("£ million", 1e6, "GBP"),
        ("£\u00a0millions", 1e6, "GBP"),
        ("Cost Variance ($ M)", 1e6, "$"),
        ("Cost ($)", 1, "$"),
        ("Spend (£k)", 1e3, "GBP"),
        ("Spend (£'000)", 1e3, "GBP"),
        ("Spend (£000s)", 1e3, "GBP"),
        ("Spend (EUR bn)", 1e9, "EUR"),
        ("Spend EURm", 1e6, "EUR"),
        ("Spend (m€)", 1e6, "EUR"),
        ("Budget USD", 1, "USD"),
        ("Budget US$ thousand", 1e3, "USD"),
        ("Budget (millions)", 1e6, None),
        ("Budget (m)", 1e6, None),
        ("Budget (£m / €m)", 1e6, None),
        ("Kosten (TEUR)", 1e3, "EUR"),
        ("Kosten in T€", 1e3, "EUR"),
        ("Kosten (Mio. EUR)", 1e6, "EUR"),
        ("Kosten kEUR", 1e3, "EUR"),
        ("Cost in EUR m", 1e6, "EUR"),
        ("Cost, $m appended", 1e6, "$"),
        ("Cost '000", 1e3, None),
        ("Cost (000 GBP)", 1e3, "GBP"),
        ("Budget in Mrd.", 1e9, None),
        ("Kosten in Tausend €", 1e3, "EUR"),
        ("Budget (in Millionen EUR)", 1e6, "EUR"),
        ("Budget in Milliarden", 1e9, None),
        ("Coût (milliers d’€)", 1e3, "EUR"),
        ("Coût en milliards", 1e9, None),
        ("Dépenses (M€)", 1e6, "EUR"),
        ("2,000 items", 1, None),
        ("Kr. budget", 1, None),
        ("Programme", 1, None),
        ("£ Programme", 1, "GBP"),
        ("PM", 1, None),
        ("9 AM £", 1, "GBP"),
        ("Cost of milestone", 1, None),
        ("Cost £ milestone", 1, "GBP"),
        ("ALL COSTS, TOP 5", 1, None),
        ("Euro cost", 1, None),
    ],
)
def test_units_of_headings(heading: str, scale: float, currency: str | None) -> None:
    assert read_unit(heading) == Unit(scale, currency)


@pytest.mark.parametrize(
    ("heading", "rest"),
    [
        ("Actual Cost £k", "Actual Cost"),
        ("Actual Cost, £m", "Actual Cost"),
        ("Actual Cost - €m", "Actual Cost"),
        ("Actual Cost in EUR '000", "Actual Cost"),
        ("Kosten in T€", "Kosten"),
        ("Kosten kEUR", "Kosten"),
        ("Coût en milliards", "Coût"),
        ("Budget US$ thousand", "Budget"),
        ("Budget USD", "Budget"),
        ("Budget '000", "Budget"),
        ("Budget in millions", "Budget"),
        ("Budget (£m)", "Budget (£m)"),
        ("Budget (£m) k", "Budget (£m) k"),
        ("Budget USD GBP", "Budget USD GBP"),
        ("Phase m", "Phase m"),
        ("Cost of milestone", "Cost of milestone"),
        ("Budget 2026", "Budget 2026"),
        ("£m", "£m"),
        ("", ""),
    ],
)
def test_the_unit_at_the_end_of_a_heading(heading: str, rest: str) -> None:
    assert without_unit(heading) == rest


@settings(max_examples=50, deadline=None)
@given(st.text(max_size=30))
def test_any_text_is_survived(text: str) -> None:
    assert read_unit(text).scale >= 1
    assert without_unit(text) == text or read_unit(text) != Unit()
    for decimal in (".", ","):
        amount, _ = read_money(text, decimal=decimal)
        assert amount is None or math.isfinite(amount)
