"""The text of a page: what it may hold, its sentences to say, its marks and contents; Markdown or HTML in and out.

It knows no page, no fact and no settings.
"""
