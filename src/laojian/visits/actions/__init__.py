"""The writers of a visit, by verb."""

from laojian.cases.actions import inquiry, summary
from laojian.cases.actions.deciding import archive

from . import doing, ending, planning

ACTIONS = {
    "plan_visit": planning.plan,
    "revise_plan": planning.revise,
    "add_items": planning.add_items,
    "approve_visit": planning.approve,
    "cancel_visit": planning.cancel,
    "reassign": planning.reassign,
    "begin_visit": doing.begin,
    "attend": doing.attend,
    "fill_checklist": doing.fill,
    "make_record": doing.make_record,
    "sign_record": doing.freeze,
    "supplement_record": doing.supplement,
    "break_off": doing.break_off,
    "serve_review": doing.serve_review,
    "hand_in": doing.hand_in,
    "remind_written": doing.remind,
    "review_written": doing.review,
    "conclude_visit": ending.conclude,
    "resolve_result": ending.resolve,
    "correct_result": ending.correct,
    "publish_result": ending.publish,
    "withdraw_publication": ending.withdraw,
    "open_case": ending.open_case,
    "close_visit": ending.close,
    "enter_past": ending.enter_past,
    "archive": archive,
    "add_evidence": inquiry.add_evidence,
    "note_correction": inquiry.note_correction,
    "order_on_spot": summary.bind,
    "deliver_order": summary.deliver_order,
}
