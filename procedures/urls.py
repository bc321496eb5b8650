"""Addresses of everything that the public reads."""

from django.urls import path, re_path
from django.views.decorators.csrf import csrf_exempt

from .views import (
    compare,
    easy,
    leaflets,
    machines,
    offline,
    pages,
    pictures,
    plan,
    questions,
    search,
)

app_name = "procedures"

urlpatterns = [
    path("", pages.home, name="home"),
    path("procedures/", pages.catalogue, name="catalogue"),
    path("procedures/category/<slug:slug>/", pages.category, name="category"),
    path("procedures/<slug:slug>/", pages.procedure, name="procedure"),
    path("procedures/<slug:slug>/easy/", easy.easy_version, name="easy_version"),
    path("procedures/<slug:slug>/versions/", pages.versions, name="versions"),
    path("procedures/<slug:slug>/questions/", questions.questions, name="questions"),
    path("procedures/<slug:slug>/plan/", plan.preparation_plan, name="plan"),
    path("procedures/<slug:slug>/leaflet.pdf", leaflets.procedure_leaflet, name="leaflet"),
    path("procedures/<slug:slug>/steps/<int:number>.svg", pages.step_picture, name="step_picture"),
    path("body-map/", pages.body_map, name="body_map"),
    path("compare/", compare.comparison, name="compare"),
    path("easy/", easy.easy_versions, name="easy_versions"),
    path("conditions/", pages.conditions, name="conditions"),
    path("guidance/", pages.guidance_index, name="guidance_index"),
    path("guidance/<slug:slug>/", pages.guidance, name="guidance"),
    path("guidance/<slug:slug>/leaflet.pdf", leaflets.guidance_leaflet, name="guidance_leaflet"),
    path("a-z/", pages.a_to_z, name="a_to_z"),
    path("glossary/", pages.glossary, name="glossary"),
    path("search/", search.search, name="search"),
    path("search/suggest", search.suggestions, name="suggestions"),
    path("stories/", pages.stories, name="stories"),
    path("contact/", pages.contact, name="contact"),
    re_path(rf"^(?P<slug>{'|'.join(pages.SITE_PAGES)})/$", pages.site_page, name="site_page"),
    path("pictures/<str:file>", pictures.picture, name="picture"),
    path("sitemap.xml", machines.sitemap, name="sitemap"),
    path("robots.txt", machines.robots, name="robots"),
    path("updates.atom", machines.updates, name="updates"),
    path("offline/", offline.offline_page, name="offline"),
    path("offline/pages.json", offline.pages_to_keep, name="pages_to_keep"),
    path("sw.js", offline.service_worker, name="service_worker"),
]

# Nothing here changes anything, so nothing asks for a form's token: a wrong method is answered as what it is, with 405.
# An address without its slash leads to a page that is there, never to another 404: the house sees to that.
for entry in urlpatterns:
    entry.callback = csrf_exempt(entry.callback)
    entry.callback.should_append_slash = False
