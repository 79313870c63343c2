"""Killers: which tests are tried on the mutants of which file, the cheapest first."""

from __future__ import annotations

from pathlib import Path

PACKAGE = "pmo_analytics.metrics"

_TESTS = "tests/metrics/test_"
_EXPECTED, _EDGES = f"{_TESTS}expected.py", f"{_TESTS}edges.py"
#: Every mutant is tried on these, the cheapest first: the page of the catalogue needs no figure, the tables of expected
#: figures one measuring of a portfolio. Each entry is a run of pytest, of one name or of several.
GENERAL = (
    f"{_EXPECTED}::test_the_page_is_current",
    f"{_EXPECTED}::test_expected_number {_EXPECTED}::test_undefined_with_its_reason",
    _EDGES,
    _EXPECTED,
)
#: Tried last, since they are dear; skipped where the real data do not lie beside the repository.
GOLDEN = f"{_TESTS}golden.py"
#: What kills most mutants of a topic at a third of the price: the edges of the rows of its register, or of projects
#: without any register.
_REGISTER = {
    "actions.py": "actions",
    "assumptions.py": "assumptions",
    "benefits.py": "benefits",
    "changes.py": "changes",
    "decision_rights.py": "decisions",
    "decisions.py": "decisions",
    "dependencies.py": "dependencies",
    "financials.py": "financials",
    "issues.py": "issues",
    "lessons.py": "lessons",
    "milestones.py": "milestones",
    "plan.py": "tasks",
    "resources.py": "resources",
    "risk_response.py": "risks",
    "risks.py": "risks",
    "schedule_adherence.py": "tasks",
    "stages.py": "milestones",
    "standards.py": "standards_compliance",
    "submissions.py": "submissions",
}
_OF_SPINE = (
    "baselines.py",
    "budget.py",
    "business_cases.py",
    "concentration.py",
    "earned_value.py",
    "estimates.py",
    "expressions.py",
    "forecast_range.py",
    "schedule.py",
    "steadiness.py",
)
_GROUPS = ("tests/test_rollups.py", "tests/test_roll_up_items.py")
_ASKED_ALONE = (
    f"{_TESTS}invariants.py::test_a_figure_made_of_others_can_be_asked_alone "
    f"{_TESTS}invariants.py::test_a_figure_is_the_same_whatever_else_is_asked"
)
_TOLD = (f"{_TESTS}told_rows.py",)
#: For a topic the edges of other registers by themselves are left out; they are among those of all projects.
_OF_TOPIC = f"{_EDGES}::test_a_project {_EDGES}::test_a_project_without_registers {_EDGES}::test_a_group"
#: What can further kill a mutant of a file.
OF_FILE: dict[str, tuple[str, ...]] = {
    "baselines.py": (f"{_TOLD[0]}::test_a_baseline_that_is_approved_later_does_not_count_yet",),
    "business_cases.py": (
        f"{_TOLD[0]}::test_counts_of_projects_in_two_currencies_are_counts",
        f"{_TOLD[0]}::test_flows_of_one_project_in_two_currencies_are_never_added",
        f"{_TOLD[0]}::test_a_table_that_did_not_come_tells_nothing",
        f"{_TOLD[0]}::test_a_flow_of_tomorrow_is_to_come",
    ),
    "calendar.py": (f"{_TESTS}calendar.py",),
    "catalogue.py": (f"{_TESTS}catalogue.py", *_GROUPS),
    "counts.py": (f"{_TESTS}issues.py", f"{_TESTS}risk_response.py"),
    "currencies.py": (f"{_TESTS}currencies.py",),
    "exchange_rates.py": (f"{_TESTS}currencies.py",),
    "curves.py": (f"{_TESTS}earned_schedule.py",),
    "decision_rights.py": (f"{_TOLD[0]}::test_where_gate_and_matrix_ask_both_must_allow",),
    "earned_schedule.py": (f"{_TESTS}earned_schedule.py",),
    "engine.py": (f"{_TESTS}engine.py",),
    "expressions.py": (f"{_TESTS}expressions.py", f"{_TESTS}pace.py"),
    "figures.py": (f"{_TESTS}coverage.py", *_GROUPS, _ASKED_ALONE),
    "grouping.py": (*_GROUPS, _ASKED_ALONE),
    "handing_back.py": ("tests/rag/test_rating.py",),
    "inputs.py": (f"{_TESTS}catalogue.py", f"{_TESTS}mixing.py", *_GROUPS, f"{_TESTS}items.py", *_TOLD),
    "issues.py": (f"{_TESTS}issues.py",),
    "items.py": (f"{_TESTS}items.py",),
    "lookups.py": (*_TOLD, f"{_TESTS}items.py"),
    "milestones.py": (f"{_TESTS}months.py",),
    "measure.py": (f"{_TESTS}catalogue.py", *_GROUPS),
    "mixing.py": (f"{_TESTS}mixing.py", *_GROUPS, f"{_TESTS}coverage.py", *_TOLD),
    "pace.py": (f"{_TESTS}pace.py",),
    "plan.py": (f"{_TESTS}months.py", f"{_TESTS}plan.py"),
    "registers.py": (f"{_TESTS}catalogue.py", *_GROUPS),
    "risk_response.py": (f"{_TESTS}risk_response.py",),
    "risks.py": (f"{_TESTS}catalogue.py", f"{_TESTS}risk_response.py"),
    "roll_up_rules.py": (f"{_TESTS}roll_up_rules.py",),
    "schedule_adherence.py": (f"{_TESTS}schedule_adherence.py",),
    "spine.py": (
        f"{_TESTS}coverage.py",
        "tests/loading/test_membership.py::test_a_loaded_tree_is_rolled_up_as_then_or_as_now",
        *_GROUPS,
    ),
    "standards.py": (f"{_TOLD[0]}::test_rules_without_a_month_hold_in_every_month_as_they_were_then",),
}
#: Files that no metric is made of, with all that can kill their mutants.
APART = {"data_quality.py": ("tests/report/test_data_quality.py",)}
#: Files with examples in their docstrings, which are cheap to run.
WITH_EXAMPLES = ("calendar.py", "catalogue.py", "data_quality.py", "figures.py", "formulas.py", "lineage.py")


def killers_of(file: str) -> tuple[str, ...]:
    """The tests that a mutant of a file is tried on, in that order."""
    name = f"{PACKAGE}.{Path(file).stem}"
    examples = (f"tests/test_examples.py::test_docstring_examples[{name}]",) if file in WITH_EXAMPLES else ()
    if file in APART:
        return (*examples, *APART[file])
    general = [_OF_TOPIC if killer == _EDGES and _first(file) else killer for killer in GENERAL[1:]]
    own = OF_FILE.get(file, ())
    if not _first(file) and own:
        # what no single topic is made of is told by tests of its own, and by no figure of the golden cases alone
        dear = tuple(killer for killer in own if killer in (*_GROUPS, _ASKED_ALONE))
        cheap = tuple(killer for killer in own if killer not in dear)
        return (*examples, GENERAL[0], *cheap, *general, *dear)
    return (*examples, GENERAL[0], *_first(file), *general, *own, GOLDEN)


def _first(file: str) -> tuple[str, ...]:
    """What is tried before a whole portfolio is measured."""
    if file in _REGISTER:
        return (f"{_EDGES}::test_the_rows_of_a_register -k {_REGISTER[file]}",)
    return (f"{_EDGES}::test_a_project_without_registers",) if file in _OF_SPINE else ()
