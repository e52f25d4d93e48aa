"""The site room (steps 1 and 9): pages, templates, styles, scripts and the build.

Markdown, settings, strings and the signed key list come in; a folder of static files goes out.
Nothing here reads a complaint, opens a seal or holds a secret key.
"""
