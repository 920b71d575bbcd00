"""What the pages of the outbox ask."""

from django import forms

from laojian.people.models import Bureau

from .platforms import platforms


class ConnectionForm(forms.Form):
    """Where a bureau reaches a platform. Signed content goes only over an encrypted way, or to this machine itself."""

    use_required_attribute = False
    bureau = forms.TypedChoiceField(label="单位", error_messages={"invalid_choice": "只能选本单位及下级单位。"})
    platform = forms.ChoiceField(label="平台", error_messages={"required": "请选择平台。"})
    url = forms.URLField(
        label="接口地址", required=False, assume_scheme="https", max_length=300,
        error_messages={"invalid": "请填写完整的地址，以 https:// 开头。"},
        help_text="留空提交，撤销已登记的接口：改为下载文件报送。",
    )  # fmt: skip
    secret = forms.CharField(
        label="签名密钥", required=False, max_length=200, widget=forms.PasswordInput(attrs={"autocomplete": "off"}),
        help_text="与平台约定的密钥，加密保存，登记以后不再显示；留空的不改。",
    )  # fmt: skip
    document = forms.CharField(
        label="依据的文件", max_length=120, error_messages={"required": "请填写开通接口的文件名称和文号。"}
    )

    def __init__(self, *args, bureaus: list[Bureau], known: set[tuple[int, str]] = frozenset(), **kwargs):
        super().__init__(*args, **kwargs)
        self.known = known
        self.fields["bureau"].choices = [(bureau.pk, bureau.name) for bureau in bureaus]
        self.fields["bureau"].coerce = {str(bureau.pk): bureau for bureau in bureaus}.get
        pushed = [(key, each.label) for key, each in platforms().items() if each.way == "push"]
        self.fields["platform"].choices = [("", "请选择"), *pushed]

    def clean_url(self) -> str:
        url = self.cleaned_data["url"]
        if url and not url.startswith(("https://", "http://127.0.0.1:", "http://localhost:")):
            raise forms.ValidationError("接口须用 https：报送的内容不能明文传输。")
        return url

    def clean(self) -> dict:
        given = super().clean()
        place = (getattr(given.get("bureau"), "pk", 0), given.get("platform"))
        if given.get("url") and not given.get("secret") and place not in self.known:
            self.add_error("secret", "第一次登记须填写签名密钥。")
        return given


class ReceiptForm(forms.Form):
    """The receipt of what was handed over as a file."""

    use_required_attribute = False
    receipt = forms.CharField(label="平台的回执号", max_length=80, error_messages={"required": "请填写回执号。"})
