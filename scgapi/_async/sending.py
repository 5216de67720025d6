"""Sends: never repeated blindly, and never lost silently."""

from __future__ import annotations

import logging
from collections.abc import Mapping
from functools import partial
from typing import Protocol

from scgapi._async.resource import AsyncResource
from scgapi._core.changes import is_bound
from scgapi._core.deadline import VERIFIED_LIMIT_SECONDS, Deadline
from scgapi._core.doubt import (
    FIRST_LOOK_UP_DELAY_SECONDS,
    SECOND_LOOK_UP_DELAY_SECONDS,
    UNRELIABLE_LOOK_UPS,
    OnUnknown,
    add_external_id,
    get_external_id,
    is_in_doubt,
    is_key_taken,
    mark_in_doubt,
    may_send_again,
    on_unknown_problem,
    outcome_unknown_error,
    require_verifiable,
)
from scgapi._core.json import is_sequence
from scgapi._core.loading import parse_created_id
from scgapi._core.look_up import Send, Sighting, listing_key, read_look_up
from scgapi._core.model.base import Model
from scgapi._core.observing import UNOBSERVED, Sending
from scgapi._core.operation import Operation
from scgapi._core.paging import PAGE_SIZE
from scgapi._core.request import build_request
from scgapi._core.schema import body_schema
from scgapi.errors import InvalidArgumentError, OutcomeUnknownError, ScgError

log = logging.getLogger("scgapi.calls")


