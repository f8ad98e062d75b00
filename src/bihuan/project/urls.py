"""All addresses; each interface owns its own table."""

from django.urls import include, path

urlpatterns = [path("", include("bihuan.web.urls"))]
