"""The token service. Its errors have their own format."""

from __future__ import annotations

from scgapi import auth
from scgapi.sandbox.state.account import Account, APIRequest, APIResponse, OperationHandlers


def _refresh(account: Account, request: APIRequest) -> APIResponse:
    tokens, query = account.tokens, request.query
    for name in ("consumerkey", "consumersecret", "oldtoken"):
        if name not in query:
            return _error_response(400, f"Parameter {name} is missing")
    validity = query.get("validity")
    if validity is not None and not (validity.isascii() and validity.isdigit() and len(validity) < 19):
        return _error_response(400, "Parameter validity must be a number of seconds")
    if (query["consumerkey"], query["consumersecret"]) != (tokens.key, tokens.secret):
        return _error_response(500, "Invalid consumer key or consumer secret")
    tokens.refresh(None if validity is None else int(validity))
    return APIResponse(200, {"accessToken": tokens.current, "validityTime": tokens.remaining()})


def _error_response(status: int, text: str) -> APIResponse:
    return APIResponse(
        status, {"errorCode": 1, "moreInfo": text, "userMsg": "The token could not be refreshed"}
    )


HANDLERS: OperationHandlers = {auth.REFRESH: _refresh}
