"""Reading of response bodies, within limits on time, size and decompressed size."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from scgapi._core.response import EXCERPT_CHARACTERS, Response, unexpected_response_error
from scgapi._http.attempt import MAX_BODY_BYTES
from scgapi._http.decoding import Decoder, UnreadableBody
from scgapi._http.minimum_rate import MinimumRate
from scgapi._io.tasks.concurrency import in_thread
from scgapi.errors import UnreadableResponseError

if TYPE_CHECKING:
    from scgapi._core.deadline import Deadline
    from scgapi._core.request import Request
    from scgapi._io.content import Download


class AsyncRead(Protocol):
    """A function that reads a body, one chunk at a time."""

    async def __call__(self) -> bytes:
        """Return the next bytes of the body; empty at its end."""
        ...


async def read_response(
    request: Request,
    head: Response,
    encoding: str,
    read: AsyncRead,
    deadline: Deadline,
    target: Download | None,
) -> Response:
    """Return the response with its body. A successful body goes to the target instead, if there is one.

    Raises:
        TimeoutError: the deadline has passed, or the body comes too slowly.
        UnreadableResponseError: the response is a success whose body cannot be decompressed, or is too large.
    """
    succeeded = 200 <= head.status < 300
    if target is not None and succeeded:
        await in_thread(target.restart)
    else:
        target = None
    content = bytearray()
    rate = MinimumRate(deadline.clock)
    try:
        if target is not None:
            target.expect(head.headers)
        decoder = Decoder(encoding)
        while chunk := await read():
            if deadline.remaining() <= 0 or not rate.ok(len(chunk)):
                raise TimeoutError
            for piece in decoder.feed(chunk):
                if target is None:
                    content += piece
                else:
                    await in_thread(target.write, piece)
                    target.report()
                if len(content) > MAX_BODY_BYTES:
                    raise UnreadableBody(f"a body of more than {MAX_BODY_BYTES} bytes")
        decoder.end()
    except UnreadableBody as error:
        if succeeded:
            partial = Response(head.status, head.headers, bytes(content[:EXCERPT_CHARACTERS]))
            raise unexpected_response_error(
                request.operation, partial, str(error), UnreadableResponseError
            ) from None
    except Exception:
        # A refusal is certain from its status, even if its text is incomplete.
        if succeeded:
            raise
    return Response(head.status, head.headers, bytes(content[:MAX_BODY_BYTES]))
