package org.lethe.trash;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.time.Period;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.lethe.Lethe;
import org.lethe.collect.BlockedException;
import org.lethe.collect.Blocker;
import org.lethe.collect.DeleteKind;
import org.lethe.collect.Preview;
import org.lethe.collect.Roots;
import org.lethe.collect.Selection;
import org.lethe.collect.UnusableTargetException;
import org.lethe.error.InputException;
import org.lethe.execute.DeletionReport;
import org.lethe.plan.Plan;
import org.lethe.plan.PlanJson;
import org.lethe.plan.StalePlanException;
import org.lethe.plan.Tolerance;
import org.lethe.policy.Choices;
import org.lethe.policy.OnDelete;
import org.lethe.policy.Policy;
import org.lethe.policy.PolicyReader;
import org.lethe.schema.Relation;
import org.lethe.schema.TableId;
import org.lethe.testkit.DatabaseDigest;

/** What is chosen for one removal stands in place of the policy, as far as the policy lets it. */
class ChoicesTest {

  private static final Policy POLICY =
      PolicyReader.read(
          "test",
          """
          version: 1
          tables:
            invoice: { retain: { for: P10Y, from: dated, ground: "17(3)(b)", law: "tax code" } }
          relations:
            member.invited_by: set_null
            note.author: protect
            likes.member: cascade
            invoice.member: set_null
            membership(member): cascade
          """);

  private static final TableId MEMBER = new TableId("public", "member");
  private static final Roots FIRST = new Roots.Keys(MEMBER, List.of(List.of("1")));

  private static TrashFixture there;
  private static Lethe lethe;

  @BeforeAll
  static void club() {
    there = new TrashFixture();
    there.create(
        """
        create table member (id int primary key, name text, invited_by int references member);
        create table note (id int primary key, author int not null references member, body text);
        create table likes (note int references note, member int references member on delete cascade,
                            primary key (note, member));
        create table post (id int primary key, author int not null references member);
        create table invoice (id int primary key, member int references member, dated date not null);
        create table invoice_line (invoice int not null references invoice on delete cascade, n int);
        create table club (id int primary key, chair int not null references member,
                           deputy int not null references member, unique (chair, deputy));
        create table seat (id int primary key, member int references member, hall text, gone boolean default false);
        create unique index one_seat on seat (lower(hall), member) where not gone;
        create table membership (club int references club, member int references member, primary key (club, member));
        """);
    lethe = Lethe.of(there.database(), POLICY);
  }

  @BeforeEach
  void people() {
    there.create(
        """
        truncate member, note, likes, post, invoice, invoice_line, club, seat, membership cascade;
        truncate lethe.row_hold;
        insert into member values (1, 'Ada', null), (2, 'Bo', 1), (3, 'Cy', 1), (9, 'Deleted user', null);
        insert into note values (1, 1, 'a'), (2, 1, 'b'), (3, 2, 'c');
        insert into likes values (1, 1), (3, 1), (3, 2);
        insert into post values (1, 1), (2, 2);
        """);
  }

  private static Relation relation(String name) {
    return lethe.decisions().graph().relations().stream()
        .filter(r -> r.name().equals(name))
        .findFirst()
        .orElseThrow();
  }

  private static Lethe choosing(Object... choices) {
    Map<Relation, OnDelete> chosen = new LinkedHashMap<>();
    for (int i = 0; i < choices.length; i += 2) {
      chosen.put(relation((String) choices[i]), (OnDelete) choices[i + 1]);
    }
    return lethe.with(new Choices(chosen));
  }

  private static OnDelete to(String key) {
    return OnDelete.reassign(List.of(key));
  }

  private static Selection look(Lethe chosen) {
    return chosen.preview(FIRST, DeleteKind.SOFT, Preview.Cap.DEFAULT).selection();
  }

  private DeletionReport delete(Lethe chosen) {
    return chosen.trash().delete(FIRST, Period.ofDays(30), TrashFixture.TESTER);
  }

