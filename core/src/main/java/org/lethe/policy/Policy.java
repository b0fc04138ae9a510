package org.lethe.policy;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The policy file as written: names are still text, nothing has been looked up in a catalog. {@link
 * Decisions#resolve} does that. Immutable.
 *
 * <p>Maps keep the order of the file and are keyed by the names people wrote.
 *
 * @param source the file's name, for messages
 * @param schemaEntries schemas that unqualified names are looked up in and that {@code init} and
 *     {@code check} look at; empty for the connection's own search path
 * @param trash what holds for tables that say nothing themselves; null for the usual
 * @param requests all but {@code mail}, which is to be looked at first
 * @param secondPerson acts that a second person is to agree to
 * @param hash SHA-256 (hex) of the document's meaning: comments and layout do not change it
 */
public record Policy(
    String source,
    List<SchemaEntry> schemaEntries,
    @Nullable TrashEntry trash,
    Map<String, TableEntry> tables,
    Map<String, RelationEntry> relations,
    List<LinkEntry> links,
    Map<String, SubjectEntry> subjects,
    Map<String, RuleEntry> rules,
    List<StoreRule> stores,
    InformationEntry information,
    RequestRules requests,
    @Nullable MailEntry mail,
    @Nullable AccountsEntry accounts,
    Set<SecondPerson> secondPerson,
    String hash) {

  public Policy {
    schemaEntries = List.copyOf(schemaEntries);
    tables = ordered(tables);
    relations = ordered(relations);
    links = List.copyOf(links);
    subjects = ordered(subjects);
    rules = ordered(rules);
    stores = List.copyOf(stores);
    secondPerson = Set.copyOf(secondPerson);
  }

  /** A policy that decides nothing: the database's own rules hold. */
  public static Policy empty() {
    return new Policy(
        "no policy",
        List.of(),
        null,
        Map.of(),
        Map.of(),
        List.of(),
        Map.of(),
        Map.of(),
        List.of(),
        InformationEntry.NONE,
        RequestRules.USUAL,
        null,
        null,
        Set.of(),
        "none");
  }

  /** The names of the schemas, in the policy's order. */
  public List<String> schemas() {
    return schemaEntries.stream().map(SchemaEntry::name).toList();
  }

  private static <V> Map<String, V> ordered(Map<String, V> map) {
    return Collections.unmodifiableMap(new LinkedHashMap<>(map));
  }

  /** Where something stands in the file; 1-based, 0:0 if it came from elsewhere. */
  public record Place(int line, int column) {
    public static final Place NONE = new Place(0, 0);
  }

  /** A schema that names are looked up in. */
  public record SchemaEntry(Place place, String name) {}

  /** A text of the policy that names something of the database. */
  public record Reference(Place place, String name) {}

  /**
   * What the policy says of a table.
   *
   * @param label template such as {@code {first_name} {last_name}}; null for the default
   * @param columns per column what the policy says
   * @param trash how deleted rows are kept; null where nothing is said
   * @param erasure what an erasure does to a person's rows; null where nothing is said
   * @param retain how long the law wants rows kept; null where it does not
   * @param portable where the data came from; null where nothing is said
   */
  public record TableEntry(
      Place place,
      @Nullable Reference label,
      Map<String, ColumnEntry> columns,
      @Nullable TrashEntry trash,
      @Nullable Erasure erasure,
      @Nullable RetainEntry retain,
      @Nullable Portable portable) {
    public TableEntry {
      columns = ordered(columns);
    }
  }

  /**
   * How deleted rows are kept.
   *
   * @param flag whether rows stay where they are and are only marked
   * @param keep how long, as an ISO 8601 period of days or more; null for the usual
   * @param deleted the column that is true for deleted rows; null if none is named
   * @param deletedAt the column that says when; null if none is named
   * @param deletionId the column that says by which deletion; null if none is named
   */
  public record TrashEntry(
      Place place,
      boolean flag,
      @Nullable Reference keep,
      @Nullable Reference deleted,
      @Nullable Reference deletedAt,
      @Nullable Reference deletionId) {}

  /**
   * How long the law wants something kept.
   *
   * @param period in the form of ISO 8601
   * @param from the column that holds the day it starts
   * @param with tables whose rows are kept along
   */
  public record RetainEntry(
      Place place,
      Reference period,
      Reference from,
      String ground,
      @Nullable String law,
      List<Reference> with) {
    public RetainEntry {
      with = List.copyOf(with);
    }
  }

  /**
   * What the policy says of a column; null where it says nothing.
   *
   * @param category what sort of personal data it holds
   */
  public record ColumnEntry(
      Place place,
      @Nullable Category category,
      @Nullable ExportEntry export,
      @Nullable TreatmentEntry erase,
      @Nullable Portable portable,
      @Nullable RetainEntry retain) {}

  /**
   * How a column is handed out.
   *
   * @param rule but for where a meaning is looked up
   * @param lookUp the column to show in place of the value, as {@code table.column}
   */
  public record ExportEntry(Place place, ExportRule rule, @Nullable Reference lookUp) {}

  /** What an erasure does to a column. */
  public record TreatmentEntry(Place place, Treatment treatment) {}

  public record RelationEntry(
      Place place, @Nullable OnDelete onDelete, @Nullable Ownership owner) {}

  /**
   * A relation that no foreign key declares.
   *
   * @param from {@code table.column}, {@code table(column, column)}, or {@code table(type='x', id)}
   * @param path JSON path inside the from column; null when the column itself holds the value
   * @param normalise {@code lower}, {@code trim}, {@code lower_trim}, {@code digits} or null
   */
  public record LinkEntry(
      Place place,
      Reference from,
      Reference to,
      @Nullable String path,
      @Nullable String normalise,
      @Nullable OnDelete onDelete,
      @Nullable Ownership owner) {}

  /** A sort of person: the table that has a row for each, and the columns by which one is found. */
  public record SubjectEntry(Place place, Reference table, List<Reference> identifyBy) {
    public SubjectEntry {
      identifyBy = List.copyOf(identifyBy);
    }
  }

  /**
   * A retention rule.
   *
   * @param where an SQL condition on the table's rows; null for all
   * @param olderThan the columns whose age it looks at
   * @param every how often it runs
   * @param action {@code delete}, {@code soft_delete}, {@code deactivate} or {@code anonymise}
   */
  public record RuleEntry(
      Place place,
      Reference table,
      @Nullable Reference where,
      List<AgeEntry> olderThan,
      Reference every,
      Reference action,
      List<Reference> take) {
    public RuleEntry {
      take = List.copyOf(take);
      olderThan = List.copyOf(olderThan);
    }
  }

  /**
   * How old a column's time must be.
   *
   * @param period in the form of ISO 8601
   */
  public record AgeEntry(Reference column, String period) {}

  /**
   * Where the application keeps its accounts.
   *
   * @param preset a known way to keep them; null where columns are named one by one
   * @param active the column that says whether an account may sign in
   */
  public record AccountsEntry(
      Place place,
      @Nullable Reference preset,
      @Nullable Reference table,
      @Nullable Reference active,
      @Nullable Reference deactivatedAt,
      @Nullable Reference deactivatedBy,
      @Nullable Reference deactivatedWhy,
      AccountColumns columns,
      @Nullable AccountGroups groups,
      @Nullable AccountMemberships memberships,
      List<SessionEntry> sessions,
      @Nullable Reference keep,
      @Nullable Reference deletedUser) {
    public AccountsEntry {
      sessions = List.copyOf(sessions);
    }
  }

  /** What else the policy knows of an account; null where it says nothing. */
  public record AccountColumns(
      @Nullable Reference login,
      @Nullable Reference email,
      List<Reference> name,
      @Nullable Reference password,
      @Nullable Reference staff,
      @Nullable Reference superuser,
      @Nullable Reference joined,
      @Nullable Reference lastLogin) {
    public AccountColumns {
      name = List.copyOf(name);
    }
  }

  /** The table with the groups that accounts are in. */
  public record AccountGroups(Place place, Reference table, Reference id, Reference name) {}

  /** The table that says which account is in which group. */
  public record AccountMemberships(
      Place place, Reference table, Reference account, Reference group) {}

  /** What ends the sessions of an account. */
  public record SessionEntry(Place place, SessionRule rule) {}

  /**
   * How people are mailed about their requests.
   *
   * @param password as written, with {@code ${NAME}}; null where nobody signs in
   */
  public record MailEntry(
      Reference smtp,
      @Nullable String password,
      Reference from,
      @Nullable Reference link,
      @Nullable Reference subject,
      @Nullable Reference text) {}

  /**
   * What people are told about the data kept of them.
   *
   * @param purposes by name
   */
  public record InformationEntry(
      @Nullable String controller,
      @Nullable String officer,
      @Nullable String authority,
      Map<String, PurposeEntry> purposes,
      List<Information.Recipient> recipients) {

    public static final InformationEntry NONE =
        new InformationEntry(null, null, null, Map.of(), List.of());

    public InformationEntry {
      purposes = ordered(purposes);
      recipients = List.copyOf(recipients);
    }
  }

  /**
   * What data is kept for.
   *
   * @param recipients names of entries
   */
  public record PurposeEntry(
      Place place,
      String why,
      String basis,
      List<Reference> tables,
      List<Reference> recipients,
      @Nullable String kept,
      @Nullable String source) {
    public PurposeEntry {
      tables = List.copyOf(tables);
      recipients = List.copyOf(recipients);
    }
  }
}
