"""The addresses of this room. Those in published.addresses stay: docs/for-reviewers/public-pages.md."""

from django.urls import URLPattern, URLResolver, path

from plainview.desk.public import programs, views

app_name = "public"
urlpatterns: list[URLPattern | URLResolver] = [
    path("products/", views.products, name="products"),
    path("products/compare/", views.side_by_side, name="compare"),
    path("products/feed.atom", views.feed_of, name="feed"),
    path("products/products.csv", views.products_table, name="products_table"),
    path("products/claims.csv", views.claims_table, name="claims_table"),
    path("products/conditions.csv", views.conditions_table, name="conditions_table"),
    path("products/<slug:slug>/", views.product, name="product"),
    path("products/<slug:slug>/versions/", views.versions, name="versions"),
    path("products/<slug:slug>/chain.json", views.chain_of, name="chain"),
    path("products/<slug:slug>/feed.atom", views.feed_of, name="feed_of"),
    path("products/<slug:slug>/<int:number>/", views.publication, name="publication"),
    path("products/<slug:slug>/<int:number>/<str:name>", views.file, name="file"),
    path("claims/", views.claims, name="claims"),
    path("claims/<slug:kind>/", views.claim, name="claim"),
    path("methods/", views.methods_index, name="methods"),
    path("methods/<slug:name>/", views.method, name="method"),
    path("api/", views.programs_page, name="programs"),
    path("api/v1/", programs.api.urls),
]
