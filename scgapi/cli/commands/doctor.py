"""`scgapi doctor`."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from typing import Annotated

from cyclopts import Parameter

import scgapi
from scgapi._core.request import DEFAULT_URL
from scgapi._io.network import Network
from scgapi.cli.checks import Finding, account_findings, environment_findings, network_findings
from scgapi.cli.credentials import Credentials, find_credentials, given_url, is_loopback
from scgapi.cli.failures import CommandError, UsageError, status_of
from scgapi.cli.options import DEFAULTS, Options
from scgapi.cli.output import Printer, Row
from scgapi.cli.session import client_for
from scgapi.cli.wording import in_command_words


def doctor(
    *,
    probe: Annotated[bool, Parameter(negative="", show_default=False)] = False,
    from_: str | None = None,
    to: str | None = None,
    options: Options = DEFAULTS,
) -> int:
    """Check what a call needs: versions, credentials, proxy, DNS, TLS, clock, token, one read. Say what to do.

    Args:
        probe: Also try on the account what the handling of doubtful sends relies on, with test messages, which reach \
no handset. It takes about a minute.
        from_: Sender of the test messages.
        to: Recipient that the test messages name.
    """
    if probe and not (from_ and to):
        raise UsageError("--probe needs --from and --to for its test messages, which reach no handset")
    failed: list[Finding] = []

    def rows() -> Iterator[Row]:
        for finding in _findings(options, (from_, to) if probe and from_ and to else None):
            if finding.result == "failed":
                failed.append(finding)
            yield {
                "check": finding.check,
                "result": finding.result,
                "detail": finding.detail,
                "advice": finding.advice,
            }

    Printer(options).rows(rows(), ("check", "result", "detail", "advice"))
    return failed[0].status if failed else 0


def _findings(options: Options, test: tuple[str, str] | None) -> Iterator[Finding]:
    yield from environment_findings()
    found: Credentials | None = None
    try:
        found = find_credentials(options, os.environ, Path.cwd())
        url = found.url
        yield Finding("credentials", "ok", f"{found.source}: {found.place}")
    except UsageError as error:
        # Nothing more can be tried without knowing where.
        yield Finding("url", "failed", str(error), "correct it", status_of(error))
        return
    except (scgapi.ConfigurationError, CommandError) as error:
        url = given_url(options, os.environ) or DEFAULT_URL
        yield _lacking(error, url)
    good = True
    for finding in network_findings(Network(url, trust_env=not is_loopback(url))):
        good = good and finding.result != "failed"
        yield finding
    if not good or found is None:
        return
    for finding in account_findings(found):
        good = good and finding.result != "failed"
        yield finding
    if test is not None and good:
        from scgapi.cli.probe import probe_findings

        with client_for(found.auth, found.url) as scg:
            yield from probe_findings(scg, *test)


def _lacking(error: scgapi.ConfigurationError | CommandError, url: str) -> Finding:
    if isinstance(error, CommandError):
        return Finding(
            "credentials", "failed", f"the sandbox at {url} does not answer", "see the connection below"
        )
    return Finding(
        "credentials", "failed", in_command_words(str(error)), "run `scgapi login`", status_of(error)
    )
