package org.lethe.account;

/** The contract of directories, kept by tables that Django made. */
class DjangoDirectoryTest extends DirectoryContract {

  @Override
  Databases.Made make() {
    return Databases.django(CLOCK);
  }

  @Override
  Directory of(Databases.Made made) {
    return made.app();
  }

  @Override
  String passwordSql(Account account) {
    return "select password from auth_user where id::text = '" + account.id().key() + "'";
  }
}
