"""Mistakes in what catches errors."""

from __future__ import annotations

import scgapi


def caught(scg: scgapi.Client) -> None:
    try:
        scg.contacts.get("id")
    except scgapi.NotFound:  # type: ignore[attr-defined]  # pyright: ignore[reportAttributeAccessIssue, reportUnknownMemberType]
        pass
    except scgapi.RateLimitError as error:
        error.retry_afterr  # type: ignore[attr-defined]  # pyright: ignore[reportAttributeAccessIssue, reportUnknownMemberType]
        error.retry_after + 1  # type: ignore[operator]  # pyright: ignore[reportOptionalOperand, reportUnusedExpression]
        error.status == "429"  # type: ignore[comparison-overlap]  # pyright: ignore[reportUnnecessaryComparison, reportUnusedExpression]
        error.code.upper()  # type: ignore[union-attr]  # pyright: ignore[reportOptionalMemberAccess]
    except scgapi.OutcomeUnknownError as error:
        error.status  # type: ignore[attr-defined]  # pyright: ignore[reportAttributeAccessIssue, reportUnknownMemberType]
        error.external_id.upper()  # type: ignore[union-attr]  # pyright: ignore[reportOptionalMemberAccess]
    except scgapi.ScgError as error:
        error.status_code  # type: ignore[attr-defined]  # pyright: ignore[reportAttributeAccessIssue, reportUnknownMemberType]
        error.body  # type: ignore[attr-defined]  # pyright: ignore[reportAttributeAccessIssue, reportUnknownMemberType]
        outcome: str = error.attempts  # type: ignore[assignment]  # pyright: ignore[reportAssignmentType]
        print(outcome)


def raised() -> None:
    raise scgapi.ApiError("no such thing", status="404")  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType]
