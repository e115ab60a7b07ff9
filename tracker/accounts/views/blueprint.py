"""The blueprint that the pages of accounts and of the council hang on."""

from flask import Blueprint

blueprint = Blueprint("accounts", __name__)
