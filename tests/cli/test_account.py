"""Credentials: which source wins, where they are written, and what a command says without any."""

from __future__ import annotations

import json
import sys
import tomllib
from pathlib import Path

import pytest

import scgapi
from scgapi.cli.profiles import read_profiles, write_profile
from scgapi.sandbox import Sandbox
from tests.cli.conftest import Run


def write_auth(path: Path, gateway: Sandbox, **changes: str) -> None:
    path.write_text(json.dumps({"token": gateway.auth.token, "url": gateway.url, **changes}))


def test_without_credentials_it_says_what_to_do(away: Run) -> None:
    done = away("messages", "list")
    assert (done.status, done.out) == (4, "")
    assert "scgapi login" in done.err
    assert "--sandbox" in done.err


def test_the_sources_win_in_their_order(away: Run, gateway: Sandbox, tmp_path: Path) -> None:
    write_profile(tmp_path / "config/scgapi/profiles.toml", "default", {"token": "p" * 16})
    write_profile(tmp_path / "config/scgapi/profiles.toml", "other", {"token": "o" * 16})
    assert away("whoami").row["source"] == "profile"
    write_auth(tmp_path / "auth.json", gateway)
    assert away("whoami").row["source"] == "auth.json"
    assert away("whoami", SCG_URL=gateway.url).row["source"] == "running sandbox"
    assert away("whoami", SCG_TOKEN="e" * 16, SCG_URL=gateway.url).row == {
        "source": "environment",
        "place": "SCG_TOKEN",
        "url": gateway.url,
        "token": "…eeee",
        "can_refresh": False,
    }
    named = away("whoami", "--profile", "other", SCG_TOKEN="e" * 16).row
    assert (named["source"], named["token"]) == ("profile", "…oooo")
    assert away("whoami", "--token", "f" * 16, "--profile", "other").row["source"] == "flags"


def test_each_source_works(away: Run, gateway: Sandbox, tmp_path: Path) -> None:
    token = str(gateway.auth.token)
    write_auth(tmp_path / "auth.json", gateway)
    assert away("contacts", "list").status == 0
    assert away("contacts", "list", "--auth-file", "auth.json").status == 0
    (tmp_path / "auth.json").unlink()
    assert away("contacts", "list", "--token", token, "--url", gateway.url).status == 0
    proxied = {"http_proxy": "http://127.0.0.1:9", "SCG_TOKEN": token, "SCG_URL": gateway.url}
    assert away("contacts", "list", **proxied).status == 0
    assert away("contacts", "list", "--sandbox", SCG_TOKEN="wrong", SCG_URL=gateway.url).status == 0


def test_a_sandbox_of_its_own_ends_with_the_command(away: Run) -> None:
    done = away("sender-ids", "list", "--sandbox")
    assert done.status == 0
    assert len(done.rows) == 7
    assert done.err == "a sandbox for this command alone: nothing leaves this machine\n"


def test_a_wrong_token_is_told_apart(away: Run, gateway: Sandbox) -> None:
    done = away("contacts", "list", "--token", "wrong", "--url", gateway.url)
    assert (done.status, done.out) == (4, "")
    told = away("contacts", "list", "--token", "wrong", "--url", gateway.url, "-o", "json")
    error = json.loads(told.err)["error"]
    assert (error["type"], error["exit_status"], error["status"]) == ("AuthenticationError", 4, 401)


def test_nothing_listens_where_scg_url_leads(away: Run) -> None:
    for variables in ({}, {"SCG_TOKEN": "t"}):
        done = away("contacts", "list", SCG_URL="http://127.0.0.1:9", **variables)
        assert done.status == 1
        assert "127.0.0.1:9" in done.err
        assert "Start a sandbox there: `scgapi sandbox --port 9`" in done.err
    assert away("contacts", "list", "--sandbox", SCG_URL="http://127.0.0.1:9").status == 1


