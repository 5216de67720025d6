"""No field of any model takes a value of another JSON type for its own."""

from __future__ import annotations

import importlib
import pkgutil
from datetime import date, datetime, timedelta
from typing import get_args

import pytest
from pydantic import JsonValue, ValidationError

import scgapi.models
from scgapi._core.model.base import SubModel
from scgapi.models.contacts import ContactData, Interest
from scgapi.models.messages import MessageData

for _module in pkgutil.iter_modules(scgapi.models.__path__):
    importlib.import_module(f"scgapi.models.{_module.name}")


def models(base: type[SubModel] = SubModel) -> list[type[SubModel]]:
    return [
        model
        for kind in base.__subclasses__()
        for model in (kind, *models(kind))
        if model.__module__.startswith("scgapi.models.")
    ]


def kinds(annotation: object) -> set[object]:
    inner = get_args(annotation)
    return {annotation} if not inner else {kind for one in inner for kind in kinds(one)}


FIELDS = [
    pytest.param(model, name, kinds(field.annotation), id=f"{model.__name__}.{name}")
    for model in {model.__name__: model for model in models()}.values()
    for name, field in model.model_fields.items()
]

# Of each, the types that may stand for it.
LITERALS = {
    '"007"': {str, JsonValue},
    '"+7"': {str, JsonValue},
    "true": {bool, JsonValue},
    "7.5": {float, JsonValue},
    '"yes"': {str, JsonValue},
    "1e400": set[object](),
    "[1e400]": set[object](),
    '"2024-05-01T00:00"': {str, JsonValue},
}


@pytest.mark.parametrize(("model", "name", "takes"), FIELDS)
def test_a_value_of_another_type_is_malformed(model: type[SubModel], name: str, takes: set[object]) -> None:
    takes = {str if isinstance(kind, str) else kind for kind in takes}
    for literal, kinds_of in LITERALS.items():
        try:
            found = vars(model.model_validate_json(f'{{"{name}": {literal}}}'))[name]
        except ValidationError:
            continue
        assert kinds_of & takes or isinstance(found, list), (literal, found)


def test_every_model_can_be_empty() -> None:
    for model in models():
        assert model().model_fields_set == set()


@pytest.mark.parametrize(
    ("written", "read"),
    [("7", 7), ('"7"', 7), ("-7", -7), ("0", 0), ("9" * 30, int("9" * 30)), ("null", None)],
)
def test_a_whole_number_may_come_as_its_text(written: str, read: int | None) -> None:
    assert ContactData.model_validate_json(f'{{"version_number": {written}}}').version_number == read


@pytest.mark.parametrize(
    ("written", "read", "kind"),
    [
        ("1", 1, float),
        ("0.024", 0.024, float),
        ("1e30", 1e30, float),
        (str(2**53 + 1), 2**53 + 1, int),
        ("9" * 40, int("9" * 40), int),
    ],
)
def test_an_amount_keeps_all_of_its_digits(written: str, read: float, kind: type[float]) -> None:
    price = MessageData.model_validate_json(f'{{"price": {written}}}').price
    assert (price, type(price)) == (read, kind)
    score = Interest.model_validate_json(f'{{"score": {written}}}').score
    assert (score, type(score)) == (read, kind)


def test_objects_are_built_from_pythons_own_values() -> None:
    moment = datetime.fromisoformat("2024-05-01T12:00:00+02:00")
    contact = ContactData.model_validate(
        {
            "birth_date": date(2024, 5, 1),
            "first_acquisition_date": moment,
            "address_list": [{"city": "Oslo", "priority": 1}],
        }
    )
    assert (contact.birth_date, contact.first_acquisition_date) == (date(2024, 5, 1), moment)
    assert contact.first_acquisition_date is not None
    assert contact.first_acquisition_date.utcoffset() == timedelta(hours=2)
    assert ContactData.model_validate({"birth_date": "2024-05-01"}).birth_date == date(2024, 5, 1)
