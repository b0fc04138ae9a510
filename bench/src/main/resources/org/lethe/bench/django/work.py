"""What Django's own deletion collector makes of a workload: work.py WORKLOAD PORT DATABASE USERS OUT"""
import sys
import time

began = time.time()
import django
from django.conf import settings

workload, port, database, users, out = sys.argv[1:]
settings.configure(
    INSTALLED_APPS=["django.contrib.contenttypes", "django.contrib.auth", "forum"],
    USE_TZ=True,
    DATABASES={"default": dict(ENGINE="django.db.backends.postgresql", NAME=database, HOST="127.0.0.1", PORT=port, USER="postgres")},
)
django.setup()
from django.contrib.admin.utils import NestedObjects
from django.core import serializers
from django.db import connection
from forum.models import Users

with open(users) as file:
    ids = [int(line) for line in file]
connection.ensure_connection()


def say(name, value):
    print("bench", name, value)


def collected(keys):
    collector = NestedObjects(using="default")
    collector.collect(Users.objects.filter(pk__in=keys))
    return collector


started = time.time()
say("start_s", "%.4f" % (started - began))
if workload == "W1":
    found = collected(ids)
    found.nested(str)  # the tree that its admin shows before a delete
    spent = time.time() - started
    for model, rows in found.data.items():
        say("count " + model._meta.db_table, len(rows))
    changed = {}
    for model, fields in found.field_updates.items():
        for rows in fields.values():
            stay = sum(1 for row in rows if row not in found.data.get(model, ()))
            changed[model._meta.db_table] = changed.get(model._meta.db_table, 0) + stay
    for name, rows in changed.items():
        if rows:
            say("count %s changed" % name, rows)
elif workload == "W4":
    rows = [row for of_model in collected(ids).data.values() for row in of_model]
    with open(out, "w") as file:
        serializers.serialize("json", rows, stream=file)
    spent = time.time() - started
    say("rows", len(rows))
elif workload == "ONE":
    took = []
    for key in ids:
        before = time.time()
        Users.objects.filter(pk=key).delete()
        took.append(time.time() - before)
    spent = time.time() - started
    took.sort()
    say("p50_ms", "%.3f" % (took[len(took) // 2] * 1000))
    say("p95_ms", "%.3f" % (took[int(len(took) * 0.95)] * 1000))
else:
    Users.objects.filter(pk__in=ids).delete()
    spent = time.time() - started
say("work_s", "%.4f" % spent)
