"""How the bytes of a file are read: found out, shown, and to be changed."""

from typing import Any

from django import forms

from monitoring.imports.files.content import Layout, read_table, sheets_of, with_encoding
from monitoring.imports.files.table import FileError, Table
from monitoring.imports.files.text import DELIMITERS, ENCODINGS


class LayoutForm(forms.Form):
    """Encoding and delimiter of a text, or the sheet of a spreadsheet."""

    encoding = forms.ChoiceField(label="Encoding", choices=list(ENCODINGS.items()))
    delimiter = forms.ChoiceField(
        label="Columns are separated by",
        choices=[(sign, name.capitalize()) for sign, name in DELIMITERS.items()],
    )
    sheet = forms.ChoiceField(label="Sheet")

    def __init__(self, *args: Any, content: bytes, layout: Layout, **kwargs: Any) -> None:
        kwargs["initial"] = dict(layout.__dict__)
        super().__init__(*args, **kwargs)
        self._content = content
        self._layout = layout
        self.table: Table | None = None
        if layout.kind == "spreadsheet":
            self.fields["sheet"] = forms.ChoiceField(
                label="Sheet", choices=[(name, name) for name in sheets_of(content)]
            )
            del self.fields["encoding"], self.fields["delimiter"]
        else:
            del self.fields["sheet"]

    @property
    def layout(self) -> Layout:
        """What a valid form says; another encoding finds its delimiter anew, unless that was changed too."""
        data = self.cleaned_data
        changed = Layout(
            self._layout.kind, **{name: data.get(name, "") for name in ("encoding", "delimiter", "sheet")}
        )
        if changed.encoding != self._layout.encoding and changed.delimiter == self._layout.delimiter:
            return with_encoding(self._content, changed, changed.encoding)
        return changed

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        if not self.errors:
            try:
                self.table = read_table(self._content, self.layout)
            except FileError as error:
                raise forms.ValidationError(str(error), code="unreadable") from error
        return cleaned
