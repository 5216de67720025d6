"""Initial objects of every account: sender ids, their classes and types, reserved keywords, and a history entry."""

from __future__ import annotations

from scgapi.sandbox.handlers.contact_address_statuses import HISTORY
from scgapi.sandbox.handlers.keywords import add_reserved_keywords
from scgapi.sandbox.handlers.sender_ids import CLASSES, SENDER_IDS, TYPES
from scgapi.sandbox.state.account import Account
from scgapi.sandbox.state.store import Document

_CLASSES = {
    "COMMERCIAL": "Commercial traffic",
    "ENTERPRISE": "Traffic of enterprises to their own people",
    "TRIAL": "Low throughput, for trials",
}
_TYPES = {
    "SHORTCODE": ["SMS", "MMS"],
    "LONGCODE": ["SMS", "MMS", "VOICE"],
    "TOLLFREE": ["SMS", "VOICE"],
    "EMAIL": ["EMAIL"],
    "PUSH": ["PSH"],
    "FACEBOOK": ["FACEBOOK"],
    "WECHAT": ["WECHAT"],
    "WHATSAPP": ["WHATSAPP"],
}


def seed(account: Account) -> None:
    """Fill an empty account."""
    for key, text in _CLASSES.items():
        CLASSES.rows(account).add(_sender_class(key, text), id=key)
    for key, capabilities in _TYPES.items():
        TYPES.rows(account).add(_sender_type(key, capabilities), id=key)
    # The first four are those that the guide's first program prints, in its order.
    for name, address, type_id, capabilities, differences in (
        ("Voice one", "+15552223561", "LONGCODE", ["VOICE"], {}),
        ("Voice two", "+15552460009", "LONGCODE", ["VOICE"], {}),
        ("Texts", "15555551122", "LONGCODE", ["SMS"], {}),
        ("Pictures", "155528999", "SHORTCODE", ["MMS", "SMS"], {}),
        ("Retired", "15555550100", "LONGCODE", ["SMS"], {"state": "INACTIVE"}),
        ("Trial", "+18005550199", "TOLLFREE", ["SMS", "VOICE"], {"class_id": "TRIAL"}),
        ("For sale", "155528998", "SHORTCODE", ["SMS", "MMS"], {"class_id": "ENTERPRISE", **_FOR_SALE}),
    ):
        row = _sender_id(name, address, type_id, capabilities)
        SENDER_IDS.rows(account).add({**row, **differences})
    add_reserved_keywords(account)
    _seed_history(account)


def _seed_history(account: Account) -> None:
    """Add the history of an address that opted in: clients cannot add to the history directly."""
    sender = next(row for row in SENDER_IDS.rows(account).rows() if row["name"] == "Texts")
    opted_in: Document = {
        "msisdn": "+15555550142",
        "sender_id": sender["id"],
        "source": "MESSAGE",
        "status": "OPTIN",
        "timestamp": account.now(),
        "message": "Start",
        "keyword": "START",
    }
    HISTORY.rows(account).add(opted_in)


_FOR_SALE: dict[str, str] = {"ownership": "PREPROVISIONED"}


def _sender_id(name: str, address: str, type_id: str, capabilities: list[str]) -> Document:
    return {
        "name": name,
        "address": address,
        "class_id": "COMMERCIAL",
        "type_id": type_id,
        "country": "USA",
        "capabilities": capabilities,
        "state": "ACTIVE",
        "ownership": "PRIVATE",
        "consent_managed_by": "USER",
        "check_white_list": False,
        "message_templates": [],
    }


def _sender_class(key: str, text: str) -> Document:
    return {
        "name": key,
        "description": text,
        "designation": "MESSAGING",
        "applicable_countries": ["USA", "CAN"],
        "country_peak_throughput": "100",
        "country_peak_total_throughput": "1000",
        "country_daily_throughput": "1000000",
        "delivery_window": '{"DEFAULT": {"OTH": "00:00-24:00"}}',
    }


def _sender_type(key: str, capabilities: list[str]) -> Document:
    return {
        "name": key,
        "description": f"Sender ids of type {key}",
        "capabilities": capabilities,
        "allowed_mime_types": ["image/jpeg", "image/png", "video/mp4"] if "MMS" in capabilities else [],
        "blocked_mime_types": [],
        "gateway_id": f"{key.lower()}-gateway",
        "credential_parameter_list": [],
    }
