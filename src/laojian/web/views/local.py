"""Local values of a bureau: what is set and by which document, what is not, and the administrator's form to enter one."""

from django.contrib import messages
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.timezone import localdate, now

from laojian.lawbook import Unset, law
from laojian.people.actions import set_local
from laojian.people.forms import LocalForm
from laojian.people.models import Bureau, Role
from laojian.people.queries import bureaus_of

from ..access import access


@access(Role.ADMIN)
def local_values(request):
    """The values of the administrator's bureau, and the form for it and those below it."""
    me = request.me
    form = LocalForm(request.POST or None, bureaus=list(bureaus_of(me.scope)), initial={"bureau": me.officer.bureau_id})
    if request.method == "POST" and form.is_valid():
        given = dict(form.cleaned_data)
        set_local(me, given.pop("bureau"), given.pop("key"), given.pop("value"), at=now(), **given)
        messages.success(request, "已登记，自施行日期起生效。")
        return redirect("local_values")
    bureau = Bureau.objects.get(pk=me.officer.bureau_id)
    return render(request, "confirm.html", {
        "crumbs": [{"label": "人员与证件", "url": reverse("people")}, {"label": "本地数值", "url": ""}], "title": "本地数值",
        "text": f"法律留给地方定的数。下面是{bureau.name}今天的情况；登记须有文件，原来的数值对施行日期以前的事仍然有效。",
        "facts": told(bureau), "reasons": [], "form": form, "submit": "登记", "cancel_url": reverse("people"),
    }, status=422 if form.errors else 200)  # fmt: skip


def told(bureau: Bureau) -> list[dict]:
    """Each value with what holds today, or with what happens while nothing does."""
    rows = []
    for key, value in law().local_values.items():
        found = law().local(key, bureau.options, localdate())
        text = f"未设定。{found.words}" if isinstance(found, Unset) else (
            f"{value.told(found.value)}，自 {found.since} 起；{found.document}"
        )  # fmt: skip
        rows.append({"label": value.label, "text": text})
    return rows
