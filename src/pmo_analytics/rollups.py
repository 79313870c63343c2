"""Roll-ups: the same metrics over larger groups, and the colours of a group as counts."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import narwhals as nw
import pandas as pd

from pmo_analytics.errors import InvalidTable, UnknownName
from pmo_analytics.metrics.expressions import one_of
from pmo_analytics.metrics.figures import PROJECTS, metrics_of
from pmo_analytics.metrics.grouping import group_columns, grouped, grouped_items, item_columns
from pmo_analytics.metrics.handing_back import handed_back
from pmo_analytics.metrics.inputs import read_inputs
from pmo_analytics.metrics.registers import ITEM_REGISTERS
from pmo_analytics.metrics.roll_up_rules import metrics_asked
from pmo_analytics.quality.keys import match_key
from pmo_analytics.schemas.objectives import Objective
from pmo_analytics.schemas.projects import Project
from pmo_analytics.schemas.resources import REQUESTED, Resource
from pmo_analytics.schemas.status import Status
from pmo_analytics.schemas.tables import table
from pmo_analytics.schemas.words import COLOURS, UNKNOWN

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from pmo_analytics.metrics.inputs import Inputs
    from pmo_analytics.portfolio import Portfolio

_CODE, _STATED, _FIRST, _LAST = "__code", "__stated", "__first", "__last"

#: Whether a month is rolled up along the tree of entities that it had, or along that of today.
THEN, NOW = "then", "now"

#: The overall colours of a rated frame, by what their counts are called.
RATED = {"reported": Status.rag_reported, "computed": "rag_computed"}


def roll_up(
    source: Portfolio | Mapping[str, Any] | Inputs,
    *,
    by: str | Sequence[str] | None = None,
    as_of: object | None = None,
    metrics: Sequence[str] | Mapping[str, str] | None = None,
    tree: str = THEN,
) -> Any:
    """One row per group of projects, with the metrics of :func:`pmo_analytics.measure` over the whole group.

    ``by`` is a text column of projects or status, ``period``, or a list of them; ``None`` is the whole
    portfolio in one row. Columns: those of ``by``, ``projects``, ``currency`` and ``rate_set`` (the set of exchange
    rates that :func:`pmo_analytics.convert` used; null where amounts stand as reported or in several currencies), both
    of the amounts of the tables that the metrics read, then
    for every metric, or for those that ``metrics`` names, ``<metric>``,
    ``<metric>_reason``, ``<metric>_n_used`` and ``<metric>_coverage``, and ``coverage_weight``. Ratios are
    ratios of sums. ``_n_used`` counts the projects, or for a register its rows, that the figure is made of;
    coverage is their share of the group's ``bac`` (else whole-life cost, else count, as ``coverage_weight``
    says for the whole result) and null for figures of registers and for budgets in several currencies.

    Without ``period`` only the current period counts; with it, every period up to ``as_of``, each seen from
    its end (the last one from ``as_of``). Amounts in more than one currency are undefined with
    MIXED_CURRENCY; group by currency. Register rows that name a programme or portfolio count for it when
    ``by`` is that column alone, and for the whole portfolio. Projects without a value in ``by`` form a group
    of their own. With ``period``, ``tree="then"`` counts a project for the programme and portfolio of each month,
    ``tree="now"`` every month for those of its latest one. Input and result as in :func:`pmo_analytics.measure`;
    sorted by ``by``, nulls last. ``metrics`` may also be a mapping that says how each is to be rolled up, by its own
    rule of ``pmo.metric_catalogue()``. Raises ``UnknownName`` for a column that projects cannot be grouped by, an
    unknown metric or tree, and ``RollUpRefused`` for a rule that a metric does not follow, such as a mean of ratios.

    >>> import pandas as pd
    >>> status = pd.DataFrame({"project_id": ["A", "B"], "ev": [90.0, 15.0], "ac": [100.0, 15.0]})
    >>> round(roll_up({"status": status}, as_of="2026-06-30")["cpi"].item(), 3)
    0.913
    """
    columns = group_columns(by)
    inputs = read_inputs(source, as_of)
    figures, _ = grouped(inputs, columns, metrics=metrics_asked(metrics), as_now=_as_now(tree))
    ordered = figures.sort(columns, nulls_last=True) if columns else figures
    return handed_back(ordered, home=inputs.home)


def roll_up_items(
    source: Portfolio | Mapping[str, Any],
    name: str,
    *,
    by: str | Sequence[str],
    as_of: object | None = None,
    metrics: Sequence[str] | Mapping[str, str] | None = None,
    tree: str = THEN,
) -> Any:
    """One row per group of rows of a register, with the metrics that are made of that register alone.

    ``name`` is a register such as risks, issues, changes or tasks. ``by`` is one of its own columns with text or
    months (``workstream``, ``team``, ``owner``, ``category``, ``for_period``, …), a column of its projects as in
    :func:`roll_up`, or a list of both; a column that both have is the register's own. Columns: those of ``by``,
    ``items`` (the rows of the group), ``currency`` and ``rate_set`` where it holds money, then ``<metric>``,
    ``<metric>_reason`` and ``<metric>_n_used``. By ``fiscal_year``, years of projects with several calendars are
    never added up (MIXED_CALENDAR); they meet by ``for_period``. By a column of projects only
    the rows of projects count (by programme or portfolio also those that name it), else every row. Rows
    without a value form a group of their own. Input, result, periods, ``metrics`` and ``tree`` as in :func:`roll_up`;
    sorted by ``by``, nulls last. Raises ``UnknownName`` for a table that is no register or was not given, and for a
    column that its rows cannot be grouped by.

    >>> import pandas as pd
    >>> issues = pd.DataFrame({"issue_id": ["I1", "I2", "I3"], "entity_id": "P1", "team": ["Track", "Power", "Track"]})
    >>> found = roll_up_items({"issues": issues}, "issues", by="team", as_of="2026-06-30")
    >>> found[["team", "items", "issues_open"]].to_dict("list")
    {'team': ['Power', 'Track'], 'items': [1, 2], 'issues_open': [1.0, 2.0]}
    """
    inputs = read_inputs(source, as_of, words_of=name)
    came = [register for register in ITEM_REGISTERS if register in inputs.frames]
    if name not in came:
        raise UnknownName("register", name, came)
    columns = [by] if isinstance(by, str) else list(dict.fromkeys(by))
    if not columns:
        raise InvalidTable(f"by= names no column; {name} can be grouped by {', '.join(item_columns(name))}.")
    for column in columns:
        if column not in item_columns(name):
            raise UnknownName(f"column to group {name} by", column, item_columns(name))
    own = [metric.name for metric in metrics_of(name)]
    figures = grouped_items(inputs, name, columns, metrics=metrics_asked(metrics, own), as_now=_as_now(tree))
    return handed_back(figures.sort(columns, nulls_last=True), home=inputs.home)


def _as_now(tree: str) -> bool:
    if tree not in (THEN, NOW):
        raise UnknownName("tree", tree, (THEN, NOW))
    return tree == NOW


def count_colours(rated: Any, *, by: str | Sequence[str] | None = None) -> Any:
    """One row per group: how many projects have each reported and each computed overall colour.

    ``rated`` is the result of :func:`pmo_analytics.rate`; ``by`` names its columns, ``None`` counts all in
    one row. Columns: those of ``by``, ``projects``, ``reported_green`` … ``reported_red``,
    ``reported_unknown``, and the same for ``computed``. What has no colour is unknown, so the counts of each
    kind add up to ``projects``. The result is of the caller's kind, sorted by ``by``, nulls last.
    Raises ``UnknownName`` for a column that the frame does not have.

    >>> import pandas as pd
    >>> rated = pd.DataFrame({"rag_reported": ["red", None], "rag_computed": ["red", "green"]})
    >>> count_colours(rated)[["projects", "reported_red", "reported_unknown"]].to_dict("list")
    {'projects': [2], 'reported_red': [1], 'reported_unknown': [1]}
    """
    frame, columns = _rated(rated, by)
    frame = frame.with_columns(*(_colour_flag(kind, colour) for kind, colour in _colour_counts()))
    names = [_count_name(*pair) for pair in _colour_counts()]
    counts = [nw.len().alias(PROJECTS), *(nw.col(name).sum() for name in names)]
    counted = _aggregated(frame, columns, counts)
    return handed_back(counted.with_columns(nw.col(PROJECTS, *names).cast(nw.Int64)))


def weigh_colours(rated: Any, *, by: str | Sequence[str] | None = None) -> Any:
    """One row per group: the share of its BAC under each reported and each computed overall colour.

    ``rated`` and ``by`` are those of :func:`count_colours`, and so is the result, with ``bac`` (the Σ of the projects
    that state it, null for several currencies) in place of ``projects`` and shares of it in place of counts. What has
    no colour is unknown, so the shares of each kind add up to 1; they are null where ``bac`` is null or 0. Counts and
    shares belong together: a red giant is one project of many. Raises ``UnknownName`` as :func:`count_colours` does.

    >>> import pandas as pd
    >>> colours = {"rag_reported": ["red", "green"], "rag_computed": ["red", None]}
    >>> rated = pd.DataFrame({**colours, "bac": [90.0, 10.0], "currency": "GBP"})
    >>> weigh_colours(rated)[["bac", "reported_red", "computed_unknown"]].to_numpy().tolist()
    [[100.0, 0.9, 0.1]]
    """
    frame, columns = _rated(rated, by, [Status.bac, Project.currency])
    names = [_count_name(*pair) for pair in _colour_counts()]
    bac, first, last = nw.col(Status.bac), nw.col(_CODE).min().alias(_FIRST), nw.col(_CODE).max().alias(_LAST)
    sums = [nw.col(Status.bac, *names).sum(), bac.count().alias(_STATED), first, last]
    summed = _aggregated(_weighed(frame), columns, sums)
    alike = (nw.col(_STATED) > 0) & (nw.col(_FIRST) == nw.col(_LAST))
    shares = (nw.when(alike & (bac > 0)).then(nw.col(name) / bac).alias(name) for name in names)
    return handed_back(summed.select(*columns, nw.when(alike).then(bac).alias(Status.bac), *shares))


def _weighed(frame: Any) -> Any:
    """The rated frame with the BAC of each row under its colours, and the currency of rows that state one."""
    bac, code = nw.col(Status.bac).cast(nw.Float64), nw.col(Project.currency).cast(nw.String)
    amounts = (
        (_colour_flag(kind, colour) * bac.fill_null(0.0)).alias(_count_name(kind, colour))
        for kind, colour in _colour_counts()
    )
    return frame.with_columns(*amounts, nw.when(~bac.is_null()).then(code.fill_null("")).alias(_CODE))


def _rated(rated: Any, by: str | Sequence[str] | None, needed: Sequence[str] = ()) -> tuple[Any, list[str]]:
    """The rated frame and the columns to group it by; raises ``UnknownName`` for a column that it does not have."""
    frame = nw.from_native(rated)
    present = frame.collect_schema().names()
    columns = [] if by is None else [by] if isinstance(by, str) else list(dict.fromkeys(by))
    for column in [*columns, *RATED.values(), *needed]:
        if column not in present:
            raise UnknownName("column of the rated frame", column, present)
    return frame, columns


def _aggregated(frame: Any, columns: list[str], figures: list[nw.Expr]) -> Any:
    """One row per group, sorted, nulls last; one row in all without columns."""
    if not columns:
        return frame.select(*figures)
    return frame.group_by(columns, drop_null_keys=False).agg(*figures).sort(columns, nulls_last=True)


def _colour_counts() -> list[tuple[str, str]]:
    return [(kind, colour) for kind in RATED for colour in (*COLOURS, UNKNOWN)]


def _count_name(kind: str, colour: str) -> str:
    return f"{kind}_{colour}"


def _colour_flag(kind: str, colour: str) -> nw.Expr:
    rating = nw.col(RATED[kind]).cast(nw.String)
    wanted = ~one_of(rating, COLOURS) if colour == UNKNOWN else one_of(rating, [colour])
    return wanted.cast(nw.Int64).alias(_count_name(kind, colour))


def roll_up_objectives(portfolio: Portfolio) -> pd.DataFrame:
    """One row per strategic objective: target, actual and attainment, and what its projects cost and spend.

    ``attainment`` is actual ÷ target, null where either is missing or the target is 0. ``budget_share`` is the part of
    the BAC of all projects, ``weight_share`` that of all weights, ``share_gap`` the first less the second: above 0
    more money than weight. Then the columns of :func:`pmo_analytics.roll_up` by objective. An objective without a
    project and the projects without an objective have rows too, at the end. The latest list up to ``as_of`` counts.

    >>> from pmo_analytics.portfolio import Portfolio
    >>> june = pd.Timestamp("2026-06-30")
    >>> listed = pd.DataFrame({"objective_id": ["O1"], "period": [june], "target": [8.0], "actual": [6.0]})
    >>> roll_up_objectives(Portfolio({"objectives": listed}, june))["attainment"].tolist()
    [0.75]
    """
    groups = roll_up(portfolio, by=Project.strategic_objective_id)
    listed = _latest(portfolio, "objectives")
    wanted = [column for column in table("objectives").columns if column != Objective.period]
    key = "__key"
    listed = listed[wanted].assign(**{key: match_key(listed[Objective.objective_id])})
    keyed = groups.assign(**{key: match_key(groups[Project.strategic_objective_id])})
    joined = listed.merge(keyed, on=key, how="outer").copy()
    named = joined[Objective.objective_id].fillna(joined[Project.strategic_objective_id])
    target, bac, weight = joined[Objective.target], joined[Status.bac], joined[Objective.weight]
    budget_share, weight_share = bac / bac.sum(min_count=1), weight / weight.sum(min_count=1)
    shares = {
        "attainment": joined[Objective.actual] / target.where(target != 0),
        "budget_share": budget_share,
        "weight_share": weight_share,
        "share_gap": budget_share - weight_share,
    }
    figures = [column for column in groups if column != Project.strategic_objective_id]
    projects = joined[PROJECTS].fillna(0).astype("int64")
    rows = joined.assign(**shares, **{PROJECTS: projects, Objective.objective_id: named})
    rows = rows.sort_values([Objective.objective_id], na_position="last", ignore_index=True)
    return rows[[*wanted, *shares, *figures]]


def overbooked_people(portfolio: Portfolio) -> pd.DataFrame:
    """One row per named person and month with more than one full-time job.

    Columns: person, month, FTE, number of projects and their ids. FTE is Σ demand of the person in the month over all
    projects and roles, without what is only requested, of the latest plan up to ``as_of``; names are compared without
    case and blanks around them. Sorted by load, the highest first.

    >>> from pmo_analytics.portfolio import Portfolio
    >>> june = pd.Timestamp("2026-06-30")
    >>> plan = {"role": "Dev", "named_person": ["Ada", "ada"], "entity_id": ["P1", "P2"], "demand_fte": [0.8, 0.5]}
    >>> resources = pd.DataFrame(plan).assign(period=june, for_period=june)
    >>> overbooked_people(Portfolio({"resources": resources}, june))[["fte", "project_ids"]].to_numpy().tolist()
    [[1.3, 'P1; P2']]
    """
    rows = _latest(portfolio, "resources")
    rows = rows[(rows[Resource.kind] != REQUESTED) & rows[Resource.demand_fte].notna()]
    rows = rows[rows[Resource.named_person].notna()]
    month = rows[Resource.for_period].fillna(rows[Resource.period])
    rows = rows.assign(**{Resource.for_period: month, "__key": match_key(rows[Resource.named_person])})
    ordered = rows.sort_values(Resource.entity_id)
    booked = ordered.groupby(["__key", Resource.for_period], sort=False).agg(
        **{
            Resource.named_person: (Resource.named_person, "first"),
            "fte": (Resource.demand_fte, "sum"),
            PROJECTS: (Resource.entity_id, "nunique"),
            "project_ids": (Resource.entity_id, lambda ids: "; ".join(ids.dropna().unique())),
        }
    )
    over = booked[booked["fte"] > 1 + 1e-9].reset_index(Resource.for_period).reset_index(drop=True)
    columns = [Resource.named_person, Resource.for_period, "fte", PROJECTS, "project_ids"]
    order = ["fte", Resource.for_period, Resource.named_person]
    return over.sort_values(order, ascending=[False, True, True], ignore_index=True)[columns]


def _latest(portfolio: Portfolio, name: str) -> pd.DataFrame:
    """The rows of the latest delivery of a table up to the month of ``as_of``."""
    rows = portfolio[name].reindex(columns=list(table(name).columns))
    seen = rows[rows[Project.period] <= portfolio.as_of + pd.offsets.MonthEnd(0)]
    latest: pd.DataFrame = seen[seen[Project.period] == seen[Project.period].max()]
    return latest
