"""All addresses: the public room, the private room, the admin, and health."""

from allauth.account.decorators import secure_admin_login
from django.contrib import admin
from django.urls import include, path
from django.views.decorators.csrf import csrf_exempt

from . import views

# The admin has no sign-in of its own: one door, with the second factor.
admin.site.login = secure_admin_login(admin.site.login)

urlpatterns = [
    path("healthz", csrf_exempt(views.healthz)),
    path("readyz", csrf_exempt(views.readyz)),
    path("favicon.ico", csrf_exempt(views.favicon)),
    path("admin/", admin.site.urls),
    path("accounts/", include("referrals.accounts.urls")),
    path("accounts/", include("allauth.urls")),
    path("refer/account/", include("referrals.accounts.request_urls")),
    path("", include("referrals.urls")),
    path("", include("procedures.urls")),
]

handler400 = "ir_info.views.bad_request"
handler403 = "ir_info.views.forbidden"
handler404 = "ir_info.views.not_found"
handler500 = "ir_info.views.server_error"
handler429 = "ir_info.views.too_many_requests"
