"""The addresses of papers, evidence and lists of workers."""

urlpatterns = []
