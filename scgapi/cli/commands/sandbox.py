"""`scgapi sandbox`."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

from cyclopts import Parameter

from scgapi.cli.options import Port


def sandbox(
    *,
    host: str = "127.0.0.1",
    port: Port = 0,
    allowed_host: Annotated[list[str] | None, Parameter(negative="")] = None,
    auth_file: Path | None = None,
    quiet: Annotated[bool, Parameter(negative="", show_default=False)] = False,
    open_: Annotated[bool, Parameter(negative="", show_default=False)] = False,
    state: Path | None = None,
    events_to: str | None = None,
) -> int:
    """Serve a gateway on this machine until stopped (Ctrl-C, SIGINT or SIGTERM; the exit status is 0 then).

    A line for each request goes to stderr.

    With SCG_URL set to its address, other commands use it: SCG_URL=http://127.0.0.1:8080 scgapi messages list

    Args:
        host: Address to listen at; whoever reaches it controls the sandbox.
        port: Port to listen at; 0 takes a free one.
        allowed_host: Name that requests may give for the sandbox's host, beside its address and localhost; repeat \
it for more.
        auth_file: Write credentials that work here into this file.
        quiet: Print no line for each request.
        open_: Open the sandbox's page in a browser.
        state: Keep the account in this file: it survives a restart.
        events_to: Post events to this URL (http://USER:PASSWORD@…); messages then move on by the second, not by being read.
    """
    # A part that is absent is named by the package itself.
    from scgapi.sandbox.serving import ServeOptions, serve

    return serve(
        ServeOptions(
            host=host,
            port=port,
            allowed_hosts=allowed_host or (),
            auth_file=auth_file,
            quiet=quiet,
            open_page=open_,
            state=state,
            events_to=events_to,
        )
    )
