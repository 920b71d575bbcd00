"""The numbers people and employers are known by: checked with a helpful sentence, masked, invented for the demo."""

import re
import unicodedata
from dataclasses import dataclass
from datetime import date, timedelta

CREDIT_ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"  # GB 32100: I, O, S, V and Z are not used
CREDIT_WEIGHTS = tuple(pow(3, place, 31) for place in range(17))
BODY_WEIGHTS = (3, 7, 9, 10, 5, 8, 4, 2)  # GB 11714, the organisation code inside a credit code
BODY_ALPHABET = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"
IDENTITY_WEIGHTS = tuple(pow(2, 17 - place, 11) for place in range(17))
IDENTITY_CHECKS = "10X98765432"
MEANT = {"I": "1", "O": "0", "S": "5", "V": "U", "Z": "2"}
# The first two digits of an identity number; 81, 82 and 83 are residence permits, 9x permanent residents from abroad.
PROVINCES = re.compile(r"1[1-5]|2[1-3]|3[1-7]|4[1-6]|5[0-4]|6[1-5]|71|8[1-3]|9\d")
EARLIEST_BIRTH = date(1900, 1, 1)
SEPARATORS = re.compile(r"[\s\-‐‑–—－]+")


@dataclass(frozen=True)
class Checked:
    """An identifier as it will be stored, with what is wrong (errors) and what is merely odd (warnings)."""

    value: str
    errors: tuple[str, ...] = ()
    warnings: tuple[str, ...] = ()


def plain(text: str) -> str:
    """The identifier without spaces, dashes, full-width forms and lower case, as people paste them."""
    return SEPARATORS.sub("", unicodedata.normalize("NFKC", text)).upper()


def check_credit_code(text: str) -> Checked:
    """Check a unified social credit code (统一社会信用代码, GB 32100); the error names the wrong place if it can."""
    code = plain(text)
    if len(code) != 18:
        return Checked(code, (f"统一社会信用代码应为 18 位，现为 {len(code)} 位，请对照营业执照补全。",))
    for place, sign in enumerate(code, 1):
        if sign not in CREDIT_ALPHABET:
            hint = f"，是否应为“{MEANT[sign]}”" if sign in MEANT else ""
            return Checked(code, (f"统一社会信用代码第 {place} 位“{sign}”不是代码用字（不用 I、O、S、V、Z）{hint}？",))
        if 2 <= place <= 8 and not sign.isdecimal():
            return Checked(code, (f"统一社会信用代码第 {place} 位“{sign}”应为数字，请对照营业执照核对。",))
    expected = credit_check(code[:17])
    if code[17] == expected:
        return Checked(code)
    if code[16] != body_check(code[8:16]):
        where = "差错多半在第 9 至 17 位（主体标识码）"
    else:
        where = f"差错多半在前 8 位或末位（按前 17 位推算，末位应为“{expected}”）"
    return Checked(code, (f"统一社会信用代码校验不符，{where}，请对照营业执照逐位核对。",))


def credit_check(first17: str) -> str:
    """The 18th character of a credit code."""
    total = sum(CREDIT_ALPHABET.index(sign) * weight for sign, weight in zip(first17, CREDIT_WEIGHTS, strict=True))
    return CREDIT_ALPHABET[-total % 31]


def body_check(body8: str) -> str:
    """The check character of the organisation code in places 9 to 16 of a credit code."""
    total = sum(BODY_ALPHABET.index(sign) * weight for sign, weight in zip(body8, BODY_WEIGHTS, strict=True))
    return "0123456789X"[-total % 11]


def check_identity_number(text: str, on: date) -> Checked:
    """Check a resident identity number (GB 11643) as of the day `on`: form, birth date and check digit are errors,
    the place a warning only, because old places, permits and merged districts are all genuine."""
    number = plain(text)
    if len(number) == 15 and number.isdecimal():
        return Checked(number, ("身份证号为 15 位旧号码，已停止使用，请按现行身份证填写 18 位号码。",))
    if len(number) != 18:
        return Checked(number, (f"身份证号应为 18 位，现为 {len(number)} 位。",))
    for place, sign in enumerate(number, 1):
        if not (sign in "0123456789" or (place == 18 and sign == "X")):
            allowed = "数字或 X" if place == 18 else "数字"
            return Checked(number, (f"身份证号第 {place} 位“{sign}”应为{allowed}。",))
    errors = []
    if problem := birth_problem(number, on):
        errors.append(problem)
    if number[17] != (expected := identity_check(number[:17])):
        errors.append(f"身份证号校验码不对：按前 17 位推算末位应为“{expected}”，现为“{number[17]}”，请逐位核对。")
    return Checked(
        number,
        tuple(errors),
        () if known_place(number) else (f"身份证号前两位“{number[:2]}”不是现行地区代码，请核对。",),
    )


