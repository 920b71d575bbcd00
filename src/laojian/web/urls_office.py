"""The addresses of accounts, people, record, law and employers."""

urlpatterns = []
