"""What every account finds: the guide's sender ids, their classes and types, and the reserved keywords."""

from __future__ import annotations

from scgapi.sandbox.families.keywords import seed_keywords
from scgapi.sandbox.families.sender_ids import CLASSES, SENDER_IDS, TYPES
from scgapi.sandbox.store import Document
from scgapi.sandbox.world import World

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


def seed(world: World) -> None:
    """Fill an empty world."""
    for key, text in _CLASSES.items():
        CLASSES.rows(world).add(_sender_class(key, text), id=key)
    for key, capabilities in _TYPES.items():
        TYPES.rows(world).add(_sender_type(key, capabilities), id=key)
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
        SENDER_IDS.rows(world).add({**row, **differences})
    seed_keywords(world)


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
