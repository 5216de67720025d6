"""`scgapi.types`, signatures and mocks: what a program may name, read and replace."""

from __future__ import annotations

import ast
import asyncio
import inspect
import pydoc
import re
from importlib import import_module
from pathlib import Path
from unittest.mock import create_autospec

import pytest

import scgapi
from scgapi._exports import EXPORTS

MODELS = Path(scgapi.__file__ or "").parent / "models"
INTERNAL = {"HiddenValue", "Part", "Model", "ResourceModel", "Versioned", "Id", "Date"}


def public_names_of_models() -> set[str]:
    names: set[str] = set()
    for path in MODELS.glob("*.py"):
        for node in ast.parse(path.read_text()).body:
            match node:
                case ast.ClassDef(name=name):
                    names.add(name)
                case ast.Assign(targets=[ast.Name(id=name)]) | ast.AnnAssign(target=ast.Name(id=name)):
                    names.add(name)
                case _:
                    pass
    return {name for name in names if name[0].isupper() and not name.isupper()} - INTERNAL


def test_every_keyword_dict_alias_and_literal_of_the_models_can_be_named() -> None:
    assert public_names_of_models() <= {*EXPORTS["scgapi.types"], *EXPORTS["scgapi"]}


def test_every_resource_can_be_named() -> None:
    for client in ("scgapi._sync.client", "scgapi._async.client"):
        resources = {name for name, home in EXPORTS[client].items() if ".resources." in home}
        assert resources <= set(EXPORTS["scgapi.types"])


def test_every_name_loads() -> None:
    for name in EXPORTS["scgapi.types"]:
        assert getattr(scgapi.types, name) is not None


@pytest.mark.parametrize("client", [scgapi.Client, scgapi.AsyncClient])
def test_signatures_name_the_keywords(client: type[scgapi.Client] | type[scgapi.AsyncClient]) -> None:
    signature = inspect.signature(client.message_requests.create)
    assert {"from_", "to", "body", "attachments", "external_id"} <= signature.parameters.keys()
    assert signature.parameters["to"].default is inspect.Parameter.empty
    assert "body: 'str | None' = ..." in str(signature)
    assert {"state", "limit"} <= inspect.signature(client.messages.list).parameters.keys()
    assert "last_name" in inspect.signature(client.contacts.update).parameters
    assert "last_name" in inspect.signature(client.contacts.create).replace().parameters


def test_no_public_method_hides_its_keywords() -> None:
    for module in ("scgapi", "scgapi.types"):
        for name, home in EXPORTS[module].items():
            if ".resources." not in home:
                continue
            owner: object = getattr(import_module(home), name)
            for attribute, function in inspect.getmembers(owner, inspect.isfunction):
                if not attribute.startswith("_") and function.__module__ == home:
                    kinds = {parameter.kind for parameter in inspect.signature(function).parameters.values()}
                    assert inspect.Parameter.VAR_KEYWORD not in kinds, f"{name}.{attribute}"


def test_keywords_are_closed() -> None:
    """Some checkers take an open TypedDict's word that there may be other keys, and let misspelt keywords pass."""
    sources = (MODELS.parent / "_async").rglob("*.py")
    names = {name for path in sources for name in re.findall(r"Unpack\[(\w+)\]", path.read_text())}
    assert len(names) > 90
    keywords = [getattr(scgapi.types, name) for name in sorted({*names, "MessageRequestFields"})]
    assert [fields.__name__ for fields in keywords if not fields.__closed__] == []


def test_help_shows_each_resource_with_its_docstring() -> None:
    text = re.sub(".\x08", "", pydoc.render_doc(scgapi.Client))
    for attribute, annotation in scgapi.Client.__annotations__.items():
        if annotation in EXPORTS["scgapi._sync.client"]:
            assert f"{attribute} = <class" in text
    assert "Message requests, through one client" in text


def test_a_mocked_client_has_its_resources() -> None:
    scg = create_autospec(scgapi.Client, instance=True)
    scg.message_requests.create.return_value = "request"
    assert scg.message_requests.create(from_="1", to=["2"], body="Hello") == "request"
    with pytest.raises(TypeError, match="boddy"):
        scg.message_requests.create(from_="1", to=["2"], boddy="Hello")
    with pytest.raises(AttributeError):
        scg.message_requests.creat()


def test_a_mocked_async_client_has_its_resources() -> None:
    scg = create_autospec(scgapi.AsyncClient, instance=True)
    scg.message_requests.create.return_value = "request"

    async def main() -> str:
        request_id: str = await scg.message_requests.create(from_="1", to=["2"], body="Hello")
        return request_id

    assert asyncio.run(main()) == "request"
