package org.lethe.bench.peer.hibernate;

import jakarta.persistence.CascadeType;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.FetchType;
import jakarta.persistence.Id;
import jakarta.persistence.IdClass;
import jakarta.persistence.JoinColumn;
import jakarta.persistence.ManyToOne;
import jakarta.persistence.OneToMany;
import jakarta.persistence.Table;
import java.math.BigDecimal;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.hibernate.annotations.BatchSize;
import org.jspecify.annotations.Nullable;

/**
 * The forum as entities: what hangs on one is a collection that is removed with it, and read many
 * at a time.
 */
@SuppressWarnings({"NullAway.Init", "UnusedVariable"})
final class Forum {

  /** All of them. */
  static final List<Class<?>> ENTITIES =
      List.of(
          User.class,
          Profile.class,
          Post.class,
          Comment.class,
          Vote.class,
          Attachment.class,
          Order.class,
          OrderItem.class,
          Session.class,
          Message.class,
          Notification.class,
          AuditEntry.class,
          Group.class,
          GroupMember.class);

  private Forum() {}

  /** The key of a membership. */
  record Membership(long group, long user) {}

  @Entity(name = "User")
  @Table(name = "users")
  @BatchSize(size = 500)
  static class User {
    @Id long id;
    String username;
    String email;

    @Column(name = "created_at")
    OffsetDateTime createdAt;

    short status;

    @OneToMany(mappedBy = "user", cascade = CascadeType.REMOVE)
    @BatchSize(size = 500)
    List<Profile> profileByUser = new ArrayList<>();

    @OneToMany(mappedBy = "author", cascade = CascadeType.REMOVE)
    @BatchSize(size = 500)
    List<Post> postByAuthor = new ArrayList<>();

    @OneToMany(mappedBy = "author", cascade = CascadeType.REMOVE)
    @BatchSize(size = 500)
    List<Comment> commentByAuthor = new ArrayList<>();

    @OneToMany(mappedBy = "user", cascade = CascadeType.REMOVE)
    @BatchSize(size = 500)
    List<Vote> voteByUser = new ArrayList<>();

    @OneToMany(mappedBy = "user", cascade = CascadeType.REMOVE)
    @BatchSize(size = 500)
    List<Order> orderByUser = new ArrayList<>();

    @OneToMany(mappedBy = "user", cascade = CascadeType.REMOVE)
    @BatchSize(size = 500)
    List<Session> sessionByUser = new ArrayList<>();

    @OneToMany(mappedBy = "user", cascade = CascadeType.REMOVE)
    @BatchSize(size = 500)
    List<GroupMember> groupMemberByUser = new ArrayList<>();

    @OneToMany(mappedBy = "sender", cascade = CascadeType.REMOVE)
    @BatchSize(size = 500)
    List<Message> messageBySender = new ArrayList<>();

    @OneToMany(mappedBy = "recipient", cascade = CascadeType.REMOVE)
    @BatchSize(size = 500)
    List<Message> messageByRecipient = new ArrayList<>();

    @OneToMany(mappedBy = "user", cascade = CascadeType.REMOVE)
    @BatchSize(size = 500)
    List<Notification> notificationByUser = new ArrayList<>();
  }

  @Entity(name = "Profile")
  @Table(name = "profiles")
  @BatchSize(size = 500)
  static class Profile {
    @Id long id;
    String bio;

    @ManyToOne(fetch = FetchType.LAZY)
    @JoinColumn(name = "user_id")
    @Nullable User user;
  }

  @Entity(name = "Post")
  @Table(name = "posts")
  @BatchSize(size = 500)
  static class Post {
    @Id long id;
    String title;
    String body;

    @Column(name = "created_at")
    OffsetDateTime createdAt;

    @ManyToOne(fetch = FetchType.LAZY)
    @JoinColumn(name = "author_id")
    @Nullable User author;

    @OneToMany(mappedBy = "post", cascade = CascadeType.REMOVE)
    @BatchSize(size = 500)
    List<Comment> commentByPost = new ArrayList<>();

    @OneToMany(mappedBy = "post", cascade = CascadeType.REMOVE)
    @BatchSize(size = 500)
    List<Attachment> attachmentByPost = new ArrayList<>();
  }

  @Entity(name = "Comment")
  @Table(name = "comments")
  @BatchSize(size = 500)
  static class Comment {
    @Id long id;
    String body;

    @Column(name = "created_at")
    OffsetDateTime createdAt;

    @ManyToOne(fetch = FetchType.LAZY)
    @JoinColumn(name = "post_id")
    @Nullable Post post;

