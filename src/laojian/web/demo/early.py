"""How a demo file can end before it is filed: returned for papers, refused, sent elsewhere, settled, withdrawn, merged."""

from laojian.cases.replay.wording import respondent

from .journey import Journey
from .phases import pay


def ask_supplement(j: Journey) -> None:
    """What is missing is asked for."""
    j.go("ask_supplement", 1, items="工资支付凭证；考勤记录")
    j.send("supplement_notice")


def let_lapse(j: Journey) -> None:
    """Nothing comes; the time runs out."""
    j.wait_for("supplement")


def decline(j: Journey) -> None:
    j.go("decline", 2, reason="所反映的行为终了已超过二年", office="劳动人事争议仲裁委员会")
    j.send("decline_notice")


def redirect(j: Journey) -> None:
    j.go("redirect", 2, reason="双方对是否存在劳动关系有争议，属劳动争议", office="宝示区劳动人事争议仲裁委员会")
    j.send("redirect_notice")


def out_of_scope(j: Journey) -> None:
    j.go("out_of_scope", 2, reason="所反映的是消费退款，不属劳动保障监察事项", office="市场监督管理局")
    j.send("out_of_scope_notice")


def transfer_venue(j: Journey) -> None:
    j.go("transfer_venue", 2, reason="用工所在地在武示区", office="示例市武示区人力资源和社会保障局")
    j.finish("transfer_letter")


def settle(j: Journey) -> None:
    """Paid after the bureau spoke to both; nothing is left to pursue."""
    pay(j, 2, respondent(j.file), j.owed(), "coordinated")
    j.go("settle", 1, result="经协调，单位当场付清", no_violation=True, reason="已付清，没有其他违法行为")


def withdraw(j: Journey) -> None:
    """The only complaint is withdrawn, and nothing is left to pursue."""
    j.go("withdraw", 2, source=j.file.sources[0]["id"], reason="已与单位补签劳动合同，自愿撤回")
    j.go("end_withdrawn", 1, opinion="没有须继续查处的违法行为")


def withdraw_one(j: Journey) -> None:
    """One of several complaints is withdrawn; the investigation goes on."""
    source = next(s for s in j.file.sources if s["kind"] == "complaint" and not s["withdrawn_on"])
    j.go("withdraw", 1, source=source["id"], reason="本人已另行协商，自愿撤回")


def extend(j: Journey) -> None:
    """A complicated investigation is lengthened once."""
    j.go("ask_extension", 5, reason="涉及多层分包，须逐人核对工资")
    j.go("extend_investigation", 1, opinion="同意延长三十个工作日")
