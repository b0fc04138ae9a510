package org.lethe.schema.reader;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;
import static org.lethe.schema.reader.Databases.id;
import static org.lethe.schema.reader.Databases.relations;
import static org.lethe.schema.reader.Databases.table;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.lethe.schema.Catalog;
import org.lethe.schema.Column;
import org.lethe.schema.Column.TypeKind;
import org.lethe.schema.ForeignKey;
import org.lethe.schema.Relation;
import org.lethe.schema.Table;

/** Schemas of real applications, where their scripts are found; see {@link #script}. */
class RealSchemasTest {

  @Test
  void readsChinook() throws Exception {
    Catalog catalog = Databases.readNew(script("chinook/chinook-postgres.sql"));

    assertThat(catalog.tables()).hasSize(11);
    assertThat(relations(catalog))
        .containsExactly(
            "album.artist_id",
            "customer.support_rep_id",
            "employee.reports_to",
            "invoice.customer_id",
            "invoice_line.invoice_id",
            "invoice_line.track_id",
            "playlist_track.playlist_id",
            "playlist_track.track_id",
            "track.album_id",
            "track.genre_id",
            "track.media_type_id");
    assertThat(catalog.foreignKeys())
        .extracting(ForeignKey::onDelete)
        .containsOnly(ForeignKey.Rule.NO_ACTION);
    assertThat(table(catalog, "playlist_track").identity())
        .containsExactly("playlist_id", "track_id");
    assertThat(catalog.relations())
        .filteredOn(Relation::selfReference)
        .extracting(Relation::name)
        .containsExactly("employee.reports_to");
  }

  @Test
  void readsPagila() throws Exception {
    Catalog catalog = Databases.readNew(script("pagila/01-schema.sql"));

    assertThat(catalog.tables()).hasSize(22);
    Table payment = table(catalog, "payment");
    assertThat(payment.kind()).isEqualTo(Table.Kind.PARTITIONED);
    assertThat(payment.partitions()).hasSize(7);
    assertThat(payment.identity()).containsExactly("payment_date", "payment_id");
    assertThat(catalog.foreignKeys()).hasSize(36);
    Table film = table(catalog, "film");
    assertThat(column(film, "rating").kind()).isEqualTo(TypeKind.ENUM);
    assertThat(column(film, "rating").type()).isEqualTo("public.mpaa_rating");
    assertThat(column(film, "release_year").kind()).isEqualTo(TypeKind.DOMAIN);
    assertThat(column(film, "special_features").kind()).isEqualTo(TypeKind.ARRAY);
    assertThat(column(film, "film_id").defaultExpression())
        .isEqualTo("nextval('public.film_film_id_seq'::regclass)");
    assertThat(film.triggers())
        .extracting(t -> t.name())
        .containsExactly("film_fulltext_trigger", "last_updated");
  }

  /** Six of Pagila's seven months declare their keys, the last one was forgotten. */
  @Test
  void foldsPagilasPayments() throws Exception {
    Catalog catalog = Databases.readNew(script("pagila/01-schema.sql"));

    assertThat(catalog.relations()).hasSize(21);
    assertThat(catalog.relations())
        .filteredOn(r -> r.child().equals(id("payment")))
        .allSatisfy(
            r -> {
              assertThat(r.childScan()).isEqualTo(id("payment"));
              assertThat(r.everywhere()).isFalse();
            })
        .extracting(Relation::name)
        .containsExactly("payment.customer_id", "payment.rental_id", "payment.staff_id");
  }

  private static Column column(Table table, String name) {
    return table.column(name).orElseThrow();
  }

  /**
   * A script below the folder that LETHE_TEST_DATA names, as property or environment variable, else
   * below shared/data beside the repository. psql's own commands are left out.
   */
  private static String script(String name) throws IOException {
    List<Path> folders =
        Stream.of(
                System.getProperty("LETHE_TEST_DATA"),
                System.getenv("LETHE_TEST_DATA"),
                "../shared/data",
                "../../shared/data")
            .filter(Objects::nonNull)
            .map(Path::of)
            .toList();
    Path file =
        folders.stream().map(f -> f.resolve(name)).filter(Files::exists).findFirst().orElse(null);
    assumeTrue(file != null, name + " is in none of " + folders);
    try (Stream<String> lines = Files.lines(Objects.requireNonNull(file))) {
      return lines.filter(l -> !l.startsWith("\\")).collect(Collectors.joining("\n"));
    }
  }
}
