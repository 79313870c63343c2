"""Explaining: why a project has its colour, rule by rule, down to the cells."""

from __future__ import annotations

from dataclasses import dataclass
from math import isnan
from typing import TYPE_CHECKING, Any

import narwhals as nw
import pandas as pd

from pmo_analytics.errors import InvalidTable, UnknownName
from pmo_analytics.metrics.catalogue import CATALOGUE
from pmo_analytics.rag.cells import cells_of
from pmo_analytics.rag.columns import (
    RAG_AGREEMENT,
    RAG_COMPUTED,
    RAG_COMPUTED_FROM,
    RAG_COMPUTED_RULE,
    RULE_SET,
    RULE_SET_HASH,
    computed,
)
from pmo_analytics.rag.reading import load_rules
from pmo_analytics.rag.reasons import (
    DIMENSION,
    MARGIN,
    METRIC,
    OUTCOME,
    SENTENCE,
    as_pandas,
    check_same_rules,
    reasons,
)
from pmo_analytics.rag.rule_sets import GUARD
from pmo_analytics.rag.wording import colour_word, figures_as_text, month_words
from pmo_analytics.schemas.markup import Safe, block, chip, escaped, table
from pmo_analytics.schemas.projects import Project
from pmo_analytics.schemas.status import Status
from pmo_analytics.schemas.words import UNKNOWN

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from pmo_analytics.portfolio import Portfolio
    from pmo_analytics.rag.rule_sets import RuleSet

CELLS = "cells"
_CONTEXT = (
    Project.project_id,
    Project.project_name,
    Status.rag_reported,
    Status.carried_from,
    RAG_COMPUTED,
    RAG_COMPUTED_RULE,
    RAG_COMPUTED_FROM,
    RAG_AGREEMENT,
    RULE_SET,
    RULE_SET_HASH,
)


@dataclass(frozen=True, eq=False)
class Explanation:
    """Why a project has its colour; ``str()`` gives it as plain text.

    ``table`` has one row per dimension and rule: dimension, rule, metric, figure, reason, threshold, outcome
    (green, amber, red, unknown), margin (positive: room left to the nearest limit), sentence, cells.
    ``colours`` holds the computed colour of each dimension of the rule set, ``because`` what decided the
    overall one. ``carried_from`` is the month, 2026-05, of the report that reported colour and figures come
    from, where the project did not report in the period.
    """

    project_id: str
    name: str
    reported: str | None
    computed: str | None
    agreement: str
    rule_set: str
    table: pd.DataFrame
    because: str
    colours: Mapping[str, str | None]
    carried_from: str | None = None

    def record(self) -> dict[str, Any]:
        """The same as plain values, ready for JSON; null where something is undefined."""
        rules = self.table.astype("object").where(self.table.notna(), None)
        return {
            "project_id": self.project_id,
            "name": self.name,
            "reported": self.reported,
            "computed": self.computed,
            "agreement": self.agreement,
            "carried_from": self.carried_from,
            "because": self.because,
            "rule_set": self.rule_set,
            "dimensions": dict(self.colours),
            "rules": rules.to_dict("records"),
        }

    def __str__(self) -> str:
        title = f"{self.project_id} {self.name}".strip()
        both = f"reported {colour_word(self.reported)}, computed {colour_word(self.computed)}"
        below = [*_carried(self.carried_from), f"because {self.because}"]
        lines = [f"{title}: {both} ({self.agreement})", *(f"  {line}" for line in below), ""]
        for dimension, colour in self.colours.items():
            lines += _lines(dimension, colour, self.table[self.table[DIMENSION] == dimension])
        with_cells = self.table[self.table[CELLS] != ""].drop_duplicates(METRIC)
        listed = zip(with_cells[METRIC], with_cells[CELLS], strict=True)
        cells = [f"  {CATALOGUE[metric].title}: {text}" for metric, text in listed]
        lines += ["", "cells", *cells] if cells else []
        return "\n".join([*lines, "", f"rule set {self.rule_set}"])

    def _repr_html_(self) -> str:
        """The same in a notebook, with the colours as they are."""
        both = f"reported {chip(self.reported)} computed {chip(self.computed)} {escaped(self.agreement)}"
        said = self.table[[DIMENSION, OUTCOME, SENTENCE, METRIC, MARGIN, CELLS]].itertuples(index=False)
        first = ~self.table[DIMENSION].duplicated()
        rows = [
            (
                Safe(f"{escaped(name)} {chip(self.colours[name])}") if begins else "",
                chip(outcome),
                sentence + _margin(metric, margin),
                cells,
            )
            for begins, (name, outcome, sentence, metric, margin, cells) in zip(first, said, strict=True)
        ]
        return block(
            f"{self.project_id} {self.name}".strip(),
            Safe(both),
            *_carried(self.carried_from),
            f"because {self.because}",
            table(["Dimension", "Rule", "Why", "Cells"], rows),
            f"rule set {self.rule_set}",
        )


