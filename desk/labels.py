"""What the desk prints to a handler in step 6: every label and remedy, in English.

Comes in: nothing. Goes out: words by the names of WIRE.md section 5 and the checks of `errors`. It
refuses to know any complaint.
"""

from collections.abc import Mapping

FIELDS: Mapping[str, str] = {  # in the order in which they are shown
    "ask": "under her code, she",
    "withdraw": "takes back",
    "role": "who writes",
    "wish": "what she wants",
    "topics": "what it is about",
    "municipality": "where",
    "period": "when",
    "pass_on": "may be passed on",
    "consent": "consent",
    "address_as": "how to address her",
    "answerer": "answered by",
    "reply_language": "answer in",
    "contact": "how to reach her",
    "form_language": "form in",
    "reply_key": "reply code",
    "complaint_id": "complaint id",
    "story": "her story",
}
NOT_SHOWN = frozenset(("schema", "tag_key"))  # without meaning to a reader
UNKNOWN = "not known to this version"
HAS_CODE = "yes, she holds one"
NO_CODE = "no: she cannot read an answer here, and cannot take the complaint back"
PRACTICE = "PRACTICE KEY: this is no real complaint, or one that was never secret"
SAME = "the same complaint as"

VALUES: Mapping[str, Mapping[str, str]] = {
    "ask": {
        "write": "writes again",
        "withdraw": "takes a consent back",
        "solved": "says that it is solved",
        "erase": "asks for erasure",
    },
    "withdraw": {
        "act": "acting on it",
        "count": "counting it",
        "quote": "quoting it",
        "pass_on": "passing it on",
    },
    "role": {
        "self": "for herself",
        "permission": "for someone else, with her permission",
        "professional": "as a professional",
    },
    "wish": {
        "heard": "just to be heard",
        "advice": "advice",
        "help": "help to do it herself",
        "act": "that the desk acts",
        "count": "only that it is counted",
    },
    "topics": {
        "check": "a check or raid",
        "police": "police",
        "authority": "another authority",
        "no_legal_place": "no legal place or permit to be had",
        "operator": "operator or landlord",
        "violence": "violence or threat",
        "data_passed_on": "personal data passed on",
        "treatment": "how she was addressed or treated",
        "care": "care",
        "stopping": "wanting to stop",
        "business": "bank, insurer or lawyer",
        "neighbours": "neighbours, family or housing",
        "photos": "photos or posts online",
        "other": "something else",
    },
    "period": {
        "week": "in the last week",
        "month": "in the last month",
        "half_year": "in the last half year",
        "year": "in the last year",
        "longer": "longer than a year ago",
        "ongoing": "it is still going on",
    },
    "answerer": {"woman": "a woman", "man": "a man", "any": "no matter who"},
    "scope": {
        "nobody": "nothing, to nobody outside the desk",
        "pattern": "that it happens, without details",
        "details": "the details, without her name",
        "name": "the details and her name",
    },
    "to": {
        "municipality": "municipality",
        "ombudsman": "ombudsman",
        "police_complaints": "complaints office of the police",
        "data_protection": "data protection authority",
        "human_rights": "institute for human rights",
        "labour_inspectorate": "labour inspectorate",
        "care_complaints": "complaints office for care",
        "help": "help organisation",
    },
    "consent": {
        "store": "keep it",
        "act": "act on it",
        "count": "count it",
        "quote": "quote it",
    },
}

FETCH_AGAIN = "its content is not what its name says: fetch it again"
REMEDIES: Mapping[str, tuple[str, str]] = {  # check: what is wrong, what to do
    "object_length": (
        "not the size of a sealed complaint",
        "no complaint, or cut off: fetch again",
    ),
    "object_version": ("made by another version", "update the desk tool"),
    "object_suite": ("sealed in an unknown way", "update the desk tool"),
    "key_unknown": ("sealed to a key not given", "give the right key file with --key"),
    "seal": ("cannot be opened with the key it names", "damaged or forged: fetch it again"),
    "plaintext_length": ("opened, but its length lies", "not made by our form: set it aside"),
    "padding": ("opened, but bytes are hidden in it", "not made by our form: set it aside"),
    "json": ("opened, but its text is malformed", "not made by our form: set it aside"),
    "schema": ("opened, but a field breaks the rules", "not made by our form: set it aside"),
    "unreadable": ("not a file that can be read", "look at the file and its rights"),
}
