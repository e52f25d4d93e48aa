"""How complaints come in."""
