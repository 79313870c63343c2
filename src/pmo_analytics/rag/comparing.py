"""Comparing: a figure with a limit, a computed colour with a reported one; one definition for all."""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from pmo_analytics.rag.rule_sets import ABOVE

if TYPE_CHECKING:
    from pmo_analytics.rag.rule_sets import Rule

#: Figures closer to a limit than this, relative to the limit (absolute below 1), count as exactly at it.
#: A CPI of 0.95 may be computed as 0.9499999999999999; that must not turn a project amber.
TOLERANCE = 1e-9

AGREES, OPTIMISTIC, WATERMELON = "agrees", "optimistic", "watermelon"
PESSIMISTIC, UNKNOWN = "pessimistic", "unknown"

#: Least gap, computed less reported severity, to the word for it; widest first.
AGREEMENT = MappingProxyType({3: WATERMELON, 1: OPTIMISTIC, 0: AGREES, -4: PESSIMISTIC})


def breaks(rule: Rule, figure: Any, limit: float) -> Any:
    """Whether a figure lies beyond a limit of a rule; exactly at the limit it does not.

    ``figure`` may be a number, a pandas Series or a narwhals expression: the answer is of the same kind, so
    that rating and explanation cannot differ.
    """
    slack = TOLERANCE * max(1.0, abs(limit))
    return figure > limit + slack if rule.direction == ABOVE else figure < limit - slack


def room(rule: Rule, figure: Any, limit: float) -> Any:
    """How far a figure is from a limit: positive on the good side, negative beyond it."""
    return limit - figure if rule.direction == ABOVE else figure - limit
