"""What the gateway refuses with: a status, a code of the catalogue and its text."""

from __future__ import annotations


class GatewayError(Exception):
    """A refusal, as the wire has it."""

    def __init__(self, status: int, code: str, description: str) -> None:
        super().__init__(f"{status} {code}: {description}")
        self.status = status
        self.code = code
        self.description = description

    @property
    def body(self) -> dict[str, object]:
        """The envelope of every refusal but the token service's."""
        return {"error_code": self.code, "error_description": self.description}


def missing(name: str) -> GatewayError:
    """A required field is absent or null."""
    return GatewayError(400, "SCG_ERROR_4001", f"Required parameter {name} missing or is null")


def wrong_type(name: str, *, required: bool = False) -> GatewayError:
    """A field is of a wrong type."""
    kind, code = ("Required", "SCG_ERROR_4002") if required else ("Optional", "SCG_ERROR_4003")
    return GatewayError(400, code, f"{kind} parameter {name} data type/format is incorrect")


def invalid(name: str, reason: str = "") -> GatewayError:
    """A field or a filter that cannot be what it is."""
    return GatewayError(400, "SCG_ERROR_4004", f"Invalid parameter {name} defined{reason and f': {reason}'}")


def unrecognized(names: list[str]) -> GatewayError:
    """Fields that the operation does not take."""
    return GatewayError(400, "SCG_ERROR_40020", f"Unrecognized option(s): {', '.join(names)}")


def invalid_payload(reason: str) -> GatewayError:
    """A body that is no JSON object."""
    return GatewayError(400, "SCG_ERROR_40025", f"Invalid payload: {reason}")


def unauthorized() -> GatewayError:
    """No token, or one that is not good any more."""
    return GatewayError(401, "401", "Unauthorized - Provided authentication data is invalid or insufficient")


def not_found(what: str) -> GatewayError:
    """Nothing has that id."""
    return GatewayError(404, "404", f"Requested resource not found: {what}")


def stale() -> GatewayError:
    """The version that is to be changed is not the current one."""
    return GatewayError(
        409, "1001", "Stale data - Concurrent resource update. Refresh the resource and retry."
    )


def not_unique(name: str) -> GatewayError:
    """Another object holds that value already."""
    return GatewayError(409, "1011", f"Unique key constraint violated: {name}")
