/**
 * For the tests of applications that use Lethe: {@link org.lethe.assertions.Canary} makes a person
 * up, gives them data wherever the policy says that people have some, has them erased, and looks
 * for them everywhere, whatever the policy says. Knows no test framework.
 */
@NullMarked
package org.lethe.assertions;

import org.jspecify.annotations.NullMarked;
