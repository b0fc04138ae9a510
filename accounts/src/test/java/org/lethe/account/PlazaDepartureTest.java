package org.lethe.account;

/** Leaving and coming back, in plaza's members. */
class PlazaDepartureTest extends DepartureContract {

  @Override
  Databases.Made make() {
    return Databases.plaza(DirectoryContract.CLOCK);
  }

  @Override
  Directory of(Databases.Made made) {
    return made.app();
  }

  @Override
  String memberships() {
    return "select * from account_group order by 1, 2";
  }

  @Override
  String deactivation() {
    return "update account set active = false where account_id = ?";
  }
}
