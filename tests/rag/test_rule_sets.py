"""Rule sets: what a good one is, and what is said about a bad one."""

from __future__ import annotations

from dataclasses import FrozenInstanceError, replace

import pytest

from pmo_analytics.errors import ConfigurationError, UnknownName
from pmo_analytics.rag.rating import rate
from pmo_analytics.rag.reading import load_rules
from pmo_analytics.rag.rules_page import rules_page
from rag.frames import GOOD, measured

SMALL = """
name = "board"
version = "2"
dimensions = ["cost"]
required = ["cost"]
critical = ["cost"]

[[rule]]
id = "R1"
dimension = "cost"
metric = "cpi"
direction = "below"
amber = 0.98
red = 0.95

[[rule]]
id = "R2"
dimension = "cost"
metric = "tcpi_bac"
reason = "BUDGET_EXHAUSTED"
colour = "amber"

[[overall]]
id = "O1"
colour = "red"
at_least = 1
of = "any"
are = "red"

[[overall]]
id = "O2"
colour = "green"
at_least = 0
of = "any"
are = "red"
"""


def _load(tmp_path, text):
    path = tmp_path / "board.toml"
    path.write_text(text, encoding="utf-8")
    return load_rules(path)


def test_the_default_set():
    rules = load_rules()
    assert rules.label == "default 1.0"
    assert rules.dimensions == ("schedule", "cost", "scope", "resource", "benefit", "risk", "governance")
    assert rules.required == rules.critical == ("schedule", "cost")
    assert len(rules.hash) == 12
    assert load_rules(rules) is rules


def test_a_set_from_a_file_rates(tmp_path):
    rules = _load(tmp_path, SMALL)
    rated = rate(measured(GOOD | {"cpi": 0.94}), rules=tmp_path / "board.toml")
    assert rated["rag_computed"].tolist() == ["red"]
    assert rated["rag_computed_from"].tolist() == ["1 of 1"]
    assert rated["rule_set"].tolist() == ["board 2"]
    assert rated["rule_set_hash"].tolist() == [rules.hash]


def test_a_title_is_taken_from_the_metric(tmp_path):
    assert _load(tmp_path, SMALL).rules[0].subject == "Cost performance index"


def test_the_hash_follows_the_content_and_not_the_layout(tmp_path):
    first = _load(tmp_path, SMALL).hash
    assert (
        _load(
            tmp_path, "# a comment\n" + SMALL.replace("amber = 0.98\nred = 0.95", "red=0.950\namber=0.98")
        ).hash
        == first
    )
    assert _load(tmp_path, SMALL.replace("0.95", "0.94")).hash != first


def test_records_are_frozen():
    with pytest.raises(FrozenInstanceError):
        load_rules().name = "x"