  @Test
  void whatIsHandedOverStaysAndComesBackByteForByte() throws Exception {
    DatabaseDigest before = there.digest();
    assertThat(look(lethe).blockers())
        .extracting(b -> b.relation().name())
        .containsExactlyInAnyOrder("note.author", "post.author");

    Lethe chosen =
        choosing(
            "note.author",
            to("9"),
            "post.author",
            OnDelete.CASCADE,
            "likes.member",
            to("9"),
            "member.invited_by",
            to("9"));
    Preview preview = chosen.preview(FIRST, DeleteKind.SOFT, Preview.Cap.DEFAULT);
    assertThat(preview.selection().blockers()).isEmpty();
    assertThat(preview.tree().get(0).branches())
        .extracting(b -> b.relation() + " " + b.effect() + " " + b.rows())
        .contains("note.author REASSIGNED 2", "post.author DELETED 1");
    DeletionReport report = delete(chosen);

    assertThat(report.counts().updated())
        .isEqualTo(Map.of("note.author", 2L, "likes.member", 2L, "member.invited_by", 2L));
    assertThat(report.total()).isEqualTo(2);
    assertThat(there.sql().queryForList("select author from note order by id", Integer.class))
        .containsExactly(9, 9, 2);
    lethe.trash().restore(Objects.requireNonNull(report.deletion()), TrashFixture.TESTER);
    assertThat(there.digest().differenceFrom(before)).isEmpty();
  }

  @Test
  void aPlanCarriesWhatWasChosenAndIsBoundToIt() {
    Lethe chosen = choosing("note.author", to("9"), "post.author", to("2"));
    Plan plan = chosen.plan(FIRST, DeleteKind.SOFT);
    assertThat(plan.hash())
        .isNotEqualTo(
            choosing("note.author", to("9"), "post.author", to("9"))
                .plan(FIRST, DeleteKind.SOFT)
                .hash());
    String json = new PlanJson(lethe.decisions()).write(plan);

    Plan read = new PlanJson(lethe.decisions()).read("plan.json", json);
    assertThat(read.selection().choices()).isEqualTo(plan.selection().choices());
    assertThatThrownBy(
            () ->
                new PlanJson(lethe.decisions())
                    .read("plan.json", json.replaceFirst("\"2\" ]", "\"9\" ]")))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("changed after it was written");
    there.create("insert into post values (3, 1)");
    assertThatThrownBy(
            () -> lethe.trash().apply(read, Tolerance.NONE, Period.ofDays(30), TrashFixture.TESTER))
        .isInstanceOf(StalePlanException.class)
        .hasMessageContaining("post.author has 2 rows instead of 1");
    there.create("delete from post where id = 3");

    lethe.rehearse(read, Tolerance.NONE);
    lethe.trash().apply(read, Tolerance.NONE, Period.ofDays(30), TrashFixture.TESTER);

    assertThat(there.sql().queryForObject("select author from post where id = 1", Integer.class))
        .isEqualTo(2);
  }

  @Test
  void forGoodFollowsTheChoiceEvenWhereTheDatabaseWouldCascade() {
    there.create(
        "delete from likes; delete from note where author = 1; delete from post where author = 1; insert into note values (1, 2, 'a'); insert into likes values (1, 1), (3, 1)");
    assertThat(choosing("likes.member", to("9")).delete(FIRST).counts().updated())
        .containsEntry("likes.member", 2L);
    assertThat(there.sql().queryForList("select note from likes where member = 9", Integer.class))
        .containsExactlyInAnyOrder(1, 3);
  }

  @Test
  void whatThePolicyForbidsOrTheDatabaseCannotIsRefused() {
    assertThatThrownBy(() -> choosing("note.author", OnDelete.CASCADE))
        .isInstanceOf(InputException.class)
        .hasMessage(
            "note.author: the policy says protect, so its rows can be handed over (reassign), but neither deleted along nor left without");
    assertThatThrownBy(() -> choosing("post.author", OnDelete.SET_NULL))
        .isInstanceOf(InputException.class)
        .hasMessageStartingWith("post.author: set_null cannot hold: author may not be null");
    assertThatThrownBy(() -> choosing("post.author", to("Ada")))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("\"Ada\" is not");
    assertThatThrownBy(() -> choosing("post.author", OnDelete.DO_NOTHING))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("choose cascade, set_null or reassign");
    assertThat(choosing("likes.member", OnDelete.CASCADE).decisions().choices().isEmpty()).isTrue();
  }

