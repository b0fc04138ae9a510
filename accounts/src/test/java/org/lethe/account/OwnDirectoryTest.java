package org.lethe.account;

/** The contract of directories, kept by Lethe's own tables. */
class OwnDirectoryTest extends DirectoryContract {

  @Override
  Databases.Made make() {
    return Databases.empty(CLOCK);
  }

  @Override
  Directory of(Databases.Made made) {
    return made.own();
  }

  @Override
  String passwordSql(Account account) {
    return "select password from lethe.account where account_id::text = '"
        + account.id().key()
        + "'";
  }
}
