package org.lethe.policy;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.lethe.schema.TableId;

/**
 * What people have a right to be told about the data kept of them (GDPR article 15(1)), and what
 * the record of processing activities holds (article 30). Immutable.
 *
 * @param controller who is responsible, with an address; null where nobody said
 * @param officer whom to turn to; null where nobody said
 * @param authority where to complain; null where nobody said
 * @param purposes what data is kept for
 * @param recipients who else gets it
 */
public record Information(
    @Nullable String controller,
    @Nullable String officer,
    @Nullable String authority,
    List<Purpose> purposes,
    List<Recipient> recipients) {

  /** What holds where nothing is said. */
  public static final Information NONE = new Information(null, null, null, List.of(), List.of());

  public Information {
    purposes = List.copyOf(purposes);
    recipients = List.copyOf(recipients);
  }

  /**
   * What data is kept for.
   *
   * @param name in a few words
   * @param basis the article that allows it, such as {@code 6(1)(b)}
   * @param tables whose rows serve it
   * @param recipients names of those who get some of it
   * @param kept for how long, in words; null where nobody said
   * @param source where it comes from, if not from the person; null where nobody said
   */
  public record Purpose(
      String name,
      String basis,
      List<TableId> tables,
      List<String> recipients,
      @Nullable String kept,
      @Nullable String source) {
    public Purpose {
      tables = List.copyOf(tables);
      recipients = List.copyOf(recipients);
    }
  }

  /**
   * Who else gets data.
   *
   * @param name of the entry
   * @param who a company or a sort of companies
   * @param country where that is; null where nobody said
   * @param safeguard what protects data there, such as standard contractual clauses; null for none
   */
  public record Recipient(
      String name, String who, @Nullable String country, @Nullable String safeguard) {}
}
