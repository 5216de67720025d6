"""Campaigns: one text to everybody on a list, each recipient once.

Everything loads on first use.
"""

from __future__ import annotations

# Annotated, because Jedi evaluates a bare False.
TYPE_CHECKING: bool = False

if TYPE_CHECKING:
    from scgapi.campaigns.campaign import Campaign as Campaign
    from scgapi.campaigns.engine.hours import AllowedHours as AllowedHours
    from scgapi.campaigns.engine.progress import Progress as Progress
    from scgapi.campaigns.following.receipts import Receipts as Receipts
    from scgapi.campaigns.journal.rows import ReportRow as ReportRow
    from scgapi.campaigns.planning.plan import EmptyField as EmptyField
    from scgapi.campaigns.planning.plan import Plan as Plan
    from scgapi.campaigns.planning.plan import StrayCharacter as StrayCharacter
    from scgapi.campaigns.planning.preview import Preview as Preview
    from scgapi.campaigns.recipients.recipient import Recipient as Recipient
    from scgapi.campaigns.recipients.recipient import SetAside as SetAside
    from scgapi.campaigns.recipients.recipients import Recipients as Recipients
    from scgapi.campaigns.reporting.display import ProgressBar as ProgressBar
    from scgapi.campaigns.reporting.report import Report as Report
    from scgapi.campaigns.reporting.status import Status as Status
    from scgapi.campaigns.text.characters import plain_text as plain_text
else:
    from scgapi._exports import EXPORTS
    from scgapi._lazy import attach

    __getattr__, __dir__, __all__ = attach(__name__, EXPORTS[__name__])
