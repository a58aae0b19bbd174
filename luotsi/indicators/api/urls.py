"""Addresses of programs; a key stands for signing in."""

from django.contrib.auth.decorators import login_not_required

from luotsi.indicators.api.served import api

app_name = "api"
urlpatterns = api.urls[0]
for pattern in urlpatterns:
    if pattern.callback is not None:
        login_not_required(pattern.callback)
