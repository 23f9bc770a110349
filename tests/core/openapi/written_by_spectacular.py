"""Writes the OpenAPI document of a small API made with Django's REST framework, in a process of its own: settings are
there once in a process, and the suite has its own.
"""

import sys

import django
from django.conf import settings

SETTINGS = {
    "INSTALLED_APPS": ["django.contrib.contenttypes", "django.contrib.auth", "rest_framework", "drf_spectacular"],
    "ROOT_URLCONF": __name__,
    "SECRET_KEY": "a key of a test",
    "REST_FRAMEWORK": {
        "DEFAULT_SCHEMA_CLASS": "drf_spectacular.openapi.AutoSchema",
        "DEFAULT_AUTHENTICATION_CLASSES": ["rest_framework.authentication.BasicAuthentication"],
    },
    "SPECTACULAR_SETTINGS": {"TITLE": "Orders", "VERSION": "1"},
}
urlpatterns: list[object] = []


def main() -> None:
    settings.configure(**SETTINGS)
    django.setup()
    from drf_spectacular.generators import SchemaGenerator
    from drf_spectacular.renderers import OpenApiYamlRenderer
    from rest_framework import routers, serializers, viewsets

    class OrderSerializer(serializers.Serializer):
        id = serializers.IntegerField(read_only=True)
        country = serializers.ChoiceField(["NO", "SE"])
        lines = serializers.ListField(child=serializers.CharField())

    class OrderViews(viewsets.ModelViewSet):
        serializer_class = OrderSerializer
        lookup_value_regex = "[0-9]+"

        def get_queryset(self):
            from django.contrib.auth.models import Group

            return Group.objects.all()

    router = routers.SimpleRouter()
    router.register("orders", OrderViews, basename="order")
    urlpatterns.extend(router.urls)
    schema = SchemaGenerator(patterns=urlpatterns).get_schema(request=None, public=True)
    sys.stdout.buffer.write(OpenApiYamlRenderer().render(schema))


if __name__ == "__main__":
    main()