  @Test
  void nobodyIsHandedWhatGoesIsMissingOrTheirOwn() {
    assertThatThrownBy(() -> look(choosing("post.author", to("1"))))
        .isInstanceOf(UnusableTargetException.class)
        .hasMessageContaining("goes in this same removal");
    assertThatThrownBy(() -> look(choosing("post.author", to("77"))))
        .isInstanceOf(UnusableTargetException.class)
        .hasMessageContaining("does not exist. Create it, or choose another rule for post.author")
        .hasMessageNotContaining("policy");
    assertThatThrownBy(() -> look(choosing("member.invited_by", to("2"))))
        .isInstanceOf(UnusableTargetException.class)
        .hasMessageContaining("would make that row of member refer to itself");
  }

  @Test
  void rowsThatWouldBeTheSameBlockBeforeAnythingHappens() {
    String before = notes();
    Lethe chosen =
        choosing("note.author", to("2"), "post.author", to("2"), "likes.member", to("2"));

    Blocker blocker = only(look(chosen));
    assertThat(blocker.relation().name()).isEqualTo("likes.member");
    assertThat(blocker.kind()).isEqualTo(OnDelete.Kind.REASSIGN);
    assertThat(blocker.rows()).isEqualTo(1);
    assertThat(blocker.why())
        .isEqualTo("1 row of likes would then be there twice: note, member must be unique");
    assertThat(blocker.path()).extracting(s -> s.row().key()).contains(List.of("3", "1"));
    assertThatThrownBy(() -> delete(chosen)).isInstanceOf(BlockedException.class);
    assertThat(notes()).isEqualTo(before);
  }

  private static String notes() {
    return String.join(
        ",", there.sql().queryForList("select author || '' from note order by id", String.class));
  }

  private static Blocker only(Selection selection) {
    assertThat(selection.blockers()).hasSize(1);
    return selection.blockers().get(0);
  }

  @Test
  void rowsThatChangeTwiceOrUnderAnExpressionAreComparedAsTheyWouldBe() {
    there.create(
        """
        delete from likes; delete from note where author = 1; delete from post where author = 1;
        insert into club values (1, 1, 1), (2, 9, 9), (3, 1, 2);
        insert into seat values (1, 1, 'North', false), (2, 9, 'NORTH', false), (3, 1, 'south', false), (4, 9, 'South', true);
        """);
    Selection found =
        look(choosing("club.chair", to("9"), "club.deputy", to("9"), "seat.member", to("9")));

    assertThat(found.blockers())
        .extracting(b -> b.relation().name() + ": " + b.why())
        .containsExactlyInAnyOrder(
            "club.chair: 1 row of club would then be there twice: chair, deputy must be unique",
            "seat.member: 1 row of seat would then be there twice: lower(hall), member must be unique");
    there.create(
        "update club set deputy = 3 where id = 2; update seat set hall = 'west' where id = 2");
    assertThat(
            look(choosing("club.chair", to("9"), "club.deputy", to("9"), "seat.member", to("9")))
                .blockers())
        .isEmpty();
  }

  @Test
  void whatTheLawOrAHoldKeepsIsNotDeletedByChoice() {
    there.create(
        """
        delete from likes; delete from note where author = 1;
        insert into invoice values (1, 1, current_date), (2, 1, '2001-01-01');
        insert into invoice_line values (1, 1), (2, 1);
        """);
    Lethe chosen = choosing("invoice.member", OnDelete.CASCADE, "post.author", OnDelete.CASCADE);

    Blocker blocker = only(look(chosen));
    assertThat(blocker.relation().name()).isEqualTo("invoice.member");
    assertThat(blocker.rows()).isEqualTo(1);
    assertThat(blocker.why()).isEqualTo("the law keeps these rows of invoice (17(3)(b), tax code)");
    assertThat(
            look(choosing("invoice.member", to("9"), "post.author", OnDelete.CASCADE)).blockers())
        .isEmpty();

    there.create("delete from invoice_line where invoice = 1; delete from invoice where id = 1");
    assertThat(look(chosen).blockers()).isEmpty();
    var hold =
        lethe
            .rowHolds()
            .place(
                new TableId("public", "post"),
                List.of("1"),
                Instant.now().plusSeconds(3600),
                new By("counsel", "dispute"));
    assertThat(only(look(chosen)).why())
        .isEqualTo("a hold keeps these rows of post; lift it first");
    lethe.rowHolds().lift(hold.id(), TrashFixture.TESTER);
    assertThat(look(chosen).blockers()).isEmpty();
  }
}
