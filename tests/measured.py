"""What tests measured, below the results of a run: a plugin of pytest for lines that `record_property` keeps.

A test calls `record_property("measured", line)`; pytest-xdist brings it from the workers with the result.
"""

import pytest


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Print each line, in the order of the results."""
    for reports in list(terminalreporter.stats.values()):
        for one in reports:
            if getattr(one, "when", "") == "call":
                for name, line in one.user_properties:
                    if name == "measured":
                        terminalreporter.write_line(line)
