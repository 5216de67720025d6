"""What incoming messages set off: the actions and the replies of the keywords in them."""

from __future__ import annotations

from dataclasses import replace

from scgapi.sandbox.addresses import Recipient
from scgapi.sandbox.consent import Consent, Occasion
from scgapi.sandbox.errors import GatewayError
from scgapi.sandbox.families.keywords import matching, words
from scgapi.sandbox.sending import draft
from scgapi.sandbox.store import Document, text
from scgapi.sandbox.world import World

_CONSENT = ("OPTOUT", "OPTIN")  # the actions that are called as the statuses they lead to


def react(world: World, sender: Document, message: Document) -> None:
    """Run the keywords that are in a message to this sender id."""
    body = str(message.get("body") or "")
    for keyword in matching(world, sender, body):
        occasion = Occasion("MESSAGE", body, str(keyword["value"]))
        for action in words(keyword.get("actions")):
            if action in _CONSENT:
                world.part(Consent).declare(str(message["from_address"]), str(sender["id"]), action, occasion)
        if keyword.get("reply_template"):
            _reply(world, sender, message, keyword)


def _reply(world: World, sender: Document, message: Document, keyword: Document) -> None:
    to = str(message["from_address"])
    body: Document = {
        "from": f"sender_id:{sender['id']}",
        "body": f'#parse("{keyword["reply_template"]}")',
        "attachments": words(keyword.get("attachments")),
        "campaign_id": keyword.get("campaign_id"),
    }
    more: Document = {"standalone": True, "reply_to": message["id"]}
    try:
        made = replace(draft(world, body), is_answer=True)
    except GatewayError:
        return  # there is nobody to tell: the sender id or an attachment cannot be used
    made.post(world, Recipient(to, to, contact_id=text(message.get("contact_id"))), "CREATED", more)
