"""Error texts of the client in the words of the command: its options and commands in place of Python's calls."""

from __future__ import annotations

import re

_OPERATION = re.compile(r"(?:request|[a-z_]+\.[a-z_]+): ")
_WORDING = (
    (r"\bpass overwrite=True to replace it", "add --overwrite to replace it"),
    (
        r"Load the object again with refresh\(\) or get\(\), apply the change and update\(\) it",
        "Somebody else changed it: get it again, and repeat the update with its version_number, or without one",
    ),
    (r"that has this key already with list\(\)", "that has this key already (list, --filter)"),
    (r"Compare from_ with the ids and addresses of sender_ids\.list\(\)", "Choose one of `scgapi sender-ids list`"),
    (r"(?:see capabilities in|see) sender_ids\.list\(\)", "see `scgapi sender-ids list`"),
    (r"or pass key and secret to AuthInfo to have (it|an expired one) refreshed", r"or give `scgapi login` key and secret to have \1 refreshed"),
    (r"An access token is passed as token: AuthInfo\(token=…\)", "An access token is given as --token"),
    (r"needs the consumer key and secret: AuthInfo\(key=…, secret=…\)", "needs --key and --secret"),
    (r"token_file needs", "a token file needs"),
    (r"AuthInfo: (?:config cannot be a path: )?", ""),
    (r"Choose an earlier scheduled_delivery_time", "Choose an earlier --schedule"),
    (r"or set scheduled_delivery_time", "or use --schedule"),
    (r"Pass from_='sender_id:ID'", "Use --from sender_id:ID"),
    (r"as from_$|as from_(?=\.)", "with --from"),
    (r"Pass a channel", "Use a channel"),
    (r"Split `to` into several requests", "Use fewer --to, and send several times"),
    (r"Check the numbers, contacts and groups in `to`", "Check the numbers, contacts and groups of --to"),
    (r"; see \.errors\b", ""),
    (r"look up with list\(\) whether it was created", "list the objects to see whether it was created"),
    (r"Wait again, with a longer timeout", "It goes on: look again later, or wait with a longer --timeout"),
    (r"Try again, or pass a longer timeout(?: to the client or to with_options\(\))?", "Try again"),
    (r"Check the client's url and prefixes", "Check --url, SCG_URL, or the url of the profile"),
    (r"pass the certificate's issuer as verify= \(a CA file or an ssl\.SSLContext\)", "name a file with the certificate's issuer in SSL_CERT_FILE"),
    (r"; verify= takes an ssl\.SSLContext that accepts (?:other names|the certificate)", ""),
    (r"; paths go into the client's prefixes", ""),
    (r"; help\(\) on the method shows them all", ""),
    (r"pass a target to download it into a file, or a larger max_bytes", "download it into a file, not to stdout"),
    (r"Begin the url with https://", "Begin --url, or SCG_URL, with https://"),
)  # fmt: skip
_PATTERNS = tuple((re.compile(pattern), text) for pattern, text in _WORDING)


def in_command_words(message: str) -> str:
    """Return a message of the client as the command says it: without the operation's name, and with options."""
    text = _OPERATION.sub("", message, count=1) if _OPERATION.match(message) else message
    for pattern, replacement in _PATTERNS:
        text = pattern.sub(replacement, text)
    return text
