"""The web site: pages in Spanish, without JavaScript; each route parses, calls one action and answers."""
