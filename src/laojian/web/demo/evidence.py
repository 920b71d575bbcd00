"""Files for the demo's evidence: small PDFs drawn here, each different, taken in like any upload."""

from django.core.files.base import ContentFile

from laojian.evidence.actions import keep_upload
from laojian.papers.actions import templates
from laojian.papers.blocks import parse
from laojian.papers.pdf import to_pdf
from laojian.people.acting import acting

from .journey import Journey


def upload(j: Journey, title: str) -> int:
    """One page that says what it stands for, uploaded by the inspector in charge; its id."""
    text = f"# {title}（示例）\n{j.employer.name}\n本页代表一份复制件，内容为虚构。卷宗 {j.file.id}。\n"
    content = to_pdf(parse(text), templates()["note_sheet"], issued_on=j.begins)
    lead = j.walk.cast.posts["inspector"][0]
    with acting(lead.pk):
        return keep_upload(ContentFile(content, name=f"{title}.pdf"), by=lead, at=j.walk.now).pk
