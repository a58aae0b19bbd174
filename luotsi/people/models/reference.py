"""Reference data: municipalities with their regions, and national codes of institution types."""

from django.db import models

from luotsi.base.names import Names


class Municipality(models.Model):
    """A Finnish municipality as Statistics Finland classifies it (2026); population from THL Sotkanet."""

    number = models.CharField(max_length=3, primary_key=True)
    name_fi = models.CharField(max_length=60)
    name_sv = models.CharField(max_length=60)
    region_code = models.CharField(max_length=2, db_index=True)
    region_fi = models.CharField(max_length=60)
    region_sv = models.CharField(max_length=60)
    language_status = models.PositiveSmallIntegerField(
        help_text="Statistics Finland: 0 Finnish, 1 bilingual mostly Finnish, 2 Swedish, 3 bilingual mostly Swedish"
    )
    population = models.PositiveIntegerField(null=True, help_text="Residents on 31 December 2022")

    class Meta:
        ordering = ["name_fi"]

    def __str__(self) -> str:
        return self.names.text

    @property
    def names(self) -> Names:
        """The name in the languages it has."""
        return Names(fi=self.name_fi, sv=self.name_sv)


class InstitutionType(models.Model):
    """A national code for the type of an institution (koodisto `oppilaitostyyppi`)."""

    code = models.CharField(max_length=2, primary_key=True)
    name_fi = models.CharField(max_length=120)
    name_sv = models.CharField(max_length=120)
    name_en = models.CharField(max_length=120, blank=True)

    class Meta:
        ordering = ["code"]

    def __str__(self) -> str:
        return self.names.text

    @property
    def names(self) -> Names:
        """The name in the languages it has."""
        return Names(fi=self.name_fi, sv=self.name_sv, en=self.name_en)
