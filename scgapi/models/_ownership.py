"""Ownership of a sender id, which message templates have, too."""

from __future__ import annotations

from typing import Literal

SenderIdOwnership = Literal["PRIVATE", "SHARED", "PREPROVISIONED", "PURCHASED"] | str
"""Ownership of a short code.

PRIVATE: one company's own. SHARED: Syniverse's, used by several companies. PREPROVISIONED: Syniverse's, for a company to
select. PURCHASED: a preprovisioned one that a company has selected.
"""
