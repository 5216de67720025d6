"""telnyx's client, by `base_url`; its pager goes by page numbers."""

from __future__ import annotations

from benchmarks.competitors._stainless import Generated

COMPETITORS = {"telnyx": Generated("telnyx", "Telnyx", "SyncDefaultFlatPagination", "messages").competitor()}
