"""The form that takes a file. What the file is, its content says; its name is only kept to find it again."""

import uuid
from pathlib import PurePath
from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile

from monitoring.imports.files.content import MOST_BYTES, Layout, find_layout, read_table
from monitoring.imports.files.table import FileError

TOO_LARGE = f"The file is larger than {MOST_BYTES // 1024 // 1024} MB; split it and import the parts."


class UploadForm(forms.Form):
    """A file and who sent it. ``sent_bytes`` is the size of the whole request: larger files never arrive."""

    file = forms.FileField(
        label="File",
        allow_empty_file=True,
        help_text="A table as CSV or XLSX with one row of headers, at most 10 MB and 50,000 rows.",
        error_messages={"required": "Choose a file."},
    )
    source = forms.CharField(
        label="Who sent it",
        max_length=100,
        widget=forms.TextInput(attrs={"autocomplete": "off", "list": "sources"}),
        help_text="A name for the sender, such as “Laboratory A, monthly”. Its columns are remembered.",
        error_messages={
            "required": "Name the sender; files of the same sender are compared with each other.",
            "max_length": "At most 100 characters are kept; this has %(show_value)d.",
        },
    )
    submission = forms.UUIDField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, sent_bytes: int = 0, **kwargs: Any) -> None:
        kwargs["initial"] = {"submission": uuid.uuid4()} | (kwargs.get("initial") or {})
        super().__init__(*args, **kwargs)
        self.layout: Layout | None = None
        self.content = b""
        if sent_bytes > MOST_BYTES:
            self.fields["file"].error_messages["required"] = TOO_LARGE

    @property
    def file_name(self) -> str:
        return PurePath(self.cleaned_data["file"].name).name[:200].replace("\x00", "")

    def clean_submission(self) -> uuid.UUID:
        return self.cleaned_data["submission"] or uuid.uuid4()

    def clean_source(self) -> str:
        name = " ".join(self.cleaned_data["source"].split())
        if not name:
            raise forms.ValidationError(self.fields["source"].error_messages["required"], code="required")
        return name

    def clean_file(self) -> UploadedFile:
        """Read the whole table once, so that what cannot be read is said now."""
        upload: UploadedFile = self.cleaned_data["file"]
        self.content = upload.read()
        try:
            self.layout = find_layout(self.content)
            read_table(self.content, self.layout)
        except FileError as error:
            raise forms.ValidationError(str(error), code="unreadable") from error
        return upload
