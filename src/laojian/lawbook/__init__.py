"""The law as dated data: what applied on this date, and when does a period end. Pure Python; the data stand in law/."""

from laojian.lawbook.articles import Article, Law
from laojian.lawbook.book import Lawbook, check, folder, law, load
from laojian.lawbook.calendar import Calendar
from laojian.lawbook.clocks import Clock, Extension, Version
from laojian.lawbook.counting import Due, Skipped, due
from laojian.lawbook.inspection import GROUNDS, InspectionItem, ItemVersion, ResultCode, StandardLine
from laojian.lawbook.local import Set, Unset
from laojian.lawbook.pausing import Pause
from laojian.lawbook.powers import Measure, Power, PowerVersion
from laojian.lawbook.profiles import Beyond, Holding, Profile, holds
from laojian.lawbook.reading import LawError
from laojian.lawbook.surcharge import Surcharge, surcharge
from laojian.lawbook.words import cited, length_of, worded, years_of

__all__ = [
    "GROUNDS",
    "Article",
    "Beyond",
    "Calendar",
    "Clock",
    "Due",
    "Extension",
    "Holding",
    "InspectionItem",
    "ItemVersion",
    "Law",
    "LawError",
    "Lawbook",
    "Measure",
    "Pause",
    "Power",
    "PowerVersion",
    "Profile",
    "ResultCode",
    "Set",
    "Skipped",
    "StandardLine",
    "Surcharge",
    "Unset",
    "Version",
    "check",
    "cited",
    "due",
    "folder",
    "holds",
    "law",
    "length_of",
    "load",
    "surcharge",
    "worded",
    "years_of",
]
