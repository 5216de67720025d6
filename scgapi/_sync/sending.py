# Generated from scgapi/_async/sending.py by tools/generate.py: edit that file.
"""Sends: never doubled, and never lost without a word."""

from __future__ import annotations

import logging
from collections.abc import Mapping
from functools import partial
from typing import Protocol

from scgapi._core.changes import given, is_bound
from scgapi._core.clock import VERIFIED_LIMIT, Deadline
from scgapi._core.doubt import (
    QUARANTINE,
    SECOND_LOOK,
    OnUnknown,
    external_id_of,
    in_doubt,
    is_in_doubt,
    is_taken,
    leave_in_doubt,
    may_send_again,
    with_external_id,
)
from scgapi._core.operation import Operation
from scgapi._sync.resource import Resource
from scgapi.errors import InvalidArgumentError, ScgError
from scgapi.models._base import Model

log = logging.getLogger("scgapi")


class SendingResource(Resource):
    """A resource whose creation reaches people: an answer that was lost leaves it in doubt."""

    def _deliver(
        self,
        operation: Operation,
        unsaved: Model | None,
        fields: Mapping[str, object],
        on_unknown: OnUnknown = "raise",
        look_up: Operation | None = None,
    ) -> str:
        """Send once; what is in doubt raises, or is looked up with the operation that lists the sends.

        Raises:
            OutcomeUnknownError: it may have been sent.
        """
        if on_unknown not in ("raise", "verify"):
            raise InvalidArgumentError(
                f"{operation.name}: on_unknown must be 'raise' or 'verify'. Nothing was sent.",
                operation=operation.name,
                field="on_unknown",
            )
        # A send that came from the gateway is sent anew: under its old id, the old one would be taken for it.
        own = given(unsaved)[0] if isinstance(unsaved, Model) and not is_bound(unsaved) else {}
        fields = {**{name: own[name] for name in own if name == "external_id"}, **fields}
        if look_up is not None:
            fields = with_external_id(fields)
        external_id = external_id_of(fields)
        pipeline = self._client._pipeline
        until = pipeline.deadline(operation, VERIFIED_LIMIT if on_unknown == "verify" else 0.0)
        try:
            sent = self._create(operation, unsaved, fields, until=until)
        except ScgError as error:
            if not is_in_doubt(error):
                raise
            if on_unknown == "raise" or look_up is None or external_id is None:
                raise in_doubt(error, external_id) from error
            send = partial(self._create, operation, unsaved, fields, until=until)
            sent = self._verified(send, look_up, external_id, error, until)
        if look_up is not None and external_id is not None:
            pipeline.seen[look_up] = external_id
        return sent

    def _verified(
        self,
        send: SendAgain,
        look_up: Operation,
        external_id: str,
        error: ScgError,
        until: Deadline,
    ) -> str:
        """Adopt the send if it shows up; send again if it provably does not."""
        pipeline = self._client._pipeline
        while True:
            for pause in (QUARANTINE, SECOND_LOOK):
                if until.left() <= pause:
                    raise in_doubt(error, external_id, ", and there is no time left to look it up") from error
                log.info("%s: in doubt, looked up in %.0f s", error.operation, pause)
                pipeline.clock.sleep(pause)
                found = self._look_up(look_up, external_id, error, until, external_id)
                if found is not None:
                    return found
            if not may_send_again(error):
                raise in_doubt(error, external_id, ", and does not show up") from error
            # An empty answer counts only where a send that is certainly there shows up by the same look-up.
            control = pipeline.seen.get(look_up)
            if control is None or self._look_up(look_up, control, error, until, external_id) is None:
                raise in_doubt(error, external_id, ", and look-ups cannot be relied on") from error
            try:
                return send()
            except ScgError as again:
                again.attempts += error.attempts
                if is_taken(again):
                    found = self._look_up(look_up, external_id, error, until, external_id)
                    if found is not None:
                        return found
                if not is_in_doubt(again):
                    # Of this attempt all is known; of those before it, less than it seemed.
                    leave_in_doubt(again, error.outcome)
                    raise in_doubt(again, external_id) from again
                error = again
                if error.attempts >= pipeline.retry.attempts:
                    raise in_doubt(error, external_id) from error

    def _look_up(
        self, look_up: Operation, wanted: str, error: ScgError, until: Deadline, external_id: str
    ) -> str | None:
        """The id of the send that went under the wanted id; the one in doubt went under `external_id`."""
        try:
            for found in self._list(Found, look_up, options={"external_id": wanted}, until=until):
                if found.external_id == wanted:  # compared here, too: a filter may be ignored
                    return found.id
        except ScgError as failure:
            raise in_doubt(error, external_id, ", and could not be looked up") from failure
        return None


class SendAgain(Protocol):
    """Makes a send once more, under the same external id."""

    def __call__(self) -> str:
        """The id of what was sent."""
        ...


class Found(Model):
    """What a look-up needs to know of a send."""

    id: str = ""
    external_id: str | None = None
