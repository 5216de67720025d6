"""Consent: one status for each address and sender id, and the history of changes."""

from __future__ import annotations

from dataclasses import dataclass

from scgapi.sandbox.behaviour.addresses import address_key
from scgapi.sandbox.errors import not_unique
from scgapi.sandbox.state.account import Account
from scgapi.sandbox.state.store import Collection, Document

PROTECTED_STATUSES = ("BLACKLIST", "WHITELIST")


@dataclass(frozen=True)
class ConsentTrigger:
    """Reason for a change of status: the company's decision, or a message of the recipient."""

    source: str = "COMPANY"
    message: str | None = None
    keyword: str | None = None


class Consent:
    """All consent statuses of an account, by address and sender id."""

    def __init__(self, account: Account) -> None:
        self._now = account.now
        self.statuses: Collection = account.collection("contact_address_statuses")
        self.history: Collection = account.collection("contact_address_history")
        self._ids: dict[tuple[str, str], str] = {}

    def find(self, address: str, sender_id: str) -> Document | None:
        """Return the status of this address, or None."""
        return self.statuses.find(self._ids.get((address_key(address), sender_id), ""))

    def add(self, fields: Document) -> str:
        """Add a status.

        Raises:
            GatewayError: 409 if the address already has one for this sender id.
        """
        key = _key(fields)
        if key in self._ids:
            raise not_unique("address, sender_id")
        self._ids[key] = self.statuses.add({"consent_status": "NONE", **fields})
        return self._ids[key]

    def remove(self, status_id: str) -> None:
        """Remove a status."""
        del self._ids[_key(self.statuses.get(status_id))]
        self.statuses.remove(status_id)

    def change(self, status_id: str, status: str, trigger: ConsentTrigger) -> None:
        """Set a status, and add a change to the history."""
        row = self.statuses.get(status_id)
        method: Document = {}
        if trigger.source == "MESSAGE":
            method = {"opt_in_type" if status == "OPTIN" else "opt_out_type": "SMS"}
        self.statuses.change(status_id, {"consent_status": status, **method})
        if row["consent_status"] != status:
            entry: Document = {
                "msisdn": row["address"],
                "sender_id": row["sender_id"],
                "status": status,
                "source": trigger.source,
                "timestamp": self._now(),
                "message": trigger.message,
                "keyword": trigger.keyword,
            }
            self.history.add({name: value for name, value in entry.items() if value is not None})

    def set_by_recipient(self, address: str, sender_id: str, status: str, trigger: ConsentTrigger) -> None:
        """Set a status as the recipient wishes, unless the address is on the blacklist or the whitelist."""
        row = self.find(address, sender_id)
        if row is None:
            fields: Document = {"address": address, "sender_id": sender_id, "address_type": "MDN"}
            row = self.statuses.get(self.add(fields))
        if row["consent_status"] not in PROTECTED_STATUSES:
            self.change(str(row["id"]), status, trigger)

    def blocks(
        self, sender: Document, address: str, requirement: object, *, is_keyword_reply: bool = False
    ) -> bool:
        """Return True if a message is forbidden. For the reply to a keyword, only the blacklist counts."""
        row = self.find(address, str(sender["id"]))
        status = "NONE" if row is None else row["consent_status"]
        if status == "BLACKLIST" or is_keyword_reply:
            return status == "BLACKLIST"
        if requirement == "OPT_IN":
            return status not in ("OPTIN", "WHITELIST")
        return status == "OPTOUT" and (requirement == "OPT_OUT" or is_managed(sender))


def is_managed(sender: Document) -> bool:
    """Return True if the gateway manages the consent for this sender id."""
    return str(sender.get("consent_managed_by")).startswith("SCG")


def _key(fields: Document) -> tuple[str, str]:
    return address_key(fields["address"]), str(fields["sender_id"])
