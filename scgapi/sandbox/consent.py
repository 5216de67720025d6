"""Who consents to what: one status for each address and sender id, and each change of it."""

from __future__ import annotations

from dataclasses import dataclass

from scgapi.sandbox.addresses import address_key
from scgapi.sandbox.errors import not_unique
from scgapi.sandbox.store import Collection, Document
from scgapi.sandbox.world import World

UNTOUCHABLE = ("BLACKLIST", "WHITELIST")


@dataclass(frozen=True)
class Occasion:
    """Why a status changes: the company said so, or a message of the recipient did."""

    source: str = "COMPANY"
    message: str | None = None
    keyword: str | None = None


class Consent:
    """All statuses of an account, found by address and sender id."""

    def __init__(self, world: World) -> None:
        self._now = world.now
        self.statuses: Collection = world.collection("contact_address_statuses")
        self.history: Collection = world.collection("contact_address_history")
        self._ids: dict[tuple[str, str], str] = {}

    def find(self, address: str, sender_id: str) -> Document | None:
        """The status of this address, None if there is none."""
        return self.statuses.find(self._ids.get((address_key(address), sender_id), ""))

    def open(self, fields: Document) -> str:
        """Keep a new status.

        Raises:
            GatewayError: 409, the address has one for this sender id.
        """
        key = _key(fields)
        if key in self._ids:
            raise not_unique("address, sender_id")
        self._ids[key] = self.statuses.add({"consent_status": "NONE", **fields})
        return self._ids[key]

    def close(self, status_id: str) -> None:
        """Forget a status."""
        del self._ids[_key(self.statuses.get(status_id))]
        self.statuses.remove(status_id)

    def change(self, status_id: str, status: str, occasion: Occasion) -> None:
        """Set a status; a change is history."""
        row = self.statuses.get(status_id)
        how: Document = {}
        if occasion.source == "MESSAGE":
            how = {"opt_in_type" if status == "OPTIN" else "opt_out_type": "SMS"}
        self.statuses.change(status_id, {"consent_status": status, **how})
        if row["consent_status"] != status:
            told: Document = {
                "msisdn": row["address"],
                "sender_id": row["sender_id"],
                "status": status,
                "source": occasion.source,
                "timestamp": self._now(),
                "message": occasion.message,
                "keyword": occasion.keyword,
            }
            self.history.add({name: value for name, value in told.items() if value is not None})

    def declare(self, address: str, sender_id: str, status: str, occasion: Occasion) -> None:
        """Set what an address says for itself; a blacklist or a whitelist is stronger."""
        row = self.find(address, sender_id)
        if row is None:
            opened: Document = {"address": address, "sender_id": sender_id, "address_type": "MDN"}
            row = self.statuses.get(self.open(opened))
        if row["consent_status"] not in UNTOUCHABLE:
            self.change(str(row["id"]), status, occasion)

    def blocks(self, sender: Document, address: str, requirement: object, *, is_answer: bool = False) -> bool:
        """Whether a message may not be sent; the answer to a keyword needs no consent."""
        row = self.find(address, str(sender["id"]))
        status = "NONE" if row is None else row["consent_status"]
        if status == "BLACKLIST" or is_answer:
            return status == "BLACKLIST"
        if requirement == "OPT_IN":
            return status not in ("OPTIN", "WHITELIST")
        return status == "OPTOUT" and (requirement == "OPT_OUT" or is_managed(sender))


def is_managed(sender: Document) -> bool:
    """Whether the gateway itself looks after the consent for this sender id."""
    return str(sender.get("consent_managed_by")).startswith("SCG")


def _key(fields: Document) -> tuple[str, str]:
    return address_key(fields["address"]), str(fields["sender_id"])
