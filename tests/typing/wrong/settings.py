"""Mistakes with clients, credentials and retries."""

from __future__ import annotations

import scgapi


def clients(auth: scgapi.AuthInfo) -> None:
    scgapi.Client("token")  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType]
    scgapi.Client(token="token")  # type: ignore[call-arg]  # pyright: ignore[reportCallIssue]
    scgapi.Client(auth, timout=5)  # type: ignore[call-arg]  # pyright: ignore[reportCallIssue]
    scgapi.Client(auth, timeout="5")  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType]
    scgapi.Client(auth, "https://api.syniverse.com")  # type: ignore[call-arg]  # pyright: ignore[reportCallIssue]
    scgapi.Client(auth, retry=3)  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType]
    scgapi.Client(auth, transport="requests")  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType]
    scgapi.Client(auth, on_unknown="retry")  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType]
    scgapi.Client(auth, proxy=3128)  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType]
    scgapi.Client(auth, verify=False)  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType]
    scgapi.Client(auth, url=5)  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType]
    scgapi.AsyncClient(auth, http_client=5)  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType]
    scgapi.AuthInfo(tokn="token")  # type: ignore[call-arg]  # pyright: ignore[reportCallIssue]
    scgapi.AuthInfo(key=5)  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType]
    scgapi.AuthInfo(config={"token": "token"})  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType]
    scgapi.RetryPolicy(retries=3)  # type: ignore[call-arg]  # pyright: ignore[reportCallIssue]
    scgapi.RetryPolicy(attempts="3")  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType]
    scgapi.RetryPolicy().attempts = 3  # type: ignore[misc]  # pyright: ignore[reportAttributeAccessIssue]


def options(scg: scgapi.Client) -> None:
    scg.with_options(5)  # type: ignore[call-arg]  # pyright: ignore[reportCallIssue]
    scg.with_options(timout=5)  # type: ignore[call-arg]  # pyright: ignore[reportCallIssue]
    scg.with_options(timeout="5")  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType]
    scg.with_options(on_unknown="retry")  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType]
    scg.with_options(timeout=5).mesages  # type: ignore[attr-defined]  # pyright: ignore[reportAttributeAccessIssue, reportUnknownMemberType]


def guide(auth: scgapi.AuthInfo) -> None:
    scgapi.Scg().connect("https://api.syniverse.com")  # type: ignore[call-overload]  # pyright: ignore[reportArgumentType]
    scgapi.Scg().connect(auth, auth)  # type: ignore[call-overload]  # pyright: ignore[reportArgumentType, reportCallIssue]
    scgapi.Scg().conect(auth)  # type: ignore[attr-defined]  # pyright: ignore[reportAttributeAccessIssue, reportUnknownMemberType]
    client: scgapi.Client = scgapi.Scg().connect_async(auth)  # type: ignore[assignment]  # pyright: ignore[reportAssignmentType]
    print(client)
