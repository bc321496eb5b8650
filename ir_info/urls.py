"""All addresses: the public room, the private room, the admin, and health."""

from django.contrib import admin
from django.urls import include, path

from . import views

urlpatterns = [
    path("healthz", views.healthz),
    path("readyz", views.readyz),
    path("admin/", admin.site.urls),
    path("", include("procedures.urls")),
]

handler400 = "ir_info.views.bad_request"
handler403 = "ir_info.views.forbidden"
handler404 = "ir_info.views.not_found"
handler500 = "ir_info.views.server_error"
