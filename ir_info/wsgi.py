"""The WSGI application: the serving layer around Django."""

import os
import threading

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "ir_info.settings")
django_application = get_wsgi_application()

from ir_info.serving import MemoryServing, warm  # noqa: E402 (needs the settings)

application = MemoryServing(django_application)
threading.Thread(target=warm, name="warm", daemon=True).start()