class AsyncSendingResource(AsyncResource):
    """A resource whose create() sends a message: if the response is lost, the send is in doubt."""

    async def _deliver(
        self,
        operation: Operation,
        unsaved: Model | None,
        fields: Mapping[str, object],
        on_unknown: OnUnknown = "raise",
        look_up: Operation | None = None,
    ) -> str:
        """Send once; a send in doubt raises, or is looked up with the operation that lists the sends.

        Raises:
            OutcomeUnknownError: it may have been sent.
        """
        problem = on_unknown_problem(on_unknown)
        if problem is not None:
            raise InvalidArgumentError(
                f"{operation.name}: {problem}. Nothing was sent.",
                operation=operation.name,
                field="on_unknown",
            )
        own = self._fields_of(operation, unsaved, {})
        if isinstance(unsaved, Model) and is_bound(unsaved):
            # A send that came from the gateway is sent anew: under its old id, the old one would be taken for it.
            own.pop("external_id", None)
        fields = {**own, **fields}
        if look_up is not None:
            fields = add_external_id(fields)
            if on_unknown == "verify":
                require_verifiable(operation.name, fields)
        external_id = get_external_id(fields)
        pipeline = self._client._pipeline
        deadline = pipeline.deadline(operation, VERIFIED_LIMIT_SECONDS if on_unknown == "verify" else 0.0)
        request = build_request(
            pipeline.endpoints, operation, content=body_schema(operation).encode(operation, fields)
        )
        read = partial(parse_created_id, operation)
        verified_by = look_up if on_unknown == "verify" else None
        with pipeline.observe(operation, partial(_measure, fields)) or UNOBSERVED as observation:
            send = partial(pipeline.call, request, read, deadline=deadline, part_of=observation)
            try:
                sent = await self._settled(send, verified_by, external_id, listing_key(fields), deadline)
            except OutcomeUnknownError as doubt:
                log.info(
                    "%s: in doubt: %s", operation, doubt.outcome,
                    extra={
                        "scg_operation": operation.name,
                        "scg_outcome": doubt.outcome,
                        "scg_attempts": doubt.attempts,
                    },
                )  # fmt: skip
                raise
            if observation is not None:
                observation.created_id = sent
        if look_up is not None and external_id is not None:
            pipeline.controls[look_up].add(Send(external_id, sent, listing_key(fields)))
        return sent

    async def _settled(
        self,
        send: AsyncSendAgain,
        look_up: Operation | None,
        external_id: str | None,
        kind: tuple[object, ...],
        deadline: Deadline,
    ) -> str:
        """Send; a send in doubt raises, or is looked up."""
        try:
            return await send()
        except ScgError as error:
            if not is_in_doubt(error):
                raise
            if look_up is None or external_id is None:
                raise outcome_unknown_error(error, external_id) from error
            return await self._verified(send, look_up, external_id, kind, error, deadline)

    async def _verified(
        self,
        send: AsyncSendAgain,
        look_up: Operation,
        external_id: str,
        kind: tuple[object, ...],
        error: ScgError,
        deadline: Deadline,
    ) -> str:
        """Adopt the send if it shows up; send again if it provably does not."""
        pipeline = self._client._pipeline
        while True:
            for pause in (FIRST_LOOK_UP_DELAY_SECONDS, SECOND_LOOK_UP_DELAY_SECONDS):
                if deadline.remaining() <= pause:
                    raise outcome_unknown_error(
                        error, external_id, ", and there is no time left to look it up"
                    ) from error
                log.info(
                    "%s: in doubt, looked up in %.0f s", error.operation, pause,
                    extra={
                        "scg_operation": error.operation,
                        "scg_outcome": error.outcome,
                        "scg_attempts": error.attempts,
                        "scg_pause": pause,
                    },
                )  # fmt: skip
                await pipeline.clock.async_sleep(pause)
                found = await self._look_up(look_up, external_id, error, deadline)
                if found is not None:
                    return found
            if not may_send_again(error):
                raise outcome_unknown_error(error, external_id, ", and does not show up") from error
            await self._check_control(look_up, external_id, kind, error, deadline)
            try:
                return await send()
            except ScgError as again:
                again.attempts += error.attempts
                if is_key_taken(again):
                    found = await self._look_up(look_up, external_id, error, deadline)
                    if found is not None:
                        return found
                if not is_in_doubt(again):
                    # Of this attempt all is known; of those before it, less than it seemed.
                    mark_in_doubt(again, error.outcome)
                    raise outcome_unknown_error(again, external_id) from again
                error = again
                if error.attempts >= pipeline.retry.attempts:
                    raise outcome_unknown_error(error, external_id) from error

    async def _look_up(
        self, look_up: Operation, external_id: str, error: ScgError, deadline: Deadline
    ) -> str | None:
        """Return the id of the send in doubt, or None if the look-up shows nothing at all."""
        seen = await self._sighting(look_up, external_id, external_id, error, deadline)
        if seen.found == "nothing":
            return None
        if seen.found == "unreliable" or self._client._pipeline.controls[look_up].knows(seen.id):
            raise outcome_unknown_error(error, external_id, UNRELIABLE_LOOK_UPS) from error
        return seen.id

    async def _check_control(
        self,
        look_up: Operation,
        external_id: str,
        kind: tuple[object, ...],
        error: ScgError,
        deadline: Deadline,
    ) -> None:
        """Look up a send that is certainly there: only where it shows up does an empty look-up count."""
        control = self._client._pipeline.controls[look_up].of(external_id, kind)
        if control is not None:
            seen = await self._sighting(look_up, control.external_id, external_id, error, deadline)
            if seen == Sighting("send", control.id, alone=True):
                return
        raise outcome_unknown_error(error, external_id, UNRELIABLE_LOOK_UPS) from error

    async def _sighting(
        self, look_up: Operation, wanted: str, external_id: str, error: ScgError, deadline: Deadline
    ) -> Sighting:
        """Look up the send under the wanted id; the one in doubt went under `external_id`."""
        pipeline = self._client._pipeline
        request = build_request(
            pipeline.endpoints, look_up, query={"external_id": wanted, "limit": PAGE_SIZE}
        )
        try:
            return await pipeline.call(request, partial(read_look_up, wanted), deadline=deadline)
        except ScgError as failure:
            raise outcome_unknown_error(error, external_id, ", and could not be looked up") from failure


class AsyncSendAgain(Protocol):
    """A function that repeats a send under the same external id."""

    async def __call__(self) -> str:
        """Return the id of the send."""
        ...


def _measure(fields: Mapping[str, object]) -> Sending:
    """Return the size of a send. The segments are those of its body as SMS; attachments make it MMS."""
    # Loaded for observed sends only.
    from scgapi.compose.segments import count_segments

    found = {name.removesuffix("_"): value for name, value in fields.items()}
    to, body = found.get("to"), found.get("body")
    recipients = len(to) if is_sequence(to) else 1
    if not isinstance(body, str) or not body or found.get("attachments"):
        return Sending(recipients, None)
    return Sending(recipients, count_segments(body).segments * recipients)
