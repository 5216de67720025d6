"""The encoding of a file: by its byte order mark, or by its bytes where they leave no doubt."""

from __future__ import annotations

import codecs
from pathlib import Path
from typing import BinaryIO, NamedTuple

from scgapi._core.text import describe_path
from scgapi.errors import InvalidArgumentError, RecipientsError

_CHUNK_BYTES = 1 << 20
_START_BYTES = 4096

_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_OTHER_FILES = (
    (b"PK\x03\x04", "a spreadsheet or a zip archive"),
    (b"\xd0\xcf\x11\xe0", "an old spreadsheet (.xls)"),
    (b"\x1f\x8b", "compressed with gzip"),
    (b"%PDF", "a PDF"),
)
_CANDIDATES = ("cp1252", "cp1250", "cp1251", "cp1253", "cp1254", "mac_roman", "cp850")


class Encoding(NamedTuple):
    """How a file is decoded.

    Attributes:
        name: the codec's name.
        is_clean: whether each byte of the file is known to be right in it.
    """

    name: str
    is_clean: bool


def find_encoding(path: Path, said: str | None) -> Encoding:
    """Return the encoding of a file: the one that is said, or UTF-8, UTF-16 or UTF-32 if the bytes show it.

    Reads the whole file once. Encodings of one byte a character cannot be told apart by their bytes, so that they must
    be said.

    Raises:
        InvalidArgumentError: the encoding that is said does not exist.
        RecipientsError: the file is empty, or no text, or in an encoding that must be said.
    """
    with path.open("rb") as file:
        start = file.read(_START_BYTES)
        if not start.strip():
            raise RecipientsError(
                f"{describe_path(path)} is empty: it needs a line with the names of its columns"
            )
        for mark, kind in _OTHER_FILES:
            if start.startswith(mark):
                raise RecipientsError(
                    f"{describe_path(path)} is {kind}, not a CSV file: export it as CSV (UTF-8)"
                )
        if said is not None:
            name = _checked(said)
        else:
            name = next((name for mark, name in _MARKS if start.startswith(mark)), None) or _by_zeros(start)
        file.seek(0)
        bad = _first_bad_byte(file, name)
        if bad is not None and said is None and name == "utf-8":
            raise RecipientsError(_doubt(path, *bad))
    return Encoding(name, bad is None)


def _checked(said: str) -> str:
    try:
        name = codecs.lookup(said).name
        # Codecs that turn bytes into bytes, or text into text, are refused here.
        is_text = isinstance("a".encode(said), bytes)
    except (LookupError, TypeError, UnicodeError):
        is_text, name = False, ""
    if not is_text:
        raise InvalidArgumentError(
            f"encoding {said!r} is not known: write 'utf-8', 'utf-16', 'cp1252' or another that Python has",
            field="encoding",
        )
    # A mark that the file begins with is no part of the first column's name.
    return "utf-8-sig" if name == "utf-8" else name


def _by_zeros(start: bytes) -> str:
    """Return UTF-16 if every other byte is mostly zero, as in text with few characters above U+00FF."""
    pairs = len(start) // 2
    high, low = start[0::2].count(0), start[1::2].count(0)
    if pairs and low > pairs // 2 and not high:
        return "utf-16-le"
    if pairs and high > pairs // 2 and not low:
        return "utf-16-be"
    return "utf-8"


def _first_bad_byte(file: BinaryIO, name: str) -> tuple[int, bytes] | None:
    """Return the line of the first byte that the encoding does not allow, and that byte; None if there is none."""
    decoder = codecs.getincrementaldecoder(name)()
    lines = 1
    while True:
        chunk = file.read(_CHUNK_BYTES)
        try:
            decoder.decode(chunk, final=not chunk)
        except UnicodeDecodeError as error:
            # The object also holds bytes that an earlier chunk ended with.
            return lines + error.object[: error.start].count(b"\n"), error.object[
                error.start : error.start + 1
            ]
        if not chunk:
            return None
        lines += chunk.count(b"\n")


def _doubt(path: Path, line: int, byte: bytes) -> str:
    readings = [
        f"{shown} in {name}"
        for name in _CANDIDATES
        if (shown := byte.decode(name, "replace")) != "\ufffd" and shown.isprintable()
    ]
    meaning = f" is {', '.join(readings)}" if readings else " fits no common encoding"
    return (
        f"{describe_path(path)} is not in UTF-8: byte 0x{byte.hex().upper()} in line {line}{meaning}. "
        "Say which: encoding='cp1252' is Windows in Western Europe and America"
    )
