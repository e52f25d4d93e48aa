"""The leak check: what of a story stands in a text that is about to leave the desk.

Texts come in, places in them go out. It knows no cases and imports no other room.
"""
