package org.lethe.bench.peer.hibernate;

import jakarta.persistence.EntityManager;
import jakarta.persistence.EntityManagerFactory;
import java.util.List;
import java.util.Objects;
import org.hibernate.cfg.Configuration;
import org.jspecify.annotations.Nullable;
import org.lethe.bench.Workload;
import org.lethe.bench.data.Flavour;
import org.lethe.bench.peer.Job;
import org.lethe.bench.peer.Outcome;
import org.lethe.bench.peer.Peer;

/**
 * {@code EntityManager.remove} with cascades as JPA knows them, reading and writing in batches as
 * its manual advises; references that only mention somebody are emptied by a statement each before.
 */
public final class HibernatePeer implements Peer {

  private static final List<String> MENTIONS =
      List.of(
          "update AuditEntry e set e.user = null where e.user.id in :users",
          "update Group e set e.owner = null where e.owner.id in :users",
          "update Notification e set e.actor = null where e.actor.id in :users");

  private @Nullable EntityManagerFactory factory;

  @Override
  public String name() {
    return "Hibernate";
  }

  @Override
  public boolean can(Workload workload, Flavour flavour) {
    return flavour == Flavour.NO_ACTION
        && Peer.oneOf(workload, Workload.W2, Workload.W3, Workload.ONE);
  }

  /** It holds every row that goes. */
  @Override
  public String heap() {
    return "2g";
  }

  @Override
  public void prepare(Job job) {
    Configuration configuration = new Configuration();
    Forum.ENTITIES.forEach(configuration::addAnnotatedClass);
    configuration.getProperties().put("hibernate.connection.datasource", job.database());
    configuration.setProperty("hibernate.jdbc.batch_size", "500");
    configuration.setProperty("hibernate.order_updates", "true");
    factory = configuration.buildSessionFactory();
  }

  @Override
  public Outcome run(Job job) {
    try (EntityManager manager = Objects.requireNonNull(factory).createEntityManager()) {
      manager.getTransaction().begin();
      MENTIONS.forEach(
          m -> manager.createQuery(m).setParameter("users", job.users()).executeUpdate());
      for (Forum.User user :
          manager
              .createQuery("from User u where u.id in :users", Forum.User.class)
              .setParameter("users", job.users())
              .getResultList()) {
        manager.remove(user);
      }
      manager.getTransaction().commit();
    }
    return Outcome.DONE;
  }
}
