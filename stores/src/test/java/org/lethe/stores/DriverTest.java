package org.lethe.stores;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.lethe.error.InputException;
import org.lethe.store.StoreSettings;

class DriverTest {

  private static final StoreSettings SETTINGS =
      StoreSettings.of("sessions", Map.of("redis", "redis://x"), name -> null);

  @Test
  void whatIsMissingIsNamed() {
    assertThatThrownBy(() -> Driver.require(SETTINGS, "redis", "no.such.Thing", "group:artifact"))
        .isInstanceOf(InputException.class)
        .hasMessage(
            "stores.sessions.redis needs a library that is not on the class path; add the"
                + " dependency group:artifact, or the jar of it");
    assertThatCode(() -> Driver.require(SETTINGS, "redis", "java.lang.String", "group:artifact"))
        .doesNotThrowAnyException();
  }
}
