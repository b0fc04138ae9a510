package org.lethe.server.trash;

import java.util.Objects;
import java.util.UUID;
import org.lethe.account.Action;
import org.lethe.error.NotPermittedException;
import org.lethe.policy.SecondPerson;
import org.lethe.schema.TableId;
import org.lethe.server.approval.Approval;
import org.lethe.server.approval.Irreversible;
import org.lethe.server.records.RecordWords;
import org.lethe.server.security.Me;
import org.springframework.stereotype.Component;

/** Purges from the trash what a second person agreed to. */
@Component
final class PurgeFromTrash implements Irreversible {

  private final TrashCan trash;

  PurgeFromTrash(TrashCan trash) {
    this.trash = trash;
  }

  @Override
  public SecondPerson act() {
    return SecondPerson.PURGE;
  }

  @Override
  public void require(Me me, Approval approval) {
    TableId table = approval.table();
    if (table != null) {
      me.require(Action.PURGE, table);
    } else if (!me.rights().superuser()) {
      throw new NotPermittedException(
          "the table of this deletion is no more; only a superuser may decide");
    }
  }

  @Override
  public String run(Me asker, Approval approval, String why) {
    UUID deletion = UUID.fromString(Objects.requireNonNull(approval.payload()));
    return "%s are gone for good."
        .formatted(RecordWords.rows(trash.purgeNow(asker, deletion, why)));
  }
}
