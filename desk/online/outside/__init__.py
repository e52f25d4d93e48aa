"""A live site held against what its desk signed (steps 2 and 9), as anybody gets it: the room of `desk verify`.

It reads no secret and writes nothing to the site. It refuses to know a case.
"""
