"""Reasons: what every rule says about every project, as a table."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import narwhals as nw
import numpy as np
import pandas as pd

from pmo_analytics.errors import ConfigurationError, InvalidTable
from pmo_analytics.metrics.catalogue import CATALOGUE
from pmo_analytics.rag.columns import RULE_SET, RULE_SET_HASH
from pmo_analytics.rag.comparing import breaks, room
from pmo_analytics.rag.reading import load_rules
from pmo_analytics.rag.rule_sets import ABOVE, AMBER, GREEN, RED
from pmo_analytics.rag.wording import figures_as_text, limit_as_text
from pmo_analytics.schemas.columns import reason_of
from pmo_analytics.schemas.projects import Project
from pmo_analytics.schemas.words import UNKNOWN

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from pmo_analytics.rag.rule_sets import Rule, RuleSet

DIMENSION = "dimension"
RULE = "rule"
METRIC = "metric"
FIGURE = "figure"
REASON = "reason"
THRESHOLD = "threshold"
OUTCOME = "outcome"
MARGIN = "margin"
SENTENCE = "sentence"
COLUMNS = (DIMENSION, RULE, METRIC, FIGURE, REASON, THRESHOLD, OUTCOME, MARGIN, SENTENCE)


def reasons(rated: Any, *, rules: str | Path | RuleSet | None = None) -> pd.DataFrame:
    """One row per project, dimension and rule: whether it fired or not, and why, in a sentence.

    Columns: project_id, dimension, rule, metric, figure, reason, threshold, outcome (green, amber, red,
    unknown), margin, sentence. ``margin`` is the distance to the nearest limit, in the unit of the metric:
    positive is room left, negative is how far beyond. Projects stand in the order of ``rated``, rules in that
    of the dimensions. Raises ``InvalidTable`` for a frame that was not rated or has no projects,
    ``ConfigurationError`` where it was rated with other rules than those given.
    """
    rule_set = load_rules(rules)
    frame = as_pandas(rated, _needed(rule_set))
    check_same_rules(frame, rule_set)
    ordered = [rule for dimension in rule_set.dimensions for rule in rule_set.of(dimension)]
    made = [_said(frame, rule) for rule in ordered]
    both = pd.concat(made).sort_index(kind="stable") if made else pd.DataFrame()
    return both.reindex(columns=[Project.project_id, *COLUMNS]).reset_index(drop=True)


def as_pandas(frame: Any, wanted: Iterable[str]) -> pd.DataFrame:
    """The columns wanted, of those that the frame has, in pandas with plain missing values.

    ``frame`` may be of any engine, or a narwhals frame.
    """
    seen = nw.from_native(frame, pass_through=False)
    names = set(seen.collect_schema().names())
    part = seen.select([name for name in dict.fromkeys(wanted) if name in names])
    if isinstance(part, nw.LazyFrame):
        part = part.collect() if part.implementation.is_polars() else part.collect("pandas")
    return pd.DataFrame({name: pd.Series(column.to_list()) for name, column in part.to_dict().items()})


def check_same_rules(frame: pd.DataFrame, rule_set: RuleSet) -> None:
    """Nothing, if the frame was rated with these rules.

    Raises ``InvalidTable`` where it was not rated or its rows are no projects, ``ConfigurationError`` where
    other rules rated it.
    """
    missing = [name for name in (Project.project_id, RULE_SET_HASH) if name not in frame]
    if missing:
        raise InvalidTable(f"the frame has no {missing[0]}; pass what rate(measure(…)) returned.")
    others = frame.loc[frame[RULE_SET_HASH] != rule_set.hash]
    if len(others):
        name, code = others[RULE_SET].iloc[0], others[RULE_SET_HASH].iloc[0]
        raise ConfigurationError(
            f"the frame was rated with rule set {name} ({code}), but the rules given are "
            f"{rule_set.label} ({rule_set.hash}); pass the same rules= to both."
        )


def _needed(rule_set: RuleSet) -> list[str]:
    metrics = [rule.metric for rule in rule_set.rules]
    context = [Project.project_id, Project.currency, RULE_SET, RULE_SET_HASH]
    return [*context, *metrics, *(reason_of(metric) for metric in metrics)]


def _said(frame: pd.DataFrame, rule: Rule) -> pd.DataFrame:
    figure = pd.to_numeric(frame[rule.metric]).astype("float64")
    figure = figure.where(np.isfinite(figure))
    why = frame.get(reason_of(rule.metric), pd.Series(None, index=frame.index)).astype("str")
    said = pd.DataFrame({Project.project_id: frame[Project.project_id], FIGURE: figure, REASON: why})
    said = said.assign(**{DIMENSION: rule.dimension, RULE: rule.id, METRIC: rule.metric})
    judged = _by_reason(said, rule) if rule.reason is not None else _by_limit(said, rule)
    currency = frame.get(Project.currency, pd.Series("", index=frame.index)).astype("str").fillna("")
    return judged.assign(**{SENTENCE: _sentences(judged, rule, currency)})


def _by_reason(said: pd.DataFrame, rule: Rule) -> pd.DataFrame:
    fired = said[REASON] == rule.reason
    outcome = pd.Series(UNKNOWN, index=said.index, dtype="str")
    outcome = outcome.mask(said[FIGURE].notna(), GREEN).mask(fired, str(rule.colour))
    nothing = pd.Series(np.nan, index=said.index)
    return said.join(pd.DataFrame({THRESHOLD: nothing, OUTCOME: outcome, MARGIN: nothing}))


def _by_limit(said: pd.DataFrame, rule: Rule) -> pd.DataFrame:
    figure = said[FIGURE]
    outcome = pd.Series(UNKNOWN, index=said.index, dtype="str").mask(figure.notna(), GREEN)
    limits = {colour: limit for colour in (AMBER, RED) if (limit := rule.limit(colour)) is not None}
    for colour, limit in limits.items():
        outcome = outcome.mask(breaks(rule, figure, limit), colour)
    rooms = pd.DataFrame({colour: room(rule, figure, limit) for colour, limit in limits.items()})
    margin = rooms.iloc[:, 0]
    for colour in rooms.columns[1:]:
        margin = margin.where(margin.abs() <= rooms[colour].abs(), rooms[colour])
    threshold = outcome.map({GREEN: rule.limit(GREEN), **limits}).astype("float64")
    return said.join(pd.DataFrame({THRESHOLD: threshold, OUTCOME: outcome, MARGIN: margin}))


def _sentences(judged: pd.DataFrame, rule: Rule, currency: pd.Series) -> pd.Series:
    unit = CATALOGUE[rule.metric].unit
    advice = f" ({rule.advice})" if rule.advice else ""
    outcome, figure = judged[OUTCOME], judged[FIGURE]
    undefined = judged[REASON].fillna("no reason given")
    text = f"{rule.subject} is undefined (" + undefined + ")"
    if rule.reason is not None:
        text = text.mask(outcome == rule.colour, text + f": {rule.colour}{advice}")
        shown = figures_as_text(figure, unit, currency=currency)
        return text.mask(outcome == GREEN, f"{rule.subject} is " + shown + f", not {rule.reason}: green")
    side, within = ("above", "within") if rule.direction == ABOVE else ("below", "not below")
    for colour in (GREEN, AMBER, RED):
        limit = rule.limit(colour)
        if limit is None:
            continue
        shown = f"{rule.subject} " + figures_as_text(figure, unit, beside=limit, currency=currency)
        place = f" is {within if colour == GREEN else side} {limit_as_text(limit, unit)}: {colour}"
        text = text.mask(outcome == colour, shown + place + (advice if colour != GREEN else ""))
    return text
