"""Writers of the steps by which tracks open beside a case and end into it."""

from collections.abc import Mapping

from laojian.evidence.actions import hand_on
from laojian.evidence.models import Custody
from laojian.people.models import Officer
from laojian.procedure.step import Effects, File
from laojian.procedure.take import open_track


def opener(flow: str, word: str):
    """The writer of a step that opens a track: the track's first step is told what this one was."""

    def opened(file: File, given: Mapping) -> Effects:
        party = next((p["name"] for p in file.parties if p["id"] == given.get("party")), "")
        track = open_track(file, flow, given, f"{word}：{party or file.dossier['title']}")
        return Effects(given={"track": track.id})

    return opened


def subjects(file: File, key: str, party: int | None) -> tuple[str, ...]:
    """The running clocks of this key that run on a party; never empty, since no subject at all would mean all."""
    return tuple(c["subject"] for c in file.running(key) if c["subject"].endswith(f":{party}")) or ("—",)


def request_hearing(file: File, given: Mapping) -> Effects:
    """The party's own time to ask ends with its request; everybody else's runs on (apl-64)."""
    effects = opener("hearing", "听证")(file, given)
    effects.stops = subjects(file, "hearing_request", given["party"])
    return effects


def hearing_closed(file: File, given: Mapping) -> Effects:
    """What was shown and contested at the hearing says so in its own chain of custody (hear-16)."""
    by = Officer.objects.get(pk=file.actor["id"])
    for key in (given["outcome"] or {}).get("presented", ()):
        if key.startswith("e"):
            hand_on(int(key[1:]), Custody.Act.PRESENTED, by=by, at=file.at, note=f"听证分卷 {given['track']}")
    return Effects()


def open_relief(file: File, given: Mapping) -> Effects:
    """Whoever goes to court after reconsideration uses up the time for it."""
    effects = opener("relief", "复议诉讼")(file, given)
    effects.stops = (f"{given['decision']}:{given['party']}",)
    return effects


ACTIONS = {
    "request_hearing": request_hearing,
    "hearing_closed": hearing_closed,
    "open_assessment": opener("assessment", "案卷评查"),
    "open_enforcement": opener("enforcement", "执行"),
    "open_transfer": opener("transfer", "移送公安"),
    "open_relief": open_relief,
}
