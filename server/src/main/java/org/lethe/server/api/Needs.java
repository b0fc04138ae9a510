package org.lethe.server.api;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.lethe.account.Action;

/**
 * What a token must be good for, as the description of the API tells. Services check it; a test
 * makes sure that they do.
 */
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.RUNTIME)
@interface Needs {
  Action[] value();
}
