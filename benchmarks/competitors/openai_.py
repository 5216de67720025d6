"""openai's client, by `base_url`; its pager goes by the id of the last item."""

from __future__ import annotations

from benchmarks.competitors._stainless import Generated

COMPETITORS = {"openai": Generated("openai", "OpenAI", "SyncCursorPage", "files").competitor()}
