"""Reading: the rule set asked for, from TOML to its records."""

from __future__ import annotations

import tomllib
from dataclasses import MISSING, fields
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any

from pmo_analytics.errors import ConfigurationError, UnknownName
from pmo_analytics.rag.rule_sets import OverallRule, Rule, RuleSet

_RULES, _OVERALL = "rule", "overall"


def load_rules(rules: str | Path | RuleSet | None = None) -> RuleSet:
    """The rule set asked for: the default one, that of a TOML file, or the one given.

    Raises ``ConfigurationError`` where the file cannot be read, lacks a part or says something impossible,
    ``UnknownName`` for a key, metric, dimension or colour that is not known.

    >>> load_rules().label
    'default 1.0'
    """
    if isinstance(rules, RuleSet):
        return rules
    if rules is None:
        return _default()
    return _read(Path(rules))


@cache
def _default() -> RuleSet:
    text = files(__package__).joinpath("rules", "default.toml").read_text(encoding="utf-8")
    return parse(text, "the default rule set")


def _read(path: Path) -> RuleSet:
    try:
        text = path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise ConfigurationError(f"{path}: the rule set cannot be read: {error}") from error
    return parse(text, str(path))


def parse(text: str, where: str) -> RuleSet:
    """The rule set that a TOML text states; ``where`` names the text in messages.

    Raises ``ConfigurationError`` for text that is no TOML, a missing or mistyped key, or something
    impossible; ``UnknownName`` for a key, metric, dimension or colour that is not known.
    """
    try:
        raw = tomllib.loads(text)
        raw["rules"] = tuple(_record(Rule, item, _RULES) for item in _items(raw, _RULES))
        raw["overall"] = tuple(_record(OverallRule, item, _OVERALL) for item in _items(raw, _OVERALL))
        return _record(RuleSet, raw, "the rule set", spelled={"rules": _RULES})  # type: ignore[no-any-return]
    except tomllib.TOMLDecodeError as error:
        raise ConfigurationError(f"{where}: this is no TOML: {error}") from error
    except ConfigurationError as error:
        raise ConfigurationError(f"{where}: {error}") from error


def _items(raw: dict[str, Any], key: str) -> list[dict[str, Any]]:
    items = raw.pop(key, [])
    if not isinstance(items, list) or not all(isinstance(item, dict) for item in items):
        raise ConfigurationError(f"write each {key} under its own heading [[{key}]].")
    return items


def _record(model: Any, given: dict[str, Any], what: str, *, spelled: dict[str, str] | None = None) -> Any:
    spelled = spelled or {}
    name = f"{what} {given['id']}" if isinstance(given.get("id"), str) else what
    types = {field.name: str(field.type) for field in fields(model)}
    for key in given:
        if key not in types:
            raise UnknownName(f"key in {name}", key, [spelled.get(k, k) for k in types])
    missing = [f.name for f in fields(model) if f.default is MISSING and f.name not in given]
    if missing:
        raise ConfigurationError(f"{name}: {spelled.get(missing[0], missing[0])} is missing.")
    return model(**{key: _typed(value, types[key], f"{name}: {key}") for key, value in given.items()})


def _typed(value: Any, declared: str, what: str) -> Any:
    """The value, if it is of the declared type: text, number, truth value or a list of text."""
    if declared.startswith("tuple[str"):
        if not isinstance(value, list) or not all(isinstance(item, str) for item in value):
            raise ConfigurationError(f"{what} must be a list of words.")
        return tuple(value)
    if declared.startswith("float"):
        if isinstance(value, bool) or not isinstance(value, int | float):
            raise ConfigurationError(f"{what} must be a number, not {value!r}.")
        return float(value)
    if declared == "bool" and not isinstance(value, bool):
        raise ConfigurationError(f"{what} must be true or false, not {value!r}.")
    if declared.startswith("str") and not isinstance(value, str):
        raise ConfigurationError(f"{what} must be text, not {value!r}.")
    return value