def explain(
    rated: Any,
    project_id: str,
    *,
    portfolio: Portfolio | None = None,
    rules: str | Path | RuleSet | None = None,
) -> Explanation:
    """Why a project has its colour: every rule with figure, limit, margin and sentence.

    ``rated`` is what :func:`rate` returned, of any engine; ``rules`` are those it was rated with. With
    ``portfolio`` the cells behind each figure are named: file, sheet, address, content.

    Raises ``UnknownName`` for an unknown project, ``ConfigurationError`` where other rules rated the frame,
    ``InvalidTable`` where none did.

    >>> from pmo_analytics.rag.rating import rate
    >>> names = sorted({rule.metric for rule in load_rules().rules})
    >>> frame = pd.DataFrame({"project_id": ["P1"], **{n: [1.0] for n in names}})
    >>> told = explain(rate(frame.assign(cpi=0.87, tcpi_bac_reason=None)), "P1")
    >>> told.table.query("rule == 'COST-CPI'")["sentence"].item()
    'CPI 0.87 is below 0.90: red'
    """
    rule_set = load_rules(rules)
    row = _row_of(rated, project_id)
    told = as_pandas(row, [*_CONTEXT, *(computed(d) for d in rule_set.dimensions)])
    check_same_rules(told, rule_set)
    said = reasons(row, rules=rule_set).drop(columns=Project.project_id)
    known = {name: _known(told[name].iloc[0]) for name in told}
    return Explanation(
        project_id=project_id,
        name=known.get(Project.project_name) or "",
        reported=known.get(Status.rag_reported),
        computed=known[RAG_COMPUTED],
        agreement=known[RAG_AGREEMENT] or UNKNOWN,
        rule_set=f"{rule_set.label} ({rule_set.hash})",
        table=said.assign(**{CELLS: _cells(said, portfolio, project_id)}),
        because=_because(rule_set, known[RAG_COMPUTED_RULE], known[RAG_COMPUTED_FROM]),
        colours={d: known[computed(d)] for d in rule_set.dimensions},
        carried_from=known.get(Status.carried_from),
    )


def _row_of(rated: Any, project_id: str) -> Any:
    frame = nw.from_native(rated)
    if Project.project_id not in frame.collect_schema().names():
        raise InvalidTable("the frame has no project_id; pass what rate(measure(…)) returned.")
    row = frame.filter(nw.col(Project.project_id) == project_id).to_native()
    if as_pandas(row, [Project.project_id]).empty:
        known = as_pandas(rated, [Project.project_id])[Project.project_id]
        raise UnknownName("project", project_id, known)
    return row


def _known(value: Any) -> str | None:
    return str(value) if pd.notna(value) else None


def _cells(said: pd.DataFrame, portfolio: Portfolio | None, project_id: str) -> pd.Series:
    if portfolio is None:
        return pd.Series("", index=said.index, dtype="str")
    texts = {metric: cells_of(portfolio, metric, project_id) for metric in said[METRIC].unique()}
    return said[METRIC].map(texts).astype("str")


def _because(rule_set: RuleSet, decided: str | None, computable: str | None) -> str:
    overall = {rule.id: rule.words for rule in rule_set.overall}
    hard = {rule.id: "a hard rule fired" for rule in rule_set.rules if rule.hard}
    required = ", ".join(rule_set.required)
    guard = f"too few of the required dimensions ({required}) have a figure"
    words = {**overall, **hard, GUARD: guard}[str(decided)]
    return f"{words} ({decided}); computed from {computable} dimensions"


def _carried(month: str | None) -> list[str]:
    """The line that dates figures which are not of the period; none where they are."""
    if month is None:
        return []
    return [f"carried forward from {month_words(month)}: the project has not reported since"]


def _lines(dimension: str, colour: str | None, rows: pd.DataFrame) -> list[str]:
    if rows.empty:
        return [f"{dimension}: no rule in this set"]
    rules = [
        f"  {sentence}{_margin(metric, margin)}"
        for metric, sentence, margin in zip(rows[METRIC], rows[SENTENCE], rows[MARGIN], strict=True)
    ]
    return [f"{dimension}: {colour_word(colour)}", *rules]


def _margin(metric: str, margin: float) -> str:
    if isnan(margin):
        return ""
    amount = figures_as_text(pd.Series([abs(margin)]), CATALOGUE[metric].unit, beside=0.0).item()
    return f" ({amount} beyond the limit)" if margin < 0 else f" ({amount} of room)"
