"""Passwords of encrypted workbooks come from a file."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pmo_analytics.errors import ConfigurationError

if TYPE_CHECKING:
    from pathlib import Path


def read_password(file: Path | None) -> str | None:
    """The first line of the file: a password among the words of a command is seen by everybody on the machine.

    Without a file there is none. Raises ``ConfigurationError`` where the file cannot be read or its first line
    is empty.

    >>> import pathlib, tempfile
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     file = pathlib.Path(folder) / "password.txt"
    ...     _ = file.write_text("open sesame\\n", encoding="utf-8")
    ...     read_password(file)
    'open sesame'
    """
    if file is None:
        return None
    try:
        lines = file.read_text("utf-8-sig").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise ConfigurationError(f"the password file {file} cannot be read: {error}.") from error
    if not lines or not lines[0]:
        raise ConfigurationError(f"the password file {file} has no password in its first line.")
    return lines[0]
