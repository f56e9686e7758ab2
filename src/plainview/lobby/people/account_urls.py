"""The addresses of django-allauth that Plainview uses, under the names the library looks up.

Nobody can sign up or have a password mailed here: people come from the roster, and nothing leaves the
building. Those names lead to a page that says who can help.
"""

from allauth.account import views as account
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import include, path
from django.views.decorators.debug import sensitive_post_parameters
from django.views.generic import TemplateView

from plainview.lobby.people.sign_in import SignIn

ask_someone = TemplateView.as_view(template_name="people/ask_someone.html")


def say_it_again(request: HttpRequest) -> HttpResponse:
    """The library refuses whoever has no password to say again; the page it leads to tells why."""
    try:
        return account.reauthenticate(request)
    except PermissionDenied:
        return redirect("mfa_index")


urlpatterns = [
    path("sign-in/", sensitive_post_parameters()(SignIn.as_view()), name="account_login"),
    path("sign-out/", account.logout, name="account_logout"),
    path("inactive/", ask_someone, name="account_inactive"),
    path("new/", ask_someone, name="account_signup"),
    path("forgotten/", ask_someone, name="account_reset_password"),
    path("again/", say_it_again, name="account_reauthenticate"),
    path("password/", account.password_change, name="account_change_password"),
    path("password/first/", account.password_set, name="account_set_password"),
    path("security/", include("allauth.mfa.urls")),
]
