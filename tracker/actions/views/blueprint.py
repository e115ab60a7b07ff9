"""The blueprint the pages of this stage hang on."""

from flask import Blueprint

blueprint = Blueprint("actions", __name__)
