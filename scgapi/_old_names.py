"""Replacements of names of the 2017 SDK that this package does not have.

Loaded only after an access to a name or module that does not exist.
"""

from __future__ import annotations

from scgapi._exports import EXPORTS

# Replacements of attributes of the package.
ATTRIBUTES = {
    "ApiCallFailedError": "catch scgapi.ScgError (or scgapi.PartialFailureError, where a part was done)",
    "HttpRequestError": "catch scgapi.ScgError (or a subclass, such as scgapi.NotFoundError)",
    "ImmutableObjectError": "catch scgapi.InvalidArgumentError",
    "Keywords": "write scgapi.Keyword",
    "Log": "use logging.getLogger('scgapi') or scgapi.Scg(log=True)",
    "ObjBase": "annotate with a class of scgapi, or with one of scgapi.types",
    "ResourceBase": "annotate with one of the resource classes of scgapi.types",
    "ResourceImpl": "annotate with one of the resource classes of scgapi.types",
    "ScgapiException": "catch scgapi.ScgError",
    "Session": "write scgapi.Client",
}

# Replacements of modules whose class has another name now. All others are named after their class.
MODULES = {
    "Events": "write 'from scgapi import events': an events.Receiver takes the place of EventsListener",
    "Keywords": "write 'from scgapi import Keyword'",
    "Session": "write 'from scgapi import Client'",
}


def suggest_for_attribute(name: str) -> str | None:
    """Return the replacement of an attribute of the 2017 SDK, or None."""
    return ATTRIBUTES.get(name)


def suggest_for_module(name: str) -> str | None:
    """Return the replacement of a module of the 2017 SDK, or None."""
    if name in MODULES:
        return MODULES[name]
    if name in ATTRIBUTES:
        return ATTRIBUTES[name]
    module = EXPORTS["scgapi"].get(name)
    if module is None or module == f"scgapi.{name}":
        return None
    return (
        f"{name} is a name in scgapi: write 'from scgapi import {name}', or 'import scgapi' and scgapi.{name}"
    )
