"""Schemas: the register of tables, word lists, settings, and the page made from them."""

from __future__ import annotations

from pathlib import Path

import pytest

from pmo_analytics.errors import ConfigurationError, UnknownName
from pmo_analytics.schemas.dictionary import data_dictionary, dictionary_page
from pmo_analytics.schemas.named_tables import NamedTables
from pmo_analytics.schemas.settings import Settings
from pmo_analytics.schemas.status import Status
from pmo_analytics.schemas.tables import table, tables
from pmo_analytics.schemas.words import COLOURS, FIVE_TO_THREE, spellings, word_list


def test_a_column_is_its_name() -> None:
    assert Status.ac == "ac"


@pytest.mark.parametrize(
    ("name", "key"),
    [
        ("entities", ("entity_id", "valid_from")),
        ("projects", ("project_id", "period")),
        ("status", ("project_id", "period")),
        ("milestones", ("milestone_id", "period")),
        ("risks", ("risk_id", "period")),
        ("issues", ("issue_id", "period")),
        ("resources", ("role", "team", "named_person", "entity_id", "kind", "for_period", "period")),
        ("submissions", ("entity_id", "period")),
        ("baselines", ("project_id", "version")),
        ("gates", ("gate_code",)),
        ("fx_rates", ("rate_set", "from_currency", "to_currency", "period")),
    ],
)
def test_keys(name: str, key: tuple[str, ...]) -> None:
    assert table(name).key == key


def test_parts_of_a_key_may_be_empty() -> None:
    assert table("resources").needed_key == ("role", "period")
    assert table("risks").needed_key == table("risks").key


@pytest.mark.parametrize(
    ("name", "entity", "has_period"),
    [
        ("risks", "entity_id", True),
        ("tasks", "project_id", True),
        ("submissions", "entity_id", True),
        ("baselines", "project_id", False),
        ("objectives", "", True),
        ("gates", "", False),
    ],
)
def test_whom_rows_belong_to(name: str, entity: str, has_period: bool) -> None:
    known = table(name)
    assert (known.entity, known.has_period) == (entity, has_period)


def test_every_table_is_an_attribute_of_a_portfolio() -> None:
    assert [name for name in vars(NamedTables) if name in tables()] == list(tables())


@pytest.mark.parametrize("name", list(tables()))
def test_an_empty_table_is_typed_and_valid(name: str) -> None:
    empty = table(name).empty()
    assert empty.dtypes.astype("str").to_dict() == table(name).dtypes()
    table(name).model.validate(empty)


def test_every_column_has_wording() -> None:
    dictionary = data_dictionary()
    assert (dictionary["title"] != "").all()
    assert (dictionary["description"] != "").all()
    assert not dictionary.duplicated(["table", "column"]).any()


def test_an_unknown_table_lists_the_known_ones() -> None:
    with pytest.raises(UnknownName, match=r"Did you mean 'risks'\? Known: actions, approval_matrix"):
        table("risk")


def test_the_page_is_current(root: Path) -> None:
    assert (root / "docs" / "data_dictionary.md").read_text("utf-8") == dictionary_page()


def test_colours_are_a_closed_list() -> None:
    assert word_list("colour") == COLOURS
    assert set(FIVE_TO_THREE) == set(COLOURS)
    assert spellings("colour")["amber/red"] == "amber_red"
    assert all(word == word.casefold() for word in spellings("colour"))


@pytest.mark.parametrize(
    ("text", "error", "words"),
    [
        ("currenzy = 'GBP'", UnknownName, "Did you mean 'currency'"),
        ("date_order = 'DYM'", UnknownName, "DMY"),
        ("decimal = ';'", ConfigurationError, "decimal"),
        ("fiscal_year_start = 13", ConfigurationError, "1 to 12"),
        ("rating_order = ['rag']", UnknownName, "rag_overall"),
        ("currency = ", ConfigurationError, "TOML"),
        ("currency = ['GBP']", ConfigurationError, r"currency is \['GBP'\]; it must be .* such as 'GBP'"),
        ("currency = 5", ConfigurationError, "currency is 5; it must be"),
        ("currency = 'POUND'", ConfigurationError, "currency is 'POUND'; .* three capital letters"),
        ("currency = 'gbp'", ConfigurationError, "currency is 'gbp'; .* three capital letters"),
        ("portfolio = 3", ConfigurationError, "portfolio is 3; it must be a text"),
        (
            "fiscal_year_named_by = 'first'",
            ConfigurationError,
            "fiscal_year_named_by is 'first'; .* 'start' or 'end'",
        ),
        ("fiscal_year_start = true", ConfigurationError, "fiscal_year_start is True; .* 1 to 12"),
        ("fiscal_year_start = 4.0", ConfigurationError, "fiscal_year_start is 4.0; .* 1 to 12"),
        ("decimal = [',']", ConfigurationError, r"decimal is \[','\]; it must be"),
        ("date_order = ['DMY']", UnknownName, r"date_order in .*\['DMY'\].*DMY, MDY"),
        (
            "rating_order = 'rag_overall'",
            ConfigurationError,
            "rating_order is 'rag_overall'; it must be a list",
        ),
        ("rating_order = 3", ConfigurationError, "rating_order is 3; it must be a list"),
        ("rating_order = [3]", UnknownName, "rating_order in .* 3.*rag_overall"),
    ],
)
def test_settings_refuse_what_cannot_be(tmp_path: Path, text: str, error: type, words: str) -> None:
    (tmp_path / "pmo.toml").write_text(text, "utf-8")
    with pytest.raises(error, match=words) as caught:
        Settings.read(tmp_path / "pmo.toml")
    assert str(tmp_path / "pmo.toml") in str(caught.value)


def test_settings_made_in_python_check_themselves_too() -> None:
    with pytest.raises(ConfigurationError, match=r"^currency is \['GBP'\]; it must be"):
        Settings(currency=["GBP"])
    assert Settings(rating_order=["rag_overall"]).rating_order == ("rag_overall",)


def test_settings_are_read(tmp_path: Path) -> None:
    (tmp_path / "pmo.toml").write_text("currency = 'EUR'\ndate_order = 'DMY'\n", "utf-8")
    assert Settings.read(tmp_path / "pmo.toml") == Settings(currency="EUR", date_order="DMY")
