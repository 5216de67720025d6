"""`scgapi api METHOD PATH`."""

from __future__ import annotations

from typing import Annotated, Literal

from cyclopts import Parameter

from scgapi.cli.inputs import json_value
from scgapi.cli.options import DEFAULTS, Options
from scgapi.cli.output import Printer
from scgapi.cli.session import connect


def api(
    method: Literal["GET", "POST", "PUT", "DELETE"],
    path: str,
    /,
    *,
    data: Annotated[str | None, Parameter(name=["--data", "-d"])] = None,
    options: Options = DEFAULTS,
) -> None:
    """Make any call of the API, and print the answer as JSON. After a doubtful outcome only a GET is repeated.

    Args:
        method: HTTP method.
        path: Path below the API, with its query: /contacts?limit=1
        data: JSON body; - reads it from stdin.
    """
    body = None if data is None else json_value(data, "--data")
    printer = Printer(options)
    with connect(options, printer) as scg:
        answer = scg.request(method, path, json=body)
    if answer is not None:
        printer.answer(answer)
