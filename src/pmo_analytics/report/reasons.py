"""The reasons of a report: for every project and dimension the rule that decided its colour, in a sentence."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from pmo_analytics.charts.wording import reason_words
from pmo_analytics.metrics.catalogue import CATALOGUE
from pmo_analytics.rag.columns import RAG_COMPUTED, RAG_COMPUTED_FROM, RAG_COMPUTED_RULE, computed, rule_of
from pmo_analytics.rag.reasons import (
    DIMENSION,
    FIGURE,
    METRIC,
    REASON,
    RULE,
    SENTENCE,
    THRESHOLD,
    reasons,
)
from pmo_analytics.rag.rule_sets import GUARD
from pmo_analytics.schemas.projects import Project

if TYPE_CHECKING:
    from pmo_analytics.rag.rule_sets import RuleSet

COLOUR = "colour"
UNIT = "unit"
OVERALL = "overall"
HARD = "hard"

#: The columns of the table, in order.
COLUMNS = (
    Project.project_id,
    Project.project_name,
    DIMENSION,
    COLOUR,
    RULE,
    FIGURE,
    THRESHOLD,
    UNIT,
    SENTENCE,
    HARD,
)
#: What the last overall rule says, which holds when no other does.
_NOTHING_WORSE = "no overall rule for another colour holds"
_KEYS = [Project.project_id, DIMENSION]


def deciding_reasons(rated: pd.DataFrame, rule_set: RuleSet) -> pd.DataFrame:
    """One row per project and dimension that has rules, the overall colour first: the rule that decided.

    Columns: project_id, project_name, dimension, colour (null where not rated), rule (its identity), figure,
    threshold, unit (of the metric; empty for the overall colour, which has no figure), sentence. A dimension
    without a colour says which figures are missing and why; ``hard`` says whether a hard rule decided the
    overall colour. ``rated`` is a pandas frame that ``rate`` made
    with the same rule set; its rows give the order, then the dimensions.
    """
    dimensions = [name for name in rule_set.dimensions if rule_set.of(name)]
    said = reasons(rated, rules=rule_set)
    parts = [_overall(rated, rule_set)]
    parts += [_dimension(rated, said[said[DIMENSION] == name], name) for name in dimensions]
    known = [part for part in parts if len(part)]
    if not known:
        return _empty()
    made = pd.concat(known).sort_index(kind="stable").reset_index(drop=True)
    return made[list(COLUMNS)]


def _overall(rated: pd.DataFrame, rule_set: RuleSet) -> pd.DataFrame:
    required = ", ".join(rule_set.required)
    words = {rule.id: rule.words if rule.at_least else _NOTHING_WORSE for rule in rule_set.overall}
    hard = {rule.id: f"{rule.advice or rule.subject} (a hard rule)" for rule in rule_set.rules if rule.hard}
    words |= hard
    words[GUARD] = f"not rated: too few of the required dimensions ({required}) have a figure"
    counted = "; from " + rated[RAG_COMPUTED_FROM].astype("str") + " dimensions"
    sentence = rated[RAG_COMPUTED_RULE].map(words).astype("str") + counted
    nothing = pd.Series(float("nan"), index=rated.index)
    columns: dict[str, pd.Series] = {
        FIGURE: nothing,
        THRESHOLD: nothing,
        UNIT: nothing.astype("str").fillna(""),
        SENTENCE: sentence,
        HARD: rated[RAG_COMPUTED_RULE].isin(list(hard)),
    }
    return _context(rated, OVERALL, rated[RAG_COMPUTED], rated[RAG_COMPUTED_RULE]).assign(**columns)


def _dimension(rated: pd.DataFrame, said: pd.DataFrame, name: str) -> pd.DataFrame:
    """The deciding rule of one dimension for every project, on the index of ``rated``."""
    context = _context(rated, name, rated[computed(name)], rated[rule_of(name)])
    told = said[[*_KEYS, RULE, METRIC, FIGURE, THRESHOLD, SENTENCE]]
    joined = context.merge(told, on=[*_KEYS, RULE], how="left").set_axis(rated.index)
    undefined = joined[Project.project_id].map(_undefined(said))
    units = joined[METRIC].map({metric.name: str(metric.unit) for metric in CATALOGUE.values()})
    sentence = joined[SENTENCE].astype("str").fillna(undefined)
    return joined.assign(**{UNIT: units.astype("str"), SENTENCE: sentence}, **{HARD: False})


def _undefined(said: pd.DataFrame) -> pd.Series:
    """For every project: which figures of the dimension are missing, and why."""
    titles = said[METRIC].map({metric.name: metric.title for metric in CATALOGUE.values()}).astype("str")
    text = titles + ": " + reason_words(said[REASON])
    listed = said.assign(**{SENTENCE: text}).drop_duplicates([Project.project_id, SENTENCE])
    return "not rated; " + listed.groupby(Project.project_id)[SENTENCE].agg("; ".join).astype("str")


def _context(rated: pd.DataFrame, name: str, colour: pd.Series, rule: pd.Series) -> pd.DataFrame:
    context = rated[[Project.project_id, Project.project_name]].astype("str")
    colours = {COLOUR: colour.astype("str"), RULE: rule.astype("str")}
    return context.assign(**{DIMENSION: name}).assign(**colours)


def _empty() -> pd.DataFrame:
    kinds = {FIGURE: "float64", THRESHOLD: "float64", HARD: "bool"}
    return pd.DataFrame({name: pd.Series(dtype=kinds.get(name, "str")) for name in COLUMNS})
