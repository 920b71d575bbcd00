"""Signing in: mistakes are counted, a second factor can be bound, a lost one taken off by the administrator."""

from base64 import b32decode

import pytest
from django_otp.oath import totp

pytestmark = pytest.mark.django_db
WORD, OTHER = "示例-口令-2026", "另一个-口令-2027"


def test_an_officer_is_locked_out_after_five_wrong_passwords_and_let_in_again_later(people, world, time):
    time("2026-03-02", 9)
    officer = people()
    officer.open("workbench").sees("登录").picture("login")  # nobody sees a page of the desk without signing in
    for _ in range(4):
        officer.fill("账号", "zhang").fill("密码", "不对的口令").press("登录").answered(422).sees("账号或密码不对")
    officer.fill("账号", "zhang").fill("密码", "不对的口令").press("登录").answered(429).sees(
        "账号已暂时锁定", "15 分钟"
    )
    officer.open("login").fill("账号", "zhang").fill("密码", WORD).press("登录").answered(429)
    time("2026-03-02", 9, 16)
    officer.open("login").fill("账号", "zhang").fill("密码", WORD).press("登录").sees("我的工作台")
    officer.open("account").sees("登录被锁定", "张监察").follow("修改密码")
    officer.fill("登录密码", WORD).fill("新密码", "12345").fill("再输一次", "12345").press("保存新密码").answered(
        422
    ).sees("至少")
    officer.fill("登录密码", WORD).fill("新密码", OTHER).fill("再输一次", OTHER).press("保存新密码").sees("密码已修改")
    officer.press("退出").sees("登录").open("workbench").sees("登录")


def test_an_officer_binds_an_authenticator_and_the_administrator_takes_a_lost_one_off(people, world, time):
    time("2026-03-02", 9)
    officer = people()
    officer.open("login").fill("账号", "zhang").fill("密码", WORD).press("登录").open("totp").sees(
        "绑定验证器"
    ).picture("totp")
    secret = b32decode(officer.page.locator(".mono").inner_text().replace(" ", ""))
    officer.fill("六位数字", "000000").press("绑定").answered(422).sees("验证码不对")
    officer.fill("六位数字", f"{totp(secret):06d}").press("绑定").sees("已绑定")
    officer.press("退出").open("login").fill("账号", "zhang").fill("密码", WORD).press("登录").sees("输入动态验证码")
    officer.fill("六位数字", "12").press("确认").answered(422).sees("动态验证码是六位数字")
    officer.fill("六位数字", f"{totp(secret, t0=600):06d}").press("确认").answered(422)

    admin = people(world.admin)
    admin.open("people").sees("张监察", "有效").picture("people").follow("张监察").sees("解除动态验证码").press(
        "解除绑定"
    )
    admin.sees("已解除动态验证码").press("重置密码").sees("只显示这一次")
    word = admin.page.locator("dd.mono b").inner_text()
    officer.open("login").fill("账号", "zhang").fill("密码", word).press("登录").sees("我的工作台")
