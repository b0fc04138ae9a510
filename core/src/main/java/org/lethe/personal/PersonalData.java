package org.lethe.personal;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.lethe.schema.Column;

/** Guesses which columns hold what sort of personal data, from names, types and value shapes. */
public final class PersonalData {

  private static final Set<String> PHONES =
      Set.of("phone", "mobile", "fax", "telephone", "tel", "cell", "phonenumber");
  private static final Set<String> ADDRESSES =
      Set.of(
          "street",
          "address",
          "address1",
          "address2",
          "postcode",
          "zip",
          "zipcode",
          "postalcode",
          "billingaddress",
          "shippingaddress");
  private static final Set<String> PLACES =
      Set.of("city", "town", "state", "country", "district", "county", "province", "region");
  private static final Set<String> NAMES =
      Set.of(
          "firstname",
          "lastname",
          "fullname",
          "surname",
          "forename",
          "nickname",
          "username",
          "login",
          "displayname",
          "realname");
  private static final Set<String> NAME_PREFIXES =
      Set.of(
          "first",
          "last",
          "full",
          "given",
          "family",
          "middle",
          "maiden",
          "user",
          "display",
          "real",
          "nick",
          "contact",
          "recipient",
          "sender",
          "holder",
          "owner",
          "author",
          "customer",
          "patient",
          "guest",
          "billing",
          "shipping");
  private static final Set<String> SECRETS =
      Set.of(
          "password", "passwd", "pwd", "passphrase", "passcode", "secret", "salt", "otp", "totp");
  private static final Set<String> NOT_THE_SECRET =
      Set.of(
          "at", "on", "count", "expires", "expiry", "type", "id", "attempts", "changed", "reset");
  private static final Set<String> SENSITIVE =
      Set.of(
          "gender",
          "sex",
          "religion",
          "ethnicity",
          "diagnosis",
          "disability",
          "nationality",
          "pregnant",
          "allergies",
          "bloodtype");
  private static final Set<String> IDENTIFIERS =
      Set.of("ssn", "passport", "nin", "taxid", "vat", "nationalid");
  private static final Set<String> PICTURES = Set.of("avatar", "photo", "portrait");
  private static final Set<String> WHERE =
      Set.of("latitude", "longitude", "lat", "lng", "lon", "geolocation", "coordinates");
  private static final Set<String> MONEY = Set.of("salary", "income", "wage", "wages");
  private static final Set<String> WRITTEN =
      Set.of(
          "body",
          "bio",
          "biography",
          "note",
          "notes",
          "comment",
          "comments",
          "message",
          "text",
          "content",
          "subject",
          "title",
          "question",
          "answer",
          "remark",
          "remarks",
          "review",
          "feedback",
          "description",
          "signature");

  private PersonalData() {}

  /**
   * A guess.
   *
   * @param category in the words of the policy
   * @param exportable false for what nobody may ever be handed
   * @param doubt why it may be wrong; null where it is likely right
   */
  public record Guess(String category, boolean exportable, @Nullable String doubt) {}

  /**
   * @param person whether the column's table holds people
   */
  public static Optional<Guess> guess(Column column, boolean person, ValueShape shape) {
    NameWords words = NameWords.of(column.name());
    boolean text = People.isText(column);
    if (isSecret(column)) {
      return Optional.of(new Guess("secret", false, null));
    }
    if (People.isEmail(column)) {
      return Optional.of(new Guess("contact", true, doubt(shape, ValueShape.EMAIL)));
    }
    if (text && words.words().stream().anyMatch(PHONES::contains)) {
      return Optional.of(
          new Guess(
              "contact", true, shape == ValueShape.NUMBER ? null : doubt(shape, ValueShape.PHONE)));
    }
    if (column.type().equals("inet")
        || (text && words.contains("ip"))
        || (text && words.joined().equals("user_agent"))) {
      return likely("network");
    }
    if (text && (shape == ValueShape.EMAIL || shape == ValueShape.PHONE)) {
      return likely("contact");
    }
    if (text && shape == ValueShape.IP) {
      return likely("network");
    }
    if (born(words) && !text) {
      return likely("birth");
    }
    if (WHERE.contains(words.last())) {
      return likely("location");
    }
    if (MONEY.contains(words.last())) {
      return likely("financial");
    }
    return text || column.type().equals("bytea") ? byName(words, person, shape) : Optional.empty();
  }

  /** Whether, in a row that is a person's own, the column seems to hold what they wrote. */
  public static boolean isContent(Column column) {
    return People.isText(column) && WRITTEN.contains(NameWords.of(column.name()).last());
  }

  /** Whether this alone, as the key of a value in a document, is about a person. */
  public static Optional<Guess> guessField(String name, ValueShape shape) {
    Column asText =
        new Column(
            name, "text", Column.TypeKind.BASE, true, false, Column.Identity.NONE, null, null);
    return guess(asText, false, shape);
  }

  /** Whether the column, by its name and type, holds what nobody may ever be handed. */
  public static boolean isSecret(Column column) {
    return secret(
        NameWords.of(column.name()), People.isText(column) || column.type().equals("bytea"));
  }

  private static Optional<Guess> byName(NameWords words, boolean person, ValueShape shape) {
    String last = words.last();
    if (born(words)) {
      return likely("birth");
    }
    if (ADDRESSES.contains(last)
        || words.contains("postal")
        || (PLACES.contains(last) && (person || words.contains("billing", "shipping", "home")))) {
      return likely("address");
    }
    boolean named =
        NAMES.contains(last)
            || (last.equals("name")
                && (person || words.words().stream().anyMatch(NAME_PREFIXES::contains)));
    if (named
        || (shape == ValueShape.PERSON_NAME && words.contains("name", "author", "recipient"))) {
      return likely("identity");
    }
    if (IDENTIFIERS.contains(last)
        || words.joined().matches("(tax|national|passport)_(id|no|number)")) {
      return likely("identity");
    }
    if (last.equals("iban")
        || last.equals("bic")
        || words.joined().matches(".*(card|bank_account|account)_(no|number)")) {
      return likely("financial");
    }
    if (SENSITIVE.contains(last)) {
      return likely("sensitive");
    }
    return PICTURES.contains(last) || (person && last.equals("picture"))
        ? likely("picture")
        : Optional.empty();
  }

  private static Optional<Guess> likely(String category) {
    return Optional.of(new Guess(category, true, null));
  }

  private static boolean secret(NameWords words, boolean fits) {
    if (!fits || NOT_THE_SECRET.contains(words.last())) {
      return false;
    }
    List<String> w = words.words();
    return w.stream().anyMatch(SECRETS::contains)
        || words.last().equals("token")
        || words
            .joined()
            .matches(".*(token_hash|api_key|apikey|private_key|session_key|recovery_code)");
  }

  private static boolean born(NameWords words) {
    return words.contains("birth", "birthday", "birthdate", "dob", "born");
  }

  private static @Nullable String doubt(ValueShape seen, ValueShape expected) {
    return seen == ValueShape.UNKNOWN || seen == expected ? null : "its values do not look like it";
  }
}
