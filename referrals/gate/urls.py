"""Addresses of the public gate. The page that stands still is /refer/ itself."""

from django.urls import path

from . import views

urlpatterns = [
    path("", views.who_may_refer, name="refer"),
    path("check/", views.check, name="refer_check"),
    path("emergency/", views.emergency, name="refer_emergency"),
]
