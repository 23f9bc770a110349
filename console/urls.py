"""Which page answers which address."""

from django.urls import include, path

from console.web.pages import company

urlpatterns = [
    # In place of allauth's own two views of the same addresses:
    path("accounts/oidc/<str:provider_id>/login/", company.login, name="company-login"),
    path("accounts/oidc/<str:provider_id>/login/callback/", company.callback, name="company-callback"),
    path("accounts/", include("allauth.urls")),
    path("", include("console.web.urls")),
]

handler400 = "console.web.errors.bad_request"
handler403 = "console.web.errors.forbidden"
handler404 = "console.web.errors.not_found"
handler500 = "console.web.errors.server_error"
