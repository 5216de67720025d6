# Generated from scgapi/_async/sending.py by tools/generate.py: edit that file.
"""Sends: never doubled, and never lost without a word."""

from __future__ import annotations

import logging
from collections.abc import Mapping

from scgapi._core.changes import given, is_bound
from scgapi._core.doubt import (
    QUARANTINE,
    SECOND_LOOK,
    OnUnknown,
    external_id_of,
    in_doubt,
    is_in_doubt,
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

    _confirmed: str | None = None  # the external id of the last send that was certainly taken

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
        try:
            sent = self._create(operation, unsaved, fields)
        except ScgError as error:
            if not is_in_doubt(error):
                raise
            if on_unknown == "raise" or look_up is None or external_id is None:
                raise in_doubt(error, external_id) from error
            sent = self._verified(operation, unsaved, fields, look_up, external_id, error)
        self._confirmed = external_id
        return sent

    def _verified(
        self,
        operation: Operation,
        unsaved: Model | None,
        fields: Mapping[str, object],
        look_up: Operation,
        external_id: str,
        error: ScgError,
    ) -> str:
        """Adopt the send if it shows up; send again if it provably does not."""
        clock = self._client._pipeline.clock
        while True:
            for pause in (QUARANTINE, SECOND_LOOK):
                log.info("%s: in doubt, looked up in %.0f s", operation, pause)
                clock.sleep(pause)
                found = self._look_up(look_up, external_id, error)
                if found is not None:
                    return found
            if not may_send_again(error):
                raise in_doubt(error, external_id, ", and does not show up") from error
            # An empty answer counts only where a send that is certainly there shows up by the same look-up.
            control = self._confirmed
            if control is None or self._look_up(look_up, control, error) is None:
                raise in_doubt(error, external_id, ", and look-ups cannot be relied on") from error
            try:
                return self._create(operation, unsaved, fields)
            except ScgError as again:
                if not is_in_doubt(again):
                    raise
                again.attempts += error.attempts
                error = again
                if error.attempts >= self._client._pipeline.attempts:
                    raise in_doubt(error, external_id) from error

    def _look_up(self, look_up: Operation, external_id: str, error: ScgError) -> str | None:
        try:
            for found in self._list(Found, look_up, options={"external_id": external_id}):
                if found.external_id == external_id:  # compared here, too: a filter may be ignored
                    return found.id
        except ScgError as failure:
            raise in_doubt(error, external_id, ", and could not be looked up") from failure
        return None


class Found(Model):
    """What a look-up needs to know of a send."""

    id: str = ""
    external_id: str | None = None
