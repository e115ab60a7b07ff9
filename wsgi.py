"""What a WSGI server loads: ``gunicorn wsgi:application``, with the settings of the environment."""

import os

from tracker.app import create_app
from tracker.config import from_environment

application = create_app(from_environment(os.environ))
