package org.lethe.account;

/** Leaving and coming back, in tables that Django made. */
class DjangoDepartureTest extends DepartureContract {

  @Override
  Databases.Made make() {
    return Databases.django(DirectoryContract.CLOCK);
  }

  @Override
  Directory of(Databases.Made made) {
    return made.app();
  }

  @Override
  String memberships() {
    return "select * from auth_user_groups order by 1";
  }

  @Override
  String deactivation() {
    return "update auth_user set is_active = false where id = ?";
  }
}
