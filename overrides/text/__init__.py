"""The text of a page: what it may hold, its sentences to say, its marks and its list of contents; Markdown
or HTML in, refused or more out.

It knows no page, no fact and no settings.
"""
