"""What signing in and looking after one's own account asks, and the widget of a long choice."""

from django import forms
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.forms.utils import flatatt
from django.utils.html import format_html, format_html_join
from django.utils.safestring import mark_safe

from laojian.people.models import Officer


class Choose(forms.Select):
    """A choice among many, written in one go: Django's own includes a template for every option, longer than a page takes."""

    def render(self, name, value, attrs=None, renderer=None):
        chosen = {str(each) for each in self.format_value(value)}
        rows = ((key, mark_safe(" selected" if str(key) in chosen else ""), label) for key, label in self.choices)
        options = format_html_join("", '<option value="{}"{}>{}</option>', rows)
        return format_html(
            "<select{}>{}</select>", flatatt(self.build_attrs(self.attrs, {"name": name, **(attrs or {})})), options
        )


def word_input(autocomplete: str) -> forms.PasswordInput:
    """A field for a password that browsers and password managers recognise."""
    return forms.PasswordInput(attrs={"autocomplete": autocomplete})


class SignIn(forms.Form):
    """Account and password."""

    use_required_attribute = False
    username = forms.CharField(
        label="账号", max_length=40, error_messages={"required": "请填写账号。"},
        widget=forms.TextInput(attrs={"autocomplete": "username", "autocapitalize": "none", "spellcheck": "false"}),
    )  # fmt: skip
    password = forms.CharField(
        label="密码", max_length=200, strip=False, error_messages={"required": "请填写密码。"}, widget=word_input("current-password")
    )  # fmt: skip


class Code(forms.Form):
    """Six digits from the authenticator; a blank in between is no mistake."""

    use_required_attribute = False
    code = forms.CharField(
        label="六位数字", max_length=12, error_messages={"required": "请填写验证器显示的六位数字。"},
        widget=forms.TextInput(attrs={"autocomplete": "one-time-code", "inputmode": "numeric"}),
    )  # fmt: skip

    def clean_code(self) -> str:
        code = "".join(self.cleaned_data["code"].split())
        if not (len(code) == 6 and code.isascii() and code.isdecimal()):
            raise ValidationError("动态验证码是六位数字，请看验证器现在显示的。")
        return code


class OwnWord(forms.Form):
    """One's own password, asked before something that weakens the account."""

    use_required_attribute = False
    password = forms.CharField(
        label="登录密码", max_length=200, strip=False, error_messages={"required": "请填写登录密码。"},
        widget=word_input("current-password"),
    )  # fmt: skip

    def __init__(self, officer: Officer, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.officer = officer

    def clean_password(self) -> str:
        word = self.cleaned_data["password"]
        if not self.officer.check_password(word):
            raise ValidationError("密码不对，请重新输入。")
        return word


class NewWord(OwnWord):
    """A new password, twice."""

    new = forms.CharField(
        label="新密码", max_length=200, strip=False, error_messages={"required": "请填写新密码。"}, widget=word_input("new-password")
    )  # fmt: skip
    again = forms.CharField(
        label="再输一次", max_length=200, strip=False, error_messages={"required": "请再输一次新密码。"}, widget=word_input("new-password")
    )  # fmt: skip

    def clean_new(self) -> str:
        word = self.cleaned_data["new"]
        validate_password(word, self.officer)
        if self.officer.check_password(word):
            raise ValidationError("新密码与现在的密码相同，请另想一个。")
        return word

    def clean_again(self) -> str:
        if self.cleaned_data.get("new") not in (None, self.cleaned_data["again"]):
            raise ValidationError("两次输入的新密码不一样，请重新输入。")
        return self.cleaned_data["again"]


class FirstWord(NewWord):
    """The password that replaces a temporary one, which has just been given."""

    password = None
