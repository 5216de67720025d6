"""A journal that is copied, restored, moved, linked or deleted: nobody is texted twice, and nobody forgotten."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import replace
from pathlib import Path

import pytest

from scgapi.campaigns import Campaign, Recipients
from scgapi.campaigns.engine.rules import Mode, Rules
from scgapi.errors import CampaignHaltedError, JournalError
from tests.both_clients import CLIENT_KINDS, ClientKind
from tests.campaigns.loopback import Running, running
from tests.campaigns.running import run

COUNT = 40
MODES: tuple[Mode, ...] = ("verified", "two_phase")

Make = Callable[..., Campaign]


class ShortCampaign(Campaign):
    """A campaign that settles doubts soon."""

    def _rules(self, in_flight: int) -> Rules:
        return replace(
            super()._rules(in_flight), request_timeout=1.0, lease=2.0, quarantine=0.4, second_look=0.2
        )


@pytest.fixture
def make(tmp_path: Path) -> Iterator[Make]:
    """Makes a campaign with its journal at a path."""
    made: list[Campaign] = []

    def one(path: str | Path = "campaigns.db", mode: Mode = "verified", batch: int = 1) -> Campaign:
        made.append(
            ShortCampaign(
                "sale",
                sender="155528999",
                body="Hi",
                recipients=Recipients.rows([f"+1212555{number:04}" for number in range(COUNT)]),
                rate=100,
                journal=tmp_path / path,
                mode=mode,
                batch=batch,
                check_opt_outs=False,
                in_flight=2,
            )
        )
        return made[-1]

    yield one
    for campaign in made:
        campaign.close()


@pytest.fixture
def gateway() -> Iterator[Running]:
    with running(seed=1, latency=0.05) as found:
        yield found


def sent(gateway: Running) -> int:
    return sum(gateway.sent.values())


def check(campaign: Campaign, gateway: Running) -> None:
    assert campaign.status().states == {"ACCEPTED": COUNT}
    assert set(gateway.sent.values()) == {1}
    assert len(gateway.sent) == COUNT


def copied(folder: Path, to: Path) -> None:
    shutil.rmtree(to, ignore_errors=True)
    to.mkdir()
    for path in folder.glob("campaigns.db*"):
        shutil.copy(path, to / path.name)


@pytest.mark.parametrize("is_running", [True, False])
@pytest.mark.parametrize("batch", [1, 4])
@pytest.mark.parametrize("mode", MODES)
@pytest.mark.parametrize("kind", CLIENT_KINDS)
def test_a_backup_that_is_put_back_with_its_mark_halts_the_campaign(
    kind: ClientKind, mode: Mode, batch: int, is_running: bool, make: Make, gateway: Running, tmp_path: Path
) -> None:
    campaign = make(mode=mode, batch=batch)
    run(kind, campaign, gateway, until=lambda: sent(gateway) >= COUNT // 4)
    if not is_running:
        copied(tmp_path, tmp_path / "backup")
        run(kind, campaign, gateway)
    else:
        run(kind, campaign, gateway, meanwhile=lambda: copied(tmp_path, tmp_path / "backup"))
    campaign.close()
    for path in tmp_path.glob("campaigns.db*"):
        path.unlink()
    for path in (tmp_path / "backup").iterdir():
        shutil.copy(path, tmp_path)
    restored = make(mode=mode, batch=batch)
    # A copy whose files are not of the same moment has lost its end, and is known as such by itself.
    with (
        suppress(CampaignHaltedError)
        if is_running
        else pytest.raises(CampaignHaltedError, match=r"call recover\(\)")
    ):
        run(kind, restored, gateway)
    assert set(gateway.sent.values()) == {1}
    restored.recover()
    run(kind, restored, gateway)
    assert set(gateway.sent.values()) == {1}
    # What may have shared a request with others is left to a person.
    assert set(restored.status().states) <= ({"ACCEPTED"} if batch == 1 else {"ACCEPTED", "IN_DOUBT"})


@pytest.mark.parametrize("mode", MODES)
@pytest.mark.parametrize("kind", CLIENT_KINDS)
def test_a_copy_of_a_journal_that_was_begun_halts_when_the_other_has_gone_on(
    kind: ClientKind, mode: Mode, make: Make, gateway: Running, tmp_path: Path
) -> None:
    campaign = make(mode=mode)
    run(kind, campaign, gateway, until=lambda: sent(gateway) >= COUNT // 4)
    copied(tmp_path, tmp_path / "copy")
    run(kind, campaign, gateway, until=lambda: sent(gateway) >= COUNT // 2)
    other = make("copy/campaigns.db", mode)
    with pytest.raises(CampaignHaltedError, match=r"call recover\(\)"):
        run(kind, other, gateway)
    run(kind, campaign, gateway)
    check(campaign, gateway)


def test_a_link_to_a_journal_is_the_journal(make: Make, gateway: Running, tmp_path: Path) -> None:
    campaign = make()
    run("sync", campaign, gateway, until=lambda: sent(gateway) >= COUNT // 4)
    campaign.close()
    (tmp_path / "links").mkdir()
    (tmp_path / "links" / "campaigns.db").symlink_to(tmp_path / "campaigns.db")
    linked = make("links/campaigns.db")
    # No recipient has to be looked up because a mark is not found beside the link.
    assert linked.status().sending == 0
    run("sync", linked, gateway, until=lambda: sent(gateway) >= COUNT // 2)
    linked.close()
    assert [path.name for path in (tmp_path / "links").iterdir()] == ["campaigns.db"]
    assert campaign.status().sending == 0
    run("sync", campaign, gateway)
    check(campaign, gateway)


def test_a_journal_that_has_two_names_is_refused(make: Make, gateway: Running, tmp_path: Path) -> None:
    campaign = make()
    run("sync", campaign, gateway, until=lambda: sent(gateway) >= COUNT // 4)
    (tmp_path / "other.db").hardlink_to(tmp_path / "campaigns.db")
    for path in ("campaigns.db", "other.db"):
        with pytest.raises(JournalError, match="2 names"):
            run("sync", make(path), gateway)
    (tmp_path / "other.db").unlink()
    run("sync", campaign, gateway)
    check(campaign, gateway)


@pytest.mark.parametrize("mode", MODES)
@pytest.mark.parametrize("kind", CLIENT_KINDS)
@pytest.mark.parametrize("name", ["campaigns.db", "campaigns.db-wal", "campaigns.db-mark"])
def test_a_run_whose_file_is_taken_away_ends_and_the_next_one_accounts_for_all(
    name: str,
    kind: ClientKind,
    mode: Mode,
    make: Make,
    gateway: Running,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("scgapi.campaigns.journal.sqlite.FIRST_LOOK_UP_DELAY_SECONDS", 0.4)
    campaign = make(mode=mode)

    def take_away() -> None:
        (tmp_path / name).rename(tmp_path / "taken")

    with pytest.raises(JournalError, match="moved, replaced or deleted"):
        run(kind, campaign, gateway, when=lambda: sent(gateway) >= COUNT // 4, meanwhile=take_away)
    assert sent(gateway) < COUNT
    campaign.close()
    if name.endswith(".db"):
        (tmp_path / "taken").rename(tmp_path / name)
    with suppress(CampaignHaltedError):
        run(kind, campaign, gateway)
    campaign.recover()
    run(kind, campaign, gateway)
    check(campaign, gateway)


@pytest.mark.parametrize("mode", MODES)
@pytest.mark.parametrize("kind", CLIENT_KINDS)
def test_a_run_whose_journal_is_deleted_ends_and_a_new_one_halts(
    kind: ClientKind, mode: Mode, make: Make, gateway: Running, tmp_path: Path
) -> None:
    campaign = make(mode=mode)

    def delete() -> None:
        for path in tmp_path.glob("campaigns.db*"):
            path.unlink()

    with pytest.raises(JournalError, match="moved, replaced or deleted"):
        run(kind, campaign, gateway, when=lambda: sent(gateway) >= COUNT // 4, meanwhile=delete)
    campaign.close()
    anew = make(mode=mode)
    with pytest.raises(CampaignHaltedError, match=r"call recover\(\)"):
        run(kind, anew, gateway)
    anew.recover()
    run(kind, anew, gateway)
    check(anew, gateway)


@pytest.mark.parametrize("mode", MODES)
@pytest.mark.parametrize("kind", CLIENT_KINDS)
def test_a_backup_that_is_written_over_a_journal_in_use_makes_nobody_get_two_texts(
    kind: ClientKind,
    mode: Mode,
    make: Make,
    gateway: Running,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("scgapi.campaigns.journal.sqlite.FIRST_LOOK_UP_DELAY_SECONDS", 0.4)
    # Most pages of a long list are read anew.
    monkeypatch.setattr("scgapi.campaigns.journal.sqlite._CACHE_KIB", 1)
    campaign = make(mode=mode)
    run(kind, campaign, gateway, until=lambda: sent(gateway) >= COUNT // 4)
    campaign.close()
    backup = tmp_path / "backup"
    backup.write_bytes((tmp_path / "campaigns.db").read_bytes())

    def write_over() -> None:
        # All that was logged since is in the file by now, and lost with it.
        campaign._process_journal.get()._database.run("PRAGMA wal_checkpoint(RESTART)")
        (tmp_path / "campaigns.db").write_bytes(backup.read_bytes())

    with suppress(JournalError, CampaignHaltedError):
        run(kind, campaign, gateway, when=lambda: sent(gateway) >= COUNT // 2, meanwhile=write_over)
    assert set(gateway.sent.values()) == {1}
    campaign.close()
    with suppress(JournalError, CampaignHaltedError):
        run(kind, campaign, gateway)
        campaign.recover()
        run(kind, campaign, gateway)
    assert set(gateway.sent.values()) == {1}
