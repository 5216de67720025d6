"""A pytest plugin: httpx's successor takes httpx's place before anything imports it."""

import httpx2

httpx2.alias_httpx()
