package org.lethe.policy;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.lethe.schema.ForeignKey;

/**
 * What a relation does when its target goes.
 *
 * @param values for {@code set} the new value of each referencing column that it names (null for
 *     SQL NULL), for {@code reassign} the key of the row to point at, as text that the database
 *     casts; empty otherwise
 */
public record OnDelete(Kind kind, List<@Nullable String> values) {

  public static final OnDelete CASCADE = new OnDelete(Kind.CASCADE);
  public static final OnDelete PROTECT = new OnDelete(Kind.PROTECT);
  public static final OnDelete RESTRICT = new OnDelete(Kind.RESTRICT);
  public static final OnDelete SET_NULL = new OnDelete(Kind.SET_NULL);
  public static final OnDelete SET_DEFAULT = new OnDelete(Kind.SET_DEFAULT);
  public static final OnDelete DO_NOTHING = new OnDelete(Kind.DO_NOTHING);
  public static final OnDelete UNDECIDED = new OnDelete(Kind.UNDECIDED);

  public OnDelete {
    // List.copyOf refuses nulls, and null is a value here.
    values = Collections.unmodifiableList(new ArrayList<>(values));
  }

  private OnDelete(Kind kind) {
    this(kind, List.of());
  }

  /** What the database does by itself; {@link #UNDECIDED} where it only refuses. */
  public static OnDelete of(ForeignKey.Rule rule) {
    return switch (rule) {
      case CASCADE -> CASCADE;
      case SET_NULL -> SET_NULL;
      case SET_DEFAULT -> SET_DEFAULT;
      case NO_ACTION, RESTRICT -> UNDECIDED;
    };
  }

  public static OnDelete set(@Nullable String value) {
    return new OnDelete(Kind.SET, Collections.singletonList(value));
  }

  /** Points the referencing rows at the row with this key instead. */
  public static OnDelete reassign(List<String> key) {
    return new OnDelete(Kind.REASSIGN, List.copyOf(key));
  }

  /** {@code cascade}, {@code set: 0}, {@code reassign: 7}: as the policy writes it. */
  @Override
  public String toString() {
    if (values.isEmpty()) {
      return kind.word();
    }
    List<String> shown = values.stream().map(v -> Objects.requireNonNullElse(v, "null")).toList();
    return kind.word() + ": " + (shown.size() == 1 ? shown.get(0) : shown.toString());
  }

  /** The kinds, in the words of the policy. */
  public enum Kind {
    CASCADE,
    /** Blocks always (Django's PROTECT). */
    PROTECT,
    /** Blocks unless the same row also goes by cascade in this removal (Django's RESTRICT). */
    RESTRICT,
    SET_NULL,
    SET_DEFAULT,
    SET,
    REASSIGN,
    DO_NOTHING,
    /** Neither the policy nor the database says; blocks like {@link #PROTECT}. */
    UNDECIDED;

    public String word() {
      return name().toLowerCase(Locale.ROOT);
    }

    /** Whether rows stay and have their referencing columns changed. */
    public boolean updates() {
      return this == SET_NULL || this == SET_DEFAULT || this == SET || this == REASSIGN;
    }

    /** Whether referencing rows can stop the removal. */
    public boolean blocks() {
      return this == PROTECT || this == RESTRICT || this == UNDECIDED;
    }
  }
}
