"""Arguments: what a caller may pass to load, told in words where it is something else."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from pmo_analytics.errors import ConfigurationError
from pmo_analytics.schemas.settings import Settings

_WANTED = (
    'pass a path of a file or a folder, or a list of them, such as "exports/" or ["status.xlsx", "risks.csv"]'
)


def listed_paths(paths: object) -> list[str | Path]:
    """The paths as a list; raises ``ConfigurationError`` for none at all and for what is no path.

    >>> listed_paths("exports/")
    ['exports/']
    """
    if isinstance(paths, str | Path):
        return [paths]
    if not isinstance(paths, Iterable) or isinstance(paths, bytes):
        raise ConfigurationError(f"paths is {paths!r}; {_WANTED}.")
    listed = list(paths)
    for path in listed:
        if not isinstance(path, str | Path):
            raise ConfigurationError(f"paths has {path!r}, which is no path; {_WANTED}.")
    if not listed:
        raise ConfigurationError(f"paths is empty; {_WANTED}.")
    return listed


def settings_of(config: object) -> Settings:
    """The settings that ``config`` names or is; the usual ones where it is None.

    Raises ``ConfigurationError`` where it is neither a path nor ``Settings``, or its file is not there.
    """
    if config is None:
        return Settings()
    if isinstance(config, Settings):
        return config
    if not isinstance(config, str | Path) or not str(config):
        raise ConfigurationError(
            f'config is {config!r}; pass the path of a pmo.toml, or pmo.Settings(currency="GBP", ...).'
        )
    if not Path(config).is_file():
        raise ConfigurationError(
            f"{config}: there is no such settings file; pass the path of a pmo.toml, or leave config out."
        )
    return Settings.read(config)
