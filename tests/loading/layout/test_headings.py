"""Headings: what each known wording stands for."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pmo_analytics.errors import ConfigurationError, UnknownName
from pmo_analytics.loading.layout.headings import match_headings, normalise_heading
from pmo_analytics.loading.layout.profiles import profiles_for, shipped_profiles


@pytest.mark.parametrize(
    ("heading", "normal"),
    [
        ("Project ID", "project id"),
        ("  PROJECT\nID ", "project id"),
        (
            "TOTAL Baseline Whole Life Costs (£m) (including Non-Government Costs)",
            "total baseline whole life costs",
        ),
        ("Project - Start Date \n(Latest Approved Start Date)", "project start date"),
        ("% Complete", "% complete"),
        ("Financial Year Variance (%)", "financial year variance"),
        ("Cost (a (b) c", "cost"),
        ("Ｐｒｏｊｅｃｔ", "project"),
        ("Größe", "grösse"),
        ("Grüße", "grüsse"),
        ("Факт (тыс.)", "факт"),
        ("plan_cost", "plan cost"),
        ("", ""),
    ],
)
def test_normalised(heading: str, normal: str) -> None:
    assert normalise_heading(heading) == normal


@given(st.text(max_size=60))
def test_normalising_twice_changes_nothing(heading: str) -> None:
    once = normalise_heading(heading)
    assert normalise_heading(once) == once


@pytest.mark.parametrize(
    ("profile", "row", "heading", "field"),
    [
        ("generic", "project", "project_id", ("projects", "project_id")),
        ("generic", "project", "Project ID", ("status", "project_id")),
        ("generic", "project", "SRO", ("projects", "sponsor")),
        ("generic", "project", "RAG", ("status", "rag_overall")),
        ("generic", "project", "EAC (£m)", ("status", "eac_reported")),
        ("generic", "project", "Forecast Finish", ("status", "forecast_finish")),
        ("generic", "project", "BAC (£m)", ("status", "bac")),
        ("generic", "project", "BAC £m", ("status", "bac")),
        ("generic", "project", "Actual Cost in EUR '000", ("status", "ac")),
        ("generic", "project", "Actual Cost, GBP", ("status", "ac")),
        ("generic", "milestone", "Forecast", ("milestones", "forecast_date")),
        ("generic", "risk", "P (1-5)", ("risks", "p_score")),
        ("generic", "risk", "Project ID", ("risks", "entity_id")),
        ("generic", "issue", "Due Date", ("issues", "due")),
        ("gmpp", "project", "GMPP ID Number", ("projects", "project_id")),
        (
            "gmpp",
            "project",
            "IPA Delivery Confidence Assessment \n(A Delivery Confidence Assessment of the project …)",
            ("status", "rag_independent"),
        ),
        ("gmpp", "project", "SRO Delivery Confidence Assessment", ("status", "rag_overall")),
        (
            "gmpp",
            "project",
            "Departmental commentary on actions planned or taken on the MPA RAG rating.",
            ("status", "narrative"),
        ),
    ],
)
def test_known_headings(profile: str, row: str, heading: str, field: tuple[str, str]) -> None:
    chosen = shipped_profiles()[profile]
    kind = next(kind for kind in chosen.rows if kind.is_ == row)
    assert field in match_headings([heading], chosen, kind).fields


def test_a_second_column_for_a_field_is_an_extra() -> None:
    chosen = shipped_profiles()["generic"]
    matching = match_headings(["Project ID", "RAG", "Overall RAG", "Mood"], chosen, chosen.rows[0])
    assert matching.fields["status", "rag_overall"] == 1
    assert dict(matching.doubled) == {2: "status.rag_overall"}
    assert matching.extras == (3,)


def test_nothing_is_matched_by_similarity() -> None:
    chosen = shipped_profiles()["generic"]
    assert match_headings(["Projekt ID", "RAGG"], chosen, chosen.rows[0]).extras == (0, 1)


def test_a_unit_without_brackets_ends_the_headings_of_amounts_only() -> None:
    chosen = shipped_profiles()["generic"]
    assert match_headings(["RAG £m", "Project ID GBP"], chosen, chosen.rows[0]).extras == (0, 1)


def test_an_unknown_profile_lists_the_known_ones() -> None:
    with pytest.raises(UnknownName, match=r"unknown profile 'gmp'. Did you mean 'gmpp'\?"):
        profiles_for("gmp")


@pytest.mark.parametrize(
    ("text", "error", "words"),
    [
        ("name = 'x'", ConfigurationError, "at least one"),
        ("name = 'x'\nrow = [{is = 'project'}]", ConfigurationError, "tables"),
        ("name = 'x'\nrow = [{is = 'project', tables = ['project']}]", UnknownName, "projects"),
        (
            "name = 'x'\nrow = [{is = 'project', tables = ['projects']}]\n[headings.projects]\nproject_idd = []",
            UnknownName,
            "Did you mean 'project_id'",
        ),
        ("nam = 'x'", UnknownName, "Did you mean 'name'"),
        (
            "name = 'x'\nrow = [{is = 'project', tables = ['projects']}]\n[period]\nfile_name = '('",
            ConfigurationError,
            "regular expression",
        ),
    ],
)
def test_a_profile_that_cannot_be_is_refused(tmp_path, text: str, error: type, words: str) -> None:
    (tmp_path / "mine.toml").write_text(text, "utf-8")
    with pytest.raises(error, match=words):
        profiles_for(tmp_path / "mine.toml")


def test_headings_of_another_script_are_told_apart_and_signs_are_none(tmp_path) -> None:
    path = tmp_path / "office.toml"
    path.write_text(
        'name = "office"\n[[row]]\nis = "project"\ntables = ["projects", "status"]\n'
        '[headings.projects]\nproject_id = ["Код"]\n[headings.status]\nac = ["Факт"]\n',
        "utf-8",
    )
    (profile, *_) = profiles_for(path)
    headings = ("Код", "План", "Факт", "#", "£")
    found = match_headings(headings, profile, profile.rows[0])
    assert found.fields["status", "ac"] == 2
    assert found.extras == (1, 3, 4)
