"""Reading of request bodies within limits, and of multipart uploads."""

from __future__ import annotations

from python_multipart import MultipartParser
from python_multipart.exceptions import FormParserError
from python_multipart.multipart import parse_options_header
from starlette.exceptions import HTTPException
from starlette.requests import Request

from scgapi.sandbox.errors import GatewayError, invalid_payload

CONTROL_BYTES = 1 << 20
JSON_BYTES = 16 << 20
CONTENT_BYTES = 128 << 20

# Read on beyond the limit, up to this factor, so that the client gets to read the error response.
_READ_ON_FACTOR = 4


async def read_body(request: Request, limit: int) -> bytes:
    """Read the whole body.

    Raises:
        HTTPException: 413 if the body is larger than `limit` bytes.
        ClientDisconnect: the client disconnected before the end of the body.
    """
    parts: list[bytes] = []
    size = 0
    async for part in request.stream():
        size += len(part)
        if size <= limit:
            parts.append(part)
            continue
        parts.clear()
        if size > limit * _READ_ON_FACTOR:
            break
    if size > limit:
        raise HTTPException(413, f"the sandbox takes no more than {limit} bytes here")
    return b"".join(parts)


def uploaded_content(content_type: str, content: bytes) -> bytes:
    """Return the bytes of an attachment: the body itself, or the part `file-upload` of a form.

    Raises:
        GatewayError: the form is malformed, lacks the part, or declares a wrong size for it.
    """
    kind, options = parse_options_header(content_type)
    if kind.lower() != b"multipart/form-data":
        return content
    parts = _parts(content, options.get(b"boundary", b""))
    for disposition, part in parts:
        _, about = parse_options_header(disposition)
        if about.get(b"name") == b"file-upload":
            size = about.get(b"size")
            if size is not None and size != str(len(part)).encode():
                raise invalid_payload(
                    f"the part has {len(part)} bytes, its Content-Disposition says otherwise"
                )
            return part
    raise GatewayError(400, "SCG_ERROR_40026", "Missing form-data part: file-upload")


def _parts(content: bytes, boundary: bytes) -> list[tuple[bytes, bytes]]:
    """Return the parts of a form: their Content-Disposition, and their content."""
    found: list[tuple[bytes, bytes]] = []
    field, value, disposition, body = bytearray(), bytearray(), bytearray(), bytearray()

    def begin() -> None:
        for buffer in (field, value, disposition, body):
            buffer.clear()

    def end_header() -> None:
        if bytes(field).lower() == b"content-disposition":
            disposition[:] = value
        field.clear()
        value.clear()

    def end() -> None:
        found.append((bytes(disposition), bytes(body)))

    try:
        parser = MultipartParser(
            boundary,
            {
                "on_part_begin": begin,
                "on_header_field": lambda data, start, stop: field.extend(data[start:stop]),
                "on_header_value": lambda data, start, stop: value.extend(data[start:stop]),
                "on_header_end": end_header,
                "on_part_data": lambda data, start, stop: body.extend(data[start:stop]),
                "on_part_end": end,
            },
        )
        parser.write(content)
        parser.finalize()
    except FormParserError as error:
        raise invalid_payload(f"not a multipart form: {error}") from None
    return found
