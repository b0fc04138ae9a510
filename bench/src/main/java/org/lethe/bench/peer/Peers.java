package org.lethe.bench.peer;

import java.util.List;
import java.util.Optional;
import org.lethe.bench.peer.hibernate.HibernatePeer;

/** All that run in a JVM of ours. */
public final class Peers {

  private Peers() {}

  /** They, the measure of all others first. */
  public static List<Peer> all() {
    return List.of(
        new NativePeer(),
        new LethePeer(),
        new SqlPeer(true),
        new SqlPeer(false),
        new HibernatePeer(),
        new ChunkPeer(true),
        new ChunkPeer(false),
        new MetadataPeer());
  }

  /** The one with this name. */
  static Optional<Peer> named(String name) {
    return all().stream().filter(p -> p.name().equals(name)).findFirst();
  }
}
