"""The addresses of django-allauth that Plainview uses, under the names the library looks up.

Nobody can sign up or have a password mailed here: people come from the roster, and nothing leaves the
building. Those names lead to a page that says who can help.
"""

from allauth.account import views as account
from django.urls import include, path
from django.views.generic import TemplateView

from plainview.lobby.people.sign_in import SignIn

ask_someone = TemplateView.as_view(template_name="people/ask_someone.html")

urlpatterns = [
    path("sign-in/", SignIn.as_view(), name="account_login"),
    path("sign-out/", account.logout, name="account_logout"),
    path("inactive/", ask_someone, name="account_inactive"),
    path("new/", ask_someone, name="account_signup"),
    path("forgotten/", ask_someone, name="account_reset_password"),
    path("again/", account.reauthenticate, name="account_reauthenticate"),
    path("password/", account.password_change, name="account_change_password"),
    path("password/first/", account.password_set, name="account_set_password"),
    path("security/", include("allauth.mfa.urls")),
]
