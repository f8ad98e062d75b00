"""Addresses of the pages."""

from django.urls import path

from bihuan.web.views import session

urlpatterns = [path("sign-in/", session.sign_in, name="sign_in")]
