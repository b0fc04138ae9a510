package org.lethe.cli;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.postgresql.ds.PGSimpleDataSource;

/**
 * Which database, as whom. Reads {@code jdbc:postgresql://host/db?user=..&password=..} and {@code
 * postgresql://user:password@host/db}, as people have them in their settings.
 *
 * @param jdbc without user and password
 * @param user null for the driver's default
 */
record DatabaseUrl(String jdbc, @Nullable String user, @Nullable String password) {

  private static final String EXAMPLE =
      "give jdbc:postgresql://host:5432/database or postgresql://user:password@host/database";
  private static final Pattern URL =
      Pattern.compile("(?:jdbc:)?postgres(?:ql)?:(?://(?:([^/?]*)@)?)?(.*)", Pattern.DOTALL);

  // The driver logs addresses that it cannot read, passwords and all.
  private static final Logger DRIVER_LOG = Logger.getLogger("org.postgresql");

  static {
    DRIVER_LOG.setLevel(Level.OFF);
  }

  /**
   * @param text a URL; its own user and password win over those of the environment
   * @throws UsageException if it is none; the message does not repeat it, for the password in it
   */
  static DatabaseUrl parse(String text, Map<String, String> environment) {
    Matcher m = URL.matcher(text.strip());
    if (!m.matches()) {
      throw new UsageException(unknown(text.strip()));
    }
    String rest = m.group(2);
    boolean withHost = text.contains("://");
    PGSimpleDataSource parsed = new PGSimpleDataSource();
    try {
      parsed.setUrl("jdbc:postgresql:" + (withHost ? "//" : "") + rest);
    } catch (IllegalArgumentException e) {
      // Its message repeats the URL, and with it perhaps a password: it must not become a cause.
      throw new UsageException("the database address cannot be read; " + EXAMPLE);
    }
    String user = parsed.getUser();
    String password = parsed.getPassword();
    if (m.group(1) != null) {
      String[] login = m.group(1).split(":", 2);
      user = decode(login[0]);
      password = login.length == 2 ? decode(login[1]) : password;
    }
    return new DatabaseUrl(
        "jdbc:postgresql:" + (withHost ? "//" : "") + withoutLogin(rest),
        user != null ? user : environment.get("LETHE_DB_USER"),
        password != null ? password : environment.get("LETHE_DB_PASSWORD"));
  }

  private static String unknown(String text) {
    Matcher engine = Pattern.compile("(?:jdbc:)?([a-z]{2,20}):.*", Pattern.DOTALL).matcher(text);
    return engine.matches()
        ? "Lethe speaks PostgreSQL so far, not " + engine.group(1) + "; " + EXAMPLE
        : "the database address cannot be read; " + EXAMPLE;
  }

  private static String decode(String text) {
    try {
      // URLDecoder is for forms, where a plus means a blank; in a URL's login it means itself.
      return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      throw new UsageException(
          "the login in the database address is not percent-encoded properly: write % as %25", e);
    }
  }

  private static String withoutLogin(String rest) {
    int query = rest.indexOf('?');
    if (query < 0) {
      return rest;
    }
    StringBuilder kept = new StringBuilder();
    for (String parameter : rest.substring(query + 1).split("&", -1)) {
      if (!parameter.startsWith("user=") && !parameter.startsWith("password=")) {
        kept.append(kept.isEmpty() ? '?' : '&').append(parameter);
      }
    }
    return rest.substring(0, query) + kept;
  }

  PGSimpleDataSource dataSource() {
    PGSimpleDataSource source = new PGSimpleDataSource();
    source.setUrl(jdbc);
    source.setApplicationName("lethe");
    if (user != null) {
      source.setUser(user);
    }
    if (password != null) {
      source.setPassword(password);
    }
    return source;
  }

  /** For messages: where and what, no parameters, no password. */
  @Override
  public String toString() {
    String shown = jdbc.substring("jdbc:".length());
    int query = shown.indexOf('?');
    return query < 0 ? shown : shown.substring(0, query);
  }
}