@pytest.mark.parametrize(
    ("old", "new", "error", "said"),
    [
        ('metric = "cpi"', 'metric = "cpii"', UnknownName, "metric in rule R1 'cpii'. Did you mean 'cpi'"),
        ('dimension = "cost"', 'dimension = "costs"', UnknownName, "Did you mean 'cost'"),
        ('["cost"]\ncritical', '["scope"]\ncritical', UnknownName, "required dimension 'scope'"),
        ('critical = ["cost"]', 'critical = ["cots"]', UnknownName, "critical dimension 'cots'"),
        ('colour = "amber"', 'colour = "ambre"', UnknownName, "Did you mean 'amber'"),
        ('colour = "red"', 'colour = "blue"', UnknownName, "colour in overall rule O1 'blue'"),
        ('"below"', '"under"', UnknownName, "direction in rule R1"),
        ('"BUDGET_EXHAUSTED"', '"BUDGET_EXAUSTED"', UnknownName, "Did you mean 'BUDGET_EXHAUSTED'"),
        ("amber = 0.98", "ambre = 0.98", UnknownName, "key in rule R1 'ambre'. Did you mean 'amber'"),
        ('version = "2"', 'verison = "2"', UnknownName, "Did you mean 'version'"),
        ('of = "any"', 'of = "some"', UnknownName, "of in overall rule O1"),
        ("amber = 0.98", "amber = 0.90", ConfigurationError, "red must lie below amber; amber is 0.9 and"),
        ("amber = 0.98", "amber = 0.95", ConfigurationError, "red must lie below amber"),
        ('"below"', '"above"', ConfigurationError, "red must lie above amber"),
        ("amber = 0.98\nred = 0.95", "", ConfigurationError, "neither an amber nor a red"),
        ("amber = 0.98", 'amber = "low"', ConfigurationError, "rule R1: amber must be a number"),
        ("amber = 0.98", "amber = inf", ConfigurationError, "amber limit inf is not a number"),
        ('id = "R2"', 'id = "R1"', ConfigurationError, "rule id R1 stands twice"),
        ('id = "R2"', 'id = "O1"', ConfigurationError, "rule id O1 stands twice"),
        ('id = "R2"', 'id = "GUARD"', ConfigurationError, "rule id GUARD stands twice"),
        ('version = "2"', "", ConfigurationError, "version is missing"),
        ('id = "R1"', "", ConfigurationError, "rule: id is missing"),
        ('["cost"]\nrequired', '["cost", "risk"]\nrequired', None, ""),
        (
            '["cost"]\nrequired = ["cost"]',
            '["cost", "risk"]\nrequired = ["risk"]',
            ConfigurationError,
            "risk is",
        ),
        ("at_least = 0", "at_least = 1", ConfigurationError, "the last overall rule must have at_least = 0"),
        ("at_least = 1", "at_least = -1", ConfigurationError, "at_least must be a whole number"),
        ('version = "2"', 'version = "2"\nguard = 1.5', ConfigurationError, "guard is 1.5"),
        ('colour = "amber"', 'colour = "amber"\nhard = true', ConfigurationError, "hard = true needs a red"),
        ('colour = "amber"', 'colour = "amber"\nred = 1.0', ConfigurationError, "no direction and no limits"),
        ('"below"', '"below"\ncolour = "red"', ConfigurationError, "colour belongs to a rule with a reason"),
        ('["cost"]\nrequired', '["The Cost"]\nrequired', ConfigurationError, "one lower-case word"),
        ('["cost"]\nrequired', '"cost"\nrequired', ConfigurationError, "dimensions must be a list of words"),
        ('name = "board"', "name = board", ConfigurationError, "this is no TOML"),
    ],
)
def test_what_is_wrong_is_said(tmp_path, old, new, error, said):
    assert old in SMALL
    text = SMALL.replace(old, new, 1)
    if error is None:
        assert _load(tmp_path, text).name == "board"
        return
    with pytest.raises(error) as caught:
        _load(tmp_path, text)
    assert said in str(caught.value)


def test_the_file_is_named(tmp_path):
    with pytest.raises(ConfigurationError, match=r"board\.toml"):
        _load(tmp_path, SMALL.replace("0.98", "0.5"))
    with pytest.raises(ConfigurationError, match=r"nowhere\.toml: the rule set cannot be read"):
        load_rules(tmp_path / "nowhere.toml")


@pytest.mark.parametrize(
    ("guard", "required", "needed"), [(1.0, 2, 2), (0.5, 2, 1), (0.6, 2, 2), (0.1, 2, 1)]
)
def test_the_guard_counts_dimensions(guard, required, needed):
    rules = replace(load_rules(), guard=guard)
    assert (len(rules.required), rules.needed) == (required, needed)


def test_a_guard_of_one_half_lets_one_required_dimension_do():
    rated = rate(measured({"cpi": 1.0}), rules=replace(load_rules(), guard=0.5))
    assert rated["rag_computed"].tolist() == ["green"]


def test_the_page_of_rules_is_current(root):
    assert (root / "docs" / "rules.md").read_text(encoding="utf-8") == rules_page()
