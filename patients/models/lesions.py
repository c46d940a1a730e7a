"""Bone lesions one by one, as one assessment of the extent saw them."""

import pghistory
from django.db import models
from django.db.models import Q

from patients.models.assessments import ExtentAssessment
from patients.models.base import PatientRow


class Site(models.TextChoices):
    """Where in the skeleton; vertebrae by level, because fields of radiation are."""

    SKULL = "skull", "Skull"
    FACE = "face", "Facial bones or jaw"
    C1 = "c1", "C1"
    C2 = "c2", "C2"
    C3 = "c3", "C3"
    C4 = "c4", "C4"
    C5 = "c5", "C5"
    C6 = "c6", "C6"
    C7 = "c7", "C7"
    T1 = "t1", "T1"
    T2 = "t2", "T2"
    T3 = "t3", "T3"
    T4 = "t4", "T4"
    T5 = "t5", "T5"
    T6 = "t6", "T6"
    T7 = "t7", "T7"
    T8 = "t8", "T8"
    T9 = "t9", "T9"
    T10 = "t10", "T10"
    T11 = "t11", "T11"
    T12 = "t12", "T12"
    L1 = "l1", "L1"
    L2 = "l2", "L2"
    L3 = "l3", "L3"
    L4 = "l4", "L4"
    L5 = "l5", "L5"
    SACRUM = "sacrum", "Sacrum"
    COCCYX = "coccyx", "Coccyx"
    STERNUM = "sternum", "Sternum"
    RIB = "rib", "Rib"
    CLAVICLE = "clavicle", "Clavicle"
    SCAPULA = "scapula", "Scapula"
    ILIUM = "ilium", "Ilium"
    ACETABULUM = "acetabulum", "Acetabulum"
    ISCHIUM = "ischium", "Ischium"
    PUBIS = "pubis", "Pubis"
    HUMERUS = "humerus", "Humerus"
    FOREARM = "forearm", "Radius or ulna"
    HAND = "hand", "Hand"
    FEMUR = "femur", "Femur"
    LEG = "leg", "Tibia or fibula"
    FOOT = "foot", "Foot"
    OTHER = "other", "Elsewhere, see note"


class Side(models.TextChoices):
    LEFT = "left", "Left"
    RIGHT = "right", "Right"
    MIDLINE = "midline", "Midline"


class Density(models.TextChoices):
    SCLEROTIC = "sclerotic", "Sclerotic"
    LYTIC = "lytic", "Lytic"
    MIXED = "mixed", "Mixed"


@pghistory.track(pghistory.InsertEvent(), pghistory.UpdateEvent(), pghistory.DeleteEvent())
class Lesion(PatientRow):
    """One lesion as the imaging of its assessment showed it; the next assessment lists it anew."""

    assessment = models.ForeignKey(ExtentAssessment, on_delete=models.PROTECT, related_name="lesions")
    position = models.PositiveSmallIntegerField("place in the list")
    site = models.CharField(max_length=12, choices=Site.choices)
    side = models.CharField(max_length=8, choices=Side.choices, blank=True)
    density = models.CharField("kind", max_length=10, choices=Density.choices, blank=True)
    fdg_avid = models.BooleanField("FDG-avid", null=True)
    suv_max = models.DecimalField("SUVmax", max_digits=6, decimal_places=2, null=True)
    biopsied = models.BooleanField(null=True)
    biopsied_on = models.DateField("date of the biopsy", null=True)
    biopsy_result = models.CharField("result of the biopsy", max_length=300, blank=True)
    note = models.CharField(max_length=300, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["assessment", "position"], name="lesion_has_its_place"),
            models.CheckConstraint(condition=Q(site__in=Site.values), name="lesion_site_is_known"),
            models.CheckConstraint(
                condition=Q(side="") | Q(side__in=Side.values), name="lesion_side_is_known"
            ),
            models.CheckConstraint(
                condition=Q(density="") | Q(density__in=Density.values), name="lesion_density_is_known"
            ),
            models.CheckConstraint(
                condition=Q(suv_max=None) | Q(suv_max__gte=0), name="lesion_uptake_is_never_negative"
            ),
            models.CheckConstraint(
                condition=Q(biopsied=True) | Q(biopsied_on=None, biopsy_result=""),
                name="lesion_biopsy_result_needs_a_biopsy",
            ),
            models.CheckConstraint(
                condition=~Q(site=Site.OTHER) | ~Q(note=""), name="lesion_elsewhere_says_where"
            ),
        ]

    def __str__(self) -> str:
        return f"lesion {self.position} of extent {self.assessment_id}"

    @property
    def place(self) -> str:
        """The site in words: *left ilium*, *T9*."""
        if not self.side or self.side == Side.MIDLINE:
            return self.get_site_display()
        site = self.get_site_display()
        return f"{self.get_side_display()} {site if site[1:2].isdigit() else site.lower()}"
