"""An inspector hides an informant's name on a photograph: a copy lies beside the original, which nobody touches."""

import io

import pytest
from PIL import Image

from laojian.evidence.models import Evidence, MaskedCopy
from laojian.evidence.queries import open_file
from laojian.evidence.tests.test_masking import LATIN
from laojian.evidence.tests.test_masking import photograph as informing

from . import cast
from .files import upload

pytestmark = pytest.mark.django_db


def test_a_name_is_hidden_with_the_finger_and_never_leaves(people, world, time):
    file = cast.investigating(world, time, "2026-03-03", cast.employers()).id
    time("2026-03-05", 10, 30)
    inspector = people(world.zhang, phone=True)
    inspector.open("evidence_upload", file).choose("证据种类", "书证").fill("名称", "来信").fill("证明内容", "反映欠薪")
    inspector.fill("来源（提供人）", "来信").choose("原件或复制件", "原件").attach(
        "文件", upload("来信.jpg", informing())
    )
    inspector.press("上传").sees("✓ 已收")
    piece = Evidence.objects.select_related("file").get(title="来信")
    inspector.open("evidence_item", piece.pk).sees("还没有遮盖副本").follow("制作遮盖副本").sees("按住拖动")
    inspector.press("制作遮盖副本").answered(422).sees("遮盖的原因")
    box = inspector.page.locator("[data-mask]").bounding_box()
    mouse = inspector.page.mouse
    mouse.move(box["x"] + box["width"] * 0.25, box["y"] + box["height"] * 0.25)
    mouse.down()
    mouse.move(box["x"] + box["width"] * 0.5, box["y"] + box["height"] * 0.5, steps=4)
    mouse.up()
    inspector.fill("遮盖的原因", "隐去举报人姓名").picture("phone-mask").press("制作遮盖副本")
    inspector.sees("证据1遮盖副本.jpg", "隐去举报人姓名", "复制")
    copy = inspector.downloads("证据1遮盖副本.jpg")
    seen = Image.open(io.BytesIO(copy)).convert("RGB")
    assert max(seen.getpixel((150, 75))) < 40 and LATIN not in copy
    assert MaskedCopy.objects.get().evidence == piece
    original = open_file(piece.file_id)[1].read()
    assert LATIN in original and original == informing()

    plain = people(world.li, javascript=False)
    plain.open("evidence_mask", piece.pk).fill("遮盖的位置", "1 10 20").fill("遮盖的原因", "再遮一处").press(
        "制作遮盖副本"
    )
    plain.answered(422).sees("应为五个数").fill("遮盖的位置", "1 10 20 30 30").press("制作遮盖副本").sees("再遮一处")
