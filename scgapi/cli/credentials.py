"""Where the credentials of a command come from, and which source wins."""

from __future__ import annotations

import urllib.error
import urllib.request
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Literal
from urllib.parse import urlsplit

from scgapi._core.json import parse_object
from scgapi._core.request import DEFAULT_URL, is_base_url
from scgapi.auth import AuthInfo
from scgapi.cli.failures import CommandError, UsageError
from scgapi.cli.options import Options
from scgapi.cli.profiles import (
    DEFAULT,
    check_name,
    profiles_file,
    read_profiles,
    token_file,
)
from scgapi.errors import ConfigurationError

LOOPBACK = ("localhost", "127.0.0.1", "::1")
"""Names of this machine."""

Source = Literal["flags", "profile", "environment", "running sandbox", "auth.json"]

_VARIABLES = ("SCG_TOKEN", "SCG_KEY", "SCG_SECRET", "SCG_CONFIG")
_TIMEOUT_SECONDS = 5.0
"""Time in which a sandbox must tell its credentials."""

_HELP = (
    "no credentials. Run `scgapi login`; or set SCG_TOKEN, or SCG_KEY and SCG_SECRET; or put an auth.json here; "
    "or try without an account: --sandbox"
)


@dataclass(frozen=True, slots=True)
class Credentials:
    """Credentials, and where they come from."""

    auth: AuthInfo
    url: str
    source: Source
    place: str
    """The variables, the file or the profile, for people to read."""


def find_credentials(options: Options, environment: Mapping[str, str], folder: Path) -> Credentials:
    """Return the credentials of the first source that has any.

    The order: with `--sandbox` the one that `SCG_URL` or `--url` names, and nothing else; flags, `--profile`, the
    environment, a sandbox that `SCG_URL` names, `auth.json` in the folder, the profile `default`.

    Raises:
        ConfigurationError: no source has any, or the first one is malformed.
        UsageError: `--url` or `SCG_URL` is no URL of a host.
        CommandError: nothing answers where a sandbox is to be.
    """
    host = given_url(options, environment)
    if options.sandbox:
        # Whatever else is given: a command that is to use a sandbox must not reach people.
        return _from_sandbox_alone(host)
    if options.token or options.key or options.secret or options.auth_file:
        auth = AuthInfo(options.key, options.secret, options.token, options.auth_file)
        return _credentials(auth, options.url or auth.url or host, "flags", _flags(options))
    if options.profile is not None:
        return _from_profile(options.profile, environment, options.url, host)
    present = [name for name in _VARIABLES if environment.get(name)]
    if present:
        auth = AuthInfo()
        return _credentials(auth, options.url or auth.url, "environment", ", ".join(present))
    if host and is_loopback(host):
        found = _from_sandbox(host)
        if found is not None:
            return _credentials(found, host, "running sandbox", host)
    path = folder / "auth.json"
    if path.exists():
        auth = AuthInfo(config=path)
        return _credentials(auth, host or auth.url, "auth.json", str(path))
    if DEFAULT in read_profiles(profiles_file(environment)):
        return _from_profile(DEFAULT, environment, host, None)
    raise ConfigurationError(_HELP)


def given_url(options: Options, environment: Mapping[str, str]) -> str | None:
    """Return the URL that `--url`, or else `SCG_URL`, gives; None if neither does.

    Raises:
        UsageError: it is no URL of a host.
    """
    name, url = ("--url", options.url) if options.url else ("SCG_URL", environment.get("SCG_URL"))
    if not url:
        return None
    if not is_base_url(url):
        raise UsageError(
            f"{name} must be a scheme and a host, such as {DEFAULT_URL} or http://127.0.0.1:8080"
        )
    return url


def start_a_sandbox(url: str) -> str:
    """Return what to do if nothing answers at a URL of this machine."""
    port = urlsplit(url).port or 80
    return f"Start a sandbox there: `scgapi sandbox --port {port}`; or correct SCG_URL or --url."


def _from_profile(
    name: str, environment: Mapping[str, str], url: str | None, host: str | None
) -> Credentials:
    check_name(name)
    path = profiles_file(environment)
    profiles = read_profiles(path)
    if name not in profiles:
        known = f"; there are {', '.join(profiles)}" if profiles else ""
        raise ConfigurationError(f"{path}: no profile {name!r}{known}. Run `scgapi login --profile {name}`")
    values = profiles[name]
    shared = token_file(environment, name) if values.get("key") and values.get("secret") else None
    auth = AuthInfo(values.get("key"), values.get("secret"), values.get("token"), token_file=shared)
    return _credentials(auth, url or values.get("url") or host, "profile", f"{name} in {path}")


def _from_sandbox_alone(url: str | None) -> Credentials:
    if not url:
        raise ConfigurationError("no sandbox runs: start `scgapi sandbox`, and set SCG_URL to its address")
    found = _from_sandbox(url)
    if found is None:
        raise ConfigurationError(f"{url} is no sandbox: it does not tell its credentials at /sandbox/token")
    return _credentials(found, url, "running sandbox", url)


def _from_sandbox(url: str) -> AuthInfo | None:
    """Ask a sandbox for its credentials; None if it is something else.

    Raises:
        CommandError: nothing answers there.
    """
    # A proxy is for the way out, not for this machine.
    opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    try:
        with opener.open(f"{url.rstrip('/')}/sandbox/token", timeout=_TIMEOUT_SECONDS) as response:
            values = parse_object(response.read(10_000))
    except urllib.error.HTTPError:
        return None
    except (OSError, ValueError) as error:
        reason = getattr(error, "reason", error)
        why = getattr(reason, "strerror", None) or reason
        advice = start_a_sandbox(url) if is_loopback(url) else "Check SCG_URL or --url."
        raise CommandError(f"nothing answers at {url}: {why}. {advice}") from None
    key, secret, token = (values.get(name) for name in ("key", "secret", "token"))
    if not (isinstance(key, str) and isinstance(secret, str) and isinstance(token, str)):
        return None
    return AuthInfo(key, secret, token, url=url)


def is_loopback(url: str) -> bool:
    """Return True if the URL leads to this machine: no proxy is asked for the way there."""
    return is_base_url(url) and urlsplit(url).hostname in LOOPBACK


def _credentials(auth: AuthInfo, url: str | None, source: Source, place: str) -> Credentials:
    return Credentials(auth, url or DEFAULT_URL, source, place)


def _flags(options: Options) -> str:
    given = {"--token": options.token, "--key": options.key, "--secret": options.secret}
    names = [name for name, value in given.items() if value]
    return ", ".join([*names, f"--auth-file {options.auth_file}"] if options.auth_file else names)
