"""What can go wrong, as people are told it.

    PrepError                 base; never raised itself
    ├── Usage                 2  the words of the command are off
    ├── Unusable              3  programme, pair or file cannot be used
    ├── NothingToDraft        4  there is no session to draft from
    ├── ModelFailed           5  the model failed and there is no result
    └── Refused               6  refused for confidentiality

A message is one sentence that names the file or setting and the mend. It never holds text of a note.
"""


class PrepError(Exception):
    """Base of all errors that a command may end in; `exit_code` as in the contract."""

    exit_code = 1


class Usage(PrepError):
    """The command was called with words that do not fit."""

    exit_code = 2


class Unusable(PrepError):
    """A programme, pair or file is missing or cannot be read."""

    exit_code = 3


class NothingToDraft(PrepError):
    """No session was held yet, so there is nothing to write about."""

    exit_code = 4


class ModelFailed(PrepError):
    """The configured model or embedding service gave no usable answer."""

    exit_code = 5


class Refused(PrepError):
    """Writing this would break a confidentiality rule."""

    exit_code = 6
