"""The tables of this room: who was asked, what each declared, how each rated, what was made of it.

A foreign key leads to people and to reviews, never up. What an expert thinks stands nowhere else.
"""

from plainview.desk.experts.models.panel import Declaration, Invitation, Round
from plainview.desk.experts.models.practice import Practice, PracticeRating
from plainview.desk.experts.models.rating import Ballot, Rating
from plainview.desk.experts.models.together import Consolidated, RatersAgree, Revision

__all__ = [
    "Ballot",
    "Consolidated",
    "Declaration",
    "Invitation",
    "Practice",
    "PracticeRating",
    "RatersAgree",
    "Rating",
    "Revision",
    "Round",
]
