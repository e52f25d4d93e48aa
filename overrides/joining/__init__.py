"""What translators need: from which text a page was made, and a list of what is missing, behind or unchecked.

It makes no page and changes no text.
"""
