package org.lethe.cli.admin;

import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Clock;
import java.util.Map;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.lethe.Lethe;
import org.lethe.policy.Policy;
import org.lethe.store.Stores;
import org.lethe.subject.Key;
import org.lethe.subject.request.Messenger;
import org.lethe.subject.request.Requests;

/**
 * What the web admin works on.
 *
 * @param dataSource keeps connections for many people at once
 * @param lethe the engine on that database
 * @param requests of people; null where there is no key
 * @param listen port 0 for any free one
 * @param publicAddress what people type where a proxy stands before it; null where none does
 * @param firstLook whether to look through the checklist at once where nobody has yet
 */
public record AdminSettings(
    DataSource dataSource,
    Lethe lethe,
    Policy policy,
    @Nullable PeoplesRequests requests,
    Messenger messenger,
    Map<String, String> environment,
    InetSocketAddress listen,
    @Nullable URI publicAddress,
    Clock clock,
    boolean firstLook) {

  public AdminSettings {
    environment = Map.copyOf(environment);
  }

  /** What requests of people need beside the database. */
  public record PeoplesRequests(Key key, Stores stores, Requests requests) {}

  /** Without the environment, which holds secrets. */
  @Override
  public String toString() {
    return "AdminSettings[listen=%s]".formatted(listen);
  }
}
