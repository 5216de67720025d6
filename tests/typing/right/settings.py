"""Clients, credentials, retries and errors."""

from __future__ import annotations

import contextlib
import os
import ssl
from pathlib import Path
from typing import assert_type

import httpx

import scgapi
from scgapi.errors import NotFoundError, RateLimitError, ScgError


def credentials(path: Path) -> None:
    scgapi.AuthInfo()
    scgapi.AuthInfo("key", "secret", "token")
    scgapi.AuthInfo(token=os.environ["TOKEN"], url="https://api.syniverse.com")
    scgapi.AuthInfo(key="key", secret="secret", token_file=path)
    scgapi.AuthInfo(config="auth.json")
    scgapi.AuthInfo(config=path, retries=3)


def clients(auth: scgapi.AuthInfo, http_client: httpx.Client) -> None:
    with scgapi.Client() as scg:
        assert_type(scg, scgapi.Client)
    scgapi.Client(auth, timeout=5, retry=scgapi.RetryPolicy(attempts=1))
    scgapi.Client(auth, http_client=http_client)
    scgapi.Client(auth, proxy="http://proxy.example:3128", verify=ssl.create_default_context())
    scgapi.Client(auth, verify=Path("ca.pem"), trust_env=True)
    scgapi.Client(auth, transport="fast", on_unknown="verify").close()
    other = assert_type(scg.with_options(timeout=5.5), scgapi.Client)
    other.with_options(on_unknown="raise").messages.get("id")
    with contextlib.ExitStack() as stack:
        assert_type(stack.enter_context(scgapi.Client(auth)), scgapi.Client)


class Account(scgapi.Client):
    """A client that a program adds to."""

    def say(self, text: str) -> str:
        return self.message_requests.create(from_="1", to=["2"], body=text)


def own() -> None:
    with Account(timeout=5) as account:
        assert_type(account.with_options(timeout=1), Account).say("Hello")


def guide(auth: scgapi.AuthInfo) -> None:
    assert_type(scgapi.Scg().connect("https://api.syniverse.com", auth), scgapi.Client)
    assert_type(scgapi.Scg().connect(auth, None), scgapi.Client)
    assert_type(scgapi.Scg().connect(api=None, auth=auth), scgapi.Client)
    assert_type(scgapi.Scg().connect_async(auth), scgapi.AsyncClient)


def errors(scg: scgapi.Client) -> None:
    try:
        scg.contacts.get("id")
    except NotFoundError as error:
        assert_type(error.status, int)
        assert_type(error.code, str | None)
        assert_type(error.headers["date"], str)
    except RateLimitError as error:
        assert_type(error.retry_after, float | None)
    except scgapi.ConflictError as error:
        assert_type(error.current_version, int | None)
    except scgapi.PartialFailureError as error:
        for contact_id, reason in error.errors.items():
            assert_type(reason, str)
            print(contact_id)
    except scgapi.OutcomeUnknownError as error:
        assert_type(error.external_id, str | None)
    except scgapi.WaitTimeoutError as error:
        assert_type(error.state, str | None)
    except (scgapi.ConnectionFailedError, scgapi.ConfigurationError) as error:
        assert_type(error.operation, str | None)
    except scgapi.errors.ApiError as error:
        assert_type(error.body, str)
    except ScgError as error:
        assert_type(error.outcome, scgapi.types.Outcome)
        if error.outcome == "NOT_SENT" and error.attempts > 1:
            raise


def by_class(error: scgapi.ScgError) -> int:
    match error:
        case scgapi.ApiError(status=status):
            return status
        case scgapi.InvalidArgumentError(field=field):
            return len(field or "")
        case _:
            return 0