    @ManyToOne(fetch = FetchType.LAZY)
    @JoinColumn(name = "author_id")
    @Nullable User author;

    @ManyToOne(fetch = FetchType.LAZY)
    @JoinColumn(name = "parent_id")
    @Nullable Comment parent;

    @OneToMany(mappedBy = "parent", cascade = CascadeType.REMOVE)
    @BatchSize(size = 500)
    List<Comment> commentByParent = new ArrayList<>();

    @OneToMany(mappedBy = "comment", cascade = CascadeType.REMOVE)
    @BatchSize(size = 500)
    List<Vote> voteByComment = new ArrayList<>();
  }

  @Entity(name = "Vote")
  @Table(name = "votes")
  @BatchSize(size = 500)
  static class Vote {
    @Id long id;
    short value;

    @ManyToOne(fetch = FetchType.LAZY)
    @JoinColumn(name = "comment_id")
    @Nullable Comment comment;

    @ManyToOne(fetch = FetchType.LAZY)
    @JoinColumn(name = "user_id")
    @Nullable User user;
  }

  @Entity(name = "Attachment")
  @Table(name = "attachments")
  @BatchSize(size = 500)
  static class Attachment {
    @Id long id;
    String filename;
    int bytes;

    @ManyToOne(fetch = FetchType.LAZY)
    @JoinColumn(name = "post_id")
    @Nullable Post post;
  }

  @Entity(name = "Order")
  @Table(name = "orders")
  @BatchSize(size = 500)
  static class Order {
    @Id long id;
    BigDecimal total;

    @Column(name = "placed_at")
    OffsetDateTime placedAt;

    @ManyToOne(fetch = FetchType.LAZY)
    @JoinColumn(name = "user_id")
    @Nullable User user;

    @OneToMany(mappedBy = "order", cascade = CascadeType.REMOVE)
    @BatchSize(size = 500)
    List<OrderItem> orderItemByOrder = new ArrayList<>();
  }

  @Entity(name = "OrderItem")
  @Table(name = "order_items")
  @BatchSize(size = 500)
  static class OrderItem {
    @Id long id;
    int qty;
    BigDecimal price;

    @ManyToOne(fetch = FetchType.LAZY)
    @JoinColumn(name = "order_id")
    @Nullable Order order;
  }

  @Entity(name = "Session")
  @Table(name = "sessions")
  @BatchSize(size = 500)
  static class Session {
    @Id UUID id;
    String ip;

    @Column(name = "expires_at")
    OffsetDateTime expiresAt;

    @ManyToOne(fetch = FetchType.LAZY)
    @JoinColumn(name = "user_id")
    @Nullable User user;
  }

  @Entity(name = "Message")
  @Table(name = "messages")
  @BatchSize(size = 500)
  static class Message {
    @Id long id;
    String body;

    @Column(name = "sent_at")
    OffsetDateTime sentAt;

    @ManyToOne(fetch = FetchType.LAZY)
    @JoinColumn(name = "sender_id")
    @Nullable User sender;

    @ManyToOne(fetch = FetchType.LAZY)
    @JoinColumn(name = "recipient_id")
    @Nullable User recipient;
  }

  @Entity(name = "Notification")
  @Table(name = "notifications")
  @BatchSize(size = 500)
  static class Notification {
    @Id long id;
    String kind;

    @Column(name = "created_at")
    OffsetDateTime createdAt;

    @ManyToOne(fetch = FetchType.LAZY)
    @JoinColumn(name = "user_id")
    @Nullable User user;

    @ManyToOne(fetch = FetchType.LAZY)
    @JoinColumn(name = "actor_id")
    @Nullable User actor;
  }

  @Entity(name = "AuditEntry")
  @Table(name = "audit_log")
  @BatchSize(size = 500)
  static class AuditEntry {
    @Id long id;
    String action;

    @ManyToOne(fetch = FetchType.LAZY)
    @JoinColumn(name = "user_id")
    @Nullable User user;
  }

  @Entity(name = "Group")
  @Table(name = "groups")
  @BatchSize(size = 500)
  static class Group {
    @Id long id;
    String name;

    @ManyToOne(fetch = FetchType.LAZY)
    @JoinColumn(name = "owner_id")
    @Nullable User owner;
  }

  @Entity(name = "GroupMember")
  @Table(name = "group_members")
  @IdClass(Membership.class)
  static class GroupMember {
    @Id
    @Column(name = "group_id")
    long group;

    @Id
    @ManyToOne(fetch = FetchType.LAZY)
    @JoinColumn(name = "user_id")
    User user;
  }
}
