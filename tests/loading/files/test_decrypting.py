"""Encrypted workbooks: the password that fits, one that does not, none, and the extra that is missing."""

from __future__ import annotations

import io
import sys
from pathlib import Path

import openpyxl
import pytest

from pmo_analytics import errors
from pmo_analytics.loading.files.decrypting import EVERYBODY, decrypted
from pmo_analytics.loading.files.raw_sheet import Refused
from pmo_analytics.loading.files.reading import read_books


def encrypted(password: str) -> bytes:
    from msoffcrypto.format.ooxml import OOXMLFile

    plain, file = io.BytesIO(), io.BytesIO()
    book = openpyxl.Workbook()
    book.active.append(["id", "P1"])
    book.save(plain)
    OOXMLFile(plain).encrypt(password, file)
    return file.getvalue()


@pytest.fixture(scope="module")
def secret() -> bytes:
    return encrypted("rosebud ")


def test_in_the_reading_process(tmp_path: Path, secret: bytes) -> None:
    path = tmp_path / "secret.xlsx"
    path.write_bytes(secret)
    ((right,), (wrong,), (none,)) = (
        read_books([path], password=password) for password in ("rosebud ", "rosebud", None)
    )
    assert not isinstance(right, errors.FileError)
    assert (right.format, right.sheets[0].columns) == ("xlsx", (["id"], ["P1"]))
    assert type(wrong) is errors.WrongPassword
    assert isinstance(wrong, errors.PasswordProtected)
    assert "capitals and blanks" in str(wrong)
    assert type(none) is errors.PasswordProtected
    assert "password=" in str(none)
    assert "--password-file" in str(none)


def test_a_workbook_that_excel_opens_unasked_is_opened_unasked() -> None:
    assert decrypted(encrypted(EVERYBODY), None).startswith(b"PK")


def test_without_the_extra_it_is_named(monkeypatch: pytest.MonkeyPatch, secret: bytes) -> None:
    monkeypatch.setitem(sys.modules, "msoffcrypto", None)
    with pytest.raises(Refused) as caught:
        decrypted(secret, "rosebud ")
    assert caught.value.code == "PASSWORD_PROTECTED"
    assert 'pip install "pmo-analytics[encrypted]"' in str(caught.value.advice)


def test_damaged_encryption_is_one_refusal(secret: bytes) -> None:
    at = secret.index(b"<encryption")
    with pytest.raises(Refused) as caught:
        decrypted(secret[:at] + b"<" * 40 + secret[at + 40 :], "rosebud ")
    assert caught.value.code == "DAMAGED_FILE"


def test_an_encrypted_xls_is_asked_for_its_password(shared: Path) -> None:
    data = (shared / "corpus" / "sheetjs" / "password_2002_128_enhanced.xls").read_bytes()
    with pytest.raises(Refused) as caught:
        decrypted(data, "wrong")
    assert caught.value.code == "WRONG_PASSWORD"
