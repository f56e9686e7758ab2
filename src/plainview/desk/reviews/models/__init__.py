"""A product, its vendor, and one review of it, from a request to answers: a file a noun.

Numbers of a review are its own rows; what an expert thinks and what follows from it stand in the rooms above.
"""

from plainview.desk.reviews.models.handed import Asked, Claim, Exhibit, Kind, Notice, Sheet
from plainview.desk.reviews.models.plans import Answered, Plan, Run
from plainview.desk.reviews.models.products import Product, Vendor, VendorSeat
from plainview.desk.reviews.models.requests import Request
from plainview.desk.reviews.models.stages import (
    BEFORE_THE_VENDOR_IS_TOLD,
    MAY_FOLLOW,
    Move,
    Reader,
    Review,
    ReviewQuerySet,
    Stage,
)

__all__ = [
    "BEFORE_THE_VENDOR_IS_TOLD",
    "MAY_FOLLOW",
    "Answered",
    "Asked",
    "Claim",
    "Exhibit",
    "Kind",
    "Move",
    "Notice",
    "Plan",
    "Product",
    "Reader",
    "Request",
    "Review",
    "ReviewQuerySet",
    "Run",
    "Sheet",
    "Stage",
    "Vendor",
    "VendorSeat",
]
