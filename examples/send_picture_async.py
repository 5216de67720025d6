"""Upload a picture, send it with a text (MMS), and download it again, with the asynchronous client."""

from __future__ import annotations

import asyncio

from gateway import Setting, setting
from send_picture import PICTURE, show

import scgapi


async def main(given: Setting) -> None:
    async with scgapi.AsyncClient(given.auth, url=given.api) as scg:
        print("Uploading")
        picture = await scg.attachments.create_and_upload(
            PICTURE, type="image/jpeg", name="picture", filename="picture.jpg", on_progress=show
        )
        request_id = await scg.message_requests.create(
            from_=given.sender, to=given.recipients, body="Look at this!", attachments=[picture]
        )
        print(f"Sent message request {request_id}")
        # With a path, download("picture.jpg") writes a file instead.
        print(f"Downloaded {len(await picture.download())} bytes")


if __name__ == "__main__":
    with setting("Send a picture.", sends=True) as settings:
        asyncio.run(main(settings))
