"""Errors of the API: a status, a code of the published catalogue and a description."""

from __future__ import annotations


class GatewayError(Exception):
    """An error that is sent as the response."""

    def __init__(self, status: int, code: str, description: str) -> None:
        super().__init__(f"{status} {code}: {description}")
        self.status = status
        self.code = code
        self.description = description

    @property
    def body(self) -> dict[str, object]:
        """JSON body of the response. The token service has its own format."""
        return {"error_code": self.code, "error_description": self.description}


def missing(name: str) -> GatewayError:
    """Return the error for a required field that is absent or null."""
    return GatewayError(400, "SCG_ERROR_4001", f"Required parameter {name} missing or is null")


def wrong_type(name: str, *, required: bool = False) -> GatewayError:
    """Return the error for a field of a wrong type."""
    kind, code = ("Required", "SCG_ERROR_4002") if required else ("Optional", "SCG_ERROR_4003")
    return GatewayError(400, code, f"{kind} parameter {name} data type/format is incorrect")


def invalid(name: str, reason: str = "") -> GatewayError:
    """Return the error for a field or filter with a value that is not allowed."""
    return GatewayError(400, "SCG_ERROR_4004", f"Invalid parameter {name} defined{reason and f': {reason}'}")


def unrecognized(names: list[str]) -> GatewayError:
    """Return the error for fields that the operation does not take."""
    return GatewayError(400, "SCG_ERROR_40020", f"Unrecognized option(s): {', '.join(names)}")


def invalid_payload(reason: str) -> GatewayError:
    """Return the error for a body that is not a JSON object."""
    return GatewayError(400, "SCG_ERROR_40025", f"Invalid payload: {reason}")


def unauthorized() -> GatewayError:
    """Return the error for a missing, expired or unknown token."""
    return GatewayError(401, "401", "Unauthorized - Provided authentication data is invalid or insufficient")


def not_found(what: str) -> GatewayError:
    """Return the error for an id that does not exist."""
    return GatewayError(404, "404", f"Requested resource not found: {what}")


def stale() -> GatewayError:
    """Return the error for an update of a version that is not the current one."""
    return GatewayError(
        409, "1001", "Stale data - Concurrent resource update. Refresh the resource and retry."
    )


def not_unique(name: str) -> GatewayError:
    """Return the error for a value that another object already has."""
    return GatewayError(409, "1011", f"Unique key constraint violated: {name}")
