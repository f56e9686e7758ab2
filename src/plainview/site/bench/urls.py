"""Every address of the house, and the bare page."""

from django.urls import path

from plainview.site.bench.bare import bare
from plainview.site.urls import urlpatterns as of_the_house

urlpatterns = [path("bench/bare/<int:n_bytes>/", bare, name="bare"), *of_the_house]
