"""Sums a complaint handler needs: wages owed, overtime, what ends a contract, leave, and what follows an unheeded order. Pure."""

from laojian.lawbook.wages.result import ROUNDING, Line, Result
from laojian.lawbook.wages.table import BY_KEY, CALCULATORS, ROWS, Calculator, Field, Unreadable, answer

__all__ = ["BY_KEY", "CALCULATORS", "ROUNDING", "ROWS", "Calculator", "Field", "Line", "Result", "Unreadable", "answer"]
