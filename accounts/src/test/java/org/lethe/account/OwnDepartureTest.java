package org.lethe.account;

/** Leaving and coming back, in Lethe's own tables. */
class OwnDepartureTest extends DepartureContract {

  @Override
  Databases.Made make() {
    return Databases.empty(DirectoryContract.CLOCK);
  }

  @Override
  Directory of(Databases.Made made) {
    return made.own();
  }

  @Override
  String memberships() {
    return "select * from lethe.account_membership order by 1, 2";
  }

  @Override
  String deactivation() {
    return "update lethe.account set active = false where account_id = ?";
  }
}
