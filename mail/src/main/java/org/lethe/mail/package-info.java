/** Mails to people. */
@NullMarked
package org.lethe.mail;

import org.jspecify.annotations.NullMarked;
