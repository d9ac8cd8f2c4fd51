"""The doctors of a district, who take appointments and go on rounds (AP-1)."""

from typing import Literal

DoctorKind = Literal["therapist", "paediatrician", "general_practitioner"]
