"""Where the desk takes its access decision from."""

from laojian.portal.access import OFFICER, PUBLIC, access

__all__ = ["OFFICER", "PUBLIC", "access"]
