package org.lethe.account;

/** The contract of directories, kept by plaza's members. */
class PlazaDirectoryTest extends DirectoryContract {

  @Override
  Databases.Made make() {
    return Databases.plaza(CLOCK);
  }

  @Override
  Directory of(Databases.Made made) {
    return made.app();
  }

  @Override
  String passwordSql(Account account) {
    return "select password_hash from account where account_id::text = '"
        + account.id().key()
        + "'";
  }
}
