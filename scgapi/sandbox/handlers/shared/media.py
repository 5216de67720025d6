"""Checks of media to play in a call or a conference."""

from __future__ import annotations

import re

from scgapi.sandbox.errors import invalid, missing
from scgapi.sandbox.handlers.attachments import find_uploaded
from scgapi.sandbox.state.account import Account
from scgapi.sandbox.state.store import Document, number

_TONES = re.compile(r"[0-9A-Da-d*#]+")
_URL = re.compile(r"https?://\S+")


def check_media(account: Account, body: Document) -> None:
    """Raise if the media cannot be played: tones, a text, or an audio file.

    Raises:
        GatewayError: the media is empty, malformed, or an attachment without content.
    """
    for name in ("dtmfText", "text", "source"):
        if body.get(name) == "":
            raise missing(name)
    if "dtmfText" in body and not _TONES.fullmatch(str(body["dtmfText"])):
        raise invalid("dtmfText", "only 0-9, A-D, * and # have tones")
    if body.get("gender") not in (None, "female", "male"):
        raise invalid("gender", str(body["gender"]))
    loops = number(body.get("loopCount"))
    if loops is not None and loops < 1:
        raise invalid("loopCount", str(loops))
    if "source" not in body:
        return
    if body["source_type"] == "ATTACHMENT":
        find_uploaded(account, str(body["source"]))
    elif body["source_type"] != "URL":
        raise invalid("source_type", str(body["source_type"]))
    elif not _URL.fullmatch(str(body["source"])):
        raise invalid("source", "not a URL")
