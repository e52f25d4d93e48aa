"""Every key of the table, by the area that measures it, with its goal.

A goal is a sign and a number, or None for what is told without one. An area that does not give exactly
its keys has failed, so that no key goes missing unseen.
"""

from tests.site import LANGUAGES

KIB = 1024
Goal = tuple[str, float]

GOALS: dict[str, dict[str, Goal | None]] = {
    "page": {
        "page.first_visit_brotli_max": ("<=", 14_336),  # one first flight of TCP
        "page.requests_max": ("<=", 4),
        "page.script_bytes_max": ("<=", 1_500),
        "municipality.first_visit_brotli_max": ("<=", 14_336),
        "municipality.requests_max": ("<=", 4),
        "municipality.script_bytes_max": ("<=", 1_500),
        "places.first_visit_brotli_max": ("<=", 14_336),
        "places.requests_max": ("<=", 4),
        "places.script_bytes_max": ("<=", 1_900),  # the exit, and what hides lines of the list
        "places.index_brotli": ("<=", 12 * KIB),  # names of places, when the field is used
        "letter.first_visit_brotli_max": ("<=", 14_336),
        "letter.requests_max": ("<=", 4),
        "letter.script_bytes_max": ("<=", 1_500),
        "search.first_visit_brotli_max": ("<=", 14_336),
        "search.requests_max": ("<=", 4),
        "search.script_bytes_max": ("<=", 2_400),  # the exit, and what ranks pages
        "search.index_brotli_max": ("<=", 12 * KIB),  # of each language, when the field is used
        "answer.first_visit_brotli": ("<=", 45 * KIB),
        "form.first_visit_brotli": ("<=", 36 * KIB),  # the heaviest of all languages
        **{f"form.first_visit_brotli_{one}": ("<=", 36 * KIB) for one in LANGUAGES},
        "older_form.first_visit_brotli": ("<=", 45 * KIB),  # by a browser without Ed25519
        "seal.warm_ms_1x": ("<=", 3),
        "seal.warm_ms_4x": ("<=", 20),
        "seal.send_ms_4x": ("<=", 200),
    },
    "site": {
        "site.pages": None,
        "site.build_s": None,
        "site.hugo_s": None,
        "site.hugo_ratio": ("<=", 1.4),
        "site.one_page_s": None,
        "site.one_page_ratio": ("<=", 0.35),
        "site.build_s_12": None,
        "site.hugo_s_12": None,
        "site.hugo_ratio_12": ("<=", 1.5),
        "site.one_page_s_12": None,
        "site.one_page_ratio_12": ("<=", 0.35),
        "site.municipality_pages_per_cpu_s": (">=", 5_000),
        "site.peak_mib": ("<=", 200),
    },
    "drop": {
        "drop.durable_ratio": (">=", 1.0),
        "drop.slow_ratio": (">=", 0.8),  # beside half-open requests, by without them
        "drop.p99_ms_50rps": ("<=", 25),
    },
    "load": {
        "load.honest_ratio": (">=", 0.8),  # 200 senders beside 500 slow ones, by without them
        "load.honest_per_s": None,
        "load.p99_ms": None,
        "load.p99_ms_alone": None,
        "load.other_5xx": ("<=", 0),  # 503 is the drop's own word
        "load.unanswered": ("<=", 0),
        "load.app_mib": None,
        "load.growth_mib": ("<=", 8),  # of the app, from its first turn to its last
    },
    "lambda": {
        "lambda.init_ratio": ("<=", 0.65),  # from spawn to the first event, by boto3's bare client
        "lambda.init_ratio_newest": ("<=", 0.75),
        "lambda.zip_mb": ("<=", 2.5),
        "lambda.unpacked_mb": ("<=", 7),
        "lambda.first_answer_ms": None,  # what she waits who comes first, here
        "lambda.put_ms": None,
        "lambda.bare_put_ms": None,
        "lambda.peak_mib": ("<=", 64),  # half of the least that a function can have
    },
    "desk": {
        "open.raw_ratio": (">=", 0.7),
        "desk.start_ratio": ("<=", 2.5),
    },
    "casestore": {
        "desk.import_s_10000": ("<=", 5),
        "desk.peak_mib": ("<=", 300),
        "desk.unlock_to_inbox_s_10000": ("<=", 1),
    },
    "board": {
        "board.bytes": ("<=", 150 * KIB),
        "board.find_ms_4x": ("<=", 80),
    },
    "flood": {
        "flood.import_s_100000": ("<=", 45),
        "flood.inbox_s_100000": ("<=", 4),
        "flood.first_search_s_100000": ("<=", 2),
        "flood.peak_mib_100000": ("<=", 400),
    },
}
# Keys without a measurement, each with the reason: null in the file, and the reason in the table.
UNMEASURED: dict[str, tuple[Goal, str]] = {
    "site.preview_s": (("<=", 2), "not measured yet"),
}


def is_met(value: float, goal: Goal) -> bool:
    """Whether a value keeps to its goal."""
    sign, limit = goal
    return value <= limit if sign == "<=" else value >= limit
