"""The site: `templates/`, `assets/` (what runs in the browser), `locale/`, and the rooms of its build.

Markdown, settings, strings and the signed key list come in; a folder of static files goes out.
Nothing here reads a complaint, opens a seal or holds a secret key.
"""
