"""处罚决定公示: a penalty is made public, the platform is down and has it later; the decision falls and is taken back in time."""

from datetime import timedelta

import pytest

from laojian.exchange.pushing import push_all
from tests.beside import decided_briefly
from tests.casework import COMPANY, Story
from tests.publicising import coded
from tests.receiving import SECRET, receiving
from tests.world import at

pytestmark = pytest.mark.django_db


def test_a_penalty_is_made_public_delivered_late_and_taken_back_in_time(people, world, time):
    time("2026-04-20", 9)
    case = Story(world)
    decided_briefly(case)
    coded(world.district)
    with receiving("down", "html") as (platform, url):
        time("2026-04-22", 9)
        admin = people(world.admin)
        admin.open("platforms").choose("单位", world.district.name).choose("平台", "同级信用信息共享平台")
        admin.fill("接口地址", url).fill("签名密钥", SECRET).fill("依据的文件", "示信办〔2026〕1号").press("登记").sees(
            "待送达的从现在起推送"
        )

        head = people(world.wang)
        head.open("outbox").sees("还没有决定是否公示的处罚").open("step", case.file.id, "decide_publication").sees(
            "失信程度由负责人逐件书面认定"
        )
        head.choose("是否公示", "公示").fill("理由", "拒不配合调查，具有一定社会影响。").choose("失信程度", "一般失信")
        head.fill("违法行为类型", "阻挠劳动保障监察").fill("违法事实", "拒不提供台账，联系电话 13900000000。").fill(
            "处罚内容", "罚款 8000 元。"
        )
        head.press("决定是否公示").answered(422).sees("含有疑似电话")
        head.fill("违法事实", "拒不提供工资支付台账。").press("决定是否公示")
        head.open("outbox").sees(COMPANY, "待送达", "2026-04-29").picture("outbox")

        push_all(at("2026-04-22", 10))
        push_all(at("2026-04-22", 11))
        assert not platform.receipts or COMPANY not in str(platform.receipts)
        push_all(at("2026-04-23", 10))
        time("2026-04-23", 11)
        row = newest()
        clerk = people(world.zhou)
        clerk.open("outgoing", row.pk).sees(
            "已收到", "R000001", "平台答复有误", "连不上或者没有答复", "0.800000"
        ).picture("outgoing")
        assert platform.items[row.key]["payload"]["CF_XDR_MC"] == COMPANY

        time("2026-05-11", 9)
        case.do("correct_decision", world.qian, "2026-05-11", decision=case.paper("penalty_decision")["id"], way="revoke",
                reason="认定的主体有误。")  # fmt: skip
        push_all(at("2026-05-11", 9) + timedelta(minutes=1))
        clerk.comes_back().open("outgoing", newest().pk).sees("撤回", "认定的主体有误", "2026-05-14", "已收到")
        assert platform.items[row.key]["act"] == "withdraw"
    people(world.zhou, phone=True).open("outbox").sees("信用信息报送")


def newest():
    from laojian.exchange.models import Outgoing

    return Outgoing.objects.filter(platform="sharing").latest("version")
