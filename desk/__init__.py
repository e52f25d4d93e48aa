"""The handlers' tool, and the floor under its rooms: errors, words, safe files, and the wall of `offline`.

The online half fetches sealed objects; the offline half holds the keys and opens them. The two
never share a process.
"""
