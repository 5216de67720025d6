"""Tables of a journal: one text for SQLite and PostgreSQL."""

from __future__ import annotations

VERSION = "1"
"""Version of the tables; a journal of another version is refused."""

APPLICATION_ID = 0x53434743
"""Marks an SQLite file as a journal."""

TABLES = (
    """
    CREATE TABLE IF NOT EXISTS scgapi_meta (key TEXT PRIMARY KEY, value TEXT NOT NULL)
    """,
    """
    CREATE TABLE IF NOT EXISTS scgapi_campaigns (
        id {serial}, name TEXT NOT NULL UNIQUE, settings TEXT NOT NULL, control TEXT NOT NULL,
        reason TEXT NOT NULL, errors BIGINT NOT NULL, created DOUBLE PRECISION NOT NULL,
        listed BIGINT NOT NULL DEFAULT 0
    )
    """,
    # listed: 1 once the whole list was added.
    # due: when a send needs attention next: PLANNED, not before; INTENT or PREPARED with an owner, the end of the
    # lease; without an owner, the next look-up. In other states, when it entered the state.
    # send: the first recipient of the request that this one is part of; NULL also once the others have parted from it.
    # again: how often a person had it sent again after the gateway had taken a request and its text failed.
    """
    CREATE TABLE IF NOT EXISTS scgapi_recipients (
        id {serial}, campaign BIGINT NOT NULL, address TEXT NOT NULL, fields TEXT NOT NULL, time_zones TEXT NOT NULL,
        line BIGINT NOT NULL, state TEXT NOT NULL DEFAULT 'PLANNED', send BIGINT, attempt BIGINT NOT NULL DEFAULT 0,
        owner TEXT NOT NULL DEFAULT '', due DOUBLE PRECISION NOT NULL DEFAULT 0, tries BIGINT NOT NULL DEFAULT 0,
        looks BIGINT NOT NULL DEFAULT 0, request_id TEXT, code TEXT NOT NULL DEFAULT '',
        error TEXT NOT NULL DEFAULT '', changed DOUBLE PRECISION NOT NULL DEFAULT 0, again BIGINT NOT NULL DEFAULT 0,
        UNIQUE (campaign, address)
    )
    """,
    "CREATE INDEX IF NOT EXISTS scgapi_recipients_due ON scgapi_recipients (campaign, state, due)",
    """
    CREATE INDEX IF NOT EXISTS scgapi_recipients_request ON scgapi_recipients (request_id)
    WHERE request_id IS NOT NULL
    """,
    "CREATE INDEX IF NOT EXISTS scgapi_recipients_batch ON scgapi_recipients (send) WHERE send <> id",
    """
    CREATE TABLE IF NOT EXISTS scgapi_set_aside (
        campaign BIGINT NOT NULL, line BIGINT NOT NULL, address TEXT NOT NULL, state TEXT NOT NULL,
        reason TEXT NOT NULL, PRIMARY KEY (campaign, line)
    )
    """,
    # token: of the one task that may work in the slot; due: when another may.
    """
    CREATE TABLE IF NOT EXISTS scgapi_workers (
        campaign BIGINT NOT NULL, slot BIGINT NOT NULL, token TEXT NOT NULL, due DOUBLE PRECISION NOT NULL,
        PRIMARY KEY (campaign, slot)
    )
    """,
    # next: when the next request of the sender may go; slowness: the factor that refusals have put on its pace.
    """
    CREATE TABLE IF NOT EXISTS scgapi_rates (
        sender TEXT PRIMARY KEY, next DOUBLE PRECISION NOT NULL, slowness DOUBLE PRECISION NOT NULL,
        since DOUBLE PRECISION NOT NULL
    )
    """,
)
