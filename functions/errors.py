"""The errors of steps 3 and 4, shared by the stores, the key list reader and the app.

They carry a sentence for the operator at start-up and nothing of a request: what a sender gets
to see is chosen from the closed list in `shape`, never from an exception.
"""


class FunctionError(Exception):
    """Root of every error that this room raises on purpose."""


class StoreError(FunctionError):
    """The object is not known to be durable. The sender is told `store` and tries again."""


class UnsuitableError(StoreError):
    """The store lacks what every put needs, so trying again is no use. The operator changes it."""


class SetupError(FunctionError):
    """A file that the function is deployed with cannot be used. The operator repairs it."""
