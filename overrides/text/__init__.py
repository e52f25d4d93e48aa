"""The text of a page: what it may hold, and how its sentences to say are shown; Markdown or HTML in, refused or more out.

It knows no page, no fact and no settings.
"""
