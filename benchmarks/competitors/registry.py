"""All competitors by name. Importing this imports none of the clients."""

from __future__ import annotations

from benchmarks.competitors import (
    aiohttp_,
    httpx_,
    openai_,
    pyreqwest_,
    requests_,
    scgapi_,
    stripe_,
    telnyx_,
    twilio_,
)

COMPETITORS = (
    scgapi_.COMPETITORS
    | httpx_.COMPETITORS
    | aiohttp_.COMPETITORS
    | pyreqwest_.COMPETITORS
    | requests_.COMPETITORS
    | openai_.COMPETITORS
    | telnyx_.COMPETITORS
    | stripe_.COMPETITORS
    | twilio_.COMPETITORS
)
