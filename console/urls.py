"""Which page answers which address."""

from django.urls import include, path

urlpatterns = [
    path("accounts/", include("console.web.account_urls")),
    path("", include("console.web.urls")),
]

handler400 = "console.web.errors.bad_request"
handler403 = "console.web.errors.forbidden"
handler404 = "console.web.errors.not_found"
handler429 = "console.web.errors.too_many"
handler500 = "console.web.errors.server_error"
