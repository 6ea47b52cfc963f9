"""The rubric: what is asked and how it is scored. Knows no database, no web, no clock."""

from rubric.agreement import (
    Comparison,
    Difference,
    DimensionAgreement,
    agreement,
    changes_award,
    compare,
    median_level,
    weighted_kappa,
)
from rubric.answers import AnswerProblem, Answers, AnswersInvalid, check_answers
from rubric.improvement import PlanAction, Urgency, plan
from rubric.loading import (
    LocatedAnswers,
    Problem,
    RubricInvalid,
    check_file,
    load_answers,
    load_edition,
    load_rubric,
    locate,
    read_yaml,
    schema,
)
from rubric.model import Award, Dimension, EditionStatus, Indicator, Labels, Level, Rubric, levels_for
from rubric.scoring import Assessment, AwardResult, DimensionResult, Reason, assess

__all__ = [
    "AnswerProblem",
    "Answers",
    "AnswersInvalid",
    "Assessment",
    "Award",
    "AwardResult",
    "Comparison",
    "Difference",
    "Dimension",
    "DimensionAgreement",
    "DimensionResult",
    "EditionStatus",
    "Indicator",
    "Labels",
    "Level",
    "LocatedAnswers",
    "PlanAction",
    "Problem",
    "Reason",
    "Rubric",
    "RubricInvalid",
    "Urgency",
    "agreement",
    "assess",
    "changes_award",
    "check_answers",
    "check_file",
    "compare",
    "levels_for",
    "load_answers",
    "load_edition",
    "load_rubric",
    "locate",
    "median_level",
    "plan",
    "read_yaml",
    "schema",
    "weighted_kappa",
]
