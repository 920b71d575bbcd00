"""What stands around every page of the desk: who I am, where I can go. One context processor."""

from django.conf import settings
from django.urls import reverse

from laojian.people.models import Role

NAV = (
    ("我的", (
        ("工作台", "workbench", ()), ("卷宗", "dossiers", ()),
        ("待我审批", "approvals", ("unit_head", "deputy", "chief", "reviewer")),
    )),
    ("检查", (
        ("双随机抽查", "inspections", ()), ("检查", "visits", ()), ("现场（手机）", "site", ("inspector",)),
        ("专项行动", "campaigns", ()),
    )),
    ("信用", (
        ("年度评价", "gradings", ()), ("推算和下一步", "credit_estimate", ()), ("和谐企业", "titles", ()), ("约谈", "interviews", ()),
        ("失信名单", "listings", ("inspector", "unit_head", "deputy", "chief", "supervision", "clerk")),
        ("重大违法公布", "publications", ("inspector", "unit_head", "deputy", "chief", "supervision")),
        ("信用修复", "repairs", ("clerk", "inspector", "deputy", "chief", "supervision")),
        ("信用信息报送", "outbox", ("clerk", "inspector", "unit_head", "deputy", "chief", "supervision")),
    )),
    ("登记", (("投诉举报", "register", ("clerk", "inspector")), ("记录仪录像", "cameras", ("inspector", "unit_head")))),
    ("查", (("用人单位", "employers", ()), ("人员与证件", "people", ()), ("法律依据", "law", ()), ("算工资、补偿", "calculators", ()),
           ("算罚款", "penalty", ()))),
    ("监督", (
        ("案卷评查", "assessments", ("supervision", "reviewer", "chief", "deputy")),
        ("应录尽录", "completeness", ("unit_head", "deputy", "chief", "supervision", "auditor")),
        ("干预过问登记", "interference", ()),
        ("办案记录", "record", ("supervision", "auditor", "chief", "deputy")),
    )),
)  # fmt: skip


def shell(request) -> dict:
    """The frame's context; empty for pages without an officer. No query of its own."""
    me = getattr(request, "me", None)
    if me is None:
        return {}
    return {
        "shell": {
            "bureau": me.bureau,
            "me": {
                "name": me.officer.name, "post": "、".join(me.posts), "unit": me.officer.team,
                "certificate": me.certificate.number if me.certificate else "",
                "valid_until": me.certificate.valid_to if me.certificate else None, "account_url": reverse("account"),
            },
            "search_url": reverse("search"), "logout_url": reverse("logout"), "query": request.GET.get("q", ""),
            "nav": navigation(request, me), "demo": settings.DEMO,
        }
    }  # fmt: skip


def navigation(request, me) -> list[dict]:
    """The groups of links that this officer has a use for."""
    here = request.resolver_match.url_name if request.resolver_match else ""
    groups = []
    for title, links in NAV:
        open_ = [
            {"label": label, "url": reverse(name), "count": None, "here": here == name}
            for label, name, roles in links
            if not roles or me.scope.holds(*roles)
        ]
        if open_:
            groups.append({"title": title, "links": open_})
    return groups


def roles_named(roles) -> str:
    """Posts in words."""
    return "、".join(Role(role).label for role in roles)
