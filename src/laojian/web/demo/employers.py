"""Two thousand invented employers with valid codes, building sites with their chains of contractors."""

from random import Random

from laojian.employers.actions import add_subcontract, register_site
from laojian.employers.identifiers import invented_credit_code
from laojian.employers.models import Employer, Site

COUNT = 2000
REGIONS = (("宝示区", "120115", 1200), ("武示区", "120114", 400), ("滨示区", "120116", 300), ("示例市", "120101", 100))
FIRST = "宏远恒盛鑫泰嘉瑞隆昌安顺华兴金源广达永祥"
SECOND = "通业丰和诚信明辉康宁福利"
TRADES = {
    "建筑工程": "建筑业", "建筑劳务": "建筑业", "装饰工程": "建筑业", "机电安装": "建筑业", "园林绿化": "建筑业",
    "食品": "制造业", "服装": "制造业", "包装制品": "制造业", "五金制品": "制造业", "家具": "制造业",
    "餐饮管理": "住宿和餐饮业", "酒店": "住宿和餐饮业", "物业服务": "房地产业", "物流": "交通运输业", "商贸": "批发和零售业",
    "教育咨询": "教育", "人力资源": "租赁和商务服务业", "保安服务": "租赁和商务服务业", "家政服务": "居民服务业",
    "网络科技": "信息技术服务业",
}  # fmt: skip
FORMS = {
    "company": ("有限公司", "91"), "individual": ("经营部", "92"), "dispatch": ("劳务派遣有限公司", "91"),
    "partnership": ("合伙企业", "91"), "association": ("服务中心", "52"),
}  # fmt: skip
SURNAMES = "王李张刘陈杨黄赵吴周徐孙马朱胡郭何林高罗"
GIVEN = "海平山强芳敏静丽军涛勇艳杰磊超秀娟霞斌鹏"
RARE = ("镕", "喆", "堃", "玥")  # characters that a common font lacks
SIZES = (6, 14, 35, 80, 160, 420)  # how many work there


def person(rng: Random) -> str:
    """An invented name, marked by 示; now and then with a rare character."""
    return rng.choice(SURNAMES) + "示" + (rng.choice(RARE) if rng.random() < 0.03 else rng.choice(GIVEN))


def make_employers(rng: Random) -> dict[str, list[Employer]]:
    """Write the employers; returns those of each region."""
    names = [(a + b, trade) for trade in TRADES for a in FIRST for b in SECOND]
    rng.shuffle(names)
    regions = [(region, code) for region, code, count in REGIONS for _ in range(count)]
    rows = [employer(rng, nth, *names[nth], *regions[nth]) for nth in range(COUNT)]
    found: dict[str, list[Employer]] = {}
    for row in Employer.objects.bulk_create(rows, batch_size=1000):
        found.setdefault(row.region, []).append(row)
    return found


def employer(rng: Random, nth: int, word: str, trade: str, region: str, code: str) -> Employer:
    """One employer; the name says 示例."""
    kind = rng.choices(list(FORMS), (84, 10, 2, 2, 2))[0]
    ending, prefix = FORMS[kind]
    return Employer(
        name=f"{region[:2]}{word}{trade}（示例）{ending}", kind=kind, credit_code=invented_credit_code(nth, code, prefix),
        region=region, address=f"{region}示例路 {nth % 300 + 1} 号", legal_rep=person(rng), legal_rep_post="经理",
        phone=f"022-0000{nth:04d}", industry=TRADES[trade], workers=SIZES[nth % len(SIZES)],
    )  # fmt: skip


def make_sites(employers: dict[str, list[Employer]]) -> list[Site]:
    """A dozen sites: who has it built, the main contractor, and below it one to three contractors in a chain."""
    sites = []
    for nth in range(12):
        region = REGIONS[nth % 3][0]
        builders = [e for e in employers[region] if e.industry == "建筑业" and e.kind == "company"]
        developer, main, *chain = builders[nth // 3 * 6 : nth // 3 * 6 + 5]
        site = register_site({
            "name": f"{region}示例花园{nth + 1}期", "region": region, "address": f"{region}示例大道 {nth + 1} 号",
            "developer": developer.pk, "main_contractor": main.pk,
        })  # fmt: skip
        giver = main
        for taker, kind in list(zip(chain, ("professional", "labour", "passed_on"), strict=True))[: nth % 3 + 1]:
            add_subcontract(
                site.pk,
                {"giver": giver.pk, "taker": taker.pk, "kind": kind, "work": "主体结构", "signed_on": "2025-03-01"},
            )
            giver = taker
        sites.append(site)
    return sites
