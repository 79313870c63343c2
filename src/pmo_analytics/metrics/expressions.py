"""The few shapes of narwhals expressions that every engine evaluates alike.

A comparison with a null is a null, and "false and null" is false, on every engine that computes: so a condition that
is negated asks first, with ``given``, whether there is anything to compare. pandas holds "null is not x" to be true;
but its frames are carried to Polars.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import narwhals as nw

if TYPE_CHECKING:
    from collections.abc import Iterable


def number(value: float) -> nw.Expr:
    """The number as a float constant."""
    return nw.lit(float(value), dtype=nw.Float64)


def word(value: str) -> nw.Expr:
    """The word as a text constant."""
    return nw.lit(value, dtype=nw.String)


def no_number() -> nw.Expr:
    """A null that counts as a number."""
    return nw.lit(None, dtype=nw.Float64)


def no_word() -> nw.Expr:
    """A null that counts as text."""
    return nw.lit(None, dtype=nw.String)


def given(*values: nw.Expr) -> nw.Expr:
    """Whether none of the values is null."""
    first, *others = (~value.is_null() for value in values)
    for other in others:
        first = first & other
    return first


def where(condition: nw.Expr, value: nw.Expr) -> nw.Expr:
    """The value where the condition holds, else null."""
    return nw.when(condition).then(value)


def present(value: nw.Expr, *others: nw.Expr) -> nw.Expr:
    """The value in rows where all the others are given too, else null."""
    return where(given(*others), value)


def first_true(cases: Iterable[tuple[nw.Expr, nw.Expr]], otherwise: nw.Expr) -> nw.Expr:
    """The value of the first condition that holds; ``otherwise`` where none does."""
    chosen = otherwise
    for condition, value in reversed(list(cases)):
        chosen = nw.when(condition).then(value).otherwise(chosen)
    return chosen


def nonzero(value: nw.Expr) -> nw.Expr:
    """The value, with null in place of 0: fit to divide by on engines that raise and on those that do not."""
    return where((value > 0) | (value < 0), value)


def one_of(column: nw.Expr, words: Iterable[str]) -> nw.Expr:
    """Whether a text column holds one of the words; a null holds none."""
    return column.fill_null("").is_in(list(words))


def flag(yes: nw.Expr, known: nw.Expr) -> nw.Expr:
    """1 where ``yes``, else 0 where the answer is ``known``, null where it is not; a sum of them is a count."""
    return first_true([(yes, number(1)), (known, number(0))], no_number())


def same_currency(code: nw.Expr, other: nw.Expr) -> nw.Expr:
    """Whether two amounts are in one currency; one that does not say so is taken to be in that of the other."""
    return (code == other) | code.is_null() | other.is_null()


def compared(text: nw.Expr) -> nw.Expr:
    """The form in which words are compared: lower case, without blanks around them."""
    return text.str.strip_chars().str.to_lowercase()


def same_word(one: nw.Expr, other: nw.Expr) -> nw.Expr:
    """Whether two texts are the same without case and blanks around them; a missing one is the same as none."""
    left, right = compared(one), compared(other)
    return (given(left, right) & (left == right)).fill_null(False)
