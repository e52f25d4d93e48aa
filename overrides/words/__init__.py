"""The words of the site: strings of each language, YAML, and the sentence of every refusal.

Text files come in, strings by id and errors with a hint go out. It knows no facts and no pages.
"""
