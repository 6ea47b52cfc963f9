"""The web site: pages in Spanish, without JavaScript; each route parses, calls one action and answers."""

import mcc.web.addresses  # noqa: F401 - patterns are read where routes are declared
