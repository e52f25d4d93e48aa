"""The one error of the site room (step 1): a build that cannot be right stops with it.

What is wrong comes in, and optionally what to do next. It does not know who prints it.
"""


class SiteError(Exception):
    """The site cannot be built; `hint` says what to do next, or is empty."""

    def __init__(self, message: str, hint: str = "") -> None:
        super().__init__(message)
        self.hint = hint
