"""Rating: from figures to colours, per dimension and overall, with the rule that decided each."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeVar

import narwhals as nw

from pmo_analytics.errors import InvalidTable
from pmo_analytics.metrics.handing_back import handed_back
from pmo_analytics.rag.columns import (
    OVERALL,
    RAG_AGREEMENT,
    RAG_COMPUTED,
    RAG_COMPUTED_FROM,
    RAG_COMPUTED_RULE,
    RULE_SET,
    RULE_SET_HASH,
    computed,
    figure_of,
    is_rated,
    rule_of,
    threshold_of,
)
from pmo_analytics.rag.comparing import AGREEMENT, UNKNOWN, breaks
from pmo_analytics.rag.reading import load_rules
from pmo_analytics.rag.rule_sets import AMBER, CRITICAL, GREEN, GUARD, RED
from pmo_analytics.schemas.columns import reason_of
from pmo_analytics.schemas.status import Status
from pmo_analytics.schemas.words import SEVERITY

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from pathlib import Path

    from pmo_analytics.rag.rule_sets import OverallRule, Rule, RuleSet

    #: What decides first stands first: a condition, a colour, the rule that gives it.
    Cases = Sequence[tuple[nw.Expr, str | None, str]]


Key = TypeVar("Key")


def rate(measured: Any, *, rules: str | Path | RuleSet | None = None) -> Any:
    """The frame given, with a colour per dimension and overall, and the rule behind each.

    ``measured`` is what :func:`measure` or :func:`roll_up` return: pandas, Polars (eager or lazy) or DuckDB;
    the answer is of the same kind, with the rows and their order unchanged. For every dimension ``d`` of
    the rule set come ``computed_<d>``, ``computed_<d>_rule``, ``_figure`` and ``_threshold``; then
    ``rag_computed``, ``rag_computed_rule``, ``rag_computed_from`` ("2 of 7": dimensions with a colour),
    ``rag_agreement``, ``rule_set`` and ``rule_set_hash``. Columns of an earlier rating are replaced.

    A dimension has the worst colour among its rules whose figure is defined; of rules with the same colour
    the first of the set is named; a green one names its first rule with a figure. Without any figure it has
    no colour. A figure exactly at a limit does not break it; "exactly" allows for rounding, 1 part in 10⁹.

    Overall, a hard rule that fired comes first; then the guard: while too few required dimensions have a
    colour there is none; then the overall rules from the top. ``rag_agreement`` compares severities (1 to
    5), computed less reported: 3 or more ``watermelon``, 1 or 2 ``optimistic``, 0 ``agrees``, less
    ``pessimistic``; ``unknown`` where either is missing. Reported is the owner's colour (``rag_overall``)
    where there is one, else the headline (``rag_reported``).

    Raises ``InvalidTable`` where a metric of the rule set is not a column; and as :func:`load_rules` does.

    >>> import pandas as pd
    >>> from pmo_analytics.rag.reading import load_rules
    >>> names = {rule.metric for rule in load_rules().rules}
    >>> frame = pd.DataFrame({n: [1.0 if n in ("cpi", "spi") else 0.0] for n in sorted(names)})
    >>> rate(frame.assign(tcpi_bac_reason=None))[["rag_computed", "rag_computed_from"]].iloc[0].tolist()
    ['green', '3 of 7']
    """
    rule_set = load_rules(rules)
    frame = nw.from_native(measured)
    given = [name for name in frame.collect_schema().names() if not is_rated(name)]
    _require(given, rule_set)
    metrics = dict.fromkeys(rule.metric for rule in rule_set.rules)
    figured = frame.select(given).with_columns(*(_figure(metric) for metric in metrics))
    decided = figured.with_columns(*(_decided(d, rule_set.of(d)) for d in rule_set.dimensions))
    rated = decided.with_columns(*(e for d in rule_set.dimensions for e in _dimension(d, rule_set.of(d))))
    overall = rated.with_columns(*_overall(rule_set)).with_columns(_agreement(given))
    added = (name for d in rule_set.dimensions for name in _names(d))
    return handed_back(overall.select(*given, *added, *OVERALL))


def _names(dimension: str) -> tuple[str, ...]:
    return computed(dimension), rule_of(dimension), figure_of(dimension), threshold_of(dimension)


def _require(given: Iterable[str], rule_set: RuleSet) -> None:
    needed = {rule.metric for rule in rule_set.rules}
    needed |= {reason_of(rule.metric) for rule in rule_set.rules if rule.reason is not None}
    missing = sorted(needed - set(given))
    if missing:
        raise InvalidTable(
            f"the frame lacks {', '.join(missing)}, which rule set {rule_set.label} needs; "
            f"pass what measure or roll_up returned."
        )


def _figure(metric: str) -> nw.Expr:
    value = nw.col(metric).cast(nw.Float64)
    return nw.when(value.is_finite()).then(value).alias(_clean(metric))


def _clean(metric: str) -> str:
    """The column with the figures of a metric that are numbers, while rating."""
    return f"__figure_{metric}"


def _case(dimension: str) -> str:
    """The column that says which case of a dimension holds, by position, while rating."""
    return f"__case_{dimension}"


def _fires(rule: Rule, colour: str) -> nw.Expr:
    if rule.reason is not None:
        return nw.col(reason_of(rule.metric)) == rule.reason
    return breaks(rule, nw.col(_clean(rule.metric)), float(rule.limit(colour) or 0.0))  # type: ignore[no-any-return]


def _cases(rules: Sequence[Rule]) -> list[tuple[str, Rule]]:
    """Red rules, then amber ones, then green for those with a figure: the first that holds decides."""
    fired = [(colour, rule) for colour in (RED, AMBER) for rule in rules if colour in rule.colours]
    return [*fired, *((GREEN, rule) for rule in rules)]


def _decided(dimension: str, rules: Sequence[Rule]) -> nw.Expr:
    holds = [
        ~nw.col(_clean(rule.metric)).is_null() if colour == GREEN else _fires(rule, colour)
        for colour, rule in _cases(rules)
    ]
    numbered = ((condition, nw.lit(float(n))) for n, condition in enumerate(holds))
    return _first(numbered, nw.Float64).alias(_case(dimension))


def _dimension(dimension: str, rules: Sequence[Rule]) -> tuple[nw.Expr, ...]:
    cases = _cases(rules)
    colours = _grouped((colour, n) for n, (colour, _) in enumerate(cases))
    named = _grouped((rule.id, n) for n, (_, rule) in enumerate(cases))
    metrics = _grouped((rule.metric, n) for n, (_, rule) in enumerate(cases))
    limits = _grouped((rule.limit(colour), n) for n, (colour, rule) in enumerate(cases))

    def among(numbers: Sequence[float]) -> nw.Expr:
        return nw.col(_case(dimension)).is_in(numbers)

    texts = {computed(dimension): colours, rule_of(dimension): named}
    return (
        *(_first((among(ns), nw.lit(t)) for t, ns in of.items()).alias(name) for name, of in texts.items()),
        _first(((among(ns), nw.col(_clean(m))) for m, ns in metrics.items()), nw.Float64).alias(
            figure_of(dimension)
        ),
        _first(((among(ns), nw.lit(x, nw.Float64)) for x, ns in limits.items()), nw.Float64).alias(
            threshold_of(dimension)
        ),
    )


def _grouped(pairs: Iterable[tuple[Key, int]]) -> dict[Key, list[float]]:
    """Every value with the positions of the cases that give it."""
    found: dict[Key, list[float]] = {}
    for value, position in pairs:
        found.setdefault(value, []).append(float(position))
    return found


def _first(cases: Iterable[tuple[nw.Expr, nw.Expr]], dtype: Any = nw.String) -> nw.Expr:
    """The value of the first case that holds; null where none does."""
    value = nw.lit(None, dtype)
    for holds, then in reversed(list(cases)):
        value = nw.when(holds).then(then).otherwise(value)
    return value.cast(dtype)


def _overall(rule_set: RuleSet) -> tuple[nw.Expr, ...]:
    unknown = _count(nw.col(computed(d)).is_null() for d in rule_set.required)
    too_few = unknown > len(rule_set.required) - rule_set.needed
    hard = [(_fires(rule, RED), RED, rule.id) for rule in rule_set.rules if rule.hard]
    rest = [(_holds(rule, rule_set), rule.colour, rule.id) for rule in rule_set.overall]
    cases: Cases = [*hard, (too_few, None, GUARD), *rest]
    of = f" of {len(rule_set.dimensions)}"
    computable = _count(~nw.col(computed(d)).is_null() for d in rule_set.dimensions)
    return (
        _first((holds, nw.lit(colour, nw.String)) for holds, colour, _ in cases).alias(RAG_COMPUTED),
        _first((holds, nw.lit(name)) for holds, _, name in cases).alias(RAG_COMPUTED_RULE),
        nw.concat_str(computable.cast(nw.String), nw.lit(of)).alias(RAG_COMPUTED_FROM),
        nw.lit(rule_set.label).alias(RULE_SET),
        nw.lit(rule_set.hash).alias(RULE_SET_HASH),
    )


def _holds(rule: OverallRule, rule_set: RuleSet) -> nw.Expr:
    among = rule_set.critical if rule.of == CRITICAL else rule_set.dimensions
    return _count(nw.col(computed(d)) == rule.are for d in among) >= rule.at_least


def _count(conditions: Iterable[nw.Expr]) -> nw.Expr:
    """How many of the conditions hold; unknown ones do not."""
    ones = [nw.when(holds).then(nw.lit(1)).otherwise(nw.lit(0)).cast(nw.Int64) for holds in conditions]
    return nw.sum_horizontal(*ones, nw.lit(0))


def _agreement(given: Sequence[str]) -> nw.Expr:
    reported = [_severity(name) for name in (Status.rag_overall, Status.rag_reported) if name in given]
    if not reported:
        return nw.lit(UNKNOWN).alias(RAG_AGREEMENT)
    gap = _severity(RAG_COMPUTED) - nw.coalesce(*reported)
    words = [(gap >= least, nw.lit(word)) for least, word in AGREEMENT.items()]
    return nw.coalesce(_first(words), nw.lit(UNKNOWN)).alias(RAG_AGREEMENT)


def _severity(column: str) -> nw.Expr:
    ranks = [(nw.col(column) == colour, nw.lit(float(rank))) for colour, rank in SEVERITY.items()]
    return _first(ranks, nw.Float64)
