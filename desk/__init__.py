"""The handlers' tool: steps 5 to 9 as seen from the desk.

The online half fetches sealed objects; the offline half holds the keys and opens them. The two
never share a process.
"""
