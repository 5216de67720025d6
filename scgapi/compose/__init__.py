"""Helpers to write messages: addresses, template bodies, rich messages and segment counts."""

from __future__ import annotations

# Annotated, because Jedi evaluates a bare False.
TYPE_CHECKING: bool = False

if TYPE_CHECKING:
    from scgapi.compose import addresses as addresses
    from scgapi.compose import rcs as rcs
    from scgapi.compose import segments as segments
    from scgapi.compose import templates as templates
else:
    from scgapi._exports import EXPORTS
    from scgapi._lazy import attach

    __getattr__, __dir__, __all__ = attach(__name__, EXPORTS[__name__])
