"""The catalogue as a page of documentation."""

from __future__ import annotations

from pmo_analytics.metrics.catalogue import CATALOGUE, reasons
from pmo_analytics.metrics.lineage import inputs
from pmo_analytics.metrics.measure import Metric, Reason

_MEANINGS = {
    Reason.NOT_STARTED: "nothing was planned or earned yet, so there is nothing to divide by",
    Reason.NO_BASELINE: "there is work or a forecast, but no budget or baseline date to hold it against",
    Reason.NO_COST: "value was earned at no cost, which no index can express",
    Reason.COMPLETE: "the work is done; the figure speaks of the way there",
    Reason.BUDGET_EXHAUSTED: "the budget is spent and work is left: no efficiency can keep it",
    Reason.TIME_EXHAUSTED: "the planned duration has passed, with work left",
    Reason.NO_DATA: "an input is missing, or the table did not come",
    Reason.STALE: "the only figure is too old to count",
    Reason.INVALID_INPUT: "an input could not be read, is in conflict, or contradicts another",
    Reason.NOT_APPLICABLE: "the question does not arise",
    Reason.EXEMPT: "an input is withheld",
    Reason.MIXED_CURRENCY: "the group holds amounts in more than one currency; group by currency",
    Reason.MIXED_CALENDAR: "the group holds fiscal years of more than one calendar; group by calendar_id or month",
}

_HEAD = """# Metrics

This page is generated from the catalogue (`pmo_analytics.metrics.catalogue_page`); a test holds
`docs/metrics.md` to it.

## How a figure is formed

- **One definition.** A *measure* is one expression per row and one elementary aggregate (sum, minimum,
  maximum, median) of one table. A *metric* is an expression over measures. `measure` groups by project,
  `roll_up` by anything larger; both use the same records, on pandas, Polars, DuckDB and PySpark.
- **Ratios are ratios of sums** at every level, over the projects that have both parts. The estimate at
  completion of a group is the sum of the estimates of its projects.
- **Roll-up rules.** *sum*: children add up to their parent. *ratio of sums*, *share*: formed anew from the sums
  of the group. *recomputed*: formed anew from figures of the group, and not the sum of its children. *worst*: the
  largest of the rows. *distribution*: the median over all rows of the group, not of the children's medians. *none*:
  a figure of one project; for a group of several it is NOT_APPLICABLE.
- **Undefined is a state**: a figure is a number, or null with one of the reason codes below; never 0,
  infinity or a guess. Conditions are tried in the order listed.
- **Which rows count.** The latest period up to `as_of`; of a register the rows of its own latest period.
  Grouped by `period`, each period with its own rows, seen from its end (the last one from `as_of`). A
  register row counts for the project that it names. By programme or portfolio alone, rows that name the
  programme or portfolio itself count for it too; for the whole portfolio every row counts.
- **No rows** in a register that came means no open risks or issues and no decision asked for: counts are 0, and
  shares and ages do not apply. In a register that did not come they are NO_DATA. A project without milestones or
  tasks in the plan has NO_DATA: a plan without milestones is not a good plan.
- **The month** of hit rates and of issues and changes raised or settled is that of the delivery, up to the as-of day.
- **`_n_used`** counts the projects that a figure is made of; for registers, the rows whose answer is known.
- **`_coverage`** is the share of weight of those projects in the group: of BAC if any project has one, else
  of whole-life cost, else of their number; `coverage_weight` names it, one for the whole result. A project
  without weight counts 0. Null for registers, for groups without weight, and for weights in several
  currencies.
- **Currency.** Only rows with an amount count for the mix; no code is a currency of its own. A risk or a
  decision without a code has that of its project.

## Reason codes
"""

_HOW_TO = """
## To add a metric

1. `src/pmo_analytics/metrics/<topic>.py`: a `Measure` for each sum it needs and one `Metric` record; a
   formula with a name goes to `formulas.py`.
2. `tests/metrics/test_expected.py`: one expected number, and one row in which it is undefined.
3. Generate this page anew: `python -m pmo_analytics.metrics.catalogue_page > docs/metrics.md`.
"""


def catalogue_page() -> str:
    """The text of ``docs/metrics.md``: how figures are formed, the reason codes, and every metric.

    >>> catalogue_page().splitlines()[0]
    '# Metrics'
    """
    meanings = [f"- `{reason}`: {_MEANINGS[reason]}." for reason in Reason]
    table = [
        "| metric | title | formula | unit | better | roll-up | undefined | source |",
        "|---|---|---|---|---|---|---|---|",
        *(_row(metric) for metric in CATALOGUE.values()),
    ]
    behind = [f"- `{name}`: {_columns(name)}." for name in CATALOGUE]
    parts = [*meanings, "", "## Catalogue", "", *table, "", "## Columns behind each metric", "", *behind]
    return _HEAD + "\n" + "\n".join(parts) + "\n" + _HOW_TO


def _row(metric: Metric) -> str:
    cells = (
        f"`{metric.name}`",
        metric.title,
        metric.formula,
        str(metric.unit),
        str(metric.better),
        str(metric.roll_up),
        ", ".join(reasons(metric.name)),
        metric.source,
    )
    return f"| {' | '.join(cells)} |"


def _columns(name: str) -> str:
    return ", ".join(f"`{table}.{column}`" for table, column in inputs(name))


if __name__ == "__main__":
    import sys

    sys.stdout.write(catalogue_page())
