from django.apps import AppConfig


class ExchangeConfig(AppConfig):
    name = "laojian.exchange"
    verbose_name = "信用信息报送"
