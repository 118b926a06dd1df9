"""The place in a plan that an error of the library comes from."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING

from tfp.errors import Place, TFPError
from tfp.workflow.plans.plan_file import PLAN_NAME

if TYPE_CHECKING:
    from collections.abc import Iterator


def placed(error: TFPError, key: str) -> TFPError:
    """Return the same error, which also says at which key of the plan it arose."""
    places = (Place(file=PLAN_NAME, key=key), *error.places)
    return type(error)(error.code, places=places, **error.fields)


@contextmanager
def placing(key: str) -> Iterator[None]:
    """Say at which key of the plan the errors inside arose, unless they name one below it."""
    try:
        yield
    except TFPError as error:
        if any((place.key or "").startswith(key) for place in error.places):
            raise
        raise placed(error, key) from error