@pytest.mark.parametrize("url", ["127.0.0.1:8080", "http:/host", "http://host/path", "ftp://host"])
def test_a_malformed_url_is_wrong_usage(away: Run, url: str) -> None:
    for done in (
        away("contacts", "list", SCG_URL=url),
        away("contacts", "list", "--url", url),
        away("whoami", "--token", "t", "--url", url),
        away("contacts", "list", "--sandbox", SCG_URL=url),
        away("contacts", "list", SCG_URL=url, SCG_TOKEN="t"),
        away("login", "--token", "t", "--url", url),
    ):
        assert done.status == 2
        assert "must be a scheme and a host, such as" in done.err


def test_login_writes_a_profile_that_works(away: Run, gateway: Sandbox, tmp_path: Path) -> None:
    auth = gateway.auth
    done = away(
        "login", "--key", str(auth.key), "--secret", str(auth.secret), "--token", "expired",
        "--url", gateway.url, "--profile", "work",
    )  # fmt: skip
    assert (done.status, done.out) == (0, "")
    path = tmp_path / "config/scgapi/profiles.toml"
    assert str(path) in done.err
    # The check has refreshed the token: the next command uses the new one, and refreshes nothing.
    refreshed = gateway.gateway.token
    assert away("contacts", "list", "--profile", "work").status == 0
    assert gateway.gateway.token == refreshed
    if sys.platform != "win32":
        assert {file.stat().st_mode & 0o077 for file in path.parent.iterdir()} == {0}
    assert tomllib.loads(path.read_text())["work"]["url"] == gateway.url


def test_login_saves_nothing_that_is_refused(away: Run, gateway: Sandbox, tmp_path: Path) -> None:
    assert away("login", "--token", "wrong", "--url", gateway.url).status == 4
    assert not (tmp_path / "config/scgapi/profiles.toml").exists()
    assert away("login", "--token", "wrong", "--url", gateway.url, "--no-check").status == 0
    assert away("login").status == 2


def test_an_unknown_profile_names_those_that_are_there(away: Run, tmp_path: Path) -> None:
    write_profile(tmp_path / "config/scgapi/profiles.toml", "work", {"token": "t"})
    done = away("contacts", "list", "--profile", "wrok")
    assert done.status == 4
    assert "there are work" in done.err


def test_other_profiles_stay_and_odd_characters_survive(tmp_path: Path) -> None:
    path = tmp_path / "scgapi" / "profiles.toml"
    odd = 'a"\\b\tü\x7f\u2028😀'
    write_profile(path, "one", {"token": odd})
    write_profile(path, "two", {"token": "t"})
    assert read_profiles(path) == {"one": {"token": odd}, "two": {"token": "t"}}


@pytest.mark.parametrize(
    "content",
    [
        '[default]\ntoken = "secret-part',
        "[default]\ntoken = 1",
        'default = "x"',
        '[default]\nuser = "x"',
        '["a b"]',
    ],
)
def test_a_malformed_file_is_refused_without_its_secrets(tmp_path: Path, content: str) -> None:
    path = tmp_path / "profiles.toml"
    path.write_text(content)
    with pytest.raises(scgapi.ConfigurationError) as caught:
        read_profiles(path)
    assert "secret-part" not in str(caught.value)


def test_secrets_are_not_printed(run: Run, gateway: Sandbox) -> None:
    auth = gateway.auth
    for done in (run("whoami"), run("doctor"), run("contacts", "list", "--debug")):
        for secret in (auth.key, auth.secret, auth.token):
            assert str(secret) not in done.out + done.err


def test_a_sandbox_wins_over_all_that_reaches_people(away: Run, gateway: Sandbox) -> None:
    done = away("whoami", "--sandbox", "--token", "real", "--profile", "real", SCG_URL=gateway.url)
    assert done.row["source"] == "running sandbox"
    elsewhere = away("contacts", "list", "--sandbox", SCG_TOKEN="real", SCG_URL=f"{gateway.url}/")
    assert elsewhere.status == 0


@pytest.mark.skipif(sys.platform == "win32", reason="files have no such modes")
def test_a_file_that_others_can_read_is_told(away: Run, gateway: Sandbox, tmp_path: Path) -> None:
    path = tmp_path / "config/scgapi/profiles.toml"
    write_profile(path, "default", {"token": str(gateway.auth.token), "url": gateway.url})
    assert away("contacts", "list").err == ""
    path.chmod(0o644)
    assert "chmod 600" in away("contacts", "list").err
