"""The blueprint that the pages of scrutiny hang on."""

from flask import Blueprint

blueprint = Blueprint("scrutiny", __name__)
