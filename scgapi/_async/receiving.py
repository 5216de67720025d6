"""An answer's body, from the pieces that came to what is meant: bounded in time, in size and in what it unpacks to."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from scgapi._core.attempt import MAX_BODY
from scgapi._core.decoding import Decoder, UnreadableBody
from scgapi._core.pace import Pace
from scgapi._core.response import EXCERPT, Response, unexpected
from scgapi._tasks.concurrency import in_thread
from scgapi.errors import UnreadableResponseError

if TYPE_CHECKING:
    from scgapi._core.clock import Deadline
    from scgapi._core.content import Download
    from scgapi._core.request import Request


class AsyncRead(Protocol):
    """What reads an answer."""

    async def __call__(self) -> bytes:
        """The next bytes of the body, none after its end."""
        ...


async def receive(
    request: Request,
    head: Response,
    encoding: str,
    read: AsyncRead,
    deadline: Deadline,
    target: Download | None,
    broken: tuple[type[Exception], ...],
) -> Response:
    """The head with its body, which goes to the target if there is one and it is a success.

    `broken` are the errors by which this transport says that a body ended too soon.

    Raises:
        TimeoutError: there is no time left, or the body comes too slowly.
        UnreadableResponseError: it is a success whose body cannot be unpacked, or is too large.
    """
    succeeded = 200 <= head.status < 300
    if target is not None and succeeded:
        await in_thread(target.restart)
        target.expect(head.headers)
    else:
        target = None
    content = bytearray()
    pace = Pace(deadline.clock)
    try:
        decoder = Decoder(encoding)
        while chunk := await read():
            if deadline.left() <= 0 or not pace.holds(len(chunk)):
                raise TimeoutError
            for piece in decoder.feed(chunk):
                if target is None:
                    content += piece
                else:
                    await in_thread(target.write, piece)
                    target.report()
                if len(content) > MAX_BODY:
                    raise UnreadableBody(f"a body of more than {MAX_BODY} bytes")
        decoder.end()
    except broken:
        if succeeded:  # a refusal is one without its whole text, too
            raise
    except UnreadableBody as error:
        if succeeded:
            partly = Response(head.status, head.headers, bytes(content[:EXCERPT]))
            raise unexpected(request.operation, partly, str(error), UnreadableResponseError) from None
    return Response(head.status, head.headers, bytes(content[:MAX_BODY]))
