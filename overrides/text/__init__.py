"""The text of a page: what it may hold, and its sentences to say; Markdown or HTML in, refused or more out.

It knows no page, no fact and no settings.
"""
