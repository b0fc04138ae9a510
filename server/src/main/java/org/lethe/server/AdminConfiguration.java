package org.lethe.server;

import java.time.Clock;
import javax.sql.DataSource;
import org.lethe.Lethe;
import org.lethe.cli.admin.AdminSettings;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.ComponentScan;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** What all pages work with. */
@Configuration(proxyBeanMethods = false)
@EnableAutoConfiguration
@ComponentScan
class AdminConfiguration {

  /** Whoever started the admin closes it. */
  @Bean(destroyMethod = "")
  DataSource dataSource(AdminSettings settings) {
    return settings.dataSource();
  }

  @Bean
  Lethe lethe(AdminSettings settings) {
    return settings.lethe();
  }

  @Bean
  Clock clock(AdminSettings settings) {
    return settings.clock();
  }

  @Bean
  JdbcTemplate jdbcTemplate(DataSource dataSource) {
    return new JdbcTemplate(dataSource);
  }

  @Bean
  PlatformTransactionManager transactionManager(DataSource dataSource) {
    return new JdbcTransactionManager(dataSource);
  }

  @Bean
  TransactionTemplate transactionTemplate(PlatformTransactionManager manager) {
    return new TransactionTemplate(manager);
  }
}
