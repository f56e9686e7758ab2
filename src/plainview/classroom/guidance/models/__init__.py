"""Estimates, suggestions, and what the teacher made of them: a file a noun.

An estimate is derived: it can be deleted and built again. A suggestion keeps, word for word, what the model
knew when it spoke. A decision is the teacher's: added to, never changed, each one a link of a chain.
"""

from plainview.classroom.guidance.models.decision import (
    ACCEPTS,
    Decision,
    DecisionNote,
    DecisionQuerySet,
    Erased,
    Reason,
    Scope,
    Verdict,
)
from plainview.classroom.guidance.models.estimate import Estimate, Reading
from plainview.classroom.guidance.models.standing import StandingDecision
from plainview.classroom.guidance.models.suggestion import (
    BlindPick,
    LastLook,
    RuleCount,
    Suggestion,
    SuggestionQuerySet,
    SuggestionStage,
)
from plainview.classroom.guidance.models.switch import Switch

__all__ = [
    "ACCEPTS",
    "BlindPick",
    "Decision",
    "DecisionNote",
    "DecisionQuerySet",
    "Erased",
    "Estimate",
    "LastLook",
    "Reading",
    "Reason",
    "RuleCount",
    "Scope",
    "StandingDecision",
    "Suggestion",
    "SuggestionQuerySet",
    "SuggestionStage",
    "Switch",
    "Verdict",
]
