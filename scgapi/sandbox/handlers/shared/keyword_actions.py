"""Effects of keywords in incoming messages: actions and replies."""

from __future__ import annotations

from dataclasses import replace

from scgapi.sandbox.behaviour.addresses import Recipient
from scgapi.sandbox.behaviour.consent import Consent, ConsentTrigger
from scgapi.sandbox.errors import GatewayError
from scgapi.sandbox.handlers.keywords import bare_word, matching_keywords, words
from scgapi.sandbox.handlers.shared.sending import make_draft
from scgapi.sandbox.state.account import Account
from scgapi.sandbox.state.store import Document, text

# Actions that have the name of the resulting status.
_CONSENT = ("OPTOUT", "OPTIN")


def run_keywords(account: Account, sender: Document, message: Document) -> None:
    """Run the keywords in a message to this sender id."""
    body = str(message.get("body") or "")
    for keyword in matching_keywords(account, sender, body):
        word = bare_word(body) if keyword.get("type") == "RESERVED" else str(keyword["value"])
        trigger = ConsentTrigger("MESSAGE", body, word)
        for action in words(keyword.get("actions")):
            if action in _CONSENT:
                account.component(Consent).set_by_recipient(
                    str(message["from_address"]), str(sender["id"]), action, trigger
                )
        if keyword.get("reply_template"):
            _reply(account, sender, message, keyword)


def _reply(account: Account, sender: Document, message: Document, keyword: Document) -> None:
    to = str(message["from_address"])
    body: Document = {
        "from": f"sender_id:{sender['id']}",
        "body": f'#parse("{keyword["reply_template"]}")',
        "attachments": words(keyword.get("attachments")),
        "campaign_id": keyword.get("campaign_id"),
    }
    more: Document = {"standalone": True, "reply_to": message["id"]}
    try:
        draft = replace(make_draft(account, body), is_keyword_reply=True)
    except GatewayError:
        # The sender id or an attachment cannot be used; an incoming message has no error response to report it in.
        return
    draft.add_message(account, Recipient(to, to, contact_id=text(message.get("contact_id"))), "CREATED", more)