def identity_check(first17: str) -> str:
    """The 18th character of an identity number."""
    total = sum(int(sign) * weight for sign, weight in zip(first17, IDENTITY_WEIGHTS, strict=True))
    return IDENTITY_CHECKS[total % 11]


def birth_problem(number: str, on: date) -> str:
    """What is wrong with the birth date in an 18-digit identity number; empty when nothing is."""
    born = number[6:14]
    try:
        day = date(int(born[:4]), int(born[4:6]), int(born[6:]))
    except ValueError:
        return f"身份证号第 7 至 14 位“{born}”不是真实存在的出生日期。"
    if day > on:
        return f"身份证号中的出生日期 {day} 晚于 {on}。"
    return f"身份证号中的出生日期 {day} 早于 1900 年。" if day < EARLIEST_BIRTH else ""


def known_place(number: str) -> bool:
    """Whether the number starts as numbers do; never a reason to refuse."""
    return bool(PROVINCES.match(number))


def birth_date(number: str) -> date:
    """The birth date in a checked identity number."""
    return date(int(number[6:10]), int(number[10:12]), int(number[12:14]))


def check_phone(text: str) -> Checked:
    """Check a telephone number: mobile, fixed with area code (and extension 转), 400 or 800."""
    phone = re.sub(r"\s+", "", unicodedata.normalize("NFKC", text)).removeprefix("+86")
    digits = phone.replace("-", "")
    if re.fullmatch(r"1[3-9]\d{9}", digits):
        return Checked(digits)
    if re.fullmatch(r"0\d{2,3}-?\d{7,8}((-|转)\d{1,6})?|[48]00-?\d{3}-?\d{4}", phone):
        return Checked(phone)
    if re.fullmatch(r"1\d*", digits):
        reason = f"应为 11 位，现为 {len(digits)} 位" if len(digits) != 11 else "第 2 位应为 3 至 9"
        return Checked(phone, (f"手机号码{reason}。",))
    return Checked(phone, ("电话号码应为 11 位手机号码，或带区号的固定电话（如 022-12345678）。",))


def check_bank_card(text: str) -> Checked:
    """Check a bank account number: digits and length are errors, the check digit a warning (passbooks have none)."""
    card = plain(text)
    if not re.fullmatch(r"[0-9]{9,25}", card):
        return Checked(card, ("银行卡号应为 9 至 25 位数字。",))
    return Checked(card, (), () if luhn(card) else ("银行卡号校验位不符，可能有误，请与本人核对。",))


def luhn(digits: str) -> bool:
    """Whether the digits pass the Luhn check of ISO/IEC 7812."""
    doubled = (int(sign) * (1 + place % 2) for place, sign in enumerate(reversed(digits)))
    return sum(value - 9 if value > 9 else value for value in doubled) % 10 == 0


# A character of a name may carry a variation selector that chooses its shape: the two are masked as one.
LETTER = re.compile(r".[\ufe00-\ufe0f\U000e0100-\U000e01ef]*", re.DOTALL)


def mask_name(name: str) -> str:
    """王海 → 王＊, 王大海 → 王＊海: the first character, and the last one of three or more."""
    letters = LETTER.findall(name.strip())
    if len(letters) < 3:
        return letters[0] + "＊" if letters else ""
    return letters[0] + "＊" * (len(letters) - 2) + letters[-1]


def mask_number(number: str, head: int, tail: int) -> str:
    """Keep `head` and `tail` characters; a number too short to hide anything is hidden whole."""
    hidden = len(number) - head - tail
    return number[:head] + "*" * hidden + number[len(number) - tail :] if hidden > 0 else "*" * len(number)


def mask_identity_number(number: str) -> str:
    """Three characters of the place and the last four; never the birth date."""
    return mask_number(number, 3, 4)


def mask_phone(phone: str) -> str:
    """138****5678; a fixed line keeps its last four digits."""
    return mask_number(phone, 3, 4)


def mask_bank_card(card: str) -> str:
    """Only the last four digits, as banks do."""
    return mask_number(card, 0, 4)


def invented_credit_code(nth: int, region: str = "120115", kind: str = "91") -> str:
    """The nth invented credit code: valid, and visibly made up because its body starts with DEM. Below 31**5."""
    body = "DEM"
    for place in reversed(range(5)):
        body += CREDIT_ALPHABET[nth // 31**place % 31]
    first17 = kind + region + body + body_check(body)
    return first17 + credit_check(first17)


def invented_identity_number(nth: int, region: str = "120100") -> str:
    """The nth invented identity number: valid, born 1960 to 2000; the default place is the city's collective code,
    under which no person is registered. Different for every nth below 15 million."""
    born = date(1960, 1, 1) + timedelta(days=nth * 7919 % 15000)
    first17 = f"{region}{born:%Y%m%d}{nth // 15000 % 1000:03d}"
    return first17 + identity_check(first17)
