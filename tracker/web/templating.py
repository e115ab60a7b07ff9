"""Sets up the templates: where they are, what they may use, and that a misspelt variable fails."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from flask import Flask
from jinja2 import (
    FileSystemBytecodeCache,
    FileSystemLoader,
    StrictUndefined,
    TemplateRuntimeError,
    Undefined,
    UndefinedError,
)
from jinja2.utils import missing

from tracker.web.fields import control, error_links, option_attributes
from tracker.web.filters import FILTERS

TEMPLATES = Path(__file__).parents[2] / "templates"
SERVICE_NAME = "Recommendation tracker"


class CarefulUndefined(StrictUndefined):
    """A misspelt variable or attribute fails; a key that a dictionary lacks, and an absent call block, is empty."""

    def __new__(  # type: ignore[misc]  # deliberately not always this class
        cls,
        hint: str | None = None,
        obj: Any = missing,  # noqa: ANN401 - whatever a template asked
        name: str | None = None,
        exc: type[TemplateRuntimeError] = UndefinedError,
    ) -> Undefined:
        """Choose by what was asked for: rows of summaries may lack a key, and a macro may be used without a block."""
        if isinstance(obj, Mapping) or name == "caller":
            return Undefined(hint=hint, obj=obj, name=name, exc=exc)
        return super().__new__(cls)


def init_templates(app: Flask, *, version: str, bytecode: Path | None = None) -> None:
    """Prepare the app's templates.

    `version` is printed in the footer and added to the addresses of our own style sheet and script, so that an upgrade
    is seen at once. `bytecode` is a folder for compiled templates: without it the first page of every worker is slow.
    """
    app.jinja_loader = FileSystemLoader(TEMPLATES)
    environment = app.jinja_env
    environment.autoescape = True
    environment.trim_blocks = True
    environment.lstrip_blocks = True
    environment.undefined = CarefulUndefined
    if bytecode is not None:
        bytecode.mkdir(parents=True, exist_ok=True)
        environment.bytecode_cache = FileSystemBytecodeCache(str(bytecode))
    environment.filters.update(FILTERS)
    environment.filters.update({"control": control, "error_links": error_links, "option_attributes": option_attributes})
    environment.globals.update({"app_version": version, "service_name": SERVICE_NAME})
