"""Encrypted workbooks: opened with their password by msoffcrypto-tool, the extra `encrypted`.

The library that decrypts is imported here only, and only when a workbook is encrypted: it takes longer to load
than most workbooks take to read.
"""

from __future__ import annotations

import io

from pmo_analytics.loading.files.raw_sheet import Refused

EVERYBODY = "VelvetSweatshop"
"""Excel encrypts workbooks that are protected but ask for no password with this one, and opens them by itself."""
_INSTALL = (
    'Install it (pip install "pmo-analytics[encrypted]") and give the password (password=… or --password-file), '
    "or remove the password in Excel (File, Info, Protect Workbook) and save it again."
)
REMOVE = "Remove the password in Excel (File, Info, Protect Workbook) and save it again."


def decrypted(data: bytes, password: str | None) -> bytes:
    """The bytes of the workbook inside an encrypted one.

    Without a password, that which Excel itself tries is tried. Raises Refused with PASSWORD_PROTECTED,
    WRONG_PASSWORD or DAMAGED_FILE.
    """
    try:
        import msoffcrypto
        from msoffcrypto.exceptions import DecryptionError, FileFormatError, InvalidKeyError
    except ImportError as error:
        raise Refused(
            "PASSWORD_PROTECTED",
            "the workbook is encrypted, and the extra that opens it is not installed.",
            advice=_INSTALL,
        ) from error
    if b"<!DOCTYPE" in data:  # the description of the encryption is XML, and the library trusts it
        raise Refused("HOSTILE_FILE", "its encryption declares a document type or entities.")
    opened = io.BytesIO()
    try:
        book = msoffcrypto.OfficeFile(io.BytesIO(data))
        checks = {"verify_password": True} if book.format == "ooxml" else {}
        book.load_key(password=password or EVERYBODY, **checks)
        book.decrypt(opened)
    except InvalidKeyError as error:
        if password:
            raise Refused("WRONG_PASSWORD", "the workbook does not open with the password given.") from error
        raise Refused("PASSWORD_PROTECTED", "the workbook is encrypted.") from error
    except (DecryptionError, FileFormatError) as error:
        raise Refused(
            "PASSWORD_PROTECTED", "the workbook is encrypted in a way that cannot be opened.", advice=REMOVE
        ) from error
    except MemoryError:
        raise
    except Exception as error:
        raise Refused("DAMAGED_FILE", "the encryption of the workbook is damaged.") from error
    return opened.getvalue()
