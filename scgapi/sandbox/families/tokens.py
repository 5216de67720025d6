"""The token service: its errors have an envelope of their own."""

from __future__ import annotations

from scgapi import auth
from scgapi.sandbox.world import Call, Handlers, Reply, World


def _refresh(world: World, call: Call) -> Reply:
    tokens, query = world.tokens, call.query
    for name in ("consumerkey", "consumersecret", "oldtoken"):
        if name not in query:
            return _refusal(400, f"Parameter {name} is missing")
    validity = query.get("validity")
    if validity is not None and not (validity.isascii() and validity.isdigit() and len(validity) < 19):
        return _refusal(400, "Parameter validity must be a number of seconds")
    if (query["consumerkey"], query["consumersecret"]) != (tokens.key, tokens.secret):
        return _refusal(500, "Invalid consumer key or consumer secret")
    tokens.renew(None if validity is None else int(validity))
    return Reply(200, {"accessToken": tokens.current, "validityTime": tokens.remaining()})


def _refusal(status: int, text: str) -> Reply:
    return Reply(status, {"errorCode": 1, "moreInfo": text, "userMsg": "The token could not be refreshed"})


HANDLERS: Handlers = {auth.REFRESH: _refresh}
