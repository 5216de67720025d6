"""Models of the API's objects and TypedDicts of the keywords of each call, one module per resource."""

from __future__ import annotations

# Annotated, because Jedi evaluates a bare False.
TYPE_CHECKING: bool = False

if TYPE_CHECKING:
    from scgapi.models import access_tokens as access_tokens
    from scgapi.models import application_instances as application_instances
    from scgapi.models import application_scripts as application_scripts
    from scgapi.models import application_sessions as application_sessions
    from scgapi.models import attachments as attachments
    from scgapi.models import auto_alias as auto_alias
    from scgapi.models import bridges as bridges
    from scgapi.models import calls as calls
    from scgapi.models import channels as channels
    from scgapi.models import conference_members as conference_members
    from scgapi.models import conferences as conferences
    from scgapi.models import connectors as connectors
    from scgapi.models import contact_access_tokens as contact_access_tokens
    from scgapi.models import contact_address_history as contact_address_history
    from scgapi.models import contact_address_statuses as contact_address_statuses
    from scgapi.models import contact_application_tokens as contact_application_tokens
    from scgapi.models import contact_exports as contact_exports
    from scgapi.models import contact_groups as contact_groups
    from scgapi.models import contact_imports as contact_imports
    from scgapi.models import contacts as contacts
    from scgapi.models import digits_collectors as digits_collectors
    from scgapi.models import event_service as event_service
    from scgapi.models import fast_access_rules as fast_access_rules
    from scgapi.models import keywords as keywords
    from scgapi.models import message_requests as message_requests
    from scgapi.models import message_templates as message_templates
    from scgapi.models import messages as messages
    from scgapi.models import mfa_applications as mfa_applications
    from scgapi.models import mfa_users as mfa_users
    from scgapi.models import sender_id_classes as sender_id_classes
    from scgapi.models import sender_id_imports as sender_id_imports
    from scgapi.models import sender_id_types as sender_id_types
    from scgapi.models import sender_ids as sender_ids
else:
    from scgapi._exports import EXPORTS
    from scgapi._lazy import attach

    __getattr__, __dir__, __all__ = attach(__name__, EXPORTS[__name__])
