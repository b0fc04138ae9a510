"""The forum as Django sees it: made for each table, since all have the same shape of rules."""
from django.db import models

C, N, P = models.CASCADE, models.SET_NULL, models.PROTECT


def fk(to, rule, name, null=False):
    return models.ForeignKey(to, on_delete=rule, null=null, db_column=name, related_name="+")


class Base(models.Model):
    class Meta:
        abstract = True
        managed = False
        app_label = "forum"


def table(db_table, **fields):
    meta = type("Meta", (Base.Meta,), {"db_table": db_table, "abstract": False})
    return type(
        "".join(word.title() for word in db_table.split("_")),
        (Base,),
        {"__module__": __name__, "Meta": meta, "id": models.BigAutoField(primary_key=True), **fields},
    )


text, when, number = models.TextField, models.DateTimeField, models.IntegerField
money = lambda: models.DecimalField(max_digits=12, decimal_places=2)

Users = table("users", username=text(), email=text(), created_at=when(), status=number())
Profiles = table("profiles", user=fk(Users, C, "user_id"), bio=text(null=True), settings=models.JSONField(null=True))
Posts = table("posts", author=fk(Users, C, "author_id"), title=text(), body=text(), created_at=when())
Comments = table("comments", post=fk(Posts, C, "post_id"), author=fk(Users, C, "author_id"),
                 parent=fk("self", C, "parent_id", null=True), body=text(), created_at=when())
Votes = table("votes", comment=fk(Comments, C, "comment_id"), user=fk(Users, C, "user_id"), value=number())
Attachments = table("attachments", post=fk(Posts, C, "post_id"), filename=text(), bytes=number())
Products = table("products", name=text(), price=money())
Orders = table("orders", user=fk(Users, C, "user_id"), total=money(), placed_at=when())
OrderItems = table("order_items", order=fk(Orders, C, "order_id"), product=fk(Products, P, "product_id"), qty=number(), price=money())
Sessions = table("sessions", id=models.UUIDField(primary_key=True), user=fk(Users, C, "user_id"), ip=text(null=True), expires_at=when())
AuditLog = table("audit_log", user=fk(Users, N, "user_id", null=True), action=text(), at=when())
Groups = table("groups", owner=fk(Users, N, "owner_id", null=True), name=text())
# Django 3.2 knows no key of two columns; nothing refers to these rows, so one of the two serves to delete them. Its
# collector keeps rows in sets: two of one user must not be the same to them.
GroupMembers = table("group_members", id=None, group=fk(Groups, C, "group_id"),
                     user=models.OneToOneField(Users, on_delete=C, db_column="user_id", primary_key=True, related_name="+"),
                     joined_at=when(),
                     __eq__=lambda self, other: isinstance(other, type(self)) and self.both() == other.both(),
                     __hash__=lambda self: hash(self.both()),
                     both=lambda self: (self.group_id, self.user_id))
Messages = table("messages", sender=fk(Users, C, "sender_id"), recipient=fk(Users, C, "recipient_id"), body=text(), sent_at=when())
Notifications = table("notifications", user=fk(Users, C, "user_id"), actor=fk(Users, N, "actor_id", null=True), kind=text(), created_at=when())
