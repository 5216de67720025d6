"""From the guide of the 2017 SDK: list the active sender ids of a class."""

from __future__ import annotations

from gateway import setting

import scgapi


def list_senderids(api: str | None, config: str | None) -> None:
    auth = scgapi.AuthInfo(config=config)
    with scgapi.Scg().connect(api, auth) as session:
        res = scgapi.SenderId.Resource(session)
        for sid in res.list(class_id="COMMERCIAL", state="ACTIVE"):
            print(f"Sender id {sid.address} has capabilities {sid.capabilities}")


if __name__ == "__main__":
    with setting("List the active sender ids of a class.") as given:
        list_senderids(given.api, given.config)
