from django.apps import AppConfig


class CreditConfig(AppConfig):
    name = "laojian.credit"
    verbose_name = "诚信等级"
