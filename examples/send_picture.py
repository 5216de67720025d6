"""Upload a picture, send it with a text (MMS), and download it again."""

from __future__ import annotations

from gateway import setting

import scgapi

# A very small JPEG. Give the path of a picture of yours instead.
PICTURE = b"\xff\xd8\xff\xdb\x00C\x00" + b"\x01" * 64 + b"\xff\xd9"


def show(transfer: scgapi.Transfer) -> None:
    """Print how far an upload or a download is."""
    print(f"  {transfer.done} of {transfer.total} bytes")


def main() -> None:
    with (
        setting("Send a picture.", sends=True) as given,
        scgapi.Client(given.auth, url=given.api) as scg,
    ):
        print("Uploading")
        picture = scg.attachments.create_and_upload(
            PICTURE, type="image/jpeg", name="picture", filename="picture.jpg", on_progress=show
        )
        request_id = scg.message_requests.create(
            from_=given.sender, to=given.recipients, body="Look at this!", attachments=[picture]
        )
        print(f"Sent message request {request_id}")
        # With a path, download("picture.jpg") writes a file instead.
        print(f"Downloaded {len(picture.download())} bytes")


if __name__ == "__main__":
    main()
