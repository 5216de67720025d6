"""A pytest plugin that replaces httpx by httpx2 before anything imports it."""

import httpx2

httpx2.alias_httpx()
