package org.lethe.policy;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What an erasure does to a column of a row that stays. Immutable. */
public sealed interface Treatment {

  /** Such as {@code fake}. */
  default String word() {
    return getClass()
        .getSimpleName()
        .replaceAll("(?<=[a-z])(?=[A-Z])", "_")
        .toLowerCase(Locale.ROOT);
  }

  /** Whether the column is as good as empty afterwards, so that nothing of the person is left. */
  default boolean erases() {
    return true;
  }

  /** The row does not stay. */
  record DeleteRow() implements Treatment {}

  record SetNull() implements Treatment {
    @Override
    public String word() {
      return "null";
    }
  }

  /**
   * The same value for everybody.
   *
   * @param value as text; the database casts it
   */
  record Constant(String value) implements Treatment {}

  /**
   * A text that tells people apart without saying who they are.
   *
   * @param text with {@code {id}} where a code stands that is new for every erasure
   */
  record Placeholder(String text) implements Treatment {
    public static final String USUAL = "Deleted user {id}";
  }

  /** Something that looks like the real thing. */
  record Fake(Kind kind) implements Treatment {
    /** What it looks like. */
    public enum Kind {
      EMAIL,
      NAME,
      FIRST_NAME,
      LAST_NAME,
      USERNAME,
      PHONE,
      STREET,
      CITY,
      POSTCODE,
      COUNTRY,
      COMPANY,
      IP,
      DATE,
      UUID,
      TEXT
    }
  }

  /** SHA-256 with a salt that is thrown away: equal values stay equal within one erasure. */
  record Hash() implements Treatment {}

  /**
   * SHA-256 with the operator's key. Whoever has the key can recognise values, so this is
   * pseudonymisation and not erasure (GDPR recital 26).
   */
  record Hmac() implements Treatment {
    @Override
    public boolean erases() {
      return false;
    }
  }

  /**
   * Stars but for some characters at the ends.
   *
   * @param first characters kept at the beginning
   * @param last characters kept at the end
   */
  record Mask(int first, int last) implements Treatment {}

  /** Less exactly. */
  record Generalise(To to) implements Treatment {
    /** How exactly it stays. */
    public sealed interface To {}

    /** Dates and times: the first moment of what they fall in. */
    public enum Calendar implements To {
      MONTH,
      YEAR,
      DECADE
    }

    /** Internet addresses: the network, of 24 bits or, in version 6, of 48. */
    public record Network() implements To {}

    /**
     * Numbers: rounded down to a multiple.
     *
     * @param size of a step; above 0
     */
    public record Steps(int size) implements To {}
  }

  /**
   * Changes inside a JSON document.
   *
   * @param edits by path, such as {@code $.customer.name} or {@code $.items[*].ip}; what becomes of
   *     the value there
   */
  record Edits(Map<String, Treatment> edits) implements Treatment {
    public Edits {
      edits = Collections.unmodifiableMap(new LinkedHashMap<>(edits));
    }

    @Override
    public String word() {
      return "path";
    }
  }

  /**
   * Takes parts out of a text.
   *
   * @param patterns {@code identifiers} (whatever the person is known by), {@code email}, {@code
   *     phone}, {@code ip}, {@code iban}, {@code card}, or regular expressions of the database
   * @param with what is put in their place
   */
  record Redact(List<String> patterns, String with) implements Treatment {
    public static final String USUAL = "[removed]";

    public Redact {
      patterns = List.copyOf(patterns);
    }
  }

  /**
   * It stays as it is.
   *
   * @param ground why, such as an article of the GDPR; null where nobody said
   * @param law what wants it; null where nobody said
   */
  record Keep(@Nullable String ground, @Nullable String law) implements Treatment {
    @Override
    public boolean erases() {
      return false;
    }
  }
}
