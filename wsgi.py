"""What a WSGI server loads: ``gunicorn wsgi:application``, with the settings of the environment."""

import logging
import os

from tracker.app import create_app
from tracker.config import from_environment

logging.basicConfig(level=logging.INFO, format="%(asctime)s %(process)d %(name)s %(levelname)s %(message)s")
application = create_app(from_environment(os.environ))
