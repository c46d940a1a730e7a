"""A draft of the disseminated case in the benchmark's own database. Import after Django is set up."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from accounts.scope import enter_hospital
from benchmarks.pages import Pages, signed_in_house
from tests.treatment.cases import DISSEMINATED
from tests.treatment.drafted import drafted

QUESTION, FIELD = "extent.diffuse_bone_lesions", "extent-diffuse_bone_lesions"
SEEN = {"seen-extent": "localized", "seen-pathway": "radiation", "seen-radiation": "preferred"}


@dataclass
class Planned:
    """The clinician's browser on the draft; ``version`` is that of the answer given last."""

    pages: Pages
    draft: str
    version: int = 0

    @classmethod
    def of(cls) -> "Planned":
        pages = signed_in_house(patients=1)
        with transaction.atomic():
            enter_hospital(pages.house.alice.hospital_id)
            draft = drafted(pages.house.alice, pages.patient, DISSEMINATED)
        return cls(pages, pages.patient_path(f"plans/drafts/{draft.pk}/"))

    def shell(self) -> bytes:
        return self.pages.get("/bench/shell/")

    def panel(self) -> bytes:
        return self._post("so-far/", SEEN)

    def answer(self) -> bytes:
        """Another answer than the one that stands, so that it is written."""
        data = {FIELD: "true" if self.version % 2 else "false", f"version-{FIELD}": str(self.version)}
        self.version += 1
        return self._post("disease/answer/", data | {"question": QUESTION})

    def options(self) -> bytes:
        return self.pages.get(f"{self.draft}options/")

    def queries_of_panel(self) -> int:
        with CaptureQueriesContext(connection) as captured:
            self.panel()
        return len(captured)

    def _post(self, page: str, data: Mapping[str, str]) -> bytes:
        headers = {"host": "localhost", "HX-Request": "true"}
        response = self.pages.client.post(f"{self.draft}{page}", data, headers=headers)
        assert response.status_code == 200, (page, response.status_code)
        return response.content
