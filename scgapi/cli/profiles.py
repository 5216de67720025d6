"""Profiles: credentials by name, in a TOML file that only its owner may read."""

from __future__ import annotations

import json
import os
import re
import stat
import sys
import tempfile
import tomllib
from collections.abc import Mapping
from pathlib import Path

from scgapi._core.json import is_object
from scgapi.errors import ConfigurationError

DEFAULT = "default"
FIELDS = ("token", "key", "secret", "url")

_NAME = re.compile(r"[A-Za-z0-9_-]+")


def directory(environment: Mapping[str, str]) -> Path:
    """Return the folder of the profiles and of the tokens that were refreshed."""
    if sys.platform == "win32":
        base = environment.get("APPDATA") or str(Path.home() / "AppData" / "Roaming")
    else:
        base = environment.get("XDG_CONFIG_HOME") or str(Path.home() / ".config")
    return Path(base) / "scgapi"


def profiles_file(environment: Mapping[str, str]) -> Path:
    """Return the path of the file with the profiles."""
    return directory(environment) / "profiles.toml"


def token_file(environment: Mapping[str, str], name: str) -> Path:
    """Return the path of the file that keeps a profile's newest token."""
    return directory(environment) / f"token-{name}.json"


def check_name(name: str) -> None:
    """Refuse a name that cannot be one of a profile.

    Raises:
        ConfigurationError: the name holds anything but letters, digits, `-` and `_`.
    """
    if not _NAME.fullmatch(name):
        raise ConfigurationError(f"profile: {name!r} is no name: use letters, digits, - and _")


def read_profiles(path: Path) -> dict[str, dict[str, str]]:
    """Return all profiles by name; none if there is no file.

    Raises:
        ConfigurationError: the file cannot be read, or is malformed.
    """
    try:
        content = path.read_text("utf-8")
    except FileNotFoundError:
        return {}
    except (OSError, UnicodeDecodeError) as error:
        raise ConfigurationError(f"{path}: cannot be read: {type(error).__name__}") from None
    try:
        # Errors of the parser are left out: they could show a part of a secret.
        tables: dict[str, object] = tomllib.loads(content)
    except tomllib.TOMLDecodeError:
        raise ConfigurationError(
            f"{path}: is not TOML; mend it, or delete it and run `scgapi login`"
        ) from None
    return {name: _profile(path, name, table) for name, table in tables.items()}


def is_readable_by_others(path: Path) -> bool:
    """Return True if the file's mode lets others than its owner read it."""
    return sys.platform != "win32" and bool(path.stat().st_mode & (stat.S_IRGRP | stat.S_IROTH))


def write_profile(path: Path, name: str, values: Mapping[str, str]) -> None:
    """Set one profile, and keep the others: the file is written whole or not at all, for its owner only.

    Raises:
        OSError: the file cannot be written.
    """
    profiles = {**read_profiles(path), name: dict(values)}
    text = "# Written by `scgapi login`.\n"
    for key, profile in profiles.items():
        text += f"\n[{key}]\n" + "".join(f"{field} = {_quoted(value)}\n" for field, value in profile.items())
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    # The temporary file's mode is 0600.
    handle, temporary = tempfile.mkstemp(prefix=".profiles.", dir=path.parent)
    try:
        with os.fdopen(handle, "w", encoding="utf-8") as file:
            file.write(text)
        Path(temporary).replace(path)
    except BaseException:
        Path(temporary).unlink()
        raise


def _profile(path: Path, name: str, table: object) -> dict[str, str]:
    check_name(name)
    if not is_object(table):
        raise ConfigurationError(f"{path}: {name} must be a table such as [{name}]")
    found: dict[str, str] = {}
    for field, value in table.items():
        if field not in FIELDS or not isinstance(value, str):
            raise ConfigurationError(
                f"{path}: [{name}] takes {', '.join(FIELDS)}, each a text; check {field!r}"
            )
        found[field] = value
    return found


def _quoted(value: str) -> str:
    # A JSON string is a TOML string, but for this one character.
    return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007F")
