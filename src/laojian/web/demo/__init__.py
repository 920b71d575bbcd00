"""The invented world of the demo: bureaus, people, employers, and files in every state, each brought there by its steps."""

from .people import accounts

__all__ = ["accounts"]
