"""What the package says when it is given something it cannot use."""


class InputError(ValueError):
    """An input that is refused, with where, what and what is allowed.

    ``path`` names the place (``extent.bone_lesion_count``, ``observations[3].unit``, or empty for
    the whole document); ``value`` is shown as the sender wrote it, shortened; ``allowed`` says what
    would have been accepted. The three make one sentence: nothing is guessed and nothing is lost.
    """

    def __init__(self, path: str, value: str, allowed: str) -> None:
        self.path = path
        self.value = value
        self.allowed = allowed
        place = path or "the input"
        super().__init__(f"{place}: {value} is not accepted; {allowed}")


class ContentError(ValueError):
    """A content file that cannot be used: names the file, the key and the cure."""

    def __init__(self, file: str, key: str, cure: str) -> None:
        self.file = file
        self.key = key
        self.cure = cure
        super().__init__(f"{file}: {key}: {cure}")
